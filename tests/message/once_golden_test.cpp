// What a unit is told of a date of its own and of what was ordered: tests/golden/messages/.
#include <gtest/gtest.h>

#include "golden/golden.h"
#include "message/office_desk.h"
#include "plan/load.h"

namespace duban::message {
namespace {

using duban::testing::expect_golden;

plan::Duty once(const char* id, plan::Origin origin, const char* name, const char* unit,
                const char* task, const char* due) {
  plan::Duty duty;
  duty.id = id;
  duty.origin = origin;
  duty.name = name;
  duty.task = task;
  duty.clause = shipped_plan().find_task(task)->clause;
  duty.who = {unit};
  duty.to = {"office"};
  duty.due = plan::parse_due(due).value();
  duty.basis = origin == plan::Origin::milestone ? plan::Basis::unit : plan::Basis::office;
  for (std::size_t i = 0; i < shipped_plan().ladders.size(); ++i) {
    if (shipped_plan().ladders[i].id == "once") duty.ladder = i;
  }
  return duty;
}

plan::Plan plan_with_both() {
  auto plan = shipped_plan();
  auto milestone =
      once("2.2b-1", plan::Origin::milestone, "12号线开工", "metro", "2.2b", "06-30");
  auto action = once("2.2a-1", plan::Origin::action, "答复委员关于断头路的意见", "transport",
                     "2.2a", "07-15 17:00");
  action.source = "6月10日协商会议定";
  action.closes = "书面答复委员";
  action.not_ours = true;
  plan.duties.push_back(milestone);
  plan.duties.push_back(action);
  return plan;
}

class Once {
 public:
  Once(const char* duty, const char* unit) : index_(desk_.assign(duty, "2022", unit)) {}

  schedule::Telling stage(const char* key) const { return desk_.stage(index_, key); }
  schedule::Telling telling(ItemKind kind) const { return desk_.telling(index_, kind); }
  schedule::Telling overdue(const char* checked) const {
    auto telling = stage("overdue +1wd 14:00");
    telling.checked_at = desk_.at(checked);
    return telling;
  }
  schedule::Telling escalated() const {
    auto telling = stage("escalate +3wd 09:00");
    telling.item.key.audience = Audience::leader;
    telling.told_before = {desk_.at("2022-06-27 09:00")};
    return telling;
  }
  void expect(const char* name, schedule::Telling telling, const char* now) const {
    auto content = desk_.render({std::move(telling)}, now);
    expect_golden(std::string{"messages/once/"} + name + ".txt",
                  content.subject + "\n\n" + content.text);
  }

 private:
  OfficeDesk desk_{plan_with_both()};
  std::size_t index_;
};

TEST(GoldenOnce, AMilestone) {
  Once metro{"2.2b-1", "metro"};
  metro.expect("milestone-start", metro.telling(ItemKind::start), "2022-06-13 09:00");
  metro.expect("milestone-remind", metro.stage("remind -3wd 09:00"), "2022-06-27 09:00");
  metro.expect("milestone-due", metro.stage("due 0d 09:00"), "2022-06-30 09:00");
  metro.expect("milestone-overdue", metro.overdue("2022-07-01 10:00"), "2022-07-01 14:00");
  metro.expect("milestone-escalate", metro.escalated(), "2022-07-05 09:00");
  metro.expect("milestone-gone", metro.telling(ItemKind::gone), "2022-06-20 09:00");
}

TEST(GoldenOnce, AnAction) {
  Once roads{"2.2a-1", "transport"};
  roads.expect("action-start", roads.telling(ItemKind::start), "2022-06-13 09:00");
  roads.expect("action-remind", roads.stage("remind -3wd 09:00"), "2022-07-12 09:00");
  roads.expect("action-due", roads.stage("due 0d 09:00"), "2022-07-15 09:00");
  roads.expect("action-overdue", roads.overdue("2022-07-18 10:00"), "2022-07-18 14:00");
  roads.expect("action-escalate", roads.escalated(), "2022-07-20 09:00");
  roads.expect("action-gone", roads.telling(ItemKind::gone), "2022-06-20 09:00");
}

// In the letter of the year they stand among its dates.
TEST(GoldenOnce, TheLetterOfTheYear) {
  OfficeDesk desk{plan_with_both()};
  auto content = desk.render(desk.start("metro"), "2022-03-15 09:00");
  expect_golden("messages/once/letter.txt", content.subject + "\n\n" + content.text);
}

// Where its first stage comes at the same moment, that says it all.
TEST(GoldenOnce, AnActionThatIsSoonDueIsToldOnce) {
  OfficeDesk desk{plan_with_both()};
  auto roads = desk.assign("2.2a-1", "2022", "transport");
  auto both = desk.render({desk.telling(roads, ItemKind::start),
                           desk.stage(roads, "remind -3wd 09:00")},
                          "2022-07-13 10:00");
  auto alone = desk.render({desk.stage(roads, "remind -3wd 09:00")}, "2022-07-13 10:00");
  EXPECT_EQ(both.text, alone.text);
  EXPECT_EQ(both.subject, alone.subject);
}

}  // namespace
}  // namespace duban::message
