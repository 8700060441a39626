// The [[lamp]] tables of plan.toml: which lamp stands on a task, and when.

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;
using settings::Node;

// A whole number of a span; nothing for what is none.
std::optional<int> read_number(std::string_view text) {
  int number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = failed == std::errc{} && end == text.data() + text.size();
  bool bounded = whole && number >= 0 && number <= limits::lamp_number;
  return bounded ? std::optional{number} : std::nullopt;
}

std::optional<NumberSpan> span_of(std::string_view text) {
  auto dots = text.find("..");
  if (dots == std::string_view::npos) {
    auto number = read_number(text);
    return number ? std::optional{NumberSpan{number, number}} : std::nullopt;
  }
  NumberSpan span{read_number(text.substr(0, dots)), read_number(text.substr(dots + 2))};
  bool good = (dots == 0 || span.from) && (dots + 2 == text.size() || span.to);
  bool says = span.from || span.to;
  bool ordered = !span.from || !span.to || *span.from <= *span.to;
  return good && says && ordered ? std::optional{span} : std::nullopt;
}

std::optional<NumberSpan> read_span(Section& section, std::string_view key) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto span = span_of(word->value);
  if (!span) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 不能写{}", "{} cannot be {}", key, in_quotes(word->value)),
          both("写成 \"1..30\"、\"31..\" 或 \"..3\",最大{}",
               "write \"1..30\", \"31..\" or \"..3\", at most {}", limits::lamp_number));
  }
  return span;
}

std::vector<RowState> read_reported(Section& section) {
  const std::vector<std::string> known{"unsaid", "done", "on-track", "behind", "undated"};
  std::vector<RowState> states;
  for (const auto& word : section.texts("reported").value_or(Words{})) {
    if (auto state = from_word<RowState>(word.value)) {
      states.push_back(*state);
      continue;
    }
    error(section.diagnostics(), word.place, "bad-value",
          both("reported 不能写{}", "reported cannot be {}", in_quotes(word.value)),
          settings::suggest(word.value, known));
  }
  return states;
}

// What no task can fulfil is a slip of the pen.
void check_condition(Section& section, const LampCondition& condition, std::size_t keys) {
  bool dated = condition.left || condition.behind || condition.done;
  Bilingual wrong;
  if (keys == 0) wrong = {"when 里什么也没有写", "when is empty"};
  if (condition.left && condition.behind) {
    wrong = {"left 和 behind 不会同时成立", "left and behind never hold together"};
  }
  if (condition.milestone == false && dated) {
    wrong = {"没有节点(milestone = false)就谈不上 left、behind、done",
             "without a milestone (milestone = false) left, behind and done mean nothing"};
  }
  if (wrong.empty()) return;
  error(section.diagnostics(), section.place(), "lamp-form", wrong,
        {"几种情形各写一个 { },放在 when = [ ] 里",
         "write each condition as a { } of its own in when = [ ]"});
}

LampConditionDraft read_condition(const Node& node, Diagnostics& out) {
  Section section{node, "when", out};
  LampConditionDraft read;
  auto& condition = read.condition;
  condition.milestone = section.boolean("milestone");
  condition.done = section.boolean("done");
  condition.extended = section.boolean("extended");
  condition.left = read_span(section, "left");
  condition.behind = read_span(section, "behind");
  condition.moved = read_span(section, "moved");
  condition.reminders = read_span(section, "reminders");
  condition.reported = read_reported(section);
  condition.by_hand = section.boolean("by_hand").value_or(false);
  read.tasks = section.texts("tasks").value_or(Words{});
  section.finish();
  check_condition(section, condition, node.members.size());
  return read;
}

// One table, or a list of them.
std::vector<LampConditionDraft> read_when(Section& section) {
  const auto* node = section.any("when");
  if (!node) return {};
  auto& out = section.diagnostics();
  if (node->kind == Node::Kind::table) return {read_condition(*node, out)};
  std::vector<LampConditionDraft> read;
  for (const auto& table : node->elements) {
    if (table.kind != Node::Kind::table) {
      error(out, table.place, "wrong-type",
            {"when 的每一项应是 { … }", "each entry of when should be { … }"});
    } else if (read.size() < limits::lamp_conditions) {
      read.push_back(read_condition(table, out));
    } else {
      error(out, table.place, "too-many",
            both("一盏灯最多{}种情形", "a lamp has at most {} conditions",
                 limits::lamp_conditions));
      break;
    }
  }
  if (node->elements.empty()) {
    error(out, node->place, "wrong-type",
          {"when 应写 { … } 或 [{ … }, { … }]", "when should be { … } or [{ … }, { … }]"});
  }
  return read;
}

