#pragma once
// One work plan as one immutable value: what the files of config/plans/<id>/ say, checked, with
// every name resolved. It knows no clock, no database, no network.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/states.h"
#include "base/time.h"
#include "base/tongue.h"
#include "plan/due_rule.h"
#include "plan/lamp.h"
#include "plan/rrule.h"
#include "plan/work_calendar.h"

namespace duban::plan {

/// The unit id that is reserved for the office itself: it may owe and be owed.
inline constexpr std::string_view office_id = "office";

/// Where a date comes from: the document, the office, or a unit's own filed plan.
enum class Basis { source, office, unit };
/// `rule`: by the duty's rrule, a period each day that it names.
enum class Every { once, week, month, quarter, half_year, year, rule };
enum class OnDayOff { stay, before, after, after_2wd, extend };
enum class About { this_period, period_before };
/// What ends an assignment: a paper handed in, or a meeting or visit held.
enum class Ends { received, held };
/// What it was written as: a duty of the plan, a unit's own date for a clause, a thing ordered in a
/// meeting or on a visit.
enum class Origin { duty, milestone, action };
/// The clauses an assignment reports on.
enum class Rows { none, reporter, named };

struct Phase {
  std::string id, name, clause;
  /// Absent where the document gives none (the first phase in any year but the document's own).
  std::optional<Day> from;
  std::optional<Day> to;
};

struct DatedName {
  std::string name;
  /// First day of this name; absent: from the beginning.
  std::optional<Day> from;
};

/// When somebody may be told: on working days within `hours`, on any day outside `quiet`. Absent:
/// no bound.
struct Window {
  std::optional<DaySpan> hours, quiet;
  bool is_open_always() const { return !hours && !quiet; }
  bool operator==(const Window&) const = default;
};

struct Unit {
  std::string id, name;
  std::vector<std::string> aliases;
  /// How it is addressed: bureau, party, district, company, zone, vertical.
  std::string manner;
  /// The names in time order where it was renamed (else empty).
  std::vector<DatedName> names;
  std::string successor;
  std::vector<std::string> groups;
  Window window;
  Place place;
  /// The name it bears on a day.
  const std::string& name_on(Day day) const;
};

struct Group {
  std::string id, name;
  std::vector<std::string> members;
};

/// One ending that the text writes for several units together: `东湖高新区、武汉经开区管委会`.
struct SharedSuffix {
  std::string text;
  std::vector<std::string> units;
};

/// Somebody who is only owed (提案委, 督查室): no unit, gets letters.
struct Party {
  std::string id, name;
  std::vector<std::string> aliases;
};

/// One address of one channel; several contacts may name it.
struct Endpoint {
  /// The endpoint's id, or `<contact>/<n>` for an address written in a contact.
  std::string id;
  /// A channel of duband.toml.
  std::string channel;
  /// Never shown: an id is.
  std::string address;
  /// A chat or a mailbox read by many: no name as late, no personal link.
  bool group = false;
  Place place;
};

enum class Role { liaison, leader };

/// A post that can be reached.
struct Contact {
  std::string id;
  /// A unit id, `office`, or a party id.
  std::string unit;
  Role role = Role::liaison;
  std::string name;
  /// Endpoint ids, in the order in which they are tried.
  std::vector<std::string> endpoints;
  /// Within so long a message must have been delivered by one of them, each having its share; 0:
  /// the next is tried only when one has failed.
  Seconds within{0};
  Place place;
};

struct Task {
  std::string id, clause, name, text;
  std::vector<std::string> leads, responsible;
  /// Who fills its row: the first lead, else every responsible unit, unless the file names others.
  std::vector<std::string> reporters;
  Place place;
};

/// What documents put tasks under (交通同网).
struct Heading {
  std::string name;
  /// Task ids.
  std::vector<std::string> tasks;
  Place place;
};

/// One point of a ladder.
struct Stage {
  StageKind kind = StageKind::remind;
  Offset offset;
  /// Goes to the unit only after 收件已核 is recorded since the due time.
  bool after_checked = false;
  /// Whom it speaks to; a stage above the liaison is drafted and waits for release.
  Audience audience = Audience::liaison;
  /// `remind -3wd 09:00`: what this stage is, in the ledger and everywhere.
  std::string key;
  Place place;
};

struct Ladder {
  std::string id;
  /// In time order for any due time (the loader checks that).
  std::vector<Stage> stages;
  /// Made-up working days do not count for this ladder.
  bool skip_made_up = false;
  Place place;
};

/// One period moved, merged or excused in the plan.
struct PeriodChange {
  std::optional<std::string> excused;
  std::optional<DueRule> due, ask_by;
};

/// The periods a duty is about, first to last, both included: months 4..10, quarters 2..3. For
/// `once` with an undecided date, the days that bound it.
struct Within {
  unsigned first = 1, last = 1;
};
struct DateBounds {
  std::optional<Day> from, to;
};

/// A document that writes itself (office page, chapter 5).
enum class Form { dispatch, briefing, register_ };

/// What a duty of the office hands out: at its time duban writes the draft from the record.
struct Document {
  Form form = Form::dispatch;
  /// The duty whose tables it tells of (`monthly-table`).
  std::string of;
  /// When the draft is made, from the duty's own due time.
  Offset draft;
  /// `draft -2wd 10:00`: what it is in the ledger, as a stage's key.
  std::string key;
  Place place;
};

struct Duty {
  std::string id, name, clause, note, text;
  Origin origin = Origin::duty;
  /// The task that a milestone's or an action's clause names; empty where it names none, or several
  /// share it.
  std::string task;
  /// Of an action: where it was ordered (6月10日协商会议定), and what closes it.
  std::string source, closes;
  Basis basis = Basis::office;
  /// Units that owe it, in the document's order (ids, may contain `office`).
  std::vector<std::string> who;
  /// Whom it is owed to: unit, party or office ids; `@lead` stays as it is (each clause's
  /// reporter).
  std::vector<std::string> to, copy;
  Rows rows = Rows::none;
  bool by_clause = false;
  Every every = Every::once;
  /// Only with Every::rule.
  std::optional<RRule> rrule;
  std::optional<Within> within;
  DateBounds bounds;
  DueRule due;
  std::optional<DueRule> ask_by;
  Ends ends = Ends::received;
  /// Who owes it may answer 不归我办.
  bool not_ours = false;
  /// The day by which the office should have dated it (with due = "tbd"), in the plan's year.
  std::optional<Day> decide_by;
  OnDayOff on_day_off = OnDayOff::stay;
  About about = About::this_period;
  /// Index into Plan::ladders; absent: never chased.
  std::optional<std::size_t> ladder;
  std::optional<Document> document;
  /// By full period id (`2022-09`).
  std::map<std::string, PeriodChange> changes;
  /// With by = "clause" and who = "@support": the units per clause. Else empty.
  std::map<std::string, std::vector<std::string>> units_of_clause;
  Place place, due_place;
};

/// A planned stretch in which units are left alone (防汛期间): both days included.
struct Silence {
  Day from, to;
  /// Unit and duty ids; none: all.
  std::vector<std::string> units, duties;
  /// Only stages of this kind; absent: everything.
  std::optional<StageKind> stage;
  std::string why;
  Place place;
};

struct Office {
  std::string name, short_name, phone;
  /// The unit that houses it; may be empty.
  std::string host;
  /// When the day's list goes out.
  Seconds list{16 * 3600 + 30 * 60};
  DaySpan hours{.from = Seconds{8 * 3600 + 30 * 60}, .to = Seconds{17 * 3600 + 30 * 60}};
  Place place;
};

/// Two duties that are asked for close together on purpose: `check` says nothing of them.
struct CloseRequests {
  std::string first, second, why;
};

struct Budget {
  unsigned pre_due = 2, requests = 2;
  std::vector<std::string> exempt;
  std::vector<CloseRequests> close;
};

struct Plan {
  std::string id, title, document, zone;
  /// Of its messages.
  Tongue language = Tongue::chinese;
  std::optional<Day> issued;
  int year = 0;
  Office office;
  Budget budget;
  unsigned storm = 20;
  std::vector<Phase> phases;
  std::vector<Unit> units;
  std::vector<Group> groups;
  std::vector<Party> parties;
  std::vector<SharedSuffix> suffixes;
  std::vector<Endpoint> endpoints;
  std::vector<Contact> contacts;
  std::vector<Task> tasks;
  /// In the document's order; a task stands under one at most.
  std::vector<Heading> headings;
  std::vector<Ladder> ladders;
  std::vector<Duty> duties;
  std::vector<Silence> silences;
  /// In the order in which they are tried; the last one always applies.
  std::vector<Lamp> lamps;
  /// By channel id, those that have one.
  std::map<std::string, Window> channel_windows;
  std::shared_ptr<const WorkCalendar> calendar;
  /// The plan's own templates by name (`stage.mustache`), which win over the shared ones.
  std::map<std::string, std::string> templates;
  /// `sha256:…` over every file the plan was read from.
  std::string digest;

  const Unit* find_unit(std::string_view id) const;
  const Party* find_party(std::string_view id) const;
  const Duty* find_duty(std::string_view id) const;
  const Task* find_task(std::string_view id) const;
  const Endpoint* find_endpoint(std::string_view id) const;
  const Contact* find_contact(std::string_view id) const;
  /// The first contact of a unit in a role that has an endpoint; nothing when nobody can be
  /// reached.
  const Contact* reachable(std::string_view unit, Role role) const;
  /// What a person calls it: unit, party or the office, by its name today or on `day`.
  std::string name_of(std::string_view id) const;
  std::string name_of(std::string_view id, Day day) const;
  /// The ladder of a duty, or null.
  const Ladder* ladder_of(const Duty& duty) const;
  /// The clauses a unit's assignment of this duty reports on, in the document's order.
  std::vector<const Task*> rows_of(const Duty& duty, std::string_view unit,
                                   std::string_view slice) const;
};

}  // namespace duban::plan
