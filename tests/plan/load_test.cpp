#include "plan/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/limits.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Load, a_correct_plan_loads_without_a_word) {
  PlanTree tree;
  auto loaded = tree.load();
  EXPECT_THAT(PlanTree::all(loaded), IsEmpty());
  ASSERT_EQ(loaded.plans.size(), 1U);
  const auto& plan = *loaded.plans[0].plan;
  EXPECT_EQ(plan.id, "p");
  EXPECT_EQ(plan.year, 2022);
  EXPECT_EQ(plan.issued, make_day(2022, 3, 14));
  EXPECT_EQ(plan.office.host, "ndrc");
  EXPECT_EQ(plan.units.size(), 3U);
  EXPECT_EQ(plan.calendar->off.size(), 7U);
  EXPECT_EQ(plan.calendar->made_up.size(), 2U);
}

TEST(Load, the_first_phase_begins_on_the_issue_date_and_in_another_year_has_no_beginning) {
  PlanTree tree;
  EXPECT_EQ(tree.good()->phases.at(0).from, make_day(2022, 3, 14));
  tree.in_plan("year = 2022", "year = 2026");
  auto plan = tree.good();
  EXPECT_EQ(plan->phases.at(0).from, std::nullopt);
  EXPECT_EQ(plan->phases.at(0).to, make_day(2026, 3, 31));
}

TEST(Load, the_reporter_is_the_first_lead_else_every_responsible_unit) {
  PlanTree tree;
  auto plan = tree.good();
  EXPECT_THAT(plan->find_task("1.1")->reporters, ElementsAre("water", "edu"));
  EXPECT_THAT(plan->find_task("1.2")->reporters, ElementsAre("ndrc"));
}

TEST(Load, a_reporter_named_in_the_file_overrides) {
  PlanTree tree;
  tree.in_tasks(R"(lead = ["ndrc", "water"])",
                "lead = [\"ndrc\", \"water\"]\nreporter = \"water\"");
  EXPECT_THAT(tree.good()->find_task("1.2")->reporters, ElementsAre("water"));
}

TEST(Load, who_stands_in_the_documents_order) {
  PlanTree tree;
  auto plan = tree.good();
  EXPECT_THAT(plan->find_duty("table")->who, ElementsAre("ndrc", "edu", "water"));
  EXPECT_THAT(plan->find_duty("reply")->who, ElementsAre("ndrc", "edu"));
  EXPECT_THAT(plan->find_duty("reply")->to, ElementsAre("consult", "office"));
}

TEST(Load, a_duty_by_rrule_is_due_on_its_day_and_may_say_the_hour_alone) {
  PlanTree tree;
  tree.in_plan("due = \"meeting.held +15wd\"",
               "rrule = \"FREQ=MONTHLY;BYMONTHDAY=10,25\"\nwithin = \"03-01..12-31\"");
  auto plan = tree.good();
  const auto& duty = *plan->find_duty("reply");
  EXPECT_EQ(duty.every, Every::rule);
  EXPECT_EQ(format_rrule(*duty.rrule), "FREQ=MONTHLY;BYMONTHDAY=10,25");
  EXPECT_EQ(duty.rrule->from, make_day(2022, 3, 1));
  EXPECT_EQ(duty.rrule->to, make_day(2022, 12, 31));
  EXPECT_EQ(duty.bounds.from, std::nullopt);
  EXPECT_TRUE(std::holds_alternative<DueThatDay>(duty.due.rule));
  EXPECT_EQ(duty.due.time, std::nullopt);
  tree.in_plan("within = \"03-01..12-31\"",
               "due = \"17:00\"\nask_by = \"12:00\"\nladder = \"once\"\n"
               "[duty.period.\"05-10\"]\ndue = \"05-12 12:00\"\n[[duty]]\nid = \"x\"\n"
               "name = \"x\"\nclause = \"四(三)\"\nbasis = \"office\"\nwho = \"@all\"\n"
               "to = \"office\"\ndue = \"05-12\"");
  plan = tree.good();
  EXPECT_EQ(plan->find_duty("reply")->due.time, Seconds{17 * 3600});
  EXPECT_EQ(plan->find_duty("reply")->changes.at("2022-05-10").due->text, "05-12 12:00");
}

