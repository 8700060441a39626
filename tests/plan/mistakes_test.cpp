// Each mistake a person can make in a plan: one diagnostic, at its place, with its mend.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/limits.h"
#include "plan/load.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

// A replacement in one file and what must come of it.
struct Mistake {
  std::string name, file, from, to, code, under, message, mend;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class Mistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, gives_one_diagnostic_at_its_place_with_its_mend) {
  const auto& mistake = GetParam();
  PlanTree tree;
  tree.change(mistake.file, mistake.from, mistake.to);
  auto only = tree.only();
  EXPECT_EQ(only.code, mistake.code);
  EXPECT_THAT(only.message.chinese, HasSubstr(mistake.message));
  EXPECT_THAT(only.mend.chinese, HasSubstr(mistake.mend));
  if (!mistake.under.empty()) {
    EXPECT_THAT(tree.under(only), StartsWith(mistake.under));
  }
}

const std::string plan_toml = "plans/p/plan.toml";
const std::string units_toml = "plans/p/units.toml";
const std::string tasks_toml = "plans/p/tasks.toml";
const std::string cn_toml = "calendars/cn.toml";

std::string name_of(const ::testing::TestParamInfo<Mistake>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    of_ids, Mistakes,
    ::testing::Values(
        Mistake{"unknown_unit_in_who", plan_toml, R"(["edu", "ndrc"])", R"(["edu", "ndcr"])",
                "unknown-unit", "\"ndcr\"", "没有“ndcr”这个单位", "“ndrc”"},
        Mistake{"unknown_receiver", plan_toml, "to = \"consult\"", "to = \"consul\"",
                "unknown-unit", "\"consul\"", "", "“consult”"},
        Mistake{"party_as_ower", plan_toml, R"(["edu", "ndrc"])", R"(["edu", "consult"])",
                "unknown-unit", "\"consult\"", "外部单位", "to"},
        Mistake{"unknown_word_for_many", plan_toml, "\"@reporters\"", "\"@reporter\"",
                "unknown-unit", "\"@reporter\"", "", "“@reporters”"},
        Mistake{"unknown_group", plan_toml, "\"@reporters\"", "\"@group:topik\"", "unknown-group",
                "\"@group:topik\"", "没有“topik”这个组", "“topic”"},
        Mistake{"unknown_ladder", plan_toml, "ladder = \"monthly\"", "ladder = \"montly\"",
                "unknown-ladder", "\"montly\"", "", "“monthly”"},
        Mistake{"unknown_duty", plan_toml, "meeting.held", "meating.held", "unknown-duty",
                "\"meating.held", "", "“meeting”"},
        Mistake{"unknown_calendar", plan_toml, "calendar = \"cn\"", "calendar = \"ch\"",
                "unknown-calendar", "\"ch\"", "", "“cn”"},
        Mistake{"unknown_host", plan_toml, "host = \"ndrc\"", "host = \"ndr\"", "unknown-unit",
                "\"ndr\"", "", "“ndrc”"},
        Mistake{"unknown_lead", tasks_toml, R"(["ndrc", "water"])", R"(["ndrc", "watr"])",
                "unknown-unit", "\"watr\"", "", "“water”"},
        Mistake{"unknown_member", units_toml, R"(members = ["water"])", R"(members = ["wter"])",
                "unknown-unit", "\"wter\"", "", "“water”"},
        Mistake{"unknown_clause", plan_toml, "clause = \"四(三)\"", "clause = \"1.3\"",
                "unknown-clause", "\"1.3\"", "", "“1.1”"},
        Mistake{"capital_letters_in_an_id", units_toml, "id = \"topic\"", "id = \"Topic\"",
                "bad-value", "\"Topic\"", "", "小写"},
        Mistake{"lead_that_is_responsible_too", tasks_toml, "lead = [\"ndrc\", \"water\"]",
                "lead = [\"ndrc\", \"edu\"]", "twice-used", "\"edu\"", "牵头单位", "删去"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    of_keys, Mistakes,
    ::testing::Values(
        Mistake{"unknown_key", plan_toml, "storm = 20", "strom = 20", "unknown-key", "strom", "",
                "“storm”"},
        Mistake{"unknown_key_of_a_unit", units_toml, "aliases =", "aliass =", "unknown-key",
                "aliass", "[[unit]]", "“aliases”"},
        Mistake{"number_in_quotes", plan_toml, "year = 2022", "year = \"2022\"", "wrong-type",
                "\"2022\"", "整数", ""},
        Mistake{"bare_date", plan_toml, "issued = \"2022-03-14\"", "issued = 2022-03-14",
                "wrong-type", "2022-03-14", "日期", "引号"},
        Mistake{"bare_number_as_due", plan_toml, "due = \"25 17:00\"", "due = 25", "wrong-type",
                "25", "整数", "引号"},
        Mistake{"missing_name", tasks_toml, "name = \"推进机制\"\n", "", "missing-key", "[[task]]",
                "name", ""},
        Mistake{"missing_due", plan_toml, "due = \"tbd\"\n", "", "missing-key", "[[duty]]", "due",
                "tbd"},
        Mistake{"missing_ladder", plan_toml, "ladder = \"monthly\"\n", "", "missing-key",
                "[[duty]]", "ladder", "none"},
        Mistake{"misspelt_table", plan_toml, "[office]\nname", "[ofice]\nname", "unknown-key", "",
                "“ofice”", "“office”"},
        Mistake{"misspelt_required_key", plan_toml, "title =", "titel =", "unknown-key", "titel",
                "", "“title”"},
        Mistake{"misspelt_every", plan_toml, "every =", "evry =", "unknown-key", "evry", "",
                "“every”"},
        Mistake{"unknown_language", plan_toml, "year = 2022", "year = 2022\nlanguage = \"fr\"",
                "bad-value", "\"fr\"", "", "en"},
        Mistake{"unknown_word", plan_toml, "every = \"month\"", "every = \"monthly\"", "bad-value",
                "\"monthly\"", "every", "“month”"},
        Mistake{"one_table_for_many", units_toml, "[[group]]", "[group]", "wrong-type", "",
                "[[group]]", ""}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    of_dates, Mistakes,
    ::testing::Values(
        Mistake{"june_31", plan_toml, "due = \"tbd\"", "due = \"06-31\"", "impossible-date",
                "\"06-31\"", "6月只有30天", "06-30"},
        Mistake{"february_29_of_2022", plan_toml, "decide_by = \"05-10\"", "decide_by = \"02-29\"",
                "impossible-date", "\"02-29\"", "2022年2月只有28天", "02-28"},
        Mistake{"issued_on_a_day_that_is_not", plan_toml, "2022-03-14", "2022-02-30",
                "impossible-date", "\"2022-02-30\"", "2月只有29天", ""},
        Mistake{"a_31st_every_month", plan_toml, "due = \"25 17:00\"", "due = \"31\"",
                "impossible-date", "\"31\"", "2022年4月只有30天", "last"},
        Mistake{"a_year_in_due", plan_toml, "due = \"tbd\"", "due = \"2022-06-15\"", "due-form",
                "\"2022-06-15\"", "不写年份", "06-15"},
        Mistake{"a_weekday_in_a_month", plan_toml, "due = \"25 17:00\"", "due = \"tue\"",
                "due-form", "\"tue\"", "every = \"month\"", "25 17:00"},
        Mistake{"a_date_in_a_month", plan_toml, "due = \"25 17:00\"", "due = \"03-31\"", "due-form",
                "\"03-31\"", "every = \"month\"", "25 17:00"},
        Mistake{"a_bad_hour", plan_toml, "due = \"25 17:00\"", "due = \"25 25:00\"", "due-form",
                "\"25 25:00\"", "钟点", "17:30"},
        Mistake{"a_bad_offset", plan_toml, "meeting.held +15wd", "meeting.held 15wd", "due-form",
                "\"meeting.held 15wd\"", "间隔", "-3wd"},
        Mistake{"unlike_recurrence", plan_toml, "due = \"25 17:00\"", "due = \"meeting.held +7wd\"",
                "due-unlike", "\"meeting.held", "同一期", "every"},
        Mistake{"held_of_a_paper", plan_toml, "ends = \"held\"\n", "", "due-form",
                "\"meeting.held", "举行", "ends = \"held\""},
        Mistake{"undecided_without_decide_by", plan_toml, "decide_by = \"05-10\"\n", "",
                "undecided", "\"tbd\"", "待定", "decide_by"},
        Mistake{"ask_by_after_due", plan_toml, "due = \"25 17:00\"",
                "due = \"25 17:00\"\nask_by = \"26\"", "bad-value", "\"26\"", "ask_by", "提前"},
        Mistake{"a_period_that_is_not", plan_toml, "[duty.period.\"09\"]", "[duty.period.\"9\"]",
                "unknown-period", "\"9\"", "", "04"},
        Mistake{"a_period_outside_within", plan_toml, "[duty.period.\"09\"]",
                "[duty.period.\"12\"]", "unknown-period", "\"12\"", "within", ""},
        Mistake{"a_period_change_that_does_not_suit", plan_toml, "excused = \"与年度小结合并\"",
                "due = \"09-20\"", "due-form", "\"09-20\"", "month", ""},
        Mistake{"a_span_backwards", plan_toml, "within = \"04..10\"", "within = \"10..04\"",
                "bad-value", "\"10..04\"", "起在止之后", ""},
        Mistake{"extend_of_a_fixed_date", plan_toml, "due = \"25 17:00\"",
                "due = \"25 17:00\"\non_day_off = \"extend\"", "due-form", "\"extend\"", "数起",
                "before"},
        Mistake{"a_holiday_that_is_worked", cn_toml, "\"2022-10-09\"", "\"2022-10-02\"",
                "bad-value", "\"2022-10-02\"", "又写了上班", ""},
        Mistake{"a_holiday_in_a_wrong_year", cn_toml, "from = \"2022-10-01\"",
                "from = \"2002-10-01\"", "bad-value", "", "2022年前后", ""}),
    name_of);

const std::string by_event = "due = \"meeting.held +15wd\"";
const std::string twice_monthly = "rrule = \"FREQ=MONTHLY;BYMONTHDAY=10,25\"";

INSTANTIATE_TEST_SUITE_P(
    of_rrules, Mistakes,
    ::testing::Values(
        Mistake{"a_rule_without_a_day", plan_toml, by_event, "rrule = \"FREQ=MONTHLY\"",
                "rrule-refused", "\"FREQ=MONTHLY\"", "哪一天", "BYMONTHDAY"},
        Mistake{"a_rule_that_libical_gets_wrong", plan_toml, by_event,
                "rrule = \"FREQ=DAILY;BYMONTHDAY=-1\"", "rrule-refused", "\"FREQ=DAILY", "libical",
                "FREQ=MONTHLY"},
        Mistake{"a_rule_beside_every", plan_toml, by_event, twice_monthly + "\nevery = \"month\"",
                "twice-used", "\"month\"", "只能写一个", "删去"},
        Mistake{"a_day_beside_a_rule", plan_toml, by_event, twice_monthly + "\ndue = \"25 17:00\"",
                "due-form", "\"25 17:00\"", "rrule", "只写钟点"},
        Mistake{"an_open_date_beside_a_rule", plan_toml, by_event,
                twice_monthly + "\ndue = \"tbd\"\ndecide_by = \"05-10\"", "due-form", "\"tbd\"",
                "rrule", "只写钟点"},
        Mistake{"an_hour_without_a_rule", plan_toml, "due = \"25 17:00\"", "due = \"17:00\"",
                "due-form", "\"17:00\"", "every = \"month\"", "25 17:00"},
        Mistake{"a_rule_about_the_period_before", plan_toml, by_event,
                twice_monthly + "\nabout = \"the period before\"", "rrule-form", "\"the period",
                "没有上一期", "删去 about"},
        Mistake{"a_span_of_months_for_a_rule", plan_toml, by_event,
                twice_monthly + "\nwithin = \"04..10\"", "due-form", "\"04..10\"", "04", "MM-DD"},
        Mistake{"a_period_of_a_rule_that_is_no_day", plan_toml,
                "due = \"meeting.held +15wd\"\nladder = \"once\"\n",
                twice_monthly + "\nladder = \"once\"\n[duty.period.\"04\"]\nexcused = \"x\"\n",
                "unknown-period", "\"04\"", "", "04-05"},
        Mistake{"a_misspelt_rule", plan_toml, by_event,
                "rule = \"FREQ=MONTHLY;BYMONTHDAY=10\"\ndue = \"17:00\"", "unknown-key", "rule", "",
                "“rrule”"},
        Mistake{"counted_from_another_rule", plan_toml, "due = \"25 17:00\"",
                "due = \"reply.due +1wd\"", "due-unlike", "\"reply.due", "同一期", "every"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    of_ladders, Mistakes,
    ::testing::Values(
        Mistake{"reminders_out_of_order", plan_toml, "[\"-5wd 09:00\", \"-3wd 09:00\"]",
                "[\"-3wd 09:00\", \"-5wd 09:00\"]", "stage-order", "\"-3wd", "之后", "先后"},
        Mistake{"same_day_out_of_order", plan_toml, "\"+2wd 09:00\"", "\"+1wd 09:00\"",
                "stage-order", "\"+1wd 14:00\"", "", ""},
        Mistake{"a_reminder_after_the_due_time", plan_toml, "remind = \"-3wd 09:00\"",
                "remind = \"+3wd 09:00\"", "stage-order", "\"+3wd", "之前", "-3wd"},
        Mistake{"a_stage_written_twice", plan_toml, "[\"-5wd 09:00\", \"-3wd 09:00\"]",
                "[\"-3wd 09:00\", \"-3wd 09:00\"]", "twice-used", "\"-3wd", "两次", ""},
        Mistake{"an_escalation_without_release", plan_toml, ", release = \"office\"", "",
                "missing-key", "{", "release", "不点不发"},
        Mistake{"a_chase_of_what_has_no_date", plan_toml,
                "due = \"meeting.held +15wd\"", "due = \"none\"", "due-form",
                "\"once\"", "从不催办",
                "去掉"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    of_contacts, Mistakes,
    ::testing::Values(
        Mistake{"unknown_channel", units_toml, "mail:a@ndrc", "mial:a@ndrc", "unknown-channel",
                "\"mial:", "“mial”", "“mail”"},
        Mistake{"unknown_channel_of_an_endpoint", units_toml, "channel = \"chat\"",
                "channel = \"chta\"", "unknown-channel", "\"chta\"", "", "“chat”"},
        Mistake{"unknown_endpoint", units_toml, "@shared", "@shard", "unknown-endpoint",
                "\"@shard\"", "", "“shared”"},
        Mistake{"unknown_unit_of_a_contact", units_toml, "unit = \"office\"", "unit = \"ofice\"",
                "unknown-unit", "\"ofice\"", "", "“office”"},
        Mistake{"no_channel_named", units_toml, "mail:a@ndrc.example.org", "a@ndrc.example.org",
                "bad-value", "\"a@ndrc", "哪个通道", "mail:"},
        Mistake{"a_blank_in_an_address", units_toml, "mail:a@ndrc", "mail:a @ndrc", "bad-address",
                "\"mail:a @ndrc", "空格", ""},
        Mistake{"a_wide_blank_in_an_address", units_toml, "mail:a@ndrc",
                "mail:a\u3000@ndrc", "bad-address", "", "空格", ""},
        Mistake{"a_line_end_in_an_address", units_toml, "mail:a@ndrc", "mail:a\\r\\nBcc:x@ndrc",
                "bad-address", "", "控制字符", ""},
        Mistake{"angle_brackets_in_an_address", units_toml, "mail:a@ndrc.example.org",
                "mail:<a@ndrc.example.org>", "bad-address", "", "尖括号", ""},
        Mistake{"a_full_width_at", units_toml, "mail:a@ndrc",
                "mail:a\uFF20ndrc", "bad-address", "", "全角", ""},
        Mistake{"nobody_to_reach", units_toml, "channels = [\"mail:a@water.example.org\"]\n", "",
                "no-contact", "\"water\"", "人工送达", "[[contact]]"},
        Mistake{"one_channel_for_the_office", units_toml, ", \"folder:desk\"", "",
                "office-endpoints", "", "1个通道", "不同通道"}),
    name_of);

struct Told {
  std::string from, to, message, mend;
};

TEST(Mistakes, are_told_in_english_too) {
  const std::vector<Told> all{
      {R"(["edu", "ndrc"])", R"(["edu", "ndcr"])", "there is no unit “ndcr”",
       "did you mean “ndrc”?"},
      {R"(["edu", "ndrc"])", R"(["edu", "consult"])", "“consult” is a party and owes nothing",
       "write a party in to or copy only"},
      {"due = \"25 17:00\"", "due = \"31\"", "Apr 2022 has only 30 days, no day 31",
       "for the last day of each period write last"},
      {"decide_by = \"05-10\"", "decide_by = \"02-29\"", "Feb has only 28 days in 2022",
       "for the end of the month write 02-28"},
      {"due = \"25 17:00\"", "due = \"meeting.held +7wd\"",
       "“meeting” has every = \"once\", this duty \"month\": their periods are not the same",
       "give both duties the same every"},
      {"[\"-5wd 09:00\", \"-3wd 09:00\"]", "[\"-3wd 09:00\", \"-5wd 09:00\"]",
       "in ladder monthly, remind -3wd 09:00 comes after remind -5wd 09:00",
       "write the stages in order of time"}};
  for (const auto& told : all) {
    PlanTree tree;
    tree.in_plan(told.from, told.to);
    auto only = tree.only();
    EXPECT_EQ(only.message.english, told.message);
    EXPECT_EQ(only.mend.english, told.mend);
  }
}

TEST(Mistakes, an_id_used_twice_names_the_first_place) {
  PlanTree tree;
  tree.append("plans/p/units.toml", "[[party]]\nid = \"edu\"\nname = \"教育会\"\n");
  auto only = tree.only();
  EXPECT_EQ(only.code, "twice-used");
  EXPECT_THAT(only.message.chinese, HasSubstr("units.toml:8"));
  EXPECT_EQ(tree.under(only), "\"edu\"");
}

TEST(Mistakes, a_unit_cannot_be_called_office) {
  PlanTree tree;
  tree.append("plans/p/units.toml", "[[unit]]\nid = \"office\"\nname = \"办\"\n");
  EXPECT_EQ(tree.only().code, "twice-used");
}

TEST(Mistakes, a_due_time_cannot_be_counted_from_what_has_none) {
  PlanTree tree;
  tree.in_plan("due = \"tbd\"", "due = \"none\"");
  tree.in_plan("meeting.held", "meeting.due");
  auto only = tree.only();
  EXPECT_EQ(only.code, "due-form");
  EXPECT_THAT(tree.under(only), StartsWith("\"meeting.due"));
}

TEST(Mistakes, stages_that_can_stand_in_order_are_not_reported) {
  PlanTree tree;
  tree.in_plan("\"+2wd 09:00\"", "\"+1d 23:00\"");
  EXPECT_THAT(tree.codes(), ::testing::IsEmpty());
}

TEST(Mistakes, an_empty_who_is_an_error_at_the_duty) {
  PlanTree tree;
  tree.in_plan(R"(who = ["edu", "ndrc"])", "who = []");
  EXPECT_EQ(tree.only().code, "empty-who");
}

TEST(Mistakes, a_task_without_units_is_an_error) {
  PlanTree tree;
  tree.in_tasks(R"(responsible = ["water", "edu"])", "responsible = []");
  EXPECT_EQ(tree.only().code, "empty-who");
}

TEST(Mistakes, a_cycle_of_relative_due_dates_is_named_once) {
  PlanTree tree;
  tree.in_plan("due = \"tbd\"", "due = \"reply.due -10wd\"");
  tree.in_plan("due = \"meeting.held +15wd\"", "due = \"meeting.due +15wd\"");
  auto only = tree.only();
  EXPECT_EQ(only.code, "due-cycle");
  EXPECT_THAT(only.message.chinese, HasSubstr("meeting → reply → meeting"));
}

TEST(Mistakes, a_duty_that_counts_from_itself_is_a_cycle) {
  PlanTree tree;
  tree.in_plan("due = \"tbd\"", "due = \"meeting.due +1d\"");
  EXPECT_THAT(tree.only().message.chinese, HasSubstr("meeting → meeting"));
}

TEST(Mistakes, a_duty_id_used_in_both_files_is_reported_where_it_stands_second) {
  PlanTree tree;
  tree.append("plans/p/tasks.toml",
              "[[milestone]]\nid = \"table\"\nunit = \"edu\"\nclause = \"1.1\"\nname = \"x\"\n"
              "due = \"09-15\"\n");
  auto only = tree.only();
  EXPECT_EQ(only.code, "twice-used");
  EXPECT_THAT(only.place.file, HasSubstr("tasks.toml"));
}

TEST(Mistakes, all_mistakes_are_told_at_once) {
  PlanTree tree;
  tree.in_plan("storm = 20", "strom = 20");
  tree.in_plan("ladder = \"monthly\"", "ladder = \"montly\"");
  tree.in_units("mail:a@ndrc", "mial:a@ndrc");
  tree.in_tasks(R"(["ndrc", "water"])", R"(["ndrc", "watr"])");
  tree.change("calendars/cn.toml", "\"2022-10-08\"", "\"2022-10-32\"");
  EXPECT_THAT(tree.codes(),
              UnorderedElementsAre("unknown-key plan.toml", "unknown-ladder plan.toml",
                                   "unknown-channel units.toml", "unknown-unit tasks.toml",
                                   "impossible-date cn.toml"));
}

TEST(Mistakes, a_syntax_error_in_units_makes_no_unit_unknown) {
  PlanTree tree;
  tree.in_units("name = \"市教育局\"", "name = 市教育局");
  EXPECT_EQ(tree.only().code, "syntax");
}

TEST(Mistakes, a_syntax_error_in_tasks_empties_no_duty) {
  PlanTree tree;
  tree.in_tasks("id = \"1.1\"", "id = “1.1”");
  auto only = tree.only();
  EXPECT_EQ(only.code, "syntax");
  EXPECT_THAT(only.mend.chinese, HasSubstr("半角"));
}

TEST(Mistakes, gb18030_is_refused_with_a_hint) {
  PlanTree tree;
  tree.put("plans/p/tasks.toml", "[[task]]\nname = \"\xCD\xC6\xBD\xF8\"\n");
  auto only = tree.only();
  EXPECT_EQ(only.code, "encoding");
  EXPECT_EQ(only.place.line, 2U);
  EXPECT_EQ(only.place.column, 9U);
  EXPECT_THAT(only.message.chinese, HasSubstr("GB18030"));
  EXPECT_THAT(only.mend.chinese, HasSubstr("UTF-8"));
}

TEST(Mistakes, a_file_over_its_bound_is_refused) {
  PlanTree tree;
  tree.append("plans/p/tasks.toml", std::string(limits::plan_file_bytes, '#'));
  EXPECT_EQ(tree.only().code, "too-large");
}

TEST(Mistakes, a_template_over_its_bound_is_refused) {
  PlanTree tree;
  tree.put("templates/stage.mustache", std::string(limits::template_bytes + 1, 'x'));
  EXPECT_EQ(tree.only().code, "too-large");
}

TEST(Mistakes, a_missing_file_is_named) {
  PlanTree tree;
  tree.drop("plans/p/tasks.toml");
  auto only = tree.only();
  EXPECT_EQ(only.code, "unreadable");
  EXPECT_THAT(only.place.file, HasSubstr("tasks.toml"));
}

TEST(Mistakes, a_misnamed_file_is_a_warning) {
  PlanTree tree;
  tree.put("plans/p/contact.private.toml", "");
  auto only = tree.only();
  EXPECT_EQ(only.severity, Severity::warning);
  EXPECT_THAT(only.mend.chinese, HasSubstr("contacts.private.toml"));
}

TEST(Mistakes, a_private_file_that_is_no_file_is_a_warning_and_the_plan_goes_on) {
  PlanTree tree;
  tree.write();
  std::filesystem::create_directory(tree.path("plans/p/contacts.private.toml"));
  auto loaded = tree.load_written();
  ASSERT_EQ(loaded.plans.at(0).diagnostics.size(), 1U);
  EXPECT_EQ(loaded.plans[0].diagnostics[0].severity, Severity::warning);
  EXPECT_NE(loaded.plans[0].plan, nullptr);
}

TEST(Mistakes, nothing_of_a_private_file_stands_in_a_diagnostic) {
  const std::string known = "[[contact]]\nid = \"edu-liaison\"\n";
  for (const auto& text : {known + "channels = [\"13900000000\"]\n",
                           known + "channels = [\"chat:139 00000000\"]\n",
                           std::string{"[[contact]]\nid = 13900000000x\n"}}) {
    PlanTree tree;
    tree.put("plans/p/contacts.private.toml", text);
    auto loaded = tree.load();
    auto found = PlanTree::all(loaded);
    ASSERT_EQ(found.size(), 1U) << text;
    auto shown = format_with_caret(found[0], loaded.plans[0].sources[found[0].place.file]);
    EXPECT_THAT(shown, Not(HasSubstr("139"))) << text;
  }
}

}  // namespace
}  // namespace duban::plan
