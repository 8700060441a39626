#include "document/actions.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "document/standpoint_words.h"

namespace duban::document {
namespace {

using schedule::Assignment;
using schedule::Standing;

bool counts(const Assignment& one) {
  return one.standing == Standing::open || one.standing == Standing::answered ||
         one.standing == Standing::dated_too_late || one.standing == Standing::unchased;
}

bool is_done(const Assignment& one) { return one.standing == Standing::answered; }

const schedule::Fact* closing(const Standpoint& standpoint, const Assignment& one) {
  const auto& facts = standpoint.known().facts();
  auto fact = std::ranges::find(facts, one.answered_by, &schedule::Fact::seq);
  return fact == facts.end() ? nullptr : &*fact;
}

// By what was known, as the document before was.
bool was_closed_by(const Standpoint& standpoint, const Assignment& one, Instant at) {
  const auto* fact = closing(standpoint, one);
  return is_done(one) && fact != nullptr && fact->recorded_at <= at;
}

std::string outcome_of(const Standpoint& standpoint, const std::vector<const Assignment*>& all) {
  auto open = std::ranges::find_if(all, [](const Assignment* one) { return !is_done(*one); });
  if (open == all.end()) {
    auto last = *std::ranges::max_element(all, {}, [](const Assignment* one) {
      return one->answered_at.value_or(Instant::min());
    });
    const auto* fact = closing(standpoint, *last);
    return fmt::format("已销号({}{})", day_words(standpoint, *last->answered_at),
                       fact == nullptr ? "" : fact->note);
  }
  const auto& due = (*open)->due;
  if (!due || *due >= standpoint.as_of()) return "未办结,正在办理";
  auto days = (standpoint.today() - standpoint.zone().day_of(*due)).count();
  return days == 0 ? "未办结,今日到期" : fmt::format("未办结,已过期{}日", days);
}

ActionLine line_of(const Standpoint& standpoint, const plan::Duty& duty,
                   const std::vector<const Assignment*>& all) {
  ActionLine line{.duty = &duty};
  std::optional<Instant> due;
  for (const auto* one : all) {
    message::append_joined(line.doer, unit_name(standpoint, one->key.unit));
    if (one->due) due = std::max(due.value_or(*one->due), *one->due);
  }
  line.due = due ? day_words(standpoint, *due) : "未定期限";
  line.outcome = outcome_of(standpoint, all);
  return line;
}

}  // namespace

std::vector<ActionLine> action_lines(const Standpoint& standpoint, std::optional<Instant> since) {
  std::vector<ActionLine> lines;
  for (std::size_t index = 0; index < standpoint.plan().duties.size(); ++index) {
    const auto& duty = standpoint.plan().duties[index];
    if (duty.origin != plan::Origin::action) continue;
    std::vector<const Assignment*> all;
    for (const auto& one : standpoint.assignments()) {
      if (one.duty == index && counts(one)) all.push_back(&one);
    }
    bool told_before = std::ranges::all_of(all, [&](const Assignment* one) {
      return since && was_closed_by(standpoint, *one, *since);
    });
    if (!told_before) lines.push_back(line_of(standpoint, duty, all));
  }
  return lines;
}

bool is_opinion(const plan::Duty& action) {
  constexpr std::array<std::string_view, 3> words{"视察", "委员", "协商"};
  return std::ranges::any_of(words, [&](std::string_view word) {
    return action.source.find(word) != std::string::npos;
  });
}

}  // namespace duban::document
