// Every id that a file names is looked up here, and the words for many (@all, @reporters) become
// units. An unknown id is reported once, where it stands; a file that could not be read makes
// nothing unknown.

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;
using settings::suggest;
using Strings = std::vector<std::string>;

constexpr std::string_view group_prefix = "@group:";

bool contains(const Strings& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

void add_once(Strings& words, const std::string& word) {
  if (!contains(words, word)) words.push_back(word);
}

class Resolver {
 public:
  Resolver(Draft& draft, const Strings& channels) : draft_(draft), channels_(channels) {
    for (const auto& unit : draft.units) units_.push_back(unit.unit.id);
    for (const auto& party : draft.plan.parties) parties_.push_back(party.id);
    for (const auto& group : draft.groups) groups_.push_back(group.group.id);
  }

  void run() {
    units();
    endpoints();
    contacts();
    tasks();
    for (auto& duty : draft_.duties) resolve_duty(duty);
  }

 private:
  Diagnostics& out() { return draft_.diagnostics; }

  void unknown(const Word& word, BilingualView kind, std::string_view code,
               const Strings& candidates, Bilingual otherwise) {
    auto mend = suggest(word.value, candidates);
    error(out(), word.place, code,
          both("没有{}这个{}", "there is no {1} {0}", in_quotes(word.value), kind),
          mend.empty() ? std::move(otherwise) : mend);
  }

  // The id of a unit that exists, or nothing and a diagnostic.
  std::optional<std::string> unit(const Word& word) {
    if (contains(units_, word.value)) return word.value;
    if (!draft_.units_read) return std::nullopt;
    if (contains(parties_, word.value)) {
      error(out(), word.place, "unknown-unit",
            both("{}是外部单位(party),不承担任务", "{} is a party and owes nothing",
                 in_quotes(word.value)),
            {"外部单位只能写在 to、copy 里", "write a party in to or copy only"});
      return std::nullopt;
    }
    unknown(word, {"单位", "unit"}, "unknown-unit", units_,
            {"先在 units.toml 里加这个单位", "add this unit to units.toml first"});
    return std::nullopt;
  }

  Strings unit_list(const Words& words) {
    Strings ids;
    for (const auto& word : words) {
      auto id = unit(word);
      if (id && contains(ids, *id)) {
        error(out(), word.place, "twice-used",
              both("{}写了两次", "{} is written twice", in_quotes(word.value)),
              {"删去一个", "remove one"});
      } else if (id) {
        ids.push_back(*id);
      }
    }
    return ids;
  }

  void units() {
    auto& plan = draft_.plan;
    for (auto& read : draft_.units) {
      if (read.successor) read.unit.successor = unit(*read.successor).value_or("");
      plan.units.push_back(read.unit);
    }
    for (auto& read : draft_.groups) {
      read.group.members = unit_list(read.members);
      for (auto& member : plan.units) {
        if (contains(read.group.members, member.id)) member.groups.push_back(read.group.id);
      }
      plan.groups.push_back(read.group);
    }
    for (auto& read : draft_.suffixes) {
      read.suffix.units = unit_list(read.units);
      plan.suffixes.push_back(read.suffix);
    }
    if (draft_.host) plan.office.host = unit(*draft_.host).value_or("");
    plan.budget.exempt = unit_list(draft_.exempt);
  }

  bool channel(const Word& word) {
    if (contains(channels_, word.value)) return true;
    unknown(word, {"通道", "channel"}, "unknown-channel", channels_,
            {"通道写在 duband.toml 的 [channel.名字]",
             "write channels in duband.toml as [channel.NAME]"});
    return false;
  }

  void endpoints() {
    for (auto& read : draft_.endpoints) {
      if (read.channel.value.empty()) continue;
      if (channel(read.channel)) read.endpoint.channel = read.channel.value;
      draft_.plan.endpoints.push_back(read.endpoint);
    }
  }

  // Written in a contact. The same address written twice is one endpoint: it gets one message.
  std::string endpoint_of(const std::string& channel_id, const std::string& address,
                          const std::string& id, const Place& place) {
    auto& endpoints = draft_.plan.endpoints;
    auto same = std::ranges::find_if(endpoints, [&](const Endpoint& known) {
      return known.channel == channel_id && known.address == address;
    });
    if (same != endpoints.end()) return same->id;
    endpoints.push_back({id, channel_id, address, false, place});
    return id;
  }

  std::optional<std::string> contact_entry(const Word& word, const std::string& id) {
    if (word.value.starts_with('@')) {
      Word name{word.value.substr(1), word.place};
      if (draft_.plan.find_endpoint(name.value)) return name.value;
      Strings known;
      for (const auto& endpoint : draft_.plan.endpoints) {
        if (endpoint.id.find('/') == std::string::npos) known.push_back(endpoint.id);
      }
      unknown(name, {"地址", "endpoint"}, "unknown-endpoint", known,
              {"先写 [[endpoint]]", "write an [[endpoint]] first"});
      return std::nullopt;
    }
    auto colon = word.value.find(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    Word name{word.value.substr(0, colon), word.place};
    if (!channel(name)) return std::nullopt;
    return endpoint_of(name.value, word.value.substr(colon + 1), id, word.place);
  }

  void contacts() {
    for (auto& read : draft_.contacts) {
      auto& contact = read.contact;
      for (std::size_t i = 0; i < read.channels.size(); ++i) {
        auto id = contact_entry(read.channels[i], fmt::format("{}/{}", contact.id, i + 1));
        if (id) add_once(contact.endpoints, *id);
        read.broken = read.broken || !id;
      }
      if (read.unit) contact.unit = contact_unit(*read.unit);
      else draft_.contacts_refused = true;
      draft_.plan.contacts.push_back(contact);
    }
  }

  std::string contact_unit(const Word& word) {
    bool known = word.value == office_id || contains(units_, word.value) ||
                 contains(parties_, word.value);
    if (known) return word.value;
    draft_.contacts_refused = true;
    auto candidates = units_;
    candidates.emplace_back(office_id);
    candidates.insert(candidates.end(), parties_.begin(), parties_.end());
    unknown(word, {"单位", "unit"}, "unknown-unit", candidates,
            {"写单位的 id,或 \"office\"", "write the id of a unit, or \"office\""});
    return {};
  }

  void tasks() {
    for (auto& read : draft_.tasks) {
      auto& task = read.task;
      task.leads = unit_list(read.leads);
      task.responsible = unit_list(read.responsible);
      for (const auto& word : read.responsible) {
        if (!contains(task.leads, word.value)) continue;
        error(out(), word.place, "twice-used",
              both("{}已是这一条的牵头单位", "{} is already a lead unit of this task",
                   in_quotes(word.value)),
              {"从 responsible 删去", "remove it from responsible"});
      }
      if (read.reporters) {
        task.reporters = unit_list(*read.reporters);
      } else if (!task.leads.empty()) {
        task.reporters = {task.leads.front()};
      } else {
        task.reporters = task.responsible;
      }
      draft_.plan.tasks.push_back(task);
    }
  }

  Strings every_lead() {
    Strings ids;
    for (const auto& task : draft_.plan.tasks) {
      for (const auto& id : task.leads) add_once(ids, id);
    }
    return ids;
  }

  Strings every_reporter() {
    Strings ids;
    for (const auto& task : draft_.plan.tasks) {
      for (const auto& id : task.reporters) add_once(ids, id);
    }
    return ids;
  }

  // All in a led clause but its reporter.
  std::map<std::string, Strings> supporters() {
    std::map<std::string, Strings> by_clause;
    for (const auto& task : draft_.plan.tasks) {
      if (task.leads.empty()) continue;
      Strings ids;
      for (const auto* list : {&task.leads, &task.responsible}) {
        for (const auto& id : *list) {
          if (!contains(task.reporters, id)) add_once(ids, id);
        }
      }
      if (!ids.empty()) by_clause[task.id] = in_order(ids);
    }
    return by_clause;
  }

  // In the document's order: the office, the units as units.toml has them, then parties.
  Strings in_order(const Strings& ids) {
    Strings ordered;
    if (contains(ids, office_id)) ordered.emplace_back(office_id);
    for (const auto* all : {&units_, &parties_}) {
      for (const auto& id : *all) {
        if (contains(ids, id)) ordered.push_back(id);
      }
    }
    return ordered;
  }

  std::optional<Strings> group(const Word& word) {
    auto id = word.value.substr(group_prefix.size());
    for (const auto& known : draft_.plan.groups) {
      if (known.id == id) return known.members;
    }
    if (draft_.units_read) {
      unknown({id, word.place}, {"组", "group"}, "unknown-group", groups_,
              {"先在 units.toml 写 [[group]]", "write a [[group]] in units.toml first"});
    }
    return std::nullopt;
  }

  // The units of a word for many; nothing when it is no such word.
  std::optional<Strings> many(const Word& word, DutyDraft& read) {
    const auto& text = word.value;
    if (text == "@all") return units_;
    if (text == "@leads") return every_lead();
    if (text == "@reporters") return every_reporter();
    if (text.starts_with(group_prefix)) return group(word).value_or(Strings{});
    if (text != "@support") return std::nullopt;
    if (!read.duty.by_clause) {
      error(out(), word.place, "bad-value",
            {"@support 只能逐条写:每条有自己的支持单位",
             "@support goes clause by clause only: each clause has supporting units of its own"},
            {"加上 by = \"clause\"", "add by = \"clause\""});
      return Strings{};
    }
    read.duty.units_of_clause = supporters();
    Strings ids;
    for (const auto& [clause, units] : read.duty.units_of_clause) {
      for (const auto& id : units) add_once(ids, id);
    }
    return ids;
  }

  void unknown_many(const Word& word, bool owed) {
    Strings words{"@all", "@leads", "@reporters", "@support", "@group:"};
    if (owed) words.emplace_back("@lead");
    for (const auto& id : groups_) words.push_back(std::string{group_prefix} + id);
    unknown(word, {"统称", "collective name"}, "unknown-unit", words,
            {"可用:@all、@leads、@reporters、@support、@group:组id",
             "one of: @all, @leads, @reporters, @support, @group:ID"});
  }

  void owers(DutyDraft& read) {
    if (!read.who) return;
    Strings ids;
    auto known = out().size();
    for (const auto& word : *read.who) {
      if (word.value == office_id) {
        add_once(ids, word.value);
      } else if (auto units = many(word, read)) {
        for (const auto& id : *units) add_once(ids, id);
      } else if (word.value.starts_with('@')) {
        unknown_many(word, false);
      } else if (auto id = unit(word)) {
        add_once(ids, *id);
      }
    }
    read.duty.who = in_order(ids);
    bool judged = draft_.units_read && draft_.tasks_read && out().size() == known;
    bool empty = read.who->empty() || (read.duty.who.empty() && judged);
    if (!empty) return;
    const auto& place = read.who->empty() ? read.duty.place : read.who->front().place;
    error(out(), place, "empty-who", {"没有任何单位承担这个事项", "no unit owes this duty"},
          {"写单位 id、@all 或 @reporters", "write unit ids, @all or @reporters"});
  }

  Strings owed(const Words& words, DutyDraft& read) {
    Strings ids;
    for (const auto& word : words) {
      bool known = word.value == office_id || word.value == "@lead" ||
                   contains(parties_, word.value) || contains(units_, word.value);
      if (known) {
        add_once(ids, word.value);
      } else if (auto units = many(word, read)) {
        for (const auto& id : *units) add_once(ids, id);
      } else if (word.value.starts_with('@')) {
        unknown_many(word, true);
      } else if (draft_.units_read) {
        Strings all = units_;
        all.insert(all.end(), parties_.begin(), parties_.end());
        all.emplace_back(office_id);
        unknown(word, {"单位", "unit"}, "unknown-unit", all,
                {"先在 units.toml 写 [[unit]] 或 [[party]]",
                 "write a [[unit]] or [[party]] in units.toml first"});
      }
    }
    return ids;
  }

  // A document's own clause (`四(三)`) is taken as written; an id must be a task's.
  void clause(DutyDraft& read) {
    if (!read.clause) return;
    auto& duty = read.duty;
    duty.clause = read.clause->value;
    Strings named;
    for (const auto& task : draft_.plan.tasks) {
      if (task.id == read.clause->value) {
        named = {task.id};
        duty.clause = task.clause;
        break;
      }
      if (task.clause == read.clause->value) named.push_back(task.id);
    }
    if (named.size() == 1 && duty.origin != Origin::duty) duty.task = named.front();
    if (named.size() > 1 && read.clause_is_task) {
      error(out(), read.clause->place, "unknown-clause",
            both("{}有几项任务,不知道是哪一项", "{} has several tasks: which is meant is not clear",
                 in_quotes(read.clause->value)),
            both("写任务的 id:{}", "write the id of the task: {}", settings::listed(named)));
    }
    if (!named.empty()) return;
    bool looks_like_id = is_id(duty.clause);
    if (!draft_.tasks_read || !(looks_like_id || read.clause_is_task)) return;
    Strings known;
    for (const auto& task : draft_.plan.tasks) known.push_back(task.id);
    unknown(*read.clause, {"条款", "clause"}, "unknown-clause", known,
            {"写 tasks.toml 里的任务 id", "write the id of a task in tasks.toml"});
  }

  void ladder(DutyDraft& read) {
    auto& ladders = draft_.plan.ladders;
    Word wanted = read.ladder.value_or(Word{read.once_ladder ? "once" : "none", {}});
    if (wanted.value == "none") return;
    auto found = std::ranges::find(ladders, wanted.value, &Ladder::id);
    if (found != ladders.end()) {
      read.duty.ladder = static_cast<std::size_t>(found - ladders.begin());
    } else if (read.ladder) {
      auto known = draft_.ladder_ids;
      known.emplace_back("none");
      unknown(wanted, {"催办梯", "ladder"}, "unknown-ladder", known,
              {"先写 [ladder.名字]", "write [ladder.NAME] first"});
    }
  }

  void resolve_duty(DutyDraft& read) {
    owers(read);
    if (read.to) read.duty.to = owed(*read.to, read);
    read.duty.copy = owed(read.copy, read);
    clause(read);
    ladder(read);
  }

  Draft& draft_;
  const Strings& channels_;
  Strings units_, parties_, groups_;
};

}  // namespace

void resolve_references(Draft& draft, const std::vector<std::string>& channels) {
  Resolver{draft, channels}.run();
}

void resolve_close(Draft& draft) {
  Strings known;
  for (const auto& duty : draft.duties) known.push_back(duty.duty.id);
  for (const auto& read : draft.close) {
    for (const auto& word : read.duties) {
      if (contains(known, word.value)) continue;
      error(draft.diagnostics, word.place, "unknown-duty",
            both("没有{}这个事项", "there is no duty {}", in_quotes(word.value)),
            suggest(word.value, known));
    }
    if (read.duties.size() != 2) continue;
    draft.plan.budget.close.push_back(
        {read.duties.front().value, read.duties.back().value, read.why});
  }
}

}  // namespace duban::plan
