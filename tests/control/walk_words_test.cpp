#include "control/walk_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/shipped_plan.h"

namespace duban::control {
namespace {

class WalkWords : public ::testing::Test {
 protected:
  std::vector<calendar::Stride> walk(std::string_view from, int count, bool made_up = true) const {
    calendar::Workdays workdays{contract::shipped_plan()->calendar, made_up};
    return calendar::walk(*parse_day(from), count, workdays);
  }
};

TEST_F(WalkWords, name_the_month_once_and_what_was_passed_over) {
  auto strides = walk("2022-05-25", -3);
  EXPECT_EQ(walk_in_chinese(strides), "-1wd 5月24日,-2wd 23日,-3wd 20日(21、22日周末)");
  EXPECT_EQ(walk_in_english(strides), "-1wd 24 May, -2wd 23, -3wd 20 (21, 22 weekend)");
}

TEST_F(WalkWords, name_the_next_month_where_it_begins) {
  auto strides = walk("2022-06-30", 2);
  EXPECT_EQ(walk_in_chinese(strides), "+1wd 7月1日,+2wd 4日(2、3日周末)");
  EXPECT_EQ(walk_in_english(strides), "+1wd 1 Jul, +2wd 4 (2, 3 weekend)");
}

TEST_F(WalkWords, name_a_feast_and_its_made_up_days) {
  auto strides = walk("2022-09-30", 1);
  EXPECT_EQ(walk_in_chinese(strides), "+1wd 10月8日(调休上班)(1日至7日国庆节放假)");
  EXPECT_EQ(walk_in_english(strides), "+1wd 8 Oct (made-up) (1 to 7 国庆节 holiday)");
}

TEST_F(WalkWords, say_which_made_up_days_do_not_count) {
  auto strides = walk("2022-09-30", 1, false);
  EXPECT_EQ(walk_in_chinese(strides),
            "+1wd 10月10日(1日至7日国庆节放假)(8、9日调休上班,不算)");
  EXPECT_EQ(walk_in_english(strides),
            "+1wd 10 Oct (1 to 7 国庆节 holiday) (8, 9 made-up, not counted)");
}

}  // namespace
}  // namespace duban::control
