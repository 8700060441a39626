#include "document/blank_table.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>

#include "document/table_words.h"
#include "document/workbook_file.h"

namespace duban::document {
namespace {

using schedule::SubmittedRow;

struct BlankColumn {
  const char* head;
  double width;
};
constexpr std::array columns{
    BlankColumn{"条款", 9},     BlankColumn{"任务", 16},     BlankColumn{"本月进展", 46},
    BlankColumn{"节点状态", 10}, BlankColumn{"存在问题", 26}, BlankColumn{"请谁", 14},
    BlankColumn{"做什么", 22},   BlankColumn{"何时要", 11}};
constexpr lxw_col_t last_column = columns.size() - 1;
constexpr lxw_row_t head_row = 2, first_row = 3;
constexpr lxw_col_t state_column = 3;

std::string problem_of(const plan::Plan& plan, const SubmittedRow& row) {
  std::string units;
  for (const auto& id : row.lacks) units += (units.empty() ? "缺:" : "、") + plan.name_of(id);
  return units.empty() || row.problem.empty() ? units + row.problem : units + "\n" + row.problem;
}

class BlankWriter {
 public:
  BlankWriter(const TableOf& table, const BlankTableHead& head)
      : plan_(table.plan), file_(head.title, head.made) {
    sheet_ = file_.add_sheet(head.title, 1, first_row);
    make_formats();
    write_head(head);
  }

  void write(const plan::Task& task, const SubmittedRow& said) {
    lxw_col_t column = 0;
    // Room to write in.
    double least = 48;
    auto put = [&](const std::string& text, lxw_format* format) {
      least = std::max(least, row_height({{text, columns.at(column).width}}));
      worksheet_write_string(sheet_, row_, column++, text.c_str(), format);
    };
    put(task.clause, given_);
    put(task.name, given_);
    put(said.unchanged ? "本月无变化" : said.progress, filled_);
    put(std::string{state_word(said.state)}, centred_);
    put(problem_of(plan_, said), filled_);
    put(said.asks_whom, filled_);
    put(said.asks_what, filled_);
    put(said.asks_by, filled_);
    worksheet_set_row(sheet_, row_, least, nullptr);
    ++row_;
  }

  std::string finish() {
    offer_states();
    worksheet_set_selection(sheet_, first_row, 2, first_row, 2);
    return file_.bytes();
  }

 private:
  lxw_format* bordered() {
    auto* format = workbook_add_format(file_.get());
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_font_name(format, "宋体");
    format_set_font_size(format, 10);
    return format;
  }

  void make_formats() {
    constexpr lxw_color_t given_ground = 0xF2F2F2;
    filled_ = bordered();
    centred_ = bordered();
    format_set_align(centred_, LXW_ALIGN_CENTER);
    // What is given stands on grey: nothing to fill in there.
    given_ = bordered();
    format_set_bg_color(given_, given_ground);
    named_ = bordered();
    format_set_bold(named_);
    format_set_align(named_, LXW_ALIGN_CENTER);
    format_set_bg_color(named_, given_ground);
  }

  void write_head(const BlankTableHead& head) {
    constexpr double title_size = 16, title_height = 28, note_height = 44, head_height = 22;
    auto* title = workbook_add_format(file_.get());
    format_set_bold(title);
    format_set_font_name(title, "宋体");
    format_set_font_size(title, title_size);
    format_set_align(title, LXW_ALIGN_CENTER);
    format_set_align(title, LXW_ALIGN_VERTICAL_CENTER);
    auto* note = workbook_add_format(file_.get());
    format_set_text_wrap(note);
    format_set_font_name(note, "宋体");
    format_set_font_size(note, 10);
    format_set_align(note, LXW_ALIGN_VERTICAL_CENTER);
    auto whole = head.title + "(" + head.unit + ")";
    auto how = "填报说明:" + head.until +
               "。上期内容已带入,只改有变化的;没有新进展的写“本月无变化”,不用凑字数。"
               "有事需要协调,请写末三栏;等其他单位数据的,在“存在问题”开头写“缺:某单位”。";
    worksheet_set_row(sheet_, 0, title_height, nullptr);
    worksheet_merge_range(sheet_, 0, 0, 0, last_column, whole.c_str(), title);
    worksheet_set_row(sheet_, 1, note_height, nullptr);
    worksheet_merge_range(sheet_, 1, 0, 1, last_column, how.c_str(), note);
    worksheet_set_row(sheet_, head_row, head_height, nullptr);
    for (lxw_col_t at = 0; at <= last_column; ++at) {
      worksheet_set_column(sheet_, at, at, columns.at(at).width, nullptr);
      worksheet_write_string(sheet_, head_row, at, columns.at(at).head, named_);
    }
  }

  // A list to choose from that lets another word stand: what is not understood is asked about.
  void offer_states() {
    std::array<std::string, 4> words;
    std::array<char*, 5> list{};
    constexpr std::array states{RowState::done, RowState::on_track, RowState::behind,
                                RowState::undated};
    for (std::size_t i = 0; i < states.size(); ++i) {
      words.at(i) = state_word(states.at(i));
      list.at(i) = words.at(i).data();
    }
    lxw_data_validation choice{};
    choice.validate = LXW_VALIDATION_TYPE_LIST;
    choice.value_list = list.data();
    choice.error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION;
    if (row_ == first_row) return;
    worksheet_data_validation_range(sheet_, first_row, state_column, row_ - 1, state_column,
                                    &choice);
  }

  const plan::Plan& plan_;
  WorkbookFile file_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *given_ = nullptr, *filled_ = nullptr, *centred_ = nullptr, *named_ = nullptr;
  lxw_row_t row_ = first_row;
};

}  // namespace

std::string blank_table(const TableOf& table, const BlankTableHead& head,
                        const std::vector<schedule::SubmittedRow>& last) {
  BlankWriter writer{table, head};
  for (const auto* task : table.plan.rows_of(table.duty, table.unit, table.slice)) {
    auto said = std::ranges::find(last, task->id, &SubmittedRow::clause);
    writer.write(*task, said == last.end() ? SubmittedRow{.clause = task->id} : *said);
  }
  return writer.finish();
}

}  // namespace duban::document
