#pragma once
// What a template may name: plain structs, and for each the one table of its names. The same tables
// fill the templates (template_program.h) and check them (template_check.cpp), so the two cannot
// differ.
//
// An empty text, a false flag, an empty list and an absent group count as not there:
// {{#name}}…{{/name}} is skipped and {{^name}}…{{/name}} is shown. A name stands at one depth only
// (a test says so), because Mustache looks outwards for what it does not find.

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace duban::message {

template <class Owner, class Value>
struct Field {
  std::string_view name;
  Value Owner::*member;
};
template <class Owner, class Value>
Field(std::string_view, Value Owner::*) -> Field<Owner, Value>;

/// One thing to hand in or to hold, as a message tells it.
struct ItemView {
  /// `1. `, where a part holds several.
  std::string number;
  /// `5月月调度表`.
  std::string name;
  /// Until when it is asked for, and how long that is; `17:00` alone for the day itself.
  std::string asked, left, asked_hour;
  /// Till when it is still in time, where it is asked for earlier (当天24:00, 9月30日(周五)).
  std::string until;
  std::string due;
  /// A date without its weekday: 5月25日.
  std::string due_day;
  std::string row_count, rows, other_count;
  bool leads = false;
  /// A table filled again and again: 无变化 is an answer.
  bool repeats = false;
  std::string clause, office_day, source_day;
  bool unit_day = false;
  std::string text;
  /// Who gets it, where that is not the office.
  std::string receiver;
  /// The next working day at noon: until when it can be made up.
  std::string makeup;
  bool checked = false;
  std::string told_days;
  std::string was;
  bool extended = false;
  std::string reason;
  /// An answer: the paper was given back; else no to more time, or to 不归本单位办.
  bool returned = false, disputed = false;
  /// The due time has passed.
  bool passed = false;
  std::string answered;
  /// It has no date (any more).
  bool undated = false;
  /// Ended by being held, not by a paper.
  bool held = false;
  /// What it is, where nothing is held: a paper, the unit's own date for a clause, or a thing that
  /// was ordered; and what is done with it (报, 完成, 办结).
  bool paper = false, milestone = false, ordered = false;
  std::string verb;
  /// 不归我办 is an answer.
  bool not_ours = false;
  /// Of what was ordered: where, and what closes it. The task that it or the milestone belongs to.
  std::string source, closes, task_name;
  std::string command;
  /// Trouble that is no endpoint's: what duban met.
  std::string met;
  /// Of an endpoint: what it cannot take goes by the contact's next channel.
  bool goes_on = false;
  /// A draft of a document: by which moment's knowledge it is written, and the command that writes
  /// it again. (`command` records that it was issued.)
  std::string cut_off, report;
};

template <std::same_as<ItemView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number},         Field{"name", &V::name},
      Field{"asked", &V::asked},           Field{"left", &V::left},
      Field{"asked_hour", &V::asked_hour}, Field{"until", &V::until},
      Field{"due_text", &V::due},          Field{"due_day", &V::due_day},
      Field{"row_count", &V::row_count},   Field{"rows", &V::rows},
      Field{"other_count", &V::other_count}, Field{"leads", &V::leads},
      Field{"repeats", &V::repeats},       Field{"clause", &V::clause},
      Field{"office_day", &V::office_day}, Field{"source_day", &V::source_day},
      Field{"unit_day", &V::unit_day},     Field{"text", &V::text},
      Field{"receiver", &V::receiver},     Field{"makeup", &V::makeup},
      Field{"checked", &V::checked},       Field{"told_days", &V::told_days},
      Field{"was", &V::was},               Field{"extended", &V::extended},
      Field{"reason", &V::reason},         Field{"answered", &V::answered},
      Field{"returned", &V::returned},     Field{"disputed", &V::disputed},
      Field{"passed", &V::passed},
      Field{"undated", &V::undated},
      Field{"held", &V::held},             Field{"paper", &V::paper},
      Field{"milestone", &V::milestone},   Field{"ordered", &V::ordered},
      Field{"verb", &V::verb},             Field{"not_ours", &V::not_ours},
      Field{"source", &V::source},
      Field{"closes", &V::closes},         Field{"task_name", &V::task_name},
      Field{"command", &V::command},       Field{"met", &V::met},
      Field{"goes_on", &V::goes_on},
      Field{"cut_off", &V::cut_off},       Field{"report", &V::report}};
}

