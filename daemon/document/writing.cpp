#include "document/writing.h"

#include <stdexcept>

#include "document/briefing_view.h"
#include "document/dispatch_view.h"
#include "document/register_sheet.h"
#include "document/register_view.h"
#include "document/text_form.h"
#include "document/visit_view.h"
#include "message/words.h"
#include "settings/report.h"

namespace duban::document {
namespace {

using Bytes = std::expected<std::string, Diagnostics>;

std::string_view mime_of(FileType type) {
  switch (type) {
    case FileType::word:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case FileType::sheet:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case FileType::html: return "text/html; charset=utf-8";
    case FileType::text: return "text/plain; charset=utf-8";
  }
  return {};
}

std::unexpected<Diagnostics> not_written(FileType type) {
  Diagnostics wrong;
  settings::error(wrong, {}, "bad-value",
                  both("这份文稿不写成 .{}", "this document is not written as .{}",
                       ending_of(type)));
  return std::unexpected(std::move(wrong));
}

template <class View>
Bytes text_of(const View& view, FileType type, const Forms& forms) {
  auto form = type == FileType::html ? TextForm::html : TextForm::text;
  auto made = write_text(view, form, forms.texts);
  if (made) return std::move(*made);
  auto wrong = made.error();
  wrong.place.file = forms.folder + "/" + wrong.place.file;
  return std::unexpected(Diagnostics{wrong});
}

template <class View>
Bytes paper_of(const View& view, FileType type, const std::string& form, const Forms& forms) {
  if (type == FileType::sheet) return not_written(type);
  if (type != FileType::word) return text_of(view, type, forms);
  auto found = word_form_of(forms, form);
  return found ? write_word(view, *found) : std::unexpected(std::move(found.error()));
}

Bytes register_of(const RegisterView& view, Instant made, FileType type, const Forms& forms) {
  if (type == FileType::word) return not_written(type);
  if (type == FileType::sheet) return register_sheet(view, made);
  return text_of(view, type, forms);
}

Bytes bytes_of(const Standpoint& standpoint, const plan::Duty& duty, std::string_view period,
               FileType type, const Forms& forms) {
  switch (duty.document.value().form) {
    case plan::Form::dispatch:
      return paper_of(dispatch_view(standpoint, duty, period), type, "dispatch.docx", forms);
    case plan::Form::briefing:
      return paper_of(briefing_view(standpoint, duty, period), type, "briefing.docx", forms);
    case plan::Form::register_:
      return register_of(register_view(standpoint, duty, period), standpoint.as_of(), type, forms);
  }
  throw std::logic_error{"a document of no form"};
}

std::expected<DocumentFile, Diagnostics> file_of(std::string name, FileType type, Bytes bytes) {
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  name += '.';
  name += ending_of(type);
  return DocumentFile{std::move(name), std::string{mime_of(type)}, std::move(*bytes)};
}

}  // namespace

std::string_view ending_of(FileType type) {
  switch (type) {
    case FileType::word: return "docx";
    case FileType::sheet: return "xlsx";
    case FileType::html: return "html";
    case FileType::text: return "txt";
  }
  return {};
}

std::vector<FileType> types_of(plan::Form form) {
  auto first = form == plan::Form::register_ ? FileType::sheet : FileType::word;
  return {first, FileType::html, FileType::text};
}

std::vector<FileType> types_of_visit() {
  return {FileType::word, FileType::html, FileType::text};
}

std::expected<DocumentFile, Diagnostics> write_document(const Standpoint& standpoint,
                                                        const plan::Duty& duty,
                                                        std::string_view period, FileType type,
                                                        const Forms& forms) {
  // Of no year: the year is said.
  auto name = duty.name + "(" + message::period_words(period, 0) + ")送审稿";
  return file_of(std::move(name), type, bytes_of(standpoint, duty, period, type, forms));
}

std::expected<DocumentFile, Diagnostics> write_visit(const Standpoint& standpoint,
                                                     const std::vector<std::string>& units,
                                                     FileType type, const Forms& forms) {
  auto name = "一页纸(" + message::day_words(standpoint.today(), 0) + ")送审稿";
  return file_of(std::move(name), type,
                 paper_of(visit_view(standpoint, units), type, "visit.docx", forms));
}

}  // namespace duban::document