TEST(Load, leads_and_groups_and_all_become_units) {
  PlanTree tree;
  tree.in_plan(R"(who = ["edu", "ndrc"])", R"(who = "@leads")");
  tree.in_plan(R"(to = ["consult", "office"])", R"(to = ["@group:topic", "@lead"])");
  auto plan = tree.good();
  EXPECT_THAT(plan->find_duty("reply")->who, ElementsAre("ndrc", "water"));
  EXPECT_THAT(plan->find_duty("reply")->to, ElementsAre("water", "@lead"));
  EXPECT_THAT(plan->find_unit("water")->groups, ElementsAre("topic"));
}

TEST(Load, supporters_are_all_in_a_led_clause_but_its_reporter) {
  PlanTree tree;
  tree.in_plan(R"(who = ["edu", "ndrc"])", "who = \"@support\"\nby = \"clause\"");
  const auto plan = tree.good();
  const auto& duty = *plan->find_duty("reply");
  EXPECT_TRUE(duty.by_clause);
  EXPECT_EQ(duty.units_of_clause.size(), 1U);
  EXPECT_THAT(duty.units_of_clause.at("1.2"), ElementsAre("edu", "water"));
  EXPECT_THAT(duty.who, ElementsAre("edu", "water"));
}

TEST(Load, a_ladder_becomes_stages_with_the_key_as_written) {
  PlanTree tree;
  const auto plan = tree.good();
  const auto& ladder = *plan->ladder_of(*plan->find_duty("table"));
  std::vector<std::string> keys;
  for (const auto& stage : ladder.stages) keys.push_back(stage.key);
  EXPECT_THAT(keys, ElementsAre("remind -5wd 09:00", "remind -3wd 09:00", "due 0d 09:00",
                                "overdue +1wd 14:00", "escalate +2wd 09:00"));
  EXPECT_TRUE(ladder.skip_made_up);
  EXPECT_TRUE(ladder.stages[3].after_checked);
  EXPECT_EQ(ladder.stages[4].audience, Audience::leader);
  EXPECT_EQ(plan->ladder_of(*plan->find_duty("meeting")), nullptr);
}

TEST(Load, a_changed_period_is_kept_under_its_full_id) {
  PlanTree tree;
  const auto plan = tree.good();
  const auto& changes = plan->find_duty("table")->changes;
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes.at("2022-09").excused, "与年度小结合并");
}

TEST(Load, a_date_still_to_be_set_keeps_its_bounds) {
  PlanTree tree;
  const auto plan = tree.good();
  const auto& duty = *plan->find_duty("meeting");
  EXPECT_TRUE(duty.due.is_undecided());
  EXPECT_EQ(duty.decide_by, make_day(2022, 5, 10));
  EXPECT_EQ(duty.bounds.from, make_day(2022, 6, 1));
  EXPECT_EQ(duty.bounds.to, make_day(2022, 6, 30));
}