LampDraft read_lamp(Section& section) {
  LampDraft read;
  auto& lamp = read.lamp;
  lamp.place = section.place();
  if (auto word = section.required_text("word")) {
    lamp.word = word->value;
    lamp.place = word->place;
    if (lamp.word.size() > limits::lamp_word_bytes) {
      error(section.diagnostics(), word->place, "bad-value",
            both("灯上的话太长:最多{0}个汉字", "the lamp's word is too long: at most {1} bytes",
                 limits::lamp_word_bytes / 3, limits::lamp_word_bytes));
    }
  }
  if (!section.has("colour")) {
    section.missing("colour", {"写 colour = \"green\"", "write colour = \"green\""});
  }
  auto colour = section.choice<Colour>("colour", {{"green", Colour::green},
                                                  {"blue", Colour::blue},
                                                  {"yellow", Colour::yellow},
                                                  {"orange", Colour::orange},
                                                  {"red", Colour::red},
                                                  {"grey", Colour::grey}});
  lamp.colour = colour.value_or(Colour::grey);
  read.when = read_when(section);
  read.always = !section.has("when");
  lamp.by_month = section.choice<bool>("regrade", {{"month", true}}).value_or(false);
  section.finish();
  return read;
}

void check_order(const Draft& draft, Diagnostics& out) {
  for (std::size_t at = 0; at < draft.lamps.size(); ++at) {
    const auto& lamp = draft.lamps[at];
    if (lamp.always && at + 1 < draft.lamps.size()) {
      error(out, lamp.lamp.place, "lamp-order",
            both("{}没有写 when,总是成立,后面的灯轮不到",
                 "{} has no when and always applies, so the lamps after it never do",
                 in_quotes(lamp.lamp.word)),
            {"把它放到最后,或写 when", "put it last, or write when"});
    }
    for (std::size_t before = 0; before < at; ++before) {
      if (lamp.lamp.word.empty() || draft.lamps[before].lamp.word != lamp.lamp.word) continue;
      error(out, lamp.lamp.place, "twice-used",
            both("{}这盏灯写了两次", "lamp {} is written twice", in_quotes(lamp.lamp.word)),
            {"话要不同:不能只靠颜色分;几种情形写进同一盏灯的 when",
             "give each lamp a word of its own, as colour alone does not tell them apart; write "
             "several conditions in the when of one lamp"});
      break;
    }
  }
}

}  // namespace

void read_lamps(Section& root, Draft& draft) {
  for (auto& section : read_entries(root, "lamp")) {
    if (draft.lamps.size() == limits::lamps) {
      error(section.diagnostics(), section.place(), "too-many",
            both("最多{}盏灯", "at most {} lamps", limits::lamps));
      break;
    }
    draft.lamps.push_back(read_lamp(section));
  }
  check_order(draft, root.diagnostics());
}

void resolve_lamps(Draft& draft) {
  std::vector<std::string> known;
  for (const auto& task : draft.plan.tasks) known.push_back(task.id);
  for (auto& read : draft.lamps) {
    for (auto& one : read.when) {
      for (const auto& word : one.tasks) {
        one.condition.tasks.push_back(word.value);
        bool found = std::ranges::find(known, word.value) != known.end();
        if (found || !draft.tasks_read) continue;
        error(draft.diagnostics, word.place, "unknown-clause",
              both("没有{}这项任务", "there is no task {}", in_quotes(word.value)),
              settings::suggest(word.value, known));
      }
      read.lamp.when.push_back(one.condition);
    }
    draft.plan.lamps.push_back(read.lamp);
  }
  if (draft.lamps.empty()) draft.plan.lamps = usual_lamps();
  else if (!draft.lamps.back().always) draft.plan.lamps.push_back(last_lamp());
}

}  // namespace duban::plan
