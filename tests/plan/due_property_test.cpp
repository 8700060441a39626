// What is written back is what was read, for any rule.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/limits.h"
#include "plan/load.h"

namespace duban::plan {
namespace {

rc::Gen<std::optional<Seconds>> any_time() {
  return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<bool>(), rc::gen::inRange(0, 24 * 60)),
                      [](std::pair<bool, int> at) {
                        return at.first ? std::optional{Seconds{at.second * 60}} : std::nullopt;
                      });
}

Offset any_offset() {
  Offset offset;
  offset.unit = *rc::gen::element(Offset::Unit::days, Offset::Unit::working_days,
                                  Offset::Unit::hours);
  offset.count = *rc::gen::inRange(-limits::offset_days, limits::offset_days + 1);
  if (offset.unit != Offset::Unit::hours) offset.time = *any_time();
  offset.text = format_offset(offset);
  return offset;
}

DueRule any_rule() {
  DueRule due;
  switch (*rc::gen::inRange(0, 9)) {
    case 0: due.rule = DueNone{}; break;
    case 1: due.rule = DueUndecided{}; break;
    case 2: due.rule = DueDate{*rc::gen::inRange(1U, 13U), *rc::gen::inRange(1U, 29U)}; break;
    case 3: due.rule = DueDayOfMonth{*rc::gen::inRange(1U, 13U), *rc::gen::inRange(1U, 32U)}; break;
    case 4: due.rule = DueLast{*rc::gen::arbitrary<bool>()}; break;
    case 5: due.rule = DueNthWorkingDay{*rc::gen::inRange(1U, 1000U)}; break;
    case 6: due.rule = DueWeekday{std::chrono::weekday{*rc::gen::inRange(0U, 7U)}}; break;
    case 7: due.rule = DueThatDay{}; break;
    default: {
      auto event = *rc::gen::element(DueRelative::Event::due, DueRelative::Event::held);
      auto duty = *rc::gen::element<std::string>("meeting", "a.b-2");
      due.rule = DueRelative{duty, event, any_offset()};
    }
  }
  if (!due.is_none() && !due.is_undecided()) due.time = *any_time();
  if (std::holds_alternative<DueThatDay>(due.rule) && !due.time) due.time = Seconds{0};
  if (const auto* relative = due.relative()) due.time = relative->offset.time;
  due.text = format_due(due);
  return due;
}

TEST(Property, an_offset_is_read_as_it_was_written) {
  EXPECT_TRUE(rc::check([] {
    auto offset = any_offset();
    auto again = parse_offset(format_offset(offset));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == offset);
  }));
}

TEST(Property, a_due_rule_is_read_as_it_was_written) {
  EXPECT_TRUE(rc::check([] {
    auto due = any_rule();
    auto again = parse_due(format_due(due));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == due);
  }));
}

TEST(Property, any_text_is_either_a_due_rule_or_an_error_of_one_line) {
  EXPECT_TRUE(rc::check([] {
    auto text = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string{"0123456789-+:. dwhlastmonthue"}));
    auto due = parse_due(text);
    if (due) {
      RC_ASSERT(*parse_due(format_due(*due)) == *due);
    } else {
      for (auto tongue : {Tongue::chinese, Tongue::english}) {
        RC_ASSERT(!due.error().in(tongue).empty());
        RC_ASSERT(due.error().in(tongue).find('\n') == std::string::npos);
      }
    }
  }));
}

}  // namespace
}  // namespace duban::plan
