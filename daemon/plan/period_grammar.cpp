#include <array>
#include <fmt/format.h>

#include "plan/due_grammar.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::in_quotes;

struct PeriodForm {
  Every every;
  std::string_view prefix;
  std::string_view example;
  // Digits after the prefix.
  std::size_t width;
};
constexpr std::array<PeriodForm, 4> forms{{{Every::week, "W", "W10", 2},
                                           {Every::month, "", "04", 2},
                                           {Every::quarter, "Q", "Q2", 1},
                                           {Every::half_year, "H", "H1", 1}}};

const PeriodForm* form_of(Every every) {
  for (const auto& form : forms) {
    if (form.every == every) return &form;
  }
  return nullptr;
}

GrammarError bad_period(std::string_view text, Bilingual mend) {
  return {"unknown-period", both("没有{}这一期", "there is no period {}", in_quotes(text)),
          std::move(mend)};
}

GrammarError backwards() {
  return {"bad-value", {"within 的起在止之后", "within begins after its end"}, {}};
}

using Bound = std::expected<std::optional<Day>, GrammarError>;

Bound read_bound(std::string_view text, int year) {
  if (text.empty()) return std::optional<Day>{};
  auto at = read_month_day(text);
  if (!at) return std::unexpected(at.error());
  auto day = in_year(*at, year);
  if (!day) return std::unexpected(day.error());
  return std::optional<Day>{*day};
}

std::expected<WithinRead, GrammarError> read_bounds(std::string_view text, int year) {
  WithinRead read;
  auto dots = text.find("..");
  if (dots == std::string_view::npos) {
    auto month = read_period(text, Every::month, year);
    if (!month) {
      return std::unexpected(GrammarError{
          "bad-value", both("看不懂 within {}", "cannot read within {}", in_quotes(text)),
          {"写成 06、..03-31 或 05-01..06-30", "write 06, ..03-31 or 05-01..06-30"}});
    }
    read.bounds.from = make_day(year, *month, 1);
    read.bounds.to = make_day(year, *month, days_in_month(year, *month));
    return read;
  }
  auto from = read_bound(text.substr(0, dots), year);
  if (!from) return std::unexpected(from.error());
  auto to = read_bound(text.substr(dots + 2), year);
  if (!to) return std::unexpected(to.error());
  if (*from && *to && **to < **from) return std::unexpected(backwards());
  read.bounds = {*from, *to};
  return read;
}

unsigned days_in_year(int year) {
  return static_cast<unsigned>((make_day(year + 1, 1, 1) - make_day(year, 1, 1)).count());
}

std::expected<unsigned, GrammarError> read_day_of_rule(std::string_view text, int year) {
  auto at = read_month_day(text);
  if (!at) {
    return std::unexpected(bad_period(
        text, {"按 rrule 的写成 MM-DD,如 04-05", "for an rrule write MM-DD, such as 04-05"}));
  }
  auto day = in_year(*at, year);
  if (!day) return std::unexpected(day.error());
  return static_cast<unsigned>((*day - make_day(year, 1, 1)).count()) + 1;
}

}  // namespace

unsigned months_in(Every every) {
  switch (every) {
    case Every::quarter: return 3;
    case Every::half_year: return 6;
    case Every::year: return 12;
    default: return 1;
  }
}

unsigned period_count(Every every, int year) {
  switch (every) {
    case Every::month: return 12;
    case Every::quarter: return 4;
    case Every::half_year: return 2;
    case Every::week: {
      // By ISO 8601 a year has 53 weeks when it begins or ends on a Thursday.
      auto thursday = [](Day day) { return std::chrono::weekday{day} == std::chrono::Thursday; };
      return thursday(make_day(year, 1, 1)) || thursday(make_day(year, 12, 31)) ? 53 : 52;
    }
    case Every::rule: return days_in_year(year);
    case Every::once:
    case Every::year: break;
  }
  return 1;
}

std::string period_id(unsigned number, Every every, int year) {
  if (every == Every::rule) {
    return format_day(make_day(year, 1, 1) + std::chrono::days{number - 1});
  }
  const auto* form = form_of(every);
  if (!form) return fmt::format("{}", year);
  return fmt::format("{}-{}{:0{}}", year, form->prefix, number, form->width);
}

std::expected<unsigned, GrammarError> read_period(std::string_view text, Every every, int year) {
  if (every == Every::rule) return read_day_of_rule(text, year);
  const auto* form = form_of(every);
  if (!form) {
    if (text == "year") return 1U;
    return std::unexpected(
        bad_period(text, {"一年一次的写 \"year\"", "for once a year write \"year\""}));
  }
  auto mend = both("写成 {} 这样", "write it like {}", form->example);
  if (!text.starts_with(form->prefix)) return std::unexpected(bad_period(text, mend));
  auto number_text = text.substr(form->prefix.size());
  unsigned number = 0;
  for (char c : number_text) {
    if (c < '0' || c > '9' || number > 99) return std::unexpected(bad_period(text, mend));
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  bool fits = number_text.size() == form->width && number >= 1;
  if (!fits || number > period_count(every, year)) return std::unexpected(bad_period(text, mend));
  return number;
}

std::expected<WithinRead, GrammarError> read_within(std::string_view text, Every every, int year) {
  bool by_days = every == Every::once || every == Every::year || every == Every::rule;
  if (by_days) return read_bounds(text, year);
  auto dots = text.find("..");
  auto first = read_period(text.substr(0, dots), every, year);
  if (!first) return std::unexpected(first.error());
  auto last = first;
  if (dots != std::string_view::npos) last = read_period(text.substr(dots + 2), every, year);
  if (!last) return std::unexpected(last.error());
  if (*last < *first) return std::unexpected(backwards());
  WithinRead read;
  read.within = Within{*first, *last};
  return read;
}

}  // namespace duban::plan
