// The layout of an explanation: a label, its lines under each other, and nothing decided.

#include "control/explain_text.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "control/language.h"

namespace duban::control {
namespace {

using engine::ItemPart;
using engine::Page;

constexpr std::size_t indent = 2;

// A comment that stands at the end of a line is moved up to it.
std::string folded(std::string text) {
  auto blanks = text.find("   #");
  if (blanks == std::string::npos || blanks == 0) return text;
  auto value = text.find_last_not_of(' ', blanks) + 1;
  return text.replace(value, text.find('#', blanks) - value, "  ");
}

class Sheet {
 public:
  Sheet(const Page& page, const Language& language) : page_(page), says_(language) {
    for (auto label : {Label::why, Label::duty, Label::due, Label::what, Label::cause,
                       Label::waited, Label::route, Label::together, Label::tries, Label::ending,
                       Label::before, Label::after, Label::text}) {
      width_ = std::max(width_, display_width(language.label(label)) + indent);
    }
  }

  std::string notice();
  std::string assignment();

 private:
  void plain(const std::string& line) { text_ += line + '\n'; }
  void line(Label label, const std::string& words);
  void more(const std::string& words, std::size_t deeper = 0);
  void cite(const engine::Cited& cited, std::size_t deeper = 0);
  void duties();
  void period(const engine::PeriodPart& period, bool is_first);
  void steps(const std::vector<calendar::Step>& steps, bool day_by_day);
  void item(const ItemPart& item);
  void stage_part(const engine::StagePart& stage, std::size_t deeper);
  void route(const engine::NoticePart& notice);
  void course(const engine::NoticePart& notice);
  void rows(const engine::AssignmentPart& assignment);

