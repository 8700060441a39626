// `milestone` and `action` on the shipped plan.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ctl/config_tree.h"

namespace duban::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OnceVerbs : public ::testing::Test {
 protected:
  std::filesystem::path tasks() const { return tree_.plan_folder() / "tasks.toml"; }
  std::string now() const { return ConfigTree::text(tasks()); }
  ConfigTree::Said milestone(std::vector<std::string> words) const {
    words.insert(words.begin(), "milestone");
    return tree_.ask(std::move(words));
  }
  ConfigTree::Said add_metro(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"--unit", "武汉地铁集团", "--clause", "2.2b",
                                   "--name", "12号线开工", "--due", "06-30"};
    words.insert(words.end(), more.begin(), more.end());
    return milestone(std::move(words));
  }
  ConfigTree::Said add_action(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"action", "--source", "6月10日协商会议定",
                                   "--clause", "2.2a", "--who", "市交通运输局", "市城建局",
                                   "--name", "答复断头路的意见", "--due", "2022-07-15",
                                   "--closes", "书面答复委员"};
    words.insert(words.end(), more.begin(), more.end());
    return tree_.ask(std::move(words));
  }

  ConfigTree tree_;
  std::string before_ = now();
};

TEST_F(OnceVerbs, a_milestone_is_written_as_the_file_writes_and_shown_as_a_diff) {
  auto said = add_metro();
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("+[[milestone]]\n+id     = \"2.2b-1\"\n"
                                        "+unit   = \"metro\"\n+clause = \"2.2b\"\n"
                                        "+name   = \"12号线开工\"\n+due    = \"06-30\"\n"),
                              HasSubstr("duband 没有应答")));
  EXPECT_EQ(tree_.ask({"check"}).code, well);
  EXPECT_EQ(now().size() - before_.size(), std::string{R"(
[[milestone]]
id     = "2.2b-1"
unit   = "metro"
clause = "2.2b"
name   = "12号线开工"
due    = "06-30"
)"}.size());
  EXPECT_THAT(add_metro().out, HasSubstr("+id     = \"2.2b-2\"\n"));
  EXPECT_THAT(tree_.ask({"show"}).out, AllOf(HasSubstr("节点 2项"), HasSubstr("12号线开工")));
}

