// units.toml: units, groups, outside parties, shared endings; contacts and endpoints by their own
// reader, which contacts.private.toml shares.

#include "plan/draft.h"
#include "settings/day_span.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;

std::vector<std::string> values_of(const Words& words) {
  std::vector<std::string> values;
  for (const auto& word : words) values.push_back(word.value);
  return values;
}

std::string read_manner(Section& section) {
  auto manner = section.choice<std::string_view>("manner", {{"bureau", "bureau"},
                                                            {"party", "party"},
                                                            {"district", "district"},
                                                            {"company", "company"},
                                                            {"zone", "zone"},
                                                            {"vertical", "vertical"}});
  return std::string{manner.value_or("bureau")};
}

void read_names(Section& section, Unit& unit) {
  for (auto& dated : section.tables("names")) {
    DatedName name{read_required(dated, "name"), read_day(dated, "from")};
    bool later = unit.names.empty() || (name.from && unit.names.back().from < name.from);
    if (!later) {
      error(section.diagnostics(), dated.place(), "bad-value",
            {"改名要按时间先后写", "the names must stand in chronological order"},
            {"第一个名字不写 from,后面的都写", "write from in every name but the first"});
    }
    dated.finish();
    unit.names.push_back(std::move(name));
  }
}

UnitDraft read_unit(Section& section, Ids& ids) {
  UnitDraft draft;
  auto& unit = draft.unit;
  auto id = read_id(section, ids);
  if (id && id->value == office_id) {
    error(section.diagnostics(), id->place, "twice-used",
          {"office 已指领导小组办公室", "office already stands for the office itself"},
          {"换一个 id", "take another id"});
  }
  if (id) unit.id = id->value;
  unit.place = id ? id->place : section.place();
  unit.aliases = values_of(section.texts("aliases").value_or(Words{}));
  unit.manner = read_manner(section);
  unit.window.hours = settings::read_hours(section, "hours");
  unit.window.quiet = settings::read_quiet(section, "quiet");
  read_names(section, unit);
  // `names` may stand instead of `name`: the present name is then the last one.
  if (!unit.names.empty() && !section.has("name")) unit.name = unit.names.back().name;
  else unit.name = read_required(section, "name");
  draft.successor = section.text("successor");
  section.finish();
  return draft;
}

GroupDraft read_group(Section& section, Ids& ids) {
  GroupDraft draft;
  draft.place = section.place();
  if (auto id = read_id(section, ids)) draft.group.id = id->value;
  draft.group.name = read_required(section, "name");
  draft.members = section.required_texts("members").value_or(Words{});
  section.finish();
  return draft;
}

Party read_party(Section& section, Ids& ids) {
  Party party;
  if (auto id = read_id(section, ids)) party.id = id->value;
  party.name = read_required(section, "name");
  party.aliases = values_of(section.texts("aliases").value_or(Words{}));
  section.finish();
  return party;
}

SuffixDraft read_suffix(Section& section) {
  SuffixDraft draft;
  draft.suffix.text = read_required(section, "text");
  draft.units = section.required_texts("units").value_or(Words{});
  section.finish();
  return draft;
}

}  // namespace

void read_units_file(Section& root, Draft& draft) {
  draft.units_read = true;
  // Units and parties share one space of names: `to` may name either.
  Ids ids{Bilingual{"单位", "unit"}};
  Ids groups{Bilingual{"组", "group"}};
  for (auto& section : read_entries(root, "unit")) draft.units.push_back(read_unit(section, ids));
  for (auto& section : read_entries(root, "party")) {
    draft.plan.parties.push_back(read_party(section, ids));
  }
  for (auto& section : read_entries(root, "group")) {
    draft.groups.push_back(read_group(section, groups));
  }
  for (auto& section : read_entries(root, "suffix")) {
    draft.suffixes.push_back(read_suffix(section));
  }
  read_contacts(root, draft, false);
  root.finish();
}

}  // namespace duban::plan
