// The [[duty]] tables of plan.toml.

#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;

void read_rule(Section& section, DutyDraft& draft) {
  auto word = section.text("rrule");
  draft.every_refused = !word;
  if (!word) return;
  auto rule = read_rrule(word->value);
  if (!rule) {
    draft.every_refused = true;
    report(section.diagnostics(), word->place, rule.error());
    return;
  }
  draft.duty.every = Every::rule;
  draft.duty.rrule = std::move(*rule);
  draft.rrule_place = word->place;
}

void read_every(Section& section, DutyDraft& draft) {
  bool written = section.has("every");
  auto every = section.choice<Every>("every", {{"once", Every::once},
                                               {"week", Every::week},
                                               {"month", Every::month},
                                               {"quarter", Every::quarter},
                                               {"half-year", Every::half_year},
                                               {"year", Every::year}});
  // What follows from `every` is not judged when it could not be read.
  draft.every_refused =
      (written && !every) || section.misspelt("every") || section.misspelt("rrule");
  draft.duty.every = every.value_or(Every::once);
}

void read_recurrence(Section& section, int year, DutyDraft& draft) {
  auto& duty = draft.duty;
  if (section.has("rrule")) {
    read_rule(section, draft);
    if (section.has("every")) {
      error(section.diagnostics(), section.any("every")->place, "twice-used",
            {"every 和 rrule 只能写一个", "every and rrule cannot both be written"},
            {"every 能说清的写 every,删去 rrule",
             "where every can say it, write every and remove rrule"});
    }
  } else {
    read_every(section, draft);
  }
  auto within = section.text("within");
  if (!within || draft.every_refused) return;
  draft.within_place = within->place;
  auto read = read_within(within->value, duty.every, year);
  if (!read) {
    report(section.diagnostics(), within->place, read.error());
    return;
  }
  if (duty.rrule) {
    duty.rrule->from = read->bounds.from;
    duty.rrule->to = read->bounds.to;
    return;
  }
  duty.within = read->within;
  duty.bounds = read->bounds;
}

void read_period(Named& named, int year, DutyDraft& draft) {
  auto& section = named.section;
  PeriodDraft period;
  period.key = named.name;
  if (!draft.every_refused) {
    auto number = read_period(named.name.value, draft.duty.every, year);
    if (!number) {
      report(section.diagnostics(), named.name.place, number.error());
    } else {
      period.key.value = period_id(*number, draft.duty.every, year);
      const auto& within = draft.duty.within;
      if (within && (*number < within->first || *number > within->last)) {
        error(section.diagnostics(), named.name.place, "unknown-period",
              both("{} 不在 within 之内", "{} is outside within", in_quotes(named.name.value)));
      }
    }
  }
  if (auto excused = section.text("excused")) period.change.excused = excused->value;
  bool refused = false;
  if (auto due = read_due_key(section, "due", refused)) {
    period.change.due = due->value;
    period.due_place = due->place;
  }
  if (auto ask_by = read_due_key(section, "ask_by", refused)) {
    period.change.ask_by = ask_by->value;
    period.ask_by_place = ask_by->place;
  }
  bool empty = !section.has("excused") && !section.has("due") && !section.has("ask_by");
  section.finish();
  if (empty) {
    error(section.diagnostics(), named.name.place, "missing-key",
          both("{} 没有写怎么改", "{} does not say what changes", section.what()),
          {"写 excused = \"原因\"、due 或 ask_by", "write excused = \"REASON\", due or ask_by"});
  }
  draft.periods.push_back(std::move(period));
}

void read_people(Section& section, DutyDraft& draft) {
  draft.who = section.required_texts("who");
  draft.to = section.required_texts("to");
  draft.copy = section.texts("copy").value_or(Words{});
  draft.duty.by_clause = section.choice<bool>("by", {{"clause", true}}).value_or(false);
  auto rows = section.choice<Rows>(
      "rows", {{"none", Rows::none}, {"reporter", Rows::reporter}, {"named", Rows::named}});
  draft.duty.rows = rows.value_or(Rows::none);
}

