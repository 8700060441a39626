#include "settings/section.h"

#include <algorithm>
#include <fmt/format.h>

#include "settings/report.h"

namespace duban::settings {
namespace {

BilingualView kind_words(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table: return {"表", "a table"};
    case Node::Kind::array: return {"列表", "a list"};
    case Node::Kind::text: return {"文字", "text"};
    case Node::Kind::integer: return {"整数", "an integer"};
    case Node::Kind::boolean: return {"true/false", "true/false"};
    case Node::Kind::date: return {"不带引号的日期或时间", "a date or time without quotes"};
    case Node::Kind::real: return {"小数", "a decimal number"};
  }
  return {};
}

}  // namespace

Section::Section(const Node& table, const SaidValue& what, Diagnostics& out)
    : node_(&table), what_(what.said()), out_(&out) {}

const Node* Section::any(std::string_view key) {
  if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
  return node_->find(key);
}

bool Section::has(std::string_view key) { return any(key) != nullptr; }

void Section::wrong_type(const Node& node, std::string_view key, const Bilingual& wanted) {
  bool bare = node.kind == Node::Kind::date || node.kind == Node::Kind::integer;
  Bilingual mend;
  if (bare && wanted.english.starts_with("text")) mend = {"请加上英文引号", "put it in quotes"};
  error(*out_, node.place, "wrong-type",
        both("{} 应写{},这里是{}", "{} must be {}, not {}", key, wanted, kind_words(node.kind)),
        std::move(mend));
}

void Section::wrong_word(const Word& word, std::string_view key,
                         const std::vector<std::string>& words) {
  error(*out_, word.place, "bad-value",
        both("{} 不能写{}", "{} cannot be {}", key, in_quotes(word.value)),
        suggest(word.value, words));
}

std::optional<Word> Section::text_of(const Node& node, std::string_view key) {
  if (node.kind == Node::Kind::text) return Word{node.text, node.place};
  wrong_type(node, key, {"文字", "text"});
  return std::nullopt;
}

std::optional<Word> Section::text(std::string_view key) {
  const auto* node = any(key);
  return node ? text_of(*node, key) : std::nullopt;
}

std::optional<Word> Section::required_text(std::string_view key) {
  if (!has(key)) {
    missing(key);
    return std::nullopt;
  }
  auto word = text(key);
  if (word && word->value.empty()) {
    error(*out_, word->place, "bad-value", both("{} 不能为空", "{} must not be empty", key));
    return std::nullopt;
  }
  return word;
}

std::optional<Words> Section::texts(std::string_view key) {
  const auto* node = any(key);
  if (!node) return std::nullopt;
  if (node->kind == Node::Kind::text) return Words{{node->text, node->place}};
  if (node->kind != Node::Kind::array) {
    wrong_type(*node, key, {"文字或文字的列表", "text or a list of texts"});
    return std::nullopt;
  }
  Words words;
  for (const auto& element : node->elements) {
    if (auto word = text_of(element, key)) words.push_back(std::move(*word));
  }
  // A list that holds only wrong types was reported; an empty list is the caller's to judge.
  if (words.empty() && !node->elements.empty()) return std::nullopt;
  return words;
}

std::optional<Words> Section::required_texts(std::string_view key) {
  if (has(key)) return texts(key);
  missing(key);
  return std::nullopt;
}

std::optional<Placed<std::int64_t>> Section::integer(std::string_view key, std::int64_t least,
                                                     std::int64_t most) {
  const auto* node = any(key);
  if (!node) return std::nullopt;
  if (node->kind != Node::Kind::integer) {
    wrong_type(*node, key, {"整数(不加引号)", "an integer (without quotes)"});
    return std::nullopt;
  }
  if (node->number < least || node->number > most) {
    error(*out_, node->place, "bad-value",
          both("{} 应在{}到{}之间,这里是{}", "{} must be from {} to {}, not {}", key, least, most,
               node->number));
    return std::nullopt;
  }
  return Placed<std::int64_t>{node->number, node->place};
}

std::optional<bool> Section::boolean(std::string_view key) {
  const auto* node = any(key);
  if (!node) return std::nullopt;
  if (node->kind == Node::Kind::boolean) return node->truth;
  wrong_type(*node, key, {"true 或 false(不加引号)", "true or false (without quotes)"});
  return std::nullopt;
}

std::optional<Section> Section::table(std::string_view key) {
  const auto* node = any(key);
  if (!node) return std::nullopt;
  if (node->kind == Node::Kind::table) return Section{*node, fmt::format("[{}]", key), *out_};
  wrong_type(*node, key, both("表 [{}]", "a table [{}]", key));
  return std::nullopt;
}

std::vector<Section> Section::tables(std::string_view key) {
  std::vector<Section> sections;
  const auto* node = any(key);
  if (!node) return sections;
  if (node->kind != Node::Kind::array) {
    wrong_type(*node, key, both("表的列表 [[{}]]", "a list of tables [[{}]]", key));
    return sections;
  }
  for (const auto& element : node->elements) {
    if (element.kind == Node::Kind::table) {
      sections.emplace_back(element, fmt::format("[[{}]]", key), *out_);
    } else {
      wrong_type(element, key, {"表", "a table"});
    }
  }
  return sections;
}

std::vector<Named> Section::named_tables(std::string_view key) {
  std::vector<Named> sections;
  const auto* node = any(key);
  if (!node) return sections;
  if (node->kind != Node::Kind::table) {
    wrong_type(*node, key, both("带名字的表 [{}.名字]", "tables with names [{}.NAME]", key));
    return sections;
  }
  for (const auto& member : node->members) {
    if (member.value.kind != Node::Kind::table) {
      wrong_type(member.value, member.key, both("表 [{}.{}]", "a table [{}.{}]", key, member.key));
      continue;
    }
    auto what = fmt::format("[{}.{}]", key, member.key);
    sections.push_back({{member.key, member.place}, Section{member.value, what, *out_}});
  }
  return sections;
}

bool Section::misspelt(std::string_view key) const {
  if (node_->find(key)) return false;
  return std::ranges::any_of(node_->members, [&](const Member& member) {
    return !did_you_mean(member.key, {std::string{key}}).empty();
  });
}

void Section::missing(std::string_view key, Bilingual mend) {
  missing_keys_.emplace_back(key);
  missing_.push_back({Severity::error, node_->place, "missing-key",
                      both("{} 缺少 {}", "{1} is missing in {0}", what_, key), std::move(mend)});
}

void Section::finish() {
  for (const auto& member : node_->members) {
    if (std::ranges::find(asked_, member.key) != asked_.end()) continue;
    error(*out_, member.place, "unknown-key",
          both("{} 里没有{}这一项", "{} has no key {}", what_, in_quotes(member.key)),
          suggest(member.key, asked_));
    auto meant = std::ranges::find(missing_keys_, did_you_mean(member.key, asked_));
    if (meant == missing_keys_.end()) continue;
    missing_.erase(missing_.begin() + (meant - missing_keys_.begin()));
    missing_keys_.erase(meant);
  }
  for (auto& diagnostic : missing_) out_->push_back(std::move(diagnostic));
  missing_.clear();
}

}  // namespace duban::settings
