#pragma once
// A plan while it is read: what its files say, each reference still a word with its place. Internal
// to this folder: readers (*_file.cpp) fill it, references.cpp and the checks make a Plan of it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "plan/due_grammar.h"
#include "plan/plan.h"
#include "settings/section.h"

namespace duban::plan {

using settings::Named;
using settings::Placed;
using settings::Section;
using settings::Word;
using settings::Words;

struct UnitDraft {
  Unit unit;
  std::optional<Word> successor;
};

struct GroupDraft {
  Group group;
  Words members;
  Place place;
};

struct SuffixDraft {
  SharedSuffix suffix;
  Words units;
};

struct EndpointDraft {
  Endpoint endpoint;
  Word channel;
};

struct ContactDraft {
  Contact contact;
  std::optional<Word> unit;
  Words channels;
  /// Some entry of it was refused: its unit is not called unreachable too.
  bool broken = false;
};

struct TaskDraft {
  Task task;
  Words leads, responsible;
  std::optional<Words> reporters;
};

struct PeriodDraft {
  Word key;
  PeriodChange change;
  Place due_place, ask_by_place;
};

struct DocumentDraft {
  Document document;
  std::optional<Word> of;
};

struct HeadingDraft {
  Heading heading;
  Words tasks;
};

struct DutyDraft {
  Duty duty;
  /// Each absent where it was not written or was refused already.
  std::optional<Words> who, to;
  Words copy;
  std::optional<Word> clause, ladder;
  std::optional<Placed<DueRule>> due, ask_by;
  std::optional<DocumentDraft> document;
  Place within_place, rrule_place;
  bool due_refused = false, every_refused = false;
  std::vector<PeriodDraft> periods;
  /// A milestone or an action: takes the ladder "once" where there is one.
  bool once_ladder = false;
  /// Its clause must be one of the tasks.
  bool clause_is_task = false;
};

struct SilenceDraft {
  Silence silence;
  Words units, duties;
};

struct LampConditionDraft {
  LampCondition condition;
  Words tasks;
};

struct LampDraft {
  Lamp lamp;
  std::vector<LampConditionDraft> when;
  /// Nothing was written of when it applies.
  bool always = false;
};

struct CloseDraft {
  Words duties;
  std::string why;
};

struct Draft {
  Plan plan;
  std::optional<Word> calendar, host;
  Words exempt;
  std::vector<UnitDraft> units;
  std::vector<GroupDraft> groups;
  std::vector<SuffixDraft> suffixes;
  std::vector<EndpointDraft> endpoints;
  std::vector<ContactDraft> contacts;
  std::vector<TaskDraft> tasks;
  std::vector<HeadingDraft> headings;
  std::vector<DutyDraft> duties;
  std::vector<SilenceDraft> silences;
  std::vector<LampDraft> lamps;
  std::vector<CloseDraft> close;
  /// Ladder ids, those of refused ladders too.
  std::vector<std::string> ladder_ids;
  /// Some contact's unit is not known: nobody is called unreachable then.
  bool contacts_refused = false;
  /// Whether a file could be read at all: what it should have named is not called unknown then.
  bool plan_read = false, units_read = false, tasks_read = false;
  Diagnostics diagnostics;
};

/// Ids of one kind: reports one that is used twice, naming the first place.
class Ids {
 public:
  explicit Ids(Bilingual kind) : kind_(std::move(kind)) {}
  /// False, and a diagnostic, when it is taken.
  bool add(const Word& id, Diagnostics& out);

 private:
  Bilingual kind_;
  std::map<std::string, Place> places_;
};

/// The `id` of a table: letters, digits, - and . only, not taken. Registered even where the rest of
/// the table is refused. Empty when missing or malformed.
std::optional<Word> read_id(Section& section, Ids& ids);
/// The shape alone.
bool is_id(std::string_view text);

/// A text or "".
std::string read_word(Section& section, std::string_view key);
/// A required text or "".
std::string read_required(Section& section, std::string_view key);
/// An absolute day of the document.
std::optional<Day> read_day(Section& section, std::string_view key);
/// `MM-DD` in the plan's year.
std::optional<Day> read_day_of_year(Section& section, std::string_view key, int year);
/// Reports a grammar error at a word.
void report(Diagnostics& out, const Place& place, const GrammarError& wrong);
/// At most limits::plan_entries tables; reports the first beyond.
std::vector<Section> read_entries(Section& section, std::string_view key);

/// The readers, a file each; `root` is the file's top table.
void read_plan_file(Section& root, Draft& draft);
void read_duties(Section& root, Draft& draft);
void read_silences(Section& root, Draft& draft);
void read_lamps(Section& root, Draft& draft);
void read_units_file(Section& root, Draft& draft);
void read_contacts(Section& root, Draft& draft, bool is_private);
void read_tasks_file(Section& root, Draft& draft);
/// [[heading]] of tasks.toml; `document` of a duty.
void read_headings(Section& root, Draft& draft);
void read_document(Section& duty, DutyDraft& draft);

/// What a duty's `due` and `ask_by` have in common, for duties, milestones and actions.
std::optional<Placed<DueRule>> read_due_key(Section& section, std::string_view key,
                                            bool& refused);

/// Makes the plan of the draft: references resolved, who and to expanded, reporters computed.
void resolve_references(Draft& draft, const std::vector<std::string>& channels);
/// The units and duties that silences name. After resolve_references.
void resolve_silences(Draft& draft);
/// The tasks that lamps name; the usual lamps where the plan has none. After resolve_references.
void resolve_lamps(Draft& draft);
/// The tasks that stand under headings, each under one. After resolve_references.
void resolve_headings(Draft& draft);
/// Whether each document is the office's and tells of a duty's tables. After resolve_references.
void resolve_documents(Draft& draft);
/// The duties that are asked for close together on purpose.
void resolve_close(Draft& draft);
/// Whether each due form suits its `every`, exists in the year, and counts from something that
/// recurs alike, without a circle. After resolve_references.
void check_dues(Draft& draft);
/// Whether the stages of each ladder stand in time order.
void check_ladders(Draft& draft);
/// Who cannot be reached.
void check_reach(Draft& draft);

}  // namespace duban::plan
