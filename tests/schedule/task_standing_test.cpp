// What the record knows of a task by its milestones.
#include <gtest/gtest.h>

#include "schedule/life.h"
#include "schedule/task_standing.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;

plan::Duty milestone(std::string_view id, unsigned month, unsigned day) {
  auto made = paper(id, month, day);
  made.origin = plan::Origin::milestone;
  made.task = "1.1";
  return made;
}

TaskStanding standing(const Life& life, std::string_view when, std::string_view task = "1.1") {
  auto all = assignments(life.timetable(), life.past(), at(when));
  return standing_of(life.timetable(), life.past(), all, task, at(when));
}

Life begun(std::vector<plan::Duty> duties) {
  Life life{office_of(std::move(duties))};
  life.step("05-10 10:00");
  return life;
}

TEST(TaskStanding, counts_to_the_earliest_milestone_that_is_open) {
  auto life = begun({milestone("late", 6, 30), milestone("near", 5, 25), paper("paper", 5, 12)});
  auto found = standing(life, "05-10 10:00");
  EXPECT_TRUE(found.has_milestone);
  EXPECT_EQ(found.days_to_milestone, 15);
  EXPECT_FALSE(found.all_done);
  EXPECT_FALSE(standing(life, "05-10 10:00", "1.2").has_milestone);
  EXPECT_EQ(standing(life, "05-27 10:00").days_to_milestone, -2);
  life.record("05-27 10:00", fact(FactKind::received, of("a", "near"), "05-27 09:00"));
  EXPECT_EQ(standing(life, "05-27 10:00").days_to_milestone, 34);
  life.record("05-27 10:10", fact(FactKind::received, of("a", "late"), "05-27 10:00"));
  found = standing(life, "05-27 10:20");
  EXPECT_TRUE(found.all_done);
  EXPECT_FALSE(found.days_to_milestone);
}

TEST(TaskStanding, a_reminder_is_written_once_a_chase_went_out) {
  auto life = begun({milestone("near", 5, 25)});
  life.run_to("05-26 10:00");
  EXPECT_EQ(standing(life, "05-26 10:00").reminders, 0) << "reminding before the day is no chase";
  life.record("05-26 10:00", fact(FactKind::checked, of("", "near"), "05-26 10:00"));
  life.run_to("05-26 15:00");
  EXPECT_EQ(standing(life, "05-26 15:00").reminders, 1);
}

TEST(TaskStanding, a_chase_counts_from_the_moment_it_arrived) {
  auto life = begun({milestone("near", 5, 25)});
  life.run_to("05-26 10:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "near"), "05-26 10:00"));
  life.run_to("05-26 13:00");
  life.unreachable = {"a@mail"};
  life.run_to("05-26 16:00");
  EXPECT_EQ(standing(life, "05-26 16:00").reminders, 0) << "it waits in the queue";
  life.unreachable.clear();
  life.deliver_all();
  life.run_to("05-26 17:00");
  EXPECT_EQ(standing(life, "05-26 17:00").reminders, 1);
  EXPECT_EQ(standing(life, "05-26 15:00").reminders, 0) << "asked later, said as it was";
}

TEST(TaskStanding, the_record_of_a_moment_has_what_had_arrived_by_then) {
  auto life = begun({milestone("near", 5, 25)});
  life.run_to("05-26 10:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "near"), "05-26 10:00"));
  life.run_to("05-26 16:00");
  auto before = life.past().known_by(at("05-26 13:00"));
  auto after = life.past().known_by(at("05-26 15:00"));
  const auto* told = after.told_about(of("a", "near"));
  ASSERT_NE(told, nullptr);
  ASSERT_NE(before.told_about(of("a", "near")), nullptr);
  EXPECT_EQ(before.told_about(of("a", "near"))->size() + 1, told->size());
  EXPECT_EQ(told->back().item.key.stage, "overdue +1wd 14:00");
  EXPECT_TRUE(after.has_arrived(told->back().notices.front(), at("05-26 15:00")));
  EXPECT_FALSE(after.has_arrived(told->back().notices.front(), at("05-26 13:00")));
  EXPECT_EQ(after.known_by(at("05-26 13:00")).facts(), before.facts());
}

TEST(TaskStanding, a_draft_that_waits_reminds_nobody) {
  auto life = begun({milestone("near", 5, 25)});
  life.record("05-26 10:00", fact(FactKind::checked, of("", "near"), "05-26 10:00"));
  life.run_to("05-27 17:00");
  ASSERT_EQ(life.drafts().size(), 1U);
  EXPECT_EQ(standing(life, "05-27 17:00").reminders, 1);
}

TEST(TaskStanding, a_new_date_that_was_told_is_a_move_and_an_extension_stands_apart) {
  auto life = begun({milestone("near", 5, 25)});
  life.edit("05-11 10:00", office_of({milestone("near", 6, 10)}));
  auto found = standing(life, "05-11 10:10");
  EXPECT_EQ(found.moved, 1);
  EXPECT_EQ(found.days_to_milestone, 30);
  EXPECT_FALSE(found.extended);
  auto granted = fact(FactKind::extended, of("a", "near"), "06-08 10:00");
  granted.time = at("06-20 17:00");
  life.record("06-08 10:00", granted);
  found = standing(life, "06-08 10:10");
  EXPECT_TRUE(found.extended);
  EXPECT_EQ(found.days_to_milestone, 12);
}

TEST(TaskStanding, what_has_no_date_or_is_excused_is_no_milestone) {
  auto open = milestone("open", 5, 25);
  open.due = tbd();
  auto life = begun({open});
  EXPECT_FALSE(standing(life, "05-10 10:00").has_milestone);
  auto spared = begun({milestone("near", 5, 25)});
  auto excused = fact(FactKind::excused, of("a", "near"), "05-11 10:00");
  excused.note = "防汛";
  spared.record("05-11 10:00", excused);
  EXPECT_FALSE(standing(spared, "05-11 10:10").has_milestone);
}

}  // namespace
}  // namespace duban::schedule