/// What one kind of telling says to one unit.
struct PartView {
  std::vector<ItemView> items;
  /// How many, where there are several.
  std::string several;
  /// Trouble: some endpoint's is among them.
  bool undelivered = false;
  /// Some paper is among them.
  bool papers = false;
};

template <std::same_as<PartView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"items", &V::items}, Field{"several", &V::several},
                    Field{"undelivered", &V::undelivered}, Field{"papers", &V::papers}};
}

/// One duty of the year's calendar, with all its dates.
struct DateView {
  std::string duty, dates;
};

template <std::same_as<DateView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"duty", &V::duty}, Field{"dates", &V::dates}};
}

/// The letter that opens the year (or greets a new liaison).
struct StartView {
  /// What is asked for first.
  std::string first, first_asked, first_text, first_verb;
  std::string task_count, tasks, given_count, given;
  std::vector<DateView> calendar;
};

template <std::same_as<StartView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"first", &V::first},
                    Field{"first_asked", &V::first_asked},
                    Field{"first_text", &V::first_text},
                    Field{"first_verb", &V::first_verb},
                    Field{"task_count", &V::task_count},
                    Field{"tasks", &V::tasks},
                    Field{"given_count", &V::given_count},
                    Field{"given", &V::given},
                    Field{"calendar", &V::calendar}};
}

/// A line of the office's list.
struct EntryView {
  std::string what, count, units, since, sends, unit_name, why, decide_by, type_this, or_this,
      tally, told, wanted;
  bool late_choice = false, dated_too_late = false, disputed = false, after_due = false,
       all_checked = false;
  /// What `count` says, for sums; no template sees it.
  std::size_t how_many = 0;
};

template <std::same_as<EntryView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"what", &V::what},
                    Field{"count", &V::count},
                    Field{"units", &V::units},
                    Field{"since", &V::since},
                    Field{"sends", &V::sends},
                    Field{"unit_name", &V::unit_name},
                    Field{"why", &V::why},
                    Field{"decide_by", &V::decide_by},
                    Field{"type_this", &V::type_this},
                    Field{"or_this", &V::or_this},
                    Field{"tally", &V::tally},
                    Field{"told", &V::told},
                    Field{"wanted", &V::wanted},
                    Field{"disputed", &V::disputed},
                    Field{"after_due", &V::after_due},
                    Field{"all_checked", &V::all_checked},
                    Field{"late_choice", &V::late_choice},
                    Field{"dated_too_late", &V::dated_too_late}};
}

/// The office's list of the day.
struct ListView {
  std::vector<EntryView> undated, drafts, asked, unclear, missing, by_hand, tomorrow, silences;
  /// How many messages are held as a storm; empty: none.
  std::string storm;
  /// How many things the office has to decide; no template sees it.
  std::size_t decisions = 0;
};

template <std::same_as<ListView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"undated", &V::undated}, Field{"drafts", &V::drafts},
                    Field{"asked", &V::asked},     Field{"unclear", &V::unclear},
                    Field{"missing", &V::missing}, Field{"by_hand", &V::by_hand},
                    Field{"tomorrow", &V::tomorrow},
                    Field{"silences", &V::silences}, Field{"storm", &V::storm}};
}

/// Everything for one reader: a unit's liaison, its leader, or the office itself.
struct SectionView {
  std::string greeting, unit, you, please;
  /// The reader is the office itself.
  bool ours = false;
  /// `added`: what was ordered, or a unit's own date, since the letter of the year.
  std::optional<PartView> leader, correction, gone, change, overdue, added, today, remind, todo,
      answer, document, trouble;
  std::optional<StartView> start, handover;
  std::optional<ListView> list;
};

template <std::same_as<SectionView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"greeting", &V::greeting},     Field{"unit", &V::unit},
                    Field{"you", &V::you},               Field{"please", &V::please},
                    Field{"ours", &V::ours},
                    Field{"leader", &V::leader},         Field{"correction", &V::correction},
                    Field{"gone", &V::gone},             Field{"change", &V::change},
                    Field{"overdue", &V::overdue},       Field{"added", &V::added},
                    Field{"today", &V::today},           Field{"remind", &V::remind},
                    Field{"todo", &V::todo},             Field{"answer", &V::answer},
                    Field{"document", &V::document},     Field{"trouble", &V::trouble},
                    Field{"start", &V::start},           Field{"handover", &V::handover},
                    Field{"list", &V::list}};
}

/// One line for a group chat: no unit is named.
struct HeadlineView {
  std::string title, until_when, how_long, before, because, does;
  bool asks = false, presses = false, lists = false, moves = false, drops = false;
};

