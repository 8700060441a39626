#include "document/separated.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>

#include "base/limits.h"
#include "base/text.h"
#include "document/cell_store.h"

namespace duban::document {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF", utf16_low_mark = "\xFF\xFE",
                           utf16_high_mark = "\xFE\xFF";

TableFault not_text() {
  return {"not-a-table",
          {"这不是表格文件", "this is not a table"},
          {"请填在我办发的 .xlsx 表上,或存成 .csv 再报",
           "fill in the .xlsx table from the office, or hand in a .csv"}};
}

class Conversion {
 public:
  explicit Conversion(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Conversion() {
    if (is_open()) iconv_close(handle_);
  }
  Conversion(const Conversion&) = delete;
  Conversion& operator=(const Conversion&) = delete;

  std::expected<std::string, TableFault> convert(std::string_view bytes) {
    if (!is_open()) return std::unexpected(not_text());
    std::string in{bytes};
    // A character of two bytes takes three, one of four takes four.
    std::string out(in.size() * 2 + 4, '\0');
    auto* from = in.data();
    auto* to = out.data();
    auto left = in.size(), room = out.size();
    if (iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
      return std::unexpected(not_text());
    }
    out.resize(out.size() - room);
    return out;
  }

 private:
  bool is_open() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }
  iconv_t handle_;
};

// The first lines decide; a comma where they hold none.
char separator_of(std::string_view text) {
  std::size_t lines = 0;
  auto is_last = [&lines](char c) { return c == '\n' && ++lines >= limits::sheet_head_rows; };
  auto end = std::ranges::find_if(text, is_last);
  std::string_view head{text.begin(), end};
  char most = ',';
  for (char separator : {';', '\t'}) {
    if (std::ranges::count(head, separator) > std::ranges::count(head, most)) most = separator;
  }
  return most;
}

class SeparatedReader {
 public:
  explicit SeparatedReader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

  std::expected<Cells, TableFault> read() {
    while (at_ < text_.size()) {
      auto cell = take_cell();
      if (!cell) return std::unexpected(cell.error());
      if (auto fault = store_.put(row_, column_, *cell)) return std::unexpected(*fault);
      step();
    }
    return store_.take();
  }

 private:
  std::expected<std::string, TableFault> take_cell() {
    if (text_[at_] != '"') return take_plain();
    std::string cell;
    for (auto at = at_ + 1; at < text_.size(); ++at) {
      if (text_[at] != '"') {
        cell += text_[at];
      } else if (text_.substr(at + 1).starts_with('"')) {
        cell += text_[++at];
      } else {
        at_ = at + 1;
        return cell + take_plain();
      }
    }
    return std::unexpected(TableFault{
        "open-quote",
        {"这一格的引号没有收尾,后面的都读不出来",
         "the quote in this cell is not closed, and nothing after it can be read"},
        {"补上右引号,或改用 .xlsx 报", "add the closing quote, or hand in an .xlsx"}, row_,
        column_});
  }

  std::string take_plain() {
    auto end = at_;
    while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
    std::string cell{text_.substr(at_, end - at_)};
    at_ = end;
    return cell;
  }

  void step() {
    if (at_ >= text_.size()) return;
    bool line_ends = text_[at_++] == '\n';
    row_ += line_ends ? 1 : 0;
    column_ = line_ends ? 1 : column_ + 1;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, row_ = 1, column_ = 1;
  CellStore store_;
};

// Old Macs and some exports end lines with CR alone.
std::string with_plain_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool before_lf = text[at] == '\r' && text.substr(at + 1).starts_with('\n');
    if (!before_lf) out += text[at] == '\r' ? '\n' : text[at];
  }
  return out;
}

}  // namespace

std::expected<std::string, TableFault> as_utf8(std::string_view bytes) {
  if (bytes.starts_with(utf16_low_mark) || bytes.starts_with(utf16_high_mark)) {
    return Conversion{"UTF-16"}.convert(bytes);
  }
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  if (is_utf8_text(bytes)) return std::string{bytes};
  if (bytes.contains('\0')) return std::unexpected(not_text());
  return Conversion{"GB18030"}.convert(bytes);
}

std::expected<Cells, TableFault> read_separated(std::string_view bytes) {
  auto text = as_utf8(bytes);
  if (!text) return std::unexpected(text.error());
  return SeparatedReader{with_plain_ends(*text)}.read();
}

}  // namespace duban::document
