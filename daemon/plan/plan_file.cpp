// plan.toml but for its duties: the document, the office, phases and ladders.

#include "plan/draft.h"
#include "settings/day_span.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;

// A leap year, so that a missing `year` does not make February 29 wrong as well.
constexpr int year_when_missing = 2024;

std::optional<Seconds> read_time_of_day(Section& section, std::string_view key) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto time = parse_time_of_day(word->value);
  if (!time) {
    error(section.diagnostics(), word->place, "bad-value",
          both("看不懂钟点{}", "{} is not a time of day", in_quotes(word->value)),
          {"写成 HH:MM,如 16:30", "write HH:MM, such as 16:30"});
  }
  return time;
}

void read_office(Section& root, Draft& draft) {
  auto section = root.table("office");
  if (!section) {
    if (!root.has("office")) {
      root.missing("office", {"写 [office],下面写 name、phone",
                              "write [office], with name and phone under it"});
    }
    return;
  }
  auto& office = draft.plan.office;
  office.place = section->place();
  office.name = read_required(*section, "name");
  office.short_name = read_word(*section, "short");
  if (office.short_name.empty()) office.short_name = office.name;
  office.phone = read_word(*section, "phone");
  draft.host = section->text("host");
  if (auto list = read_time_of_day(*section, "list")) office.list = *list;
  if (auto hours = settings::read_hours(*section, "hours")) office.hours = *hours;
  section->finish();
}

void read_close(Section& budget, Draft& draft) {
  for (auto& section : budget.tables("close")) {
    CloseDraft close;
    close.duties = section.required_texts("duties").value_or(Words{});
    if (section.has("duties") && close.duties.size() != 2) {
      error(section.diagnostics(), section.place(), "bad-value",
            {"duties 要写两个事项的 id", "duties should hold the ids of two duties"});
    }
    close.why = read_required(section, "why");
    section.finish();
    draft.close.push_back(std::move(close));
  }
}

void read_budget(Section& root, Draft& draft) {
  auto section = root.table("budget");
  if (!section) return;
  auto& budget = draft.plan.budget;
  if (auto most = section->integer("pre_due", 0, 100)) {
    budget.pre_due = static_cast<unsigned>(most->value);
  }
  if (auto most = section->integer("requests", 0, 100)) {
    budget.requests = static_cast<unsigned>(most->value);
  }
  draft.exempt = section->texts("exempt").value_or(Words{});
  read_close(*section, draft);
  section->finish();
}

void read_phase(Section& section, Ids& ids, Plan& plan) {
  Phase phase;
  if (auto id = read_id(section, ids)) phase.id = id->value;
  phase.name = read_required(section, "name");
  phase.clause = read_word(section, "clause");
  auto from = section.text("from");
  if (from && from->value == "issued") {
    // The first phase begins on the issue date; in another year it has no beginning.
    if (plan.issued && year_of(*plan.issued) == plan.year) phase.from = plan.issued;
  } else {
    phase.from = read_day_of_year(section, "from", plan.year);
  }
  phase.to = read_day_of_year(section, "to", plan.year);
  if (phase.from && phase.to && *phase.to < *phase.from) {
    error(section.diagnostics(), section.place(), "bad-value",
          {"这个阶段的 to 在 from 之前", "to is before from in this phase"});
  }
  section.finish();
  plan.phases.push_back(std::move(phase));
}

Stage make_stage(StageKind kind, Offset offset, const Place& place) {
  Stage stage;
  stage.kind = kind;
  stage.key = std::string{to_word(kind)} + " " + offset.text;
  stage.offset = std::move(offset);
  stage.place = place;
  return stage;
}

std::optional<Stage> stage_of(StageKind kind, const Word& word, Diagnostics& out) {
  auto offset = read_offset(word.value);
  if (!offset) {
    report(out, word.place, offset.error());
    return std::nullopt;
  }
  auto count = offset->count;
  bool before = kind == StageKind::remind;
  if (before ? count > 0 : count < 0) {
    error(out, word.place, "stage-order",
          before ? Bilingual{"remind 要在到期之前", "remind must be before the due time"}
                 : both("{} 要在到期之后", "{} must be after the due time", to_word(kind)),
          before ? Bilingual{"写成负的,如 -3wd 09:00", "write it negative, such as -3wd 09:00"}
                 : Bilingual{"写成正的,如 +1wd 14:00", "write it positive, such as +1wd 14:00"});
    return std::nullopt;
  }
  return make_stage(kind, std::move(*offset), word.place);
}

