// Next year's work calendar is missing: told to the office once, shown by `status` all the while.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view code = "calendar-missing";

class MissingCalendar : public ::testing::Test {
 protected:
  MissingCalendar() { publish(2036); }

  void publish(int year) {
    auto file = desk_.config.root() / "calendars/cn.toml";
    auto text = contract::EditedConfig::text(file);
    contract::EditedConfig::write(
        file, text + "\n[[year]]\nyear = " + std::to_string(year) + "\nstatus = \"published\"\n");
    ASSERT_TRUE(desk_.ask(desk_.engine->reload("alice")));
  }
  void pass(std::chrono::days days) {
    desk_.clock.pass(days);
    desk_.turn();
  }
  std::vector<ledger::NoticeView> told() {
    auto all = desk_.notices();
    std::erase_if(all, [](const ledger::NoticeView& view) {
      return view.notice.head.items.front().about.slice != code;
    });
    return all;
  }

  Desk desk_{"10-30T10:00:00"};
};

TEST_F(MissingCalendar, BeforeNovemberAllIsWell) {
  EXPECT_THAT(desk_.problems(), Not(Contains(code)));
  EXPECT_THAT(told(), SizeIs(0));
}

TEST_F(MissingCalendar, IsSeenInStatusAndToldOnceThroughDaysAndRestarts) {
  pass(std::chrono::days{4});
  EXPECT_THAT(desk_.problems(), Contains(code));
  ASSERT_THAT(told(), SizeIs(1));
  EXPECT_THAT(told()[0].notice.content.text, HasSubstr("2037年的放假安排还没有录入"));
  desk_.start();
  pass(std::chrono::days{5});
  EXPECT_THAT(told(), SizeIs(1));
  EXPECT_THAT(desk_.problems(), Contains(code));
}

TEST_F(MissingCalendar, GoesAwayByItselfWhenItComesByReload) {
  pass(std::chrono::days{4});
  publish(2037);
  EXPECT_THAT(desk_.problems(), Not(Contains(code)));
}

TEST_F(MissingCalendar, IsExplainedByItsDayAndTheFirstOfTheOfficesChannels) {
  pass(std::chrono::days{4});
  auto page = desk_.ask(desk_.engine->explain_notice(told().at(0).notice.head.id));
  ASSERT_TRUE(page);
  const auto& item = page->duties.front().periods.front().items.front();
  EXPECT_EQ(item.subject, code);
  EXPECT_EQ(page->notice->route.choice, RoutePart::Choice::first);
}

}  // namespace
}  // namespace duban::engine
