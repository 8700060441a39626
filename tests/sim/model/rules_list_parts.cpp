// PARTS: the office's list names what the office has to decide, and who has not handed in: neither
// more nor less than there was when it was written. Read by the commands that stand in its text.

#include <algorithm>
#include <set>
#include <sstream>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "PARTS";
using Standing = Situation::Standing;
using Names = std::set<std::string>;

/// `duty period unit` of each entry; a unit that stands for more is called `单位`.
struct Parts {
  Names asked, disputed, unclear, missing;
  bool operator==(const Parts&) const = default;
};

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream{line};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// `dubanctl extend p 2030 a --until …`: the second line of an entry, `--refuse`, says no more.
void read_line(const std::string& line, Parts& parts, Names& drafts) {
  auto words = words_of(line);
  if (words.size() < 3 || words[0] != "dubanctl") return;
  if (words[1] == "release") drafts.insert(words[2]);
  if (words.size() < 5) return;
  // report issued FILE --no N --duty D --period P: a paper of the office's own.
  if (words[1] == "report" && words.size() > 9) {
    parts.missing.insert(words[7] + ' ' + words[9] + " office");
    return;
  }
  auto name = words[2] + ' ' + words[3] + ' ' + words[4];
  auto next = words.size() > 5 ? words[5] : std::string{};
  if (words[1] == "extend" && next == "--until") parts.asked.insert(name);
  if (words[1] == "reassign") parts.disputed.insert(name);
  if (words[1] == "accept") parts.unclear.insert(name);
  if (words[1] == "received") parts.missing.insert(name);
}

// What else a message tells of may stand there with the same command.
Parts without(Parts listed, const Names& told_beside, const Parts& wanted) {
  std::erase_if(listed.missing, [&](const std::string& name) {
    return told_beside.contains(name) && !wanted.missing.contains(name);
  });
  return listed;
}

class Lists {
 public:
  Lists(Court& court, const Records& records) : court_(court), records_(records) {}
  void judge(const NoticeRow& notice, const ItemRow& list);

 private:
  Parts parts_at(const Text& text, const Knowing& knowing) const;
  std::set<Owed> owing(const Text& text) const;
  std::set<std::int64_t> numbers(const NoticeRow& notice) const;
  void judge_drafts(const NoticeRow& notice, const ItemRow& list, const Names& listed);
  void compare(const ItemRow& list, const NoticeRow& notice, const std::string& what,
               const Names& listed, const Names& wanted);
  void complain(const ItemRow& list, const NoticeRow& notice, const std::string& what) {
    court_.complain(rule, name_of(list) + " written at " + court_.at(notice.queued_at) + ' ' +
                              what);
  }

  Court& court_;
  const Records& records_;
};

// By the text, and by what was handed on.
std::set<Owed> Lists::owing(const Text& text) const {
  std::set<Owed> owing;
  for (const auto& [owed, dates] : text.owed()) owing.insert(owed);
  for (const auto& fact : court_.outcome.facts) {
    if (fact.kind != "reassigned") continue;
    bool period = text.dates_of_period(fact.duty, fact.period) != nullptr;
    if (period) owing.insert({fact.duty, fact.period, fact.subject});
  }
  return owing;
}

Parts Lists::parts_at(const Text& text, const Knowing& knowing) const {
  Parts parts;
  std::map<std::tuple<std::string, std::string, Second>, std::vector<std::string>> overdue;
  for (const auto& owed : owing(text)) {
    const auto& [duty, period, unit] = owed;
    bool by_text = text.dates_of(owed) != nullptr;
    if (!by_text && records_.handed_on(owed, knowing) == nullptr) continue;
    Situation now{records_, text, owed, knowing};
    auto name = duty + ' ' + period + ' ' + unit;
    if (now.has_unclear_rows()) parts.unclear.insert(name);
    if (now.standing() != Standing::open) continue;
    if (now.question() == "asked") parts.asked.insert(name);
    if (now.question() == "not-ours") parts.disputed.insert(name);
    if (now.due() <= knowing.now) overdue[{duty, period, now.due()}].push_back(unit);
  }
  for (const auto& [thing, units] : overdue) {
    const auto& [duty, period, due] = thing;
    auto whose = units.size() == 1 ? units.front() : "单位";
    parts.missing.insert(duty + ' ' + period + ' ' + whose);
  }
  return parts;
}

