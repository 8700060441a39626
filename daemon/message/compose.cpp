#include "message/compose.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace duban::message {
namespace {

using schedule::Assignment;
using schedule::Telling;

// In the order in which a subject prefers them.
enum class Part {
  leader, list, overdue, start, added, today, change, remind, todo,
  correction, gone, answer, handover, document, trouble
};

// One telling in words, and where it belongs.
struct Entry {
  Part part = Part::remind;
  const Telling* telling = nullptr;
  std::optional<Instant> asked;
  ItemView item;
};

Part stage_part(const Scene& scene, const Telling& telling, const Assignment* assignment) {
  const auto& key = telling.item.key;
  if (key.audience == Audience::leader) return Part::leader;
  if (key.about.unit == plan::office_id) return Part::todo;
  if (key.stage.starts_with("overdue") || key.stage.starts_with("escalate")) return Part::overdue;
  if (!assignment) return Part::remind;
  auto asked = asked_of(*assignment, scene.context.now);
  bool today = asked.at && scene.zone().day_of(*asked.at) == scene.today;
  return today ? Part::today : Part::remind;
}

Part part_of(const Scene& scene, const Telling& telling, const Assignment* assignment) {
  switch (telling.item.key.kind) {
    case ItemKind::stage: return stage_part(scene, telling, assignment);
    case ItemKind::change: return Part::change;
    case ItemKind::gone: return Part::gone;
    case ItemKind::correction: return Part::correction;
    case ItemKind::answer: return Part::answer;
    case ItemKind::handover: return Part::handover;
    case ItemKind::start: return Part::start;
    case ItemKind::list: return Part::list;
    case ItemKind::document: return Part::document;
    case ItemKind::trouble: return Part::trouble;
  }
  return Part::remind;
}

bool is_calendar(Part part) { return part == Part::start || part == Part::handover; }

std::vector<Entry> entries_of(const Scene& scene, const schedule::NoticePlan& notice) {
  std::vector<Entry> entries;
  for (const auto& telling : notice.tellings) {
    const auto* assignment = scene.assignment(telling);
    Entry entry{part_of(scene, telling, assignment), &telling, std::nullopt, {}};
    if (is_added(scene, notice, telling)) {
      if (is_staged(notice, telling)) continue;
      entry.part = Part::added;
    }
    if (assignment) entry.asked = asked_of(*assignment, scene.context.now).at;
    if (!is_calendar(entry.part) && entry.part != Part::list) {
      entry.item = compose_item(scene, telling);
    }
    entries.push_back(std::move(entry));
  }
  std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) {
    if (a.asked && b.asked) return *a.asked < *b.asked;
    return a.asked.has_value() && !b.asked.has_value();
  });
  return entries;
}

std::optional<PartView>& part_view(SectionView& section, Part part) {
  switch (part) {
    case Part::leader: return section.leader;
    case Part::overdue: return section.overdue;
    case Part::added: return section.added;
    case Part::today: return section.today;
    case Part::change: return section.change;
    case Part::todo: return section.todo;
    case Part::correction: return section.correction;
    case Part::gone: return section.gone;
    case Part::answer: return section.answer;
    case Part::document: return section.document;
    case Part::trouble: return section.trouble;
    default: return section.remind;
  }
}

SectionView new_section(const Scene& scene, const schedule::NoticePlan& notice,
                        std::string_view unit, bool leader) {
  SectionView section;
  section.please = scene.say().please;
  section.you = scene.say().you;
  section.unit = unit.empty() || unit == plan::office_id ? "" : scene.unit_name(unit);
  section.greeting = section.unit;
  section.ours = section.unit.empty();
  if (const auto* facts = scene.facts.unit(unit)) {
    section.you = scene.wording().you(*facts->unit, section.unit);
    section.please = scene.wording().please(*facts->unit);
  }
  if (!leader) return section;
  const auto* contact = scene.facts.plan().find_contact(notice.contact);
  bool named = contact && contact->role == plan::Role::leader && contact->unit == unit;
  section.greeting = named ? scene.say().person_of(section.unit, contact->name)
                           : scene.say().leader_of(section.unit);
  return section;
}

