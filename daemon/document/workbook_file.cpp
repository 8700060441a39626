#include "document/workbook_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"

namespace duban::document {
namespace {

constexpr std::uint8_t paper_a3 = 8, paper_a4 = 9;

std::string all_of(int descriptor) {
  std::string bytes;
  std::array<char, 16384> piece{};
  while (true) {
    auto got = pread(descriptor, piece.data(), piece.size(), static_cast<off_t>(bytes.size()));
    if (got < 0) throw std::runtime_error{"a workbook cannot be read back from memory"};
    if (got == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

double row_height(const std::vector<std::pair<std::string_view, double>>& cells) {
  constexpr double line = 13.5, edges = 5, highest = 409;
  std::size_t most = 1;
  for (auto [text, width] : cells) {
    std::size_t lines = 0;
    // Two letters less: a Chinese character is not cut in half.
    auto letters = static_cast<std::size_t>(std::max(width - 2, 2.0));
    while (true) {
      auto end = text.find('\n');
      auto wide = display_width(text.substr(0, end));
      lines += std::max<std::size_t>(1, (wide + letters - 1) / letters);
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    most = std::max(most, lines);
  }
  return std::min(static_cast<double>(most) * line + edges, highest);
}

WorkbookFile::WorkbookFile(const std::string& title, Instant made)
    : memory_(memfd_create("workbook", MFD_CLOEXEC)), workbook_(nullptr) {
  if (memory_ < 0) throw std::runtime_error{"no memory for a workbook"};
  workbook_ = workbook_new(fmt::format("/proc/self/fd/{}", memory_).c_str());
  if (!workbook_) {
    close(memory_);
    throw std::runtime_error{"no memory for a workbook"};
  }
  auto name = title;
  lxw_doc_properties properties{};
  properties.title = name.data();
  properties.created = std::chrono::duration_cast<Seconds>(made.time_since_epoch()).count();
  workbook_set_properties(workbook_, &properties);
}

WorkbookFile::~WorkbookFile() {
  if (workbook_) workbook_close(workbook_);
  close(memory_);
}

lxw_worksheet* WorkbookFile::add_sheet(const std::string& name, unsigned head, unsigned body,
                                       bool a3) {
  auto* sheet = workbook_add_worksheet(workbook_, name.c_str());
  if (!sheet) throw std::runtime_error{"a sheet cannot be called " + name};
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, a3 ? paper_a3 : paper_a4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, body - head, body - 1);
  worksheet_freeze_panes(sheet, body, 0);
  worksheet_set_footer(sheet, "&C— &P —");
  return sheet;
}

std::string WorkbookFile::bytes() {
  auto error = workbook_close(workbook_);
  workbook_ = nullptr;
  if (error != LXW_NO_ERROR) {
    throw std::runtime_error{std::string{"a workbook cannot be written: "} + lxw_strerror(error)};
  }
  return all_of(memory_);
}

}  // namespace duban::document
