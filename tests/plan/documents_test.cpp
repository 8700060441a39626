// `document` of a duty, and the [[heading]] tables of tasks.toml.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const char* const dispatch = R"(form = "dispatch", of = "table", draft = "-2wd 10:00")";

std::string duty_with(const std::string& document, const std::string& who = "\"office\"",
                      const std::string& every = "month",
                      const std::string& due = "table.due +5wd") {
  return fmt::format(R"toml(
[[duty]]
id = "paper"
name = "月调度通报"
clause = "四(三)"
basis = "office"
who = {}
to = "consult"
every = "{}"
within = "{}"
due = "{}"
ladder = "none"
document = {{ {} }}
)toml",
                     who, every, every == "quarter" ? "Q2..Q3" : "04..10", due, document);
}

struct Tree : PlanTree {
  explicit Tree(const std::string& duty) { append("plans/p/plan.toml", duty); }
};

// What load() says of one document, and what stands at its place.
void expect_refused(const std::string& duty, const std::string& code, const std::string& under,
                    const std::string& mend) {
  Tree tree{duty};
  auto only = tree.only();
  EXPECT_EQ(only.code, code) << duty;
  EXPECT_THAT(tree.under(only), ::testing::StartsWith(under)) << duty;
  EXPECT_THAT(only.mend.chinese, HasSubstr(mend)) << duty;
  EXPECT_THAT(only.mend.english, HasSubstr(mend)) << duty;
}

TEST(Documents, a_duty_of_the_office_says_which_and_when) {
  Tree tree{duty_with(R"(form = "dispatch", of = "table", draft = " -2wd   10:00 ")")};
  auto plan = tree.good();
  ASSERT_TRUE(plan);
  const auto& document = plan->find_duty("paper")->document;
  ASSERT_TRUE(document);
  EXPECT_EQ(document->form, Form::dispatch);
  EXPECT_EQ(document->of, "table");
  EXPECT_EQ(document->key, "draft -2wd 10:00");
  EXPECT_EQ(document->draft.count, -2);
  EXPECT_FALSE(plan->find_duty("table")->document);
}

TEST(Documents, a_briefing_is_of_a_quarter_and_a_register_of_any_time) {
  Tree briefing{duty_with(R"(form = "briefing", of = "table", draft = "0d 09:00")", "\"office\"",
                          "quarter", "7th-wd")};
  EXPECT_EQ(briefing.good()->find_duty("paper")->document->form, Form::briefing);
  Tree list{duty_with(R"(form = "register", of = "table", draft = "-1d 09:00")", "\"office\"",
                      "quarter", "7th-wd")};
  EXPECT_EQ(list.good()->find_duty("paper")->document->form, Form::register_);
}

TEST(Documents, what_is_wrong_with_one_is_said_at_its_place) {
  expect_refused(duty_with(dispatch, "\"edu\""), "bad-value", "{ form", "who = \"office\"");
  expect_refused(duty_with(R"(form = "dispatch", of = "tabel", draft = "-2wd 10:00")"),
                 "unknown-duty", "\"tabel\"", "table");
  expect_refused(duty_with(R"(form = "dispatch", of = "meeting", draft = "-2wd 10:00")"),
                 "unknown-duty", "\"meeting\"", "table");
  expect_refused(duty_with(R"(form = "dispach", of = "table", draft = "-2wd 10:00")"), "bad-value",
                 "\"dispach\"", "dispatch");
  expect_refused(duty_with(R"(form = "dispatch", of = "table", draft = "+1wd 10:00")"),
                 "bad-value", "\"+1wd 10:00\"", "-2wd 10:00");
  expect_refused(duty_with(R"(form = "dispatch", of = "table", draft = "-2wx")"), "due-form",
                 "\"-2wx\"", "");
  expect_refused(duty_with(dispatch, "\"office\"", "month", "none"), "due-form", "{ form", "due");
}

TEST(Documents, a_missing_part_is_named) {
  for (const auto* document : {R"(of = "table", draft = "-2wd 10:00")",
                               R"(form = "dispatch", draft = "-2wd 10:00")",
                               R"(form = "dispatch", of = "table")"}) {
    Tree tree{duty_with(document)};
    EXPECT_EQ(tree.only().code, "missing-key") << document;
  }
}

TEST(Documents, recur_as_what_they_tell_of) {
  expect_refused(duty_with(dispatch, "\"office\"", "quarter", "7th-wd"), "bad-value", "{ form",
                 "every");
  expect_refused(duty_with(R"(form = "briefing", of = "table", draft = "-2wd 10:00")"),
                 "bad-value", "{ form", "quarter");
}

std::string heading(const std::string& name, const std::string& tasks) {
  return fmt::format("[[heading]]\nname = \"{}\"\ntasks = [{}]\n", name, tasks);
}

struct Headed : PlanTree {
  explicit Headed(const std::string& text) { append("plans/p/tasks.toml", text); }
};

TEST(Headings, hold_tasks_in_their_order) {
  Headed tree{heading("交通同网", "\"1.2\"") + heading("规划同编", "\"1.1\"")};
  auto plan = tree.good();
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->headings.size(), 2U);
  EXPECT_EQ(plan->headings[0].name, "交通同网");
  EXPECT_THAT(plan->headings[0].tasks, ElementsAre("1.2"));
  EXPECT_THAT(plan->headings[1].tasks, ElementsAre("1.1"));
}

TEST(Headings, what_is_wrong_with_one_is_said_at_its_place) {
  Headed unknown{heading("交通同网", "\"1.1\", \"1.3\"")};
  auto only = unknown.only();
  EXPECT_EQ(only.code, "unknown-clause");
  EXPECT_THAT(unknown.under(only), HasSubstr("\"1.3\""));
  Headed twice{heading("交通同网", "\"1.1\"") + heading("规划同编", "\"1.1\"")};
  only = twice.only();
  EXPECT_EQ(only.code, "twice-used");
  EXPECT_EQ(only.message, (Bilingual{"“1.1”已在“交通同网”之下",
                                     "“1.1” already stands under “交通同网”"}));
  EXPECT_EQ(Headed{heading("交通同网", "")}.only().code, "bad-value");
  Headed same{heading("交通同网", "\"1.1\"") + heading("交通同网", "\"1.2\"")};
  EXPECT_EQ(same.only().code, "twice-used");
}

TEST(Headings, are_bounded) {
  std::string tasks, headings;
  for (std::size_t i = 0; i <= limits::headings; ++i) {
    tasks += fmt::format("[[task]]\nid = \"x{}\"\nclause = \"x\"\nname = \"x\"\ntext = \"x\"\n"
                         "responsible = [\"edu\"]\n",
                         i);
    if (i < limits::headings) headings += heading(fmt::format("h{}", i), fmt::format("\"x{}\"", i));
  }
  EXPECT_THAT(Headed{tasks + headings}.codes(), IsEmpty());
  Headed one_more{tasks + headings + heading("last", "\"1.1\"")};
  EXPECT_EQ(one_more.only().code, "too-many");
}

}  // namespace
}  // namespace duban::plan
