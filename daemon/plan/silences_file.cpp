// The [[silence]] tables of plan.toml: planned stretches in which units are left alone.

#include <algorithm>

#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using Strings = std::vector<std::string>;

void read_silence(Section& section, Draft& draft) {
  SilenceDraft read;
  auto& silence = read.silence;
  silence.place = section.place();
  for (const auto* key : {"from", "to"}) {
    if (!section.has(key)) {
      section.missing(key, {"写月-日,如 06-20", "write MM-DD, such as 06-20"});
    }
  }
  auto from = read_day_of_year(section, "from", draft.plan.year);
  auto to = read_day_of_year(section, "to", draft.plan.year);
  read.units = section.texts("units").value_or(Words{});
  read.duties = section.texts("duties").value_or(Words{});
  silence.stage = section.choice<StageKind>("stage", {{"remind", StageKind::remind},
                                                      {"due", StageKind::due},
                                                      {"overdue", StageKind::overdue},
                                                      {"escalate", StageKind::escalate}});
  silence.why = read_required(section, "why");
  section.finish();
  if (!from || !to) return;
  silence.from = *from;
  silence.to = *to;
  if (*to < *from) {
    error(section.diagnostics(), section.place(), "bad-value",
          {"这段静默的 to 在 from 之前", "to is before from in this silence"});
    return;
  }
  draft.silences.push_back(std::move(read));
}

Strings known_of(const Words& words, const Strings& ids, BilingualView kind,
                 std::string_view code, Diagnostics& out) {
  Strings found;
  for (const auto& word : words) {
    if (std::ranges::find(ids, word.value) != ids.end()) {
      found.push_back(word.value);
      continue;
    }
    error(out, word.place, code,
          both("没有{}这个{}", "there is no {1} {0}", settings::in_quotes(word.value), kind),
          settings::suggest(word.value, ids));
  }
  return found;
}

}  // namespace

void read_silences(Section& root, Draft& draft) {
  for (auto& section : read_entries(root, "silence")) read_silence(section, draft);
}

void resolve_silences(Draft& draft) {
  Strings units{std::string{office_id}};
  Strings duties;
  for (const auto& unit : draft.plan.units) units.push_back(unit.id);
  for (const auto& duty : draft.duties) duties.push_back(duty.duty.id);
  for (auto& read : draft.silences) {
    auto& silence = read.silence;
    if (draft.units_read) {
      silence.units =
          known_of(read.units, units, {"单位", "unit"}, "unknown-unit", draft.diagnostics);
    }
    silence.duties =
        known_of(read.duties, duties, {"事项", "duty"}, "unknown-duty", draft.diagnostics);
    draft.plan.silences.push_back(silence);
  }
}

}  // namespace duban::plan