TEST(Load, milestones_and_actions_are_duties_that_happen_once) {
  PlanTree tree;
  tree.append("plans/p/tasks.toml", R"toml(
[[milestone]]
id = "roads"
unit = "water"
clause = "1.1"
name = "打通断头路"
due = "09-15"
[[action]]
id = "visit-1"
name = "答复委员意见"
clause = "三(二)"
source = "5月视察"
who = ["edu"]
due = "meeting.held +15wd"
closes = "书面答复"
)toml");
  auto plan = tree.good();
  const auto* milestone = plan->find_duty("roads");
  ASSERT_NE(milestone, nullptr);
  EXPECT_EQ(milestone->basis, Basis::unit);
  EXPECT_EQ(milestone->clause, "二(一)1");
  EXPECT_THAT(milestone->who, ElementsAre("water"));
  EXPECT_THAT(milestone->to, ElementsAre("office"));
  EXPECT_EQ(plan->ladder_of(*milestone)->id, "once");
  const auto* action = plan->find_duty("visit-1");
  ASSERT_NE(action, nullptr);
  EXPECT_EQ(action->source, "5月视察");
  EXPECT_EQ(action->closes, "书面答复");
  EXPECT_EQ(milestone->origin, Origin::milestone);
  EXPECT_EQ(milestone->task, "1.1");
  EXPECT_EQ(action->origin, Origin::action);
  EXPECT_EQ(action->task, "");
  EXPECT_EQ(plan->find_duty("table")->origin, Origin::duty);
}

TEST(Load, an_action_may_be_owed_to_somebody_else) {
  PlanTree tree;
  tree.append("plans/p/tasks.toml", R"toml(
[[action]]
id = "visit-1"
name = "答复委员意见"
clause = "1.2"
source = "5月视察"
who = ["edu", "water"]
to = "consult"
due = "07-15"
)toml");
  auto plan = tree.good();
  const auto* action = plan->find_duty("visit-1");
  ASSERT_NE(action, nullptr);
  EXPECT_THAT(action->to, ElementsAre("consult"));
  EXPECT_THAT(action->who, ElementsAre("edu", "water"));
  EXPECT_EQ(action->task, "1.2");
  EXPECT_EQ(action->clause, "二(一)2");
}

TEST(Load, only_actions_may_be_answered_not_ours_unless_the_file_says_so) {
  PlanTree tree;
  tree.in_plan("due = \"25 17:00\"\n", "due = \"25 17:00\"\nnot_ours = true\n");
  tree.append("plans/p/tasks.toml", R"toml(
[[milestone]]
id = "roads"
unit = "water"
clause = "1.1"
name = "打通断头路"
due = "09-15"
[[action]]
id = "a"
name = "x"
clause = "1.1"
source = "y"
who = "edu"
due = "09-15"
[[action]]
id = "b"
name = "x"
clause = "1.1"
source = "y"
who = "edu"
due = "09-15"
not_ours = false
)toml");
  auto plan = tree.good();
  EXPECT_TRUE(plan->find_duty("table")->not_ours);
  EXPECT_FALSE(plan->find_duty("reply")->not_ours);
  EXPECT_FALSE(plan->find_duty("roads")->not_ours);
  EXPECT_TRUE(plan->find_duty("a")->not_ours);
  EXPECT_FALSE(plan->find_duty("b")->not_ours);
}

TEST(Load, a_milestone_must_say_which_of_a_clauses_tasks_it_means) {
  PlanTree tree;
  tree.in_tasks("clause = \"二(一)2\"", "clause = \"二(一)1\"");
  tree.append("plans/p/tasks.toml", R"toml(
[[milestone]]
id = "roads"
unit = "water"
clause = "二(一)1"
name = "打通断头路"
due = "09-15"
)toml");
  auto wrong = tree.only();
  EXPECT_EQ(wrong.code, "unknown-clause");
  EXPECT_THAT(wrong.mend.chinese, HasSubstr("1.1、1.2"));
}

TEST(Load, an_action_that_nobody_knows_the_source_of_is_a_warning) {
  PlanTree tree;
  tree.append("plans/p/tasks.toml",
              "[[action]]\nid = \"a\"\nname = \"x\"\nclause = \"1.1\"\nwho = \"edu\"\n"
              "due = \"09-15\"\n");
  auto loaded = tree.load();
  ASSERT_TRUE(loaded.plans.at(0).plan);
  ASSERT_EQ(loaded.plans.at(0).diagnostics.size(), 1U);
  EXPECT_EQ(loaded.plans.at(0).diagnostics.at(0).code, "no-source");
}

