#include "ctl/due_edit.h"

#include "ctl/toml_edit.h"
#include "plan/load.h"
#include "settings/report.h"
#include "settings/toml_reader.h"

namespace duban::ctl {

using engine::Refusal;
using settings::Node;

std::expected<std::optional<DueEdit>, Refusal> edit_due(const std::string& text,
                                                        std::string_view id,
                                                        std::string_view due) {
  bool marked = text.starts_with(byte_order_mark);
  std::string body = marked ? text.substr(byte_order_mark.size()) : text;
  Diagnostics wrong;
  auto root = settings::parse_toml(body, "", wrong);
  if (!root) {
    return std::unexpected(
        Refusal{"bad-file", both("文件有错,没有改", "the file has mistakes; nothing was changed"),
                both("先运行 dubanctl check", "run dubanctl check first")});
  }
  const auto* entry = find_entry(*root, id);
  if (entry == nullptr) return std::nullopt;
  const auto* value = entry->find("due");
  Refusal by_hand{"edit-by-hand",
                  both("{}的 due 不是写成一行的 due = \"…\"",
                       "the due of {} is not written on one line as due = \"…\"",
                       settings::in_quotes(id)),
                  both("请直接改文件", "edit the file yourself")};
  if (value == nullptr || value->kind != Node::Kind::text) return std::unexpected(by_hand);

  auto changed = replace_value(body, *value, written_text(due));
  if (!changed) return std::unexpected(by_hand);
  return DueEdit{.text = std::string{marked ? byte_order_mark : ""} + changed->text,
                 .line = changed->line,
                 .before = changed->before,
                 .after = changed->after};
}

std::expected<std::string, Refusal> due_as_written(std::string_view typed, int year) {
  std::string due{typed};
  if (auto day = parse_day(typed.substr(0, 10))) {
    if (year_of(*day) != year) {
      return std::unexpected(Refusal{
          "other-year",
          both("方案是{}年的,不能定到{}年", "the plan is for {}; its dates cannot be in {}", year,
               year_of(*day)),
          both("只写月和日,如 03-29", "write month and day alone, like 03-29")});
    }
    due = typed.substr(5);
  }
  auto parsed = plan::parse_due(due);
  if (!parsed) {
    return std::unexpected(
        Refusal{"bad-due",
                both("看不懂截止日{}:{}", "cannot read the due date {}: {}",
                     settings::in_quotes(typed), parsed.error()),
                both("写 03-29 或 \"03-29 17:00\"", "write 03-29 or \"03-29 17:00\"")});
  }
  return parsed->text;
}

}  // namespace duban::ctl