TEST_F(OnceVerbs, an_action_names_its_source_and_several_units_by_what_people_call_them) {
  auto said = add_action();
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(now(), HasSubstr(R"([[action]]
id     = "2.2a-1"
name   = "答复断头路的意见"
clause = "2.2a"
source = "6月10日协商会议定"
who    = ["transport", "construction"]
due    = "07-15"
closes = "书面答复委员"
)"));
  EXPECT_EQ(tree_.ask({"check"}).code, well);
}

TEST_F(OnceVerbs, a_dry_run_shows_and_changes_nothing) {
  auto said = add_metro({"--dry-run"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("+[[milestone]]"), HasSubstr("没有改")));
  EXPECT_EQ(now(), before_);
}

TEST_F(OnceVerbs, a_known_one_is_changed_in_place) {
  ASSERT_EQ(add_metro().code, well);
  auto lines = std::ranges::count(now(), '\n');
  auto said = milestone({"12号线开工", "--due", "07-15", "--name", "12号线全线开工"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(now(), AllOf(HasSubstr("due    = \"07-15\""), HasSubstr("12号线全线开工")));
  EXPECT_EQ(std::ranges::count(now(), '\n'), lines);
  EXPECT_THAT(milestone({"2.2b-1", "--due", "07-15"}).out, HasSubstr("已经是这样"));
  ASSERT_EQ(add_action().code, well);
  EXPECT_EQ(tree_.ask({"action", "2.2a-1", "--who", "water"}).code, well);
  EXPECT_THAT(now(), HasSubstr("who    = \"water\"\n"));
}

TEST_F(OnceVerbs, what_would_not_check_changes_nothing) {
  EXPECT_EQ(add_metro({"--id", "不行"}).code, not_asked);
  auto impossible =
      milestone({"--unit", "metro", "--clause", "2.2b", "--name", "x", "--due", "06-31"});
  EXPECT_EQ(impossible.code, not_asked);
  EXPECT_EQ(now(), before_);
}

TEST_F(OnceVerbs, what_is_wrong_is_said_with_its_mend) {
  auto said = [&](std::vector<std::string> words) {
    auto answer = tree_.ask(std::move(words));
    EXPECT_EQ(answer.code, not_asked);
    EXPECT_EQ(now(), before_);
    return answer.err;
  };
  EXPECT_THAT(said({"milestone", "--unit", "metro"}),
              AllOf(HasSubstr("--clause、--name、--due"), HasSubstr("--help")));
  EXPECT_THAT(said({"milestone", "--unit", "市水物局", "--clause", "2.2b", "--name", "x", "--due",
                    "06-30"}),
              HasSubstr("市水务局"));
  EXPECT_THAT(said({"milestone", "--unit", "metro", "--clause", "二(二)2", "--name", "x", "--due",
                    "06-30"}),
              HasSubstr("2.2a"));
  EXPECT_THAT(said({"milestone", "--unit", "metro", "--clause", "2.2z", "--name", "x", "--due",
                    "06-30"}),
              HasSubstr("没有任务"));
  EXPECT_THAT(said({"milestone", "summary", "--due", "06-30"}), HasSubstr("dubanctl set summary"));
  EXPECT_THAT(said({"milestone", "nothing", "--due", "06-30"}), HasSubstr("没有事项"));
  EXPECT_THAT(said({"milestone", "--unit", "metro", "--clause", "2.2b", "--due", "06-30", "--name",
                    "a\nb"}),
              HasSubstr("一行"));
}

TEST_F(OnceVerbs, an_id_is_not_given_twice_and_never_changes) {
  ASSERT_EQ(add_metro().code, well);
  EXPECT_THAT(add_metro({"--id", "2.2b-1"}).err, HasSubstr("--id"));
  EXPECT_THAT(add_metro({"--id", "summary"}).err, HasSubstr("已经有"));
  EXPECT_THAT(milestone({"2.2b-1", "--id", "other"}).err, HasSubstr("不能改"));
  EXPECT_THAT(milestone({"2.2b-1", "--dry-run"}).err, HasSubstr("没有写改什么"));
  EXPECT_THAT(tree_.ask({"action", "2.2b-1", "--due", "06-30"}).err,
              HasSubstr("dubanctl milestone 2.2b-1"));
}

TEST_F(OnceVerbs, an_action_may_stand_on_a_clause_that_is_no_task) {
  auto said = tree_.ask({"action", "--source", "5月视察", "--clause", "三(二)", "--who", "water",
                         "--to", "市政协提案委", "--name", "答复", "--due", "07-15"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(now(), AllOf(HasSubstr("id     = \"action-1\""), HasSubstr("clause = \"三(二)\""),
                           HasSubstr("to     = \"proposals-committee\"")));
}

TEST_F(OnceVerbs, without_words_they_list_what_there_is) {
  EXPECT_THAT(milestone({}).out, HasSubstr("没有节点"));
  ASSERT_EQ(add_metro().code, well);
  ASSERT_EQ(add_action().code, well);
  EXPECT_THAT(milestone({}).out, AllOf(HasSubstr("2.2b-1"), HasSubstr("武汉地铁集团"),
                                       HasSubstr("6月30日(周四)"), Not(HasSubstr("断头路"))));
  EXPECT_THAT(tree_.ask({"action"}).out,
              AllOf(HasSubstr("6月10日协商会议定"), HasSubstr("书面答复委员")));
  auto document = boost::json::parse(tree_.ask({"action", "--json"}).out).as_object();
  const auto& one = document.at("actions").as_array().at(0).as_object();
  EXPECT_EQ(one.at("units").as_array().size(), 2U);
  EXPECT_EQ(one.at("due").as_string(), "2022-07-15T23:59:59+08:00");
  EXPECT_TRUE(one.at("done").is_null()) << "nobody answered";
}

TEST_F(OnceVerbs, the_json_says_what_was_done) {
  auto document = boost::json::parse(add_metro({"--json"}).out).as_object();
  EXPECT_EQ(document.at("id").as_string(), "2.2b-1");
  EXPECT_TRUE(document.at("added").as_bool());
  EXPECT_TRUE(document.at("changed").as_bool());
  EXPECT_FALSE(document.at("reloaded").as_bool());
  EXPECT_GT(document.at("diff").as_array().size(), 6U);
  auto dry = boost::json::parse(add_metro({"--json", "--dry-run"}).out).as_object();
  EXPECT_FALSE(dry.at("changed").as_bool());
}

}  // namespace
}  // namespace duban::ctl