  const Page& page_;
  const Language& says_;
  std::size_t width_ = 0;
  std::string text_;
  const ItemPart* last_ = nullptr;
};

void Sheet::line(Label label, const std::string& words) {
  auto name = says_.label(label);
  plain(name + std::string(width_ - display_width(name), ' ') + words);
}

void Sheet::more(const std::string& words, std::size_t deeper) {
  if (!words.empty()) plain(std::string(width_ + deeper, ' ') + words);
}

void Sheet::cite(const engine::Cited& cited, std::size_t deeper) {
  if (cited.file.empty()) return;
  more(cited.file + ":" + std::to_string(cited.line) + "  " + folded(cited.text), deeper);
}

void Sheet::stage_part(const engine::StagePart& stage, std::size_t deeper) {
  cite(stage.line, deeper);
  if (stage.count) more(says_.counted(*stage.count), deeper);
  if (stage.moved_to) more(says_.moved(stage), deeper);
}

bool has_same_cause(const ItemPart& one, const ItemPart& other) {
  auto seq = [](const ItemPart& item) { return item.cause ? item.cause->seq : 0; };
  return one.kind == other.kind && one.kind != ItemKind::stage && seq(one) == seq(other) &&
         one.waited_because == other.waited_because;
}

// What is the same as of the item before is not said again.
void Sheet::item(const ItemPart& item) {
  bool said = last_ != nullptr && has_same_cause(*last_, item);
  bool same = said && says_.item(*last_) == says_.item(item);
  last_ = &item;
  if (same) return;
  line(Label::what, says_.item(item));
  if (item.stage) stage_part(*item.stage, 0);
  if (said) return;
  if (auto why = says_.why(item); !why.empty()) line(Label::why, why);
  if (item.cause) line(Label::cause, says_.fact(*item.cause));
  if (item.checked) more(says_.fact(*item.checked));
  if (item.waited_because != Reason::none) {
    line(Label::waited, says_.waited(item.waited_because, *page_.notice));
  }
}

// The rule alone, with nothing rolled, stands in the line that is cited.
bool is_plain(const std::vector<calendar::Step>& steps) {
  return steps.size() == 1 && steps.front().kind == calendar::Step::Kind::by_rule &&
         steps.front().walked.empty();
}

// Of the many dates of a letter the first of each duty is counted out day by day; each of the
// others can be asked for by itself.
void Sheet::period(const engine::PeriodPart& period, bool is_first) {
  auto due = says_.due(period);
  if (!due.empty()) line(Label::due, due);
  bool of_letter = std::ranges::all_of(
      period.items, [](const ItemPart& one) { return one.kind == ItemKind::start; });
  if (!is_plain(period.steps)) steps(period.steps, is_first || !of_letter);
  if (period.extended) more(says_.fact(*period.extended));
  for (const auto& one : period.items) item(one);
}

void Sheet::steps(const std::vector<calendar::Step>& steps, bool day_by_day) {
  for (const auto& step : steps) {
    more(says_.step(step));
    if (day_by_day && !step.walked.empty()) more(says_.walked(step.walked), indent);
  }
}

void Sheet::duties() {
  for (const auto& duty : page_.duties) {
    plain({});
    if (!duty.id.empty()) line(Label::duty, says_.duty(duty));
    for (const auto& cited : duty.lines) cite(cited);
    for (const auto& one : duty.periods) period(one, &one == &duty.periods.front());
  }
}

void Sheet::route(const engine::NoticePart& notice) {
  line(Label::route, says_.route(notice.route));
  cite(notice.route.line);
  line(Label::together, says_.together(notice));
}

void Sheet::course(const engine::NoticePart& notice) {
  for (std::size_t i = 0; i < notice.attempts.size(); ++i) {
    auto words = says_.attempt(i + 1, notice.attempts[i]);
    if (i == 0) {
      line(Label::tries, words);
    } else {
      more(words);
    }
  }
  line(Label::ending, says_.ending(notice));
  for (const auto& fact : notice.decisions) more(says_.fact(fact));
  if (notice.replaces) line(Label::before, says_.other(*notice.replaces));
  for (const auto& one : notice.replaced_by) line(Label::after, says_.other(one));
}

std::string Sheet::notice() {
  const auto& notice = *page_.notice;
  plain(says_.title(notice));
  plain(notice.subject);
  plain({});
  route(notice);
  course(notice);
  duties();
  plain({});
  line(Label::text, says_.text(page_.text));
  return text_;
}

void Sheet::rows(const engine::AssignmentPart& assignment) {
  if (!assignment.stages.empty()) plain(says_.label(Label::stages));
  for (const auto& row : assignment.stages) {
    plain(std::string(indent, ' ') + says_.stage(row));
    stage_part(row.stage, 0);
  }
  if (!assignment.pending.empty()) plain(says_.label(Label::pending));
  for (const auto& row : assignment.pending) {
    plain(std::string(indent, ' ') + says_.pending(row));
  }
  if (!assignment.told.empty()) plain(says_.label(Label::told));
  for (const auto& row : assignment.told) plain(std::string(indent, ' ') + says_.told(row));
}

std::string Sheet::assignment() {
  const auto& assignment = *page_.assignment;
  plain(says_.title(page_));
  duties();
  plain({});
  rows(assignment);
  if (!assignment.other_periods.empty()) plain(says_.label(Label::others));
  for (const auto& one : assignment.other_periods) {
    plain(std::string(indent, ' ') + says_.period(one));
  }
  plain({});
  line(Label::text, says_.text(page_.text));
  return text_;
}

}  // namespace

std::string Language::duty_name(const std::string& id) const {
  auto found = page_.duty_names.find(id);
  return found == page_.duty_names.end() ? id : found->second;
}

std::string short_digest(std::string_view digest) {
  constexpr std::size_t shown = 12;
  auto colon = digest.find(':');
  auto from = colon == std::string_view::npos ? 0 : colon + 1;
  return std::string{digest.substr(0, from + shown)};
}

std::string explain_text(const Page& page, Tongue tongue) {
  auto language = tongue == Tongue::english ? english(page) : chinese(page);
  Sheet sheet{page, *language};
  return page.notice ? sheet.notice() : sheet.assignment();
}

}  // namespace duban::control