template <std::same_as<HeadlineView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"title", &V::title},     Field{"until_when", &V::until_when},
                    Field{"how_long", &V::how_long}, Field{"before", &V::before},
                    Field{"because", &V::because}, Field{"does", &V::does},
                    Field{"asks", &V::asks},
                    Field{"presses", &V::presses}, Field{"lists", &V::lists},
                    Field{"moves", &V::moves},     Field{"drops", &V::drops}};
}

/// A whole message: what notice.mustache and group.mustache see.
struct NoticeView {
  std::string office, phone, document_number, hour, as_of, delayed_from;
  bool by_mail = false, delayed = false;
  /// Which closing lines are wanted.
  bool asking = false, pressing = false;
  std::vector<SectionView> sections;
  std::vector<HeadlineView> headlines;
};

template <std::same_as<NoticeView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"office", &V::office},
                    Field{"phone", &V::phone},
                    Field{"document_number", &V::document_number},
                    Field{"hour", &V::hour},
                    Field{"as_of", &V::as_of},
                    Field{"delayed_from", &V::delayed_from},
                    Field{"by_mail", &V::by_mail},
                    Field{"delayed", &V::delayed},
                    Field{"asking", &V::asking},
                    Field{"pressing", &V::pressing},
                    Field{"sections", &V::sections},
                    Field{"headlines", &V::headlines}};
}

/// What subject.mustache sees: the most urgent thing of the message. One flag is set.
struct SubjectView {
  bool leader = false, list = false, overdue = false, start = false, added = false, today = false,
       change = false, remind = false, todo = false, gone = false, correction = false,
       answer = false,
       handover = false, document = false, trouble = false;
  std::string name, several, asked, asked_hour, left, makeup, due_day, reason, counts, as_of,
      document_number, met, verb;
  bool held = false, undated = false, delayed = false, ours = false, returned = false,
       disputed = false;
  bool paper = false, milestone = false, ordered = false;
};

template <std::same_as<SubjectView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"leader", &V::leader},
                    Field{"list", &V::list},
                    Field{"overdue", &V::overdue},
                    Field{"start", &V::start},
                    Field{"added", &V::added},
                    Field{"today", &V::today},
                    Field{"change", &V::change},
                    Field{"remind", &V::remind},
                    Field{"todo", &V::todo},
                    Field{"gone", &V::gone},
                    Field{"correction", &V::correction},
                    Field{"answer", &V::answer},
                    Field{"handover", &V::handover},
                    Field{"document", &V::document},
                    Field{"trouble", &V::trouble},
                    Field{"name", &V::name},
                    Field{"several", &V::several},
                    Field{"asked", &V::asked},
                    Field{"asked_hour", &V::asked_hour},
                    Field{"left", &V::left},
                    Field{"makeup", &V::makeup},
                    Field{"due_day", &V::due_day},
                    Field{"held", &V::held},
                    Field{"undated", &V::undated},
                    Field{"returned", &V::returned},
                    Field{"disputed", &V::disputed},
                    Field{"reason", &V::reason},
                    Field{"met", &V::met},
                    Field{"counts", &V::counts},
                    Field{"as_of", &V::as_of},
                    Field{"document_number", &V::document_number},
                    Field{"delayed", &V::delayed},
                    Field{"verb", &V::verb},
                    Field{"paper", &V::paper},
                    Field{"milestone", &V::milestone},
                    Field{"ordered", &V::ordered},
                    Field{"ours", &V::ours}};
}

/// A stretch of a line of the page, emphasised or not.
struct SpanView {
  std::string strong, plain;
};

template <std::same_as<SpanView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"strong", &V::strong}, Field{"plain", &V::plain}};
}

/// A line of the page; one of the flags is set.
struct BlockView {
  bool heading = false, paragraph = false, entry = false, command = false, rule = false,
       note = false;
  std::vector<SpanView> spans;
};

template <std::same_as<BlockView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"heading", &V::heading}, Field{"paragraph", &V::paragraph},
                    Field{"entry", &V::entry},     Field{"command", &V::command},
                    Field{"rule", &V::rule},       Field{"note", &V::note},
                    Field{"spans", &V::spans}};
}

/// What page.html.mustache sees: the text of the message, line by line.
struct PageView {
  std::string subject;
  bool english = false;
  std::vector<BlockView> blocks;
};

template <std::same_as<PageView> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"subject", &V::subject}, Field{"english", &V::english},
                    Field{"blocks", &V::blocks}};
}

}  // namespace duban::message