std::vector<const Assignment*> told_calendar(const Scene& scene, std::vector<Entry>& entries,
                                             Part part, std::string_view unit) {
  std::vector<const Assignment*> told;
  bool whole_unit = false;
  for (const auto& entry : entries) {
    if (entry.part != part || entry.telling->item.key.about.unit != unit) continue;
    const auto* assignment = scene.assignment(*entry.telling);
    if (assignment) told.push_back(assignment);
    else whole_unit = true;
  }
  if (!whole_unit) return told;
  for (const auto& assignment : scene.context.decision.assignments) {
    bool listed = std::ranges::find(told, &assignment) != told.end();
    if (assignment.key.unit == unit && !listed) told.push_back(&assignment);
  }
  return told;
}

// The order of the tellings is the order of the units; parts have theirs in notice.mustache.
std::vector<SectionView> sections_of(const Scene& scene, const schedule::NoticePlan& notice,
                                     std::vector<Entry>& entries) {
  struct Reader {
    std::string_view unit;
    bool leader;
    bool operator==(const Reader&) const = default;
  };
  std::vector<Reader> readers;
  std::vector<SectionView> sections;
  auto section_of = [&](const Telling& telling) -> SectionView& {
    const auto& key = telling.item.key;
    Reader reader{key.audience == Audience::office ? plan::office_id : key.about.unit,
                  key.audience == Audience::leader};
    auto found = std::ranges::find(readers, reader);
    if (found != readers.end()) return sections[static_cast<std::size_t>(found - readers.begin())];
    readers.push_back(reader);
    return sections.emplace_back(new_section(scene, notice, reader.unit, reader.leader));
  };
  sections.reserve(notice.tellings.size());
  for (const auto& telling : notice.tellings) section_of(telling);
  for (auto& entry : entries) {
    auto& section = section_of(*entry.telling);
    if (entry.part == Part::list) {
      section.list = compose_list(scene);
    } else if (is_calendar(entry.part)) {
      auto& letter = entry.part == Part::start ? section.start : section.handover;
      const auto& unit = entry.telling->item.key.about.unit;
      if (letter) continue;
      letter = compose_start(scene, unit, told_calendar(scene, entries, entry.part, unit));
    } else {
      auto& part = part_view(section, entry.part);
      if (!part) part.emplace();
      part->items.push_back(entry.item);
      part->undelivered |= entry.part == Part::trouble && entry.item.met.empty();
      part->papers |= entry.item.paper;
    }
  }
  return sections;
}

void number_items(SectionView& section) {
  for (auto part : {Part::leader, Part::overdue, Part::added, Part::today, Part::remind, Part::todo,
                    Part::change, Part::correction, Part::gone, Part::answer}) {
    auto& view = part_view(section, part);
    if (!view || view->items.size() < 2) continue;
    view->several = fmt::format("{}", view->items.size());
    for (std::size_t i = 0; i < view->items.size(); ++i) {
      view->items[i].number = fmt::format("{}. ", i + 1);
    }
  }
}

std::vector<HeadlineView> headlines_of(const Scene& scene, const std::vector<Entry>& entries) {
  std::vector<HeadlineView> lines;
  std::vector<const Assignment*> letters;
  for (const auto& entry : entries) {
    if (is_calendar(entry.part)) {
      if (const auto* a = scene.assignment(*entry.telling)) letters.push_back(a);
      continue;
    }
    HeadlineView line;
    line.title = entry.item.name;
    line.until_when = entry.item.asked;
    line.how_long = entry.item.left;
    line.does = entry.item.verb;
    line.presses = entry.part == Part::overdue;
    line.moves = entry.part == Part::change;
    line.drops = entry.part == Part::gone;
    line.asks = entry.part == Part::remind || entry.part == Part::today ||
                entry.part == Part::added;
    if (line.presses) line.until_when = entry.item.makeup, line.how_long = {};
    if (line.moves) line.before = entry.item.was;
    if (line.drops) line.because = entry.item.reason;
    bool kept = line.asks || line.presses || line.moves || line.drops;
    bool twice = std::ranges::any_of(lines, [&](const HeadlineView& other) {
      return other.title == line.title && other.until_when == line.until_when &&
             other.before == line.before && other.asks == line.asks &&
             other.presses == line.presses && other.moves == line.moves;
    });
    if (kept && !twice) lines.push_back(std::move(line));
  }
  for (const auto& date : compose_calendar(scene, letters)) {
    HeadlineView line;
    line.title = date.duty;
    line.until_when = date.dates;
    line.lists = true;
    lines.push_back(std::move(line));
  }
  return lines;
}

