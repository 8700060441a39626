#include "plan/draft.h"

#include <algorithm>

#include "base/limits.h"
#include "settings/report.h"

namespace duban::plan {

using settings::error;
using settings::in_quotes;

bool Ids::add(const Word& id, Diagnostics& out) {
  auto [at, fresh] = places_.emplace(id.value, id.place);
  if (fresh) return true;
  const auto& first = at->second;
  error(out, id.place, "twice-used",
        both("{} {} 用了两次,前一次在 {}:{}", "{} {} is used twice, first at {}:{}", kind_,
             in_quotes(id.value), first.file, first.line),
        {"换一个 id", "take another id"});
  return false;
}

bool is_id(std::string_view text) {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  if (text.empty() || text.size() > limits::id_bytes) return false;
  return text.front() != '-' && text.front() != '.' && std::ranges::all_of(text, allowed);
}

std::optional<Word> read_id(Section& section, Ids& ids) {
  auto id = section.required_text("id");
  if (!id) return std::nullopt;
  if (!is_id(id->value)) {
    error(section.diagnostics(), id->place, "bad-value",
          both("id 不能写{}", "id cannot be {}", in_quotes(id->value)),
          {"只用小写字母、数字、连字符,如 monthly-table",
           "use only small letters, digits and hyphens, such as monthly-table"});
    return std::nullopt;
  }
  ids.add(*id, section.diagnostics());
  return id;
}

std::string read_word(Section& section, std::string_view key) {
  auto word = section.text(key);
  return word ? word->value : std::string{};
}

std::string read_required(Section& section, std::string_view key) {
  auto word = section.required_text(key);
  return word ? word->value : std::string{};
}

std::optional<Day> read_day(Section& section, std::string_view key) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto day = parse_day(word->value);
  if (day) return day;
  std::string_view text = word->value;
  bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!shaped) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 不能写{}", "{} cannot be {}", key, in_quotes(text)),
          {"日期写成 YYYY-MM-DD,如 2022-03-14",
           "write the date as YYYY-MM-DD, such as 2022-03-14"});
    return std::nullopt;
  }
  auto at = read_month_day(text.substr(5));
  GrammarError wrong{"impossible-date",
                     both("没有{}这一天", "there is no day {}", in_quotes(text)), {}};
  report(section.diagnostics(), word->place, at ? wrong : at.error());
  return std::nullopt;
}

std::optional<Day> read_day_of_year(Section& section, std::string_view key, int year) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto at = read_month_day(word->value);
  auto day = at ? in_year(*at, year) : std::unexpected(at.error());
  if (day) return *day;
  report(section.diagnostics(), word->place, day.error());
  return std::nullopt;
}

void report(Diagnostics& out, const Place& place, const GrammarError& wrong) {
  error(out, place, wrong.code, wrong.message, wrong.mend);
}

std::vector<Section> read_entries(Section& section, std::string_view key) {
  auto entries = section.tables(key);
  if (entries.size() <= limits::plan_entries) return entries;
  error(section.diagnostics(), entries[limits::plan_entries].place(), "too-many",
        both("[[{}]] 超过{}个", "there are more than {1} [[{0}]] tables", key,
             limits::plan_entries));
  entries.erase(entries.begin() + limits::plan_entries, entries.end());
  return entries;
}

std::optional<Placed<DueRule>> read_due_key(Section& section, std::string_view key,
                                            bool& refused) {
  auto word = section.text(key);
  if (!word) {
    refused = refused || section.has(key);
    return std::nullopt;
  }
  auto due = read_due(word->value);
  if (due) return Placed<DueRule>{*due, word->place};
  refused = true;
  report(section.diagnostics(), word->place, due.error());
  return std::nullopt;
}

}  // namespace duban::plan