TEST(Load, what_is_asked_close_together_on_purpose_names_two_duties_and_why) {
  PlanTree tree;
  tree.in_plan("requests = 2\n",
               "requests = 2\nclose = [{ duties = [\"table\", \"reply\"], why = \"两件事\" }]\n");
  auto plan = tree.good();
  ASSERT_EQ(plan->budget.close.size(), 1U);
  EXPECT_EQ(plan->budget.close.front().second, "reply");
  PlanTree unknown;
  unknown.in_plan("requests = 2\n",
                  "requests = 2\nclose = [{ duties = [\"table\", \"repli\"], why = \"x\" }]\n");
  EXPECT_EQ(unknown.only().code, "unknown-duty");
  PlanTree one;
  one.in_plan("requests = 2\n",
              "requests = 2\nclose = [{ duties = \"table\", why = \"x\" }]\n");
  EXPECT_EQ(one.only().code, "bad-value");
}

TEST(Load, contacts_keep_the_order_of_their_channels) {
  PlanTree tree;
  auto plan = tree.good();
  EXPECT_THAT(plan->find_contact("edu-liaison")->endpoints, ElementsAre("edu-liaison/1", "shared"));
  EXPECT_TRUE(plan->find_endpoint("shared")->group);
  EXPECT_EQ(plan->find_endpoint("edu-liaison/1")->address, "a@edu.example.org");
}

TEST(Load, a_contact_says_within_which_time_it_must_be_reached) {
  using namespace std::chrono_literals;
  PlanTree tree;
  EXPECT_EQ(tree.good()->find_contact("edu-liaison")->within, 0s);
  const std::string written = "\"mail:a@edu.example.org\", \"@shared\"]\n";
  auto write = [&](PlanTree& edited, const std::string& within) {
    edited.in_units(written, written + "within = \"" + within + "\"\n");
  };
  auto read = [&](const std::string& within) {
    PlanTree edited;
    write(edited, within);
    return edited.good()->find_contact("edu-liaison")->within;
  };
  EXPECT_EQ(read("2h"), 2h);
  EXPECT_EQ(read("10m"), limits::within_at_least);
  EXPECT_EQ(read("3d"), limits::within_at_most);
  for (const auto* wrong : {"9m", "73h", "soon", ""}) {
    PlanTree edited;
    write(edited, wrong);
    EXPECT_EQ(edited.only().code, "bad-value") << wrong;
  }
}

TEST(Load, what_is_reached_by_a_chat_is_a_group_whether_or_not_it_says_so) {
  PlanTree tree;
  tree.write();
  auto options = tree.options();
  options.chats = {"mail"};
  auto loaded = load(options);
  ASSERT_NE(loaded.plans.at(0).plan, nullptr);
  EXPECT_TRUE(loaded.plans[0].plan->find_endpoint("edu-liaison/1")->group);
}

TEST(Load, one_address_written_in_two_contacts_is_one_endpoint) {
  PlanTree tree;
  tree.in_units("mail:a@water.example.org", "mail:a@ndrc.example.org");
  auto plan = tree.good();
  EXPECT_THAT(plan->find_contact("water-liaison")->endpoints, ElementsAre("ndrc-liaison/1"));
}

TEST(Load, a_private_file_adds_channels_and_stays_out_of_the_sources) {
  PlanTree tree;
  tree.put("plans/p/contacts.private.toml",
           "[[contact]]\nid = \"edu-liaison\"\nchannels = [\"chat:13900000000\"]\n");
  auto loaded = tree.load();
  EXPECT_THAT(PlanTree::all(loaded), IsEmpty());
  const auto& plan = *loaded.plans.at(0).plan;
  EXPECT_THAT(plan.find_contact("edu-liaison")->endpoints,
              ElementsAre("edu-liaison/1", "shared", "edu-liaison/3"));
  for (const auto& [path, text] : loaded.plans[0].sources) {
    EXPECT_THAT(text, Not(HasSubstr("13900000000"))) << path;
  }
}