using Flag = bool SubjectView::*;
constexpr std::array<Flag, 15> subject_flags{
    &SubjectView::leader, &SubjectView::list,       &SubjectView::overdue,
    &SubjectView::start,  &SubjectView::added,      &SubjectView::today,
    &SubjectView::change, &SubjectView::remind,     &SubjectView::todo,
    &SubjectView::correction, &SubjectView::gone,   &SubjectView::answer,
    &SubjectView::handover, &SubjectView::document, &SubjectView::trouble};

std::string list_counts(const Scene& scene, const ListView& list) {
  const auto& say = scene.say();
  std::string counts;
  auto add = [&](const Counted& what, std::size_t count) {
    if (count > 0) scene.wording().append(counts, what(count));
  };
  auto total = [](const std::vector<EntryView>& entries) {
    std::size_t sum = 0;
    for (const auto& entry : entries) sum += entry.how_many;
    return sum;
  };
  // Of one thing the counts of all who owe it, else only how many are missing.
  bool one = list.missing.size() == 1 && !list.missing.front().tally.empty();
  if (one) counts = list.missing.front().tally;
  else add(say.missing, total(list.missing));
  add(say.by_hand, total(list.by_hand));
  if (list.decisions > 0) {
    if (!counts.empty()) counts += say.between_counts;
    counts += say.decisions(list.decisions);
  }
  return counts;
}

// 等2件 where all are the same kind of thing for the same day, else the first and 另有1件.
std::string several_words(const Scene& scene, const std::vector<Entry>& entries,
                          const Entry& head) {
  std::vector<std::string_view> names;
  bool alike = true;
  for (const auto& entry : entries) {
    if (is_calendar(entry.part) || !entry.item.met.empty()) continue;
    alike = alike && entry.part == head.part && entry.asked == head.asked;
    if (std::ranges::find(names, entry.item.name) == names.end()) names.push_back(entry.item.name);
  }
  if (is_calendar(head.part) || names.size() < 2) return {};
  return alike ? scene.say().alike(names.size()) : scene.say().others(names.size() - 1);
}

void fill_letter_subject(const Scene& scene, std::vector<Entry>& entries, const Entry& head,
                         SubjectView& subject) {
  std::vector<const Assignment*> told;
  for (const auto& entry : entries) {
    auto of_unit = told_calendar(scene, entries, head.part, entry.telling->item.key.about.unit);
    told.insert(told.end(), of_unit.begin(), of_unit.end());
    if (entry.part == head.part) break;
  }
  auto letter = compose_start(scene, {}, told);
  subject.name = letter.first;
  subject.ours = head.telling->item.key.about.unit == plan::office_id;
  subject.asked = letter.first_asked;
  subject.verb = letter.first_verb;
}