void read_dates(Section& section, int year, DutyDraft& draft) {
  auto& duty = draft.duty;
  draft.due = read_due_key(section, "due", draft.due_refused);
  if (!section.has("due") && section.has("rrule")) {
    if (duty.rrule) draft.due = Placed<DueRule>{{DueThatDay{}, {}, {}}, draft.rrule_place};
  } else if (!section.has("due")) {
    draft.due_refused = true;
    section.missing("due", {"没有日期就写 due = \"tbd\"(待定)或 due = \"none\"(不催)",
                            "where there is no date write due = \"tbd\" (to be decided) or "
                            "due = \"none\" (never chased)"});
  }
  bool refused = false;
  draft.ask_by = read_due_key(section, "ask_by", refused);
  duty.decide_by = read_day_of_year(section, "decide_by", year);
  bool undecided = draft.due && draft.due->value.is_undecided();
  if (undecided && !section.has("decide_by")) {
    settings::warning(section.diagnostics(), draft.due->place, "undecided",
                      {"日期待定,却没有写何时定下来,到时没有人会被提醒",
                       "the date is tbd, and without decide_by nobody will be reminded to set it"},
                      {"写 decide_by = \"MM-DD\"", "write decide_by = \"MM-DD\""});
  }
  auto on_day_off = section.choice<OnDayOff>("on_day_off", {{"stay", OnDayOff::stay},
                                                            {"before", OnDayOff::before},
                                                            {"after", OnDayOff::after},
                                                            {"after+2wd", OnDayOff::after_2wd},
                                                            {"extend", OnDayOff::extend}});
  duty.on_day_off = on_day_off.value_or(OnDayOff::stay);
  if (duty.on_day_off == OnDayOff::extend && draft.due && !draft.due->value.relative()) {
    error(section.diagnostics(), section.any("on_day_off")->place, "due-form",
          {"on_day_off = \"extend\" 只用于从某件事数起的期限",
           "on_day_off = \"extend\" is only for a due date counted from an event"},
          {"改为 before 或 after", "write before or after"});
  }
  auto about = section.choice<About>(
      "about", {{"this period", About::this_period}, {"the period before", About::period_before}});
  duty.about = about.value_or(About::this_period);
  if (duty.rrule && duty.about == About::period_before) {
    error(section.diagnostics(), section.any("about")->place, "rrule-form",
          {"rrule 的每一期就是那一天,没有上一期可报",
           "each period of an rrule is that one day, there is no period before it to report"},
          {"删去 about,在 name、text 里写报的是什么",
           "remove about, and say in name or text what is reported"});
  }
}

void check_ladder_key(Section& section, DutyDraft& draft) {
  draft.ladder = section.text("ladder");
  if (!draft.due) return;
  bool chased = !draft.due->value.is_none();
  if (chased && !section.has("ladder")) {
    section.missing("ladder", {"写催办梯的 id;不催就写 ladder = \"none\"",
                               "write a ladder's id, or ladder = \"none\" if it is never chased"});
  }
  if (!chased && draft.ladder && draft.ladder->value != "none") {
    error(section.diagnostics(), draft.ladder->place, "due-form",
          {"due = \"none\" 的事项从不催办,不能有催办梯",
           "a duty with due = \"none\" is never chased and cannot have a ladder"},
          {"去掉 ladder", "remove ladder"});
    draft.ladder.reset();
  }
}

DutyDraft read_duty(Section& section, Ids& ids, int year) {
  DutyDraft draft;
  auto& duty = draft.duty;
  auto id = read_id(section, ids);
  if (id) duty.id = id->value;
  duty.place = id ? id->place : section.place();
  duty.name = read_required(section, "name");
  draft.clause = section.required_text("clause");
  duty.note = read_word(section, "note");
  duty.text = read_word(section, "text");
  if (!section.has("basis")) {
    section.missing("basis", {"日期出自文件写 \"source\",我办定的写 \"office\"",
                              "write \"source\" for a date of the document, \"office\" for one "
                              "that the office sets"});
  }
  auto basis = section.choice<Basis>(
      "basis", {{"source", Basis::source}, {"office", Basis::office}, {"unit", Basis::unit}});
  duty.basis = basis.value_or(Basis::office);
  read_people(section, draft);
  read_recurrence(section, year, draft);
  read_dates(section, year, draft);
  auto ends = section.choice<Ends>("ends", {{"held", Ends::held}, {"received", Ends::received}});
  duty.ends = ends.value_or(Ends::received);
  duty.not_ours = section.boolean("not_ours").value_or(false);
  check_ladder_key(section, draft);
  read_document(section, draft);
  for (auto& named : section.named_tables("period")) read_period(named, year, draft);
  section.finish();
  return draft;
}

}  // namespace

void read_duties(Section& root, Draft& draft) {
  Ids ids{Bilingual{"事项", "duty"}};
  for (auto& section : read_entries(root, "duty")) {
    draft.duties.push_back(read_duty(section, ids, draft.plan.year));
  }
}

}  // namespace duban::plan
