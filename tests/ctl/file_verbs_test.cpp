#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ctl/config_tree.h"
#include "golden/golden.h"

namespace duban::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class FileVerbs : public ::testing::Test {
 protected:
  void break_ladder() {
    ConfigTree::edit(tree_.plan_file(), "ladder = \"monthly\"", "ladder = \"monthyl\"");
  }
  ConfigTree tree_;
};

TEST_F(FileVerbs, check_of_the_shipped_files_has_warnings_and_exit_0) {
  auto said = tree_.ask({"check"});
  EXPECT_EQ(said.code, well);
  EXPECT_THAT(said.out, HasSubstr("没有错误"));
  EXPECT_THAT(said.err, IsEmpty());
}

TEST_F(FileVerbs, check_shows_the_line_a_caret_and_what_was_meant_and_exits_1) {
  break_ladder();
  auto said = tree_.ask({"check"});
  EXPECT_EQ(said.code, wrong);
  EXPECT_THAT(said.out, HasSubstr("plan.toml:"));
  EXPECT_THAT(said.out, HasSubstr("^"));
  EXPECT_THAT(said.out, HasSubstr("monthly"));
  EXPECT_THAT(said.out, HasSubstr("1处错误"));
}

TEST_F(FileVerbs, a_secret_written_as_a_value_is_shown_neither_by_its_mistake_nor_by_another) {
  auto settings = ConfigTree::text(tree_.root() / "duband.toml");
  std::string mail = "\n[channel.mail]\ntype = \"smtp\"\npassword = \"Tr0ub4dor\"";
  ConfigTree::write(tree_.root() / "duband.toml", settings + mail + "\n");
  EXPECT_THAT(tree_.ask({"check"}).out, Not(HasSubstr("Tr0ub4dor")));
  EXPECT_EQ(tree_.ask({"check"}).code, wrong);
  ConfigTree::write(tree_.root() / "duband.toml", settings + mail + " ]\n");
  EXPECT_THAT(tree_.ask({"check"}).out, Not(HasSubstr("Tr0ub4dor")));
  EXPECT_THAT(tree_.ask({"status"}).err, Not(HasSubstr("Tr0ub4dor")));
}

TEST_F(FileVerbs, check_as_json_is_one_document) {
  break_ladder();
  auto said = tree_.ask({"check", "--json"});
  EXPECT_EQ(said.code, wrong);
  EXPECT_FALSE(boost::json::parse(said.out).at("diagnostics").as_array().empty());
}

TEST_F(FileVerbs, other_verbs_refuse_bad_files_with_exit_2_and_say_where) {
  break_ladder();
  for (auto verb : {"show", "agenda", "rehearse"}) {
    auto said = tree_.ask({verb});
    EXPECT_EQ(said.code, not_asked) << verb;
    EXPECT_THAT(said.err, HasSubstr("monthyl"));
    EXPECT_THAT(said.out, IsEmpty());
  }
}

TEST_F(FileVerbs, show_names_units_and_duties) {
  auto said = tree_.ask({"show"});
  EXPECT_EQ(said.code, well);
  EXPECT_THAT(said.out, HasSubstr("市教育局"));
  EXPECT_THAT(said.out, HasSubstr("5月25日(周三)17:00"));
  EXPECT_THAT(said.out, HasSubstr("责任单位 43家"));
  EXPECT_THAT(said.out, HasSubstr("任务 24项,牵头 15,责任 93"));
}

TEST_F(FileVerbs, the_agenda_of_a_unit_is_asked_by_its_name) {
  auto said = tree_.ask({"agenda", "--from", "05-01", "--to", "05-31", "--unit", "市教育局"});
  EXPECT_EQ(said.code, well);
  EXPECT_THAT(said.out, HasSubstr("5月20日(周五)9:00"));
  EXPECT_THAT(said.out, HasSubstr("月调度表"));
  EXPECT_THAT(said.out, Not(HasSubstr("6月")));
}

TEST_F(FileVerbs, a_months_agenda_is_what_the_office_reads) {
  auto said = tree_.ask({"agenda", "--from", "05-01", "--to", "05-31", "--offline"});
  EXPECT_EQ(said.code, well);
  duban::testing::expect_golden("agenda/may.txt", said.out);
}

TEST_F(FileVerbs, a_mistyped_unit_duty_or_plan_is_exit_2_with_what_was_meant) {
  auto unit = tree_.ask({"agenda", "--unit", "edux"});
  EXPECT_EQ(unit.code, not_asked);
  EXPECT_THAT(unit.err, HasSubstr("edu"));
  auto duty = tree_.ask({"agenda", "--duty", "monthly-tabel"});
  EXPECT_EQ(duty.code, not_asked);
  EXPECT_THAT(duty.err, HasSubstr("monthly-table"));
  auto plan = tree_.ask({"show", "--plan", "wuhan-2022-2"});
  EXPECT_EQ(plan.code, not_asked);
  EXPECT_THAT(plan.err, HasSubstr("wuhan-2022-1"));
}

TEST_F(FileVerbs, usage_is_exit_2_and_a_mistyped_verb_is_guessed) {
  auto said = tree_.ask({"agend"});
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, HasSubstr("“agenda”"));
  EXPECT_EQ(tree_.ask({}).code, not_asked);
  EXPECT_EQ(tree_.ask({"received", "monthly-table"}).code, not_asked);
  EXPECT_EQ(tree_.ask({"status", "--frobnicate"}).code, not_asked);
}

TEST_F(FileVerbs, every_verb_has_help_with_an_example) {
  for (auto verb : {"check", "show", "agenda", "rehearse", "diff", "status", "notices", "explain",
                    "resend",
                    "send-test", "received", "held", "checked", "void", "extend", "excuse",
                    "release", "defer", "silence", "set", "milestone", "action", "reload",
                    "clock"}) {
    auto said = tree_.ask({verb, "--help"});
    EXPECT_EQ(said.code, well) << verb;
    EXPECT_THAT(said.out, HasSubstr(std::string{"例:dubanctl "} + verb));
  }
}

TEST_F(FileVerbs, a_daemon_that_is_not_there_is_exit_3_and_said_plainly) {
  for (std::vector<std::string> words :
       {std::vector<std::string>{"status"}, {"notices"}, {"reload"}, {"clock", "accept"},
        {"received", "monthly-table", "05", "edu"}, {"release", "ntc_x"},
        {"send-test", "--unit", "edu"}}) {
    auto said = tree_.ask(words);
    EXPECT_EQ(said.code, unreachable) << words[0];
    EXPECT_THAT(said.err, HasSubstr("连不上 duband"));
  }
}

TEST_F(FileVerbs, a_rehearsal_writes_every_message_and_counts_them_by_unit) {
  auto out = tree_.root() / "year";
  auto said = tree_.ask({"rehearse", "--from", "05-01", "--to", "05-31", "--out", out.string(),
                         "--behave", "punctual"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, HasSubstr("都按时办"));
  auto lines = ConfigTree::text(out / "notices.jsonl");
  auto first = boost::json::parse(lines.substr(0, lines.find('\n')));
  auto message = std::string{first.at("message").as_string()};
  EXPECT_THAT(ConfigTree::text(out / message), HasSubstr("Message-ID"));
  EXPECT_EQ(tree_.ask({"rehearse", "--behave", "lazy"}).code, not_asked);
}

}  // namespace
}  // namespace duban::ctl