TEST(Load, the_digest_follows_every_file_and_not_the_folder_it_lies_in) {
  PlanTree first, second;
  auto digest = first.good()->digest;
  EXPECT_THAT(digest, ::testing::StartsWith("sha256:"));
  EXPECT_EQ(digest, second.good()->digest);
  second.append("calendars/cn.toml", "# changed\n");
  EXPECT_NE(digest, second.good()->digest);
  first.put("plans/p/stage.mustache", "{{subject}}");
  EXPECT_NE(digest, first.good()->digest);
}

TEST(Load, templates_are_read_by_name_and_those_of_the_plan_stay_with_it) {
  PlanTree tree;
  tree.put("templates/stage.mustache", "shared");
  tree.put("plans/p/stage.mustache", "own");
  auto loaded = tree.load();
  EXPECT_EQ(loaded.templates.at("stage.mustache"), "shared");
  EXPECT_EQ(loaded.plans.at(0).plan->templates.at("stage.mustache"), "own");
}

TEST(Load, a_renamed_unit_bears_the_name_of_the_day) {
  PlanTree tree;
  tree.in_units("name = \"市水务局\"", R"(names = [ { name = "长江新城管委会" },
          { name = "长江新区管委会", from = "2022-06-01" } ])");
  const auto plan = tree.good();
  const auto& unit = *plan->find_unit("water");
  EXPECT_EQ(unit.name_on(make_day(2022, 5, 31)), "长江新城管委会");
  EXPECT_EQ(unit.name_on(make_day(2022, 6, 1)), "长江新区管委会");
}

TEST(Load, byte_order_mark_and_carriage_returns_change_nothing) {
  PlanTree plain, windows;
  std::string text = "\xEF\xBB\xBF";
  for (char c : plain.text("plans/p/plan.toml")) {
    if (c == '\n') text += '\r';
    text += c;
  }
  windows.put("plans/p/plan.toml", text);
  auto expected = plain.good(), got = windows.good();
  EXPECT_EQ(got->title, expected->title);
  EXPECT_EQ(got->duties.size(), expected->duties.size());
  EXPECT_EQ(got->find_duty("table")->due, expected->find_duty("table")->due);
}

TEST(Load, one_plans_mistake_leaves_the_others_whole) {
  PlanTree tree;
  for (const auto* file : {"plan.toml", "units.toml", "tasks.toml"}) {
    tree.put(std::string{"plans/q/"} + file, tree.text(std::string{"plans/p/"} + file));
  }
  tree.in_plan("title = \"工作方案\"", "titel = \"工作方案\"");
  auto loaded = tree.load();
  ASSERT_EQ(loaded.plans.size(), 2U);
  EXPECT_EQ(loaded.plans[0].plan, nullptr);
  EXPECT_NE(loaded.plans[1].plan, nullptr);
}

TEST(Load, an_empty_plans_folder_is_an_error) {
  PlanTree tree;
  for (const auto* file : {"plan.toml", "units.toml", "tasks.toml"}) {
    tree.drop(std::string{"plans/p/"} + file);
  }
  tree.put("plans/readme.txt", "");
  auto only = tree.only();
  EXPECT_EQ(only.code, "no-plan");
}

TEST(Load, a_calendar_with_a_mistake_leaves_its_plan_out_without_a_second_word) {
  PlanTree tree;
  tree.change("calendars/cn.toml", "2022-10-09", "2022-10-10");
  auto loaded = tree.load();
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_THAT(loaded.diagnostics[0].message.chinese, HasSubstr("不是周六、周日"));
  EXPECT_THAT(loaded.plans.at(0).diagnostics, IsEmpty());
  EXPECT_EQ(loaded.plans.at(0).plan, nullptr);
}

}  // namespace
}  // namespace duban::plan
