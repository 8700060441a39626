#include "ctl/once_entry.h"

#include <algorithm>

#include "base/text.h"
#include "ctl/due_edit.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

using control::Found;
using engine::Refusal;
using Words = std::vector<std::string>;

// One line of a file: no control characters, nothing that is no text.
bool is_one_line(std::string_view text) {
  return is_utf8_text(text) && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

Found<Words> unit_ids(const Words& typed, const plan::Plan& plan) {
  Words ids;
  for (const auto& word : typed) {
    auto id = control::find_unit(plan, word);
    if (!id) return std::unexpected(id.error());
    if (std::ranges::find(ids, *id) == ids.end()) ids.push_back(*id);
  }
  return ids;
}

// Units may be owed too.
Found<std::string> receiver_id(const std::string& typed, const plan::Plan& plan) {
  for (const auto& party : plan.parties) {
    bool alias = std::ranges::find(party.aliases, typed) != party.aliases.end();
    if (party.id == typed || party.name == typed || alias) return party.id;
  }
  return control::find_unit(plan, typed);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A task by id, by its short name, or by a clause that is its alone. An action may stand on a
// clause of the document that is no task: that is written as it is.
Found<std::string> clause_word(const std::string& typed, const OnceKind& kind,
                               const plan::Plan& plan) {
  if (plan.find_task(typed) != nullptr) return typed;
  Words named, known;
  for (const auto& task : plan.tasks) {
    if (task.name == typed || task.clause == typed) {
      named.push_back(task.id + "(" + task.name + ")");
      known = {task.id};
    }
  }
  if (named.size() == 1) return known.front();
  bool own_task = kind.origin == plan::Origin::milestone || is_ascii(typed);
  if (!named.empty() && own_task) {
    return std::unexpected(Refusal{
        "which-clause",
        both("{}有几项任务,不知道是哪一项", "{} could be any of several tasks",
             settings::in_quotes(typed)),
        both("写任务的 id:{}", "write the id of the task: {}", settings::listed(named))});
  }
  if (!own_task) return typed;
  for (const auto& task : plan.tasks) {
    known.push_back(task.id);
    known.push_back(task.name);
  }
  auto mend = settings::suggest(typed, known);
  if (mend.empty()) {
    mend = both("任务的 id 见 dubanctl show", "see dubanctl show for the ids of tasks");
  }
  return std::unexpected(
      Refusal{"unknown-clause",
              both("没有任务{}", "there is no task {}", settings::in_quotes(typed)), mend});
}

class Fields {
 public:
  Fields(const Command& command, const OnceKind& kind, const plan::Plan& plan)
      : command_(command), kind_(kind), plan_(plan) {}

  Found<std::vector<EntryField>> read() {
    bool milestone = kind_.origin == plan::Origin::milestone;
    if (milestone) who("unit", command_.unit.empty() ? Words{} : Words{command_.unit});
    if (milestone) clause();
    text("name", command_.name);
    if (!milestone) {
      clause();
      text("source", command_.source);
      who("who", command_.units);
      take("to", command_.to, [&] { return receiver_id(command_.to, plan_); });
    }
    take("due", command_.due, [&] { return due_as_written(command_.due, plan_.year); });
    if (!milestone) text("closes", command_.closes);
    if (refusal_) return std::unexpected(*refusal_);
    return std::move(fields_);
  }

 private:
  template <class Find>
  void take(const char* key, const std::string& typed, Find find) {
    if (typed.empty() || refusal_) return;
    Found<std::string> found = find();
    if (found) fields_.push_back({key, {*found}});
    else refusal_ = found.error();
  }

  void clause() {
    take("clause", command_.clause, [&] { return clause_word(command_.clause, kind_, plan_); });
  }

  void text(const char* key, const std::string& typed) {
    take(key, typed, [&]() -> Found<std::string> {
      if (is_one_line(typed)) return typed;
      return std::unexpected(
          Refusal{"bad-text", both("{} 要写成一行文字", "{} must be one line of text", key),
                  both("去掉换行等控制字符", "remove line breaks and other control characters")});
    });
  }

  void who(const char* key, const Words& typed) {
    if (typed.empty() || refusal_) return;
    auto ids = unit_ids(typed, plan_);
    if (ids) fields_.push_back({key, std::move(*ids)});
    else refusal_ = ids.error();
  }

  const Command& command_;
  const OnceKind& kind_;
  const plan::Plan& plan_;
  std::vector<EntryField> fields_;
  std::optional<Refusal> refusal_;
};

}  // namespace

Found<std::vector<EntryField>> typed_fields(const Command& command, const OnceKind& kind,
                                            const plan::Plan& plan) {
  return Fields{command, kind, plan}.read();
}

Bilingual missing_options(const Command& command, const OnceKind& kind) {
  Words missing;
  auto need = [&](bool given, const char* option) {
    if (!given) missing.emplace_back(option);
  };
  bool milestone = kind.origin == plan::Origin::milestone;
  if (milestone) need(!command.unit.empty(), "--unit");
  else need(!command.units.empty(), "--who");
  need(!command.clause.empty(), "--clause");
  need(!command.name.empty(), "--name");
  if (!milestone) need(!command.source.empty(), "--source");
  need(!command.due.empty(), "--due");
  return settings::listed(missing);
}

std::string id_stem(const std::vector<EntryField>& fields, const OnceKind& kind,
                    const plan::Plan& plan) {
  auto clause = std::ranges::find(fields, "clause", &EntryField::key);
  bool task = clause != fields.end() && plan.find_task(clause->words.front()) != nullptr;
  return task ? clause->words.front() : std::string{kind.key};
}

}  // namespace duban::ctl
