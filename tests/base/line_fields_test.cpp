#include "base/line_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "base/limits.h"

namespace duban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LineFields, a_line_outside_of_a_scope_has_none) { EXPECT_EQ(line_fields(), nullptr); }

TEST(LineFields, the_innermost_scope_holds_and_ends_however_it_ends) {
  const LineFields outer{.plan = "outer"}, inner{.plan = "inner"};
  log_about(outer, [&] {
    EXPECT_EQ(line_fields()->plan, "outer");
    try {
      log_about(inner, [] {
        EXPECT_EQ(line_fields()->plan, "inner");
        throw std::runtime_error("a sink that fails");
      });
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(line_fields()->plan, "outer");
    std::thread{[] { EXPECT_EQ(line_fields(), nullptr); }}.join();
  });
  EXPECT_EQ(line_fields(), nullptr);
}

TEST(LineFields, what_is_empty_is_no_field) {
  EXPECT_EQ(fields_in_words({}), "");
  EXPECT_THAT(journal_fields({}), IsEmpty());
}

TEST(LineFields, each_unit_is_a_field_of_its_own) {
  const LineFields about{.plan = "p", .notice = "ntc_1", .channel = "mail",
                         .outcome = "retry", .reason = "timed-out", .units = {"edu", "water"}};
  EXPECT_EQ(fields_in_words(about),
            " plan=p unit=edu,water notice=ntc_1 channel=mail outcome=retry reason=timed-out");
  EXPECT_THAT(journal_fields(about),
              ElementsAre("DUBAN_PLAN=p", "DUBAN_UNIT=edu", "DUBAN_UNIT=water",
                          "DUBAN_NOTICE=ntc_1", "DUBAN_CHANNEL=mail", "DUBAN_OUTCOME=retry",
                          "DUBAN_REASON=timed-out"));
}

TEST(LineFields, of_many_units_a_console_names_the_first) {
  LineFields about;
  for (std::size_t i = 0; i < limits::logged_units; ++i) about.units.push_back("u");
  EXPECT_FALSE(fields_in_words(about).contains('+'));
  about.units.emplace_back("last");
  EXPECT_TRUE(fields_in_words(about).ends_with("u,+1"));
  EXPECT_EQ(journal_fields(about).size(), limits::logged_units + 1);
}

}  // namespace
}  // namespace duban