SubjectView subject_of(const Scene& scene, std::vector<Entry>& entries, const NoticeView& notice) {
  SubjectView subject;
  subject.as_of = notice.as_of;
  subject.document_number = notice.document_number;
  subject.delayed = notice.delayed;
  if (entries.empty()) return subject;
  const auto& head = *std::ranges::min_element(entries, {}, &Entry::part);
  subject.*subject_flags.at(static_cast<std::size_t>(head.part)) = true;
  if (head.part == Part::list) subject.counts = list_counts(scene, compose_list(scene));
  if (is_calendar(head.part)) {
    fill_letter_subject(scene, entries, head, subject);
    return subject;
  }
  subject.name = head.item.name;
  subject.several = several_words(scene, entries, head);
  subject.asked = head.item.asked;
  subject.asked_hour = head.item.asked_hour;
  subject.left = head.item.left;
  subject.makeup = head.item.makeup;
  subject.due_day = head.item.due_day;
  subject.held = head.item.held;
  subject.paper = head.item.paper;
  subject.milestone = head.item.milestone;
  subject.ordered = head.item.ordered;
  subject.verb = head.item.verb;
  subject.undated = head.item.undated;
  subject.returned = head.item.returned;
  subject.disputed = head.item.disputed;
  if (head.part == Part::change) subject.asked = head.item.due;
  subject.reason = head.item.reason;
  subject.met = head.item.met;
  return subject;
}

void fill_frame(const Scene& scene, const schedule::NoticePlan& notice, NoticeView& view) {
  const auto& plan = scene.facts.plan();
  view.office = plan.office.short_name;
  view.phone = plan.office.phone;
  view.document_number = plan.document;
  view.hour = hour_words(time_of(scene.now));
  view.as_of = scene.wording().moment(scene.now, plan.year);
  const auto* endpoint = plan.find_endpoint(notice.endpoint);
  // A mailbox can be answered; a chat or a gateway cannot be relied on for that.
  view.by_mail = endpoint && endpoint->address.find('@') != std::string::npos &&
                 endpoint->address.find("//") == std::string::npos;
  for (const auto& telling : notice.tellings) {
    if (!telling.item.late || view.delayed) continue;
    view.delayed = true;
    view.delayed_from = scene.moment_words(telling.item.planned_at);
  }
}

std::vector<std::string> strong_dates(const Scene& scene, const std::vector<Entry>& entries,
                                      const NoticeView& view) {
  std::vector<std::string> strong;
  auto add = [&](const std::string& text) {
    if (!text.empty() && std::ranges::find(strong, text) == strong.end()) strong.push_back(text);
  };
  for (const auto& entry : entries) {
    if (is_calendar(entry.part) || entry.part == Part::list) continue;
    bool made_up = entry.part == Part::overdue || entry.part == Part::leader;
    add(made_up ? entry.item.makeup : entry.item.asked);
    if (entry.part != Part::today) continue;
    const auto& hour = entry.item.asked_hour;
    add(hour.empty() ? std::string{scene.say().today} : scene.say().today_at(hour));
  }
  for (const auto& section : view.sections) {
    if (section.start) add(section.start->first_asked);
  }
  return strong;
}

// A date of the unit's own that was only entered asks nothing of it.
bool asks_to_do(const PartView& added) {
  return std::ranges::any_of(added.items, &ItemView::ordered);
}

}  // namespace

Message compose(const PlanFacts& facts, const RenderContext& context,
                const schedule::NoticePlan& notice) {
  auto now = context.timetable.zone().to_civil(context.now);
  Scene scene{facts, context, now, day_of(now)};
  const auto* endpoint = facts.plan().find_endpoint(notice.endpoint);
  Message message;
  message.group = endpoint && endpoint->group;
  fill_frame(scene, notice, message.notice);
  auto entries = entries_of(scene, notice);
  message.subject = subject_of(scene, entries, message.notice);
  if (message.group) {
    message.notice.headlines = headlines_of(scene, entries);
    message.strong = strong_dates(scene, entries, message.notice);
    return message;
  }
  message.notice.sections = sections_of(scene, notice, entries);
  for (auto& section : message.notice.sections) {
    number_items(section);
    message.notice.asking = message.notice.asking || section.today || section.remind ||
                            (section.added && asks_to_do(*section.added));
    message.notice.pressing = message.notice.pressing || section.overdue;
  }
  message.strong = strong_dates(scene, entries, message.notice);
  return message;
}

}  // namespace duban::message