// `due` and `overdue`: an offset, or { at, after }.
void read_point(Section& ladder, std::string_view key, StageKind kind, Ladder& to) {
  const auto* node = ladder.any(key);
  if (!node) return;
  std::optional<Word> at;
  bool checked = false;
  if (node->kind == settings::Node::Kind::table) {
    Section section{*node, std::string{key}, ladder.diagnostics()};
    at = section.required_text("at");
    checked = section.choice<bool>("after", {{"checked", true}}).value_or(false);
    section.finish();
  } else {
    at = ladder.text(key);
  }
  if (!at) return;
  if (auto stage = stage_of(kind, *at, ladder.diagnostics())) {
    stage->after_checked = checked;
    to.stages.push_back(std::move(*stage));
  }
}

void read_escalation(Section& section, Ladder& to) {
  auto at = section.required_text("at");
  if (!section.has("to")) {
    section.missing("to", {"写 to = \"leader\"", "write to = \"leader\""});
  }
  auto audience = section.choice<Audience>("to", {{"leader", Audience::leader}});
  // Nothing goes over a liaison's head by itself.
  if (!section.has("release")) {
    section.missing("release", {"写 release = \"office\":不点不发",
                                "write release = \"office\": it goes out only once released"});
  }
  section.choice<bool>("release", {{"office", true}});
  section.finish();
  if (!at) return;
  if (auto stage = stage_of(StageKind::escalate, *at, section.diagnostics())) {
    stage->audience = audience.value_or(Audience::leader);
    to.stages.push_back(std::move(*stage));
  }
}

void read_ladder(Named& named, Draft& draft) {
  auto& section = named.section;
  auto& out = section.diagnostics();
  Ladder ladder;
  ladder.id = named.name.value;
  ladder.place = named.name.place;
  draft.ladder_ids.push_back(ladder.id);
  if (!is_id(ladder.id) || ladder.id == "none") {
    error(out, ladder.place, "bad-value",
          both("催办梯不能叫{}", "a ladder cannot be called {}", in_quotes(ladder.id)),
          {"只用小写字母、数字、连字符;none 已另有所指",
           "use only small letters, digits and hyphens; none means something else"});
  }
  for (const auto& word : section.texts("remind").value_or(Words{})) {
    if (auto stage = stage_of(StageKind::remind, word, out)) ladder.stages.push_back(*stage);
  }
  read_point(section, "due", StageKind::due, ladder);
  read_point(section, "overdue", StageKind::overdue, ladder);
  for (auto& escalation : section.tables("escalate")) read_escalation(escalation, ladder);
  ladder.skip_made_up =
      section.choice<bool>("made_up", {{"skip", true}, {"count", false}}).value_or(false);
  section.finish();
  draft.plan.ladders.push_back(std::move(ladder));
}

void read_document(Section& root, Draft& draft) {
  auto& plan = draft.plan;
  plan.title = read_required(root, "title");
  plan.document = read_word(root, "document");
  plan.issued = read_day(root, "issued");
  auto year = root.integer("year", 1900, 2200);
  if (!root.has("year")) {
    root.missing("year", {"写 year = 2022,全部日期由它而来",
                          "write year = 2022: all dates come from it"});
  }
  plan.year = year ? static_cast<int>(year->value) : year_when_missing;
  plan.zone = read_word(root, "zone");
  if (plan.zone.empty()) plan.zone = "Asia/Shanghai";
  auto language = root.choice<Tongue>(
      "language", {{"zh", Tongue::chinese}, {"en", Tongue::english}});
  plan.language = language.value_or(Tongue::chinese);
  if (!root.has("calendar")) {
    root.missing("calendar", {"写 calendar = \"cn\"", "write calendar = \"cn\""});
  }
  draft.calendar = root.text("calendar");
  if (auto storm = root.integer("storm", 1, 10000)) {
    plan.storm = static_cast<unsigned>(storm->value);
  }
}

}  // namespace

void read_plan_file(Section& root, Draft& draft) {
  draft.plan_read = true;
  read_document(root, draft);
  read_budget(root, draft);
  read_office(root, draft);
  Ids phases{Bilingual{"阶段", "phase"}};
  for (auto& section : read_entries(root, "phase")) read_phase(section, phases, draft.plan);
  for (auto& named : root.named_tables("ladder")) read_ladder(named, draft);
  read_duties(root, draft);
  read_silences(root, draft);
  read_lamps(root, draft);
  root.finish();
}

}  // namespace duban::plan
