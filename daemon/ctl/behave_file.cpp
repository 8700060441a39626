#include "ctl/behave_file.h"

#include <algorithm>
#include <limits>

#include "control/time_words.h"
#include "ctl/manner_section.h"
#include "settings/report.h"
#include "settings/section.h"

namespace duban::ctl {
namespace {

using control::Found;
using schedule::AssignmentKey;
using schedule::Fact;
using schedule::Timetable;
using settings::Section;
using settings::Word;

// What somebody does, as the fact that is recorded of it; nothing: nothing is done.
using Does = std::optional<FactKind>;

class Reader {
 public:
  Reader(control::Timetables plans, Diagnostics& out) : plans_(plans), out_(out) {
    for (const auto* plan : plans) made_[plan->plan().id];
  }

  void read(Section file) {
    auto rest = file.choice<bool>("rest", {{"punctual", true}, {"nobody", false}});
    auto seed = file.integer("seed", 0, std::numeric_limits<std::int64_t>::max());
    auto drawn = static_cast<std::uint64_t>(seed ? seed->value : 0);
    auto manners = read_manners(file, drawn, plans_);
    for (auto& [plan, behaviour] : made_) {
      behaviour.punctual = rest.value_or(false);
      behaviour.seed = drawn;
      behaviour.manners = std::move(manners[plan]);
    }
    for (auto& event : file.tables("event")) read_event(event);
    file.finish();
  }

  std::map<std::string, engine::Behaviour> made() {
    for (auto& [plan, behaviour] : made_) {
      std::ranges::stable_sort(behaviour.events, {}, &Fact::at);
    }
    return std::move(made_);
  }

 private:
  template <class T>
  std::optional<T> taken(Found<T> found, const Place& place) {
    if (found) return std::move(*found);
    const auto& refusal = found.error();
    settings::error(out_, place, refusal.code, refusal.message, refusal.mend);
    return std::nullopt;
  }

  void read_event(Section& event) {
    auto does = event.choice<Does>("what", {{"received", FactKind::received},
                                            {"checked", FactKind::checked},
                                            {"held", FactKind::held},
                                            {"extended", FactKind::extended},
                                            {"excused", FactKind::excused},
                                            {"nothing", std::nullopt}});
    if (!event.has("what")) {
      event.missing("what", both("写 received、nothing 等",
                                 "write received, checked, held, extended, excused or nothing"));
    }
    auto plan = event.text("plan");
    auto duty_word = event.required_text("duty");
    auto period_word = event.text("period");
    auto units = event.texts("units");
    auto at = event.text("at");
    auto until = event.text("until");
    auto why = event.text("why");
    bool happens = does && *does;
    bool no_time = happens && !at;
    bool no_term = does && *does == FactKind::extended && !until;
    if (no_time) {
      event.missing("at", both("写发生的时间,如 at = \"05-26 16:40\"",
                               "write when it happens, like at = \"05-26 16:40\""));
    }
    if (no_term) {
      event.missing("until", both("写延到什么时候,如 until = \"05-30 17:00\"",
                                  "write the new due time, like until = \"05-30 17:00\""));
    }
    event.finish();
    if (!does || !duty_word || no_time || no_term) return;
    auto duty = taken(control::find_duty(plans_, plan ? plan->value : "", duty_word->value),
                      duty_word->place);
    if (!duty) return;
    auto period = taken(control::find_period(*duty, period_word ? period_word->value : ""),
                        period_word ? period_word->place : event.place());
    if (!period) return;
    auto keys = keys_of(*duty, *period, units);
    auto& behaviour = made_[duty->timetable->plan().id];
    for (const auto& key : keys) {
      for (auto slot : duty->timetable->slots_of(key)) {
        behaviour.spoken_for.insert(duty->timetable->slots()[slot].key);
      }
    }
    if (!happens) return;
    auto fact = fact_of(**does, *duty->timetable, *at, until);
    if (!fact) return;
    if (why) fact->note = why->value;
    bool whole_period = *does == FactKind::checked || *does == FactKind::held;
    if (whole_period) keys.assign(1, {duty->duty->id, *period, "", ""});
    for (auto& key : keys) {
      behaviour.events.push_back(*fact);
      behaviour.events.back().about = std::move(key);
    }
  }

  std::vector<AssignmentKey> keys_of(const control::FoundDuty& duty, const std::string& period,
                                     const std::optional<settings::Words>& units) {
    const auto& timetable = *duty.timetable;
    std::vector<AssignmentKey> keys;
    if (!units) return {{duty.duty->id, period, "", ""}};
    for (const auto& word : *units) {
      auto unit = taken(control::find_unit(timetable.plan(), word.value), word.place);
      if (!unit) continue;
      AssignmentKey key{duty.duty->id, period, *unit, ""};
      if (timetable.slots_of(key).empty()) {
        settings::error(out_, word.place, "not-owed",
                        both("{}不用报{}", "{} does not owe {}",
                             timetable.plan().name_of(*unit),
                             settings::in_quotes(duty.duty->name)));
        continue;
      }
      keys.push_back(std::move(key));
    }
    return keys;
  }

  std::optional<Fact> fact_of(FactKind kind, const Timetable& timetable, const Word& at,
                              const std::optional<Word>& until) {
    const auto& zone = timetable.zone();
    auto end = timetable.ends() - Seconds{1};
    auto happened = taken(control::read_past(at.value, end, zone), at.place);
    if (!happened) return std::nullopt;
    Fact fact{.kind = kind, .at = *happened, .recorded_at = *happened};
    fact.by = "rehearsal";
    fact.way = "rehearse";
    if (kind != FactKind::extended) return fact;
    auto later = taken(control::read_coming(until->value, *happened, zone), until->place);
    if (!later) return std::nullopt;
    fact.time = *later;
    return fact;
  }

  control::Timetables plans_;
  Diagnostics& out_;
  std::map<std::string, engine::Behaviour> made_;
};

}  // namespace

std::optional<std::map<std::string, engine::Behaviour>> read_behaviours(
    std::string_view text, const std::string& shown, control::Timetables plans,
    Diagnostics& out) {
  auto root = settings::parse_toml(text, shown, out);
  if (!root) return std::nullopt;
  Reader reader{plans, out};
  reader.read(Section{*root, both("排演文件", "the rehearsal file"), out});
  if (has_errors(out)) return std::nullopt;
  return reader.made();
}

}  // namespace duban::ctl
