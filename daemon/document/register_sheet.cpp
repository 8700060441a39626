#include "document/register_sheet.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <map>

#include "document/punctuation.h"
#include "document/workbook_file.h"

namespace duban::document {
namespace {

struct RegisterColumn {
  const char* head;
  double width;
  std::string RegisterRowView::*text;
  bool centred;
};
using Row = RegisterRowView;
constexpr std::array columns{
    RegisterColumn{"序号", 5, &Row::serial, true},
    RegisterColumn{"条款", 9, &Row::clause, true},
    RegisterColumn{"任务", 13, &Row::task, false},
    RegisterColumn{"牵头单位", 13, &Row::leads, false},
    RegisterColumn{"责任单位", 20, &Row::responsible, false},
    RegisterColumn{"填报单位", 15, &Row::reporters, false},
    RegisterColumn{"节点", 15, &Row::milestone, false},
    RegisterColumn{"完成时限", 11, &Row::due, true},
    RegisterColumn{"最近进展", 36, &Row::progress, false},
    RegisterColumn{"报于", 7, &Row::said_in, true},
    RegisterColumn{"状态", 12, &Row::state, true},
    RegisterColumn{"存在问题", 18, &Row::problem, false},
    RegisterColumn{"需协调", 18, &Row::asked, false},
    RegisterColumn{"销号日期", 11, &Row::closed, true},
    RegisterColumn{"备注", 9, &Row::note, false}};
constexpr lxw_col_t last_column = columns.size() - 1;
constexpr lxw_row_t head_row = 2, first_row = 3;

class RegisterWriter {
 public:
  RegisterWriter(const RegisterView& view, Instant made) : file_(view.title, made) {
    sheet_ = file_.add_sheet("台账", 1, first_row, true);
    write_head(view);
    plain_ = cell_format(false);
    centred_ = cell_format(true);
    for (auto [colour, ground] : {std::pair{"绿", 0xC6E5C3}, std::pair{"黄", 0xFFE699},
                                  std::pair{"红", 0xF4B6B0}, std::pair{"灰", 0xD9D9D9}}) {
      lamps_[colour] = cell_format(true);
      format_set_bg_color(lamps_[colour], static_cast<lxw_color_t>(ground));
    }
  }

  void write(const RegisterRowView& row) {
    double height = 0;
    for (lxw_col_t at = 0; at <= last_column; ++at) {
      const auto& column = columns.at(at);
      auto text = full_width(row.*column.text);
      auto* format = column.centred ? centred_ : plain_;
      if (column.text == &Row::state) {
        // The word first: a sheet is printed in black and white.
        auto lamp = lamps_.find(row.colour);
        if (lamp != lamps_.end()) format = lamp->second;
        if (!row.colour.empty()) text = full_width(text + "(" + row.colour + ")");
      }
      height = std::max(height, row_height({{text, column.width}}));
      worksheet_write_string(sheet_, row_, at, text.c_str(), format);
    }
    worksheet_set_row(sheet_, row_, height, nullptr);
    ++row_;
  }

  std::string finish() {
    worksheet_autofilter(sheet_, head_row, 0, std::max(row_, first_row + 1) - 1, last_column);
    return file_.bytes();
  }

 private:
  lxw_format* cell_format(bool centred) {
    auto* format = workbook_add_format(file_.get());
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (centred) format_set_align(format, LXW_ALIGN_CENTER);
    format_set_font_name(format, "宋体");
    format_set_font_size(format, 10);
    return format;
  }

  void write_head(const RegisterView& view) {
    constexpr double title_size = 16, title_height = 28, head_height = 22;
    constexpr lxw_color_t ground = 0xF2F2F2;
    auto* title = workbook_add_format(file_.get());
    format_set_bold(title);
    format_set_font_name(title, "宋体");
    format_set_font_size(title, title_size);
    format_set_align(title, LXW_ALIGN_CENTER);
    auto* note = workbook_add_format(file_.get());
    format_set_font_name(note, "宋体");
    format_set_font_size(note, 10);
    auto* head = cell_format(true);
    format_set_bold(head);
    format_set_bg_color(head, ground);
    auto from = full_width(view.source + "  截至" + view.as_of + "  " + view.office);
    worksheet_set_row(sheet_, 0, title_height, nullptr);
    worksheet_merge_range(sheet_, 0, 0, 0, last_column, view.title.c_str(), title);
    worksheet_merge_range(sheet_, 1, 0, 1, last_column, from.c_str(), note);
    worksheet_set_row(sheet_, head_row, head_height, nullptr);
    for (lxw_col_t at = 0; at <= last_column; ++at) {
      worksheet_set_column(sheet_, at, at, columns.at(at).width, nullptr);
      worksheet_write_string(sheet_, head_row, at, columns.at(at).head, head);
    }
  }

  WorkbookFile file_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *plain_ = nullptr, *centred_ = nullptr;
  std::map<std::string, lxw_format*> lamps_;
  lxw_row_t row_ = first_row;
};

}  // namespace

std::string register_sheet(const RegisterView& view, Instant made) {
  RegisterWriter writer{view, made};
  for (const auto& row : view.rows) writer.write(row);
  return writer.finish();
}

}  // namespace duban::document