// The rows with smaller numbers were known: before the notice, or before all of its step.
std::set<std::int64_t> Lists::numbers(const NoticeRow& notice) const {
  std::set<std::int64_t> numbers{notice.seq};
  auto first = notice.seq;
  for (const auto& item : court_.outcome.items) {
    bool beside = !item.notices.empty() && records_.told_at(item) == notice.queued_at;
    if (beside && item.seq < notice.seq) first = std::min(first, item.seq);
  }
  numbers.insert(first);
  return numbers;
}

void Lists::compare(const ItemRow& list, const NoticeRow& notice, const std::string& what,
                    const Names& listed, const Names& wanted) {
  for (const auto& name : wanted) {
    if (!listed.contains(name)) complain(list, notice, "leaves out " + name + ": " + what);
  }
  for (const auto& name : listed) {
    if (!wanted.contains(name)) complain(list, notice, "names " + name + ", and no: " + what);
  }
}

// Those that surely waited stand on it; what stands on it was a draft, and had not ended before.
void Lists::judge_drafts(const NoticeRow& notice, const ItemRow& list, const Names& listed) {
  if (court_.life.clock_was_set()) return;
  auto now = notice.queued_at;
  for (const auto& id : listed) {
    auto found = court_.notice_by_id.find(id);
    bool storm = id == "storm";
    if (storm) continue;
    bool draft = found != court_.notice_by_id.end() && found->second->state == "drafted";
    bool ended = draft && found->second->ended_at && *found->second->ended_at < now;
    if (!draft || ended) complain(list, notice, "names " + id + ", and that waits no more");
  }
  for (const auto& draft : court_.outcome.notices) {
    bool waits = draft.state == "drafted" && draft.reason != "storm" && draft.queued_at < now &&
                 draft.seq < notice.seq && (!draft.ended_at || *draft.ended_at > now);
    bool decided = std::ranges::any_of(court_.outcome.facts, [&](const FactRow& fact) {
      return (fact.kind == "released" || fact.kind == "deferred") && fact.subject == draft.id;
    });
    if (!waits || decided || listed.contains(draft.id)) continue;
    complain(list, notice, "leaves out the draft " + draft.id + " of " +
                               court_.at(draft.queued_at));
  }
}

void Lists::judge(const NoticeRow& notice, const ItemRow& list) {
  Parts listed;
  Names drafts;
  std::istringstream lines{notice.text};
  for (std::string line; std::getline(lines, line);) read_line(line, listed, drafts);
  Names beside;
  for (const auto* item : court_.items_of[notice.id]) {
    beside.insert(item->duty + ' ' + item->period + ' ' + item->unit);
  }
  std::optional<Parts> wanted;
  for (const auto* text : records_.texts_at(records_.since_of(notice.seq))) {
    for (auto before : numbers(notice)) {
      for (bool ended_now : {true, false}) {
        auto parts = parts_at(*text, {before, notice.queued_at, ended_now});
        if (parts == without(listed, beside, parts)) return judge_drafts(notice, list, drafts);
        if (!wanted) wanted = std::move(parts);
      }
    }
  }
  if (!wanted) return;
  listed = without(std::move(listed), beside, *wanted);
  compare(list, notice, "more time is asked for", listed.asked, wanted->asked);
  compare(list, notice, "it is said to be another's", listed.disputed, wanted->disputed);
  compare(list, notice, "its rows are not understood", listed.unclear, wanted->unclear);
  compare(list, notice, "it is overdue", listed.missing, wanted->missing);
  judge_drafts(notice, list, drafts);
}

}  // namespace

void judge_list_parts(Court& court) {
  Records records{court};
  Lists lists{court, records};
  for (const auto& item : court.outcome.items) {
    if (item.kind != "list") continue;
    for (const auto& id : item.notices) {
      const auto& notice = *court.notice_by_id.at(id);
      // A copy says what the first one said.
      if (notice.reason != "resent") lists.judge(notice, item);
    }
  }
}

}  // namespace duban::sim::model
