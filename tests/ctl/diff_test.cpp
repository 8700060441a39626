#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "ctl/config_tree.h"
#include "ctl/diff_screen.h"
#include "golden/golden.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Diff : public ::testing::Test {
 protected:
  ConfigTree::Said between(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"diff", before_.root().string(), after_.root().string()};
    words.insert(words.end(), more.begin(), more.end());
    return before_.ask(words);
  }
  ConfigTree before_, after_;
};

TEST_F(Diff, two_trees_that_are_the_same_are_exit_0) {
  auto said = between();
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, HasSubstr("一样"));
}

TEST_F(Diff, a_due_day_moved_is_read_on_one_screen) {
  ConfigTree::edit(after_.plan_file(), "due    = \"25 17:00\"", "due    = \"20 17:00\"");
  auto said = between();
  EXPECT_EQ(said.code, wrong) << said.err;
  // Of all files of the tree: another one with every edit of a comment.
  std::string screen = std::regex_replace(said.out, std::regex{"校验码 [0-9a-f]{12}\\n"},
                                          "校验码 ………\n");
  EXPECT_NE(screen, said.out);
  duban::testing::expect_golden("diff/due-day.txt", screen);
}

TEST_F(Diff, a_tree_is_its_folder_or_its_settings_file) {
  auto said = before_.ask({"diff", before_.settings_file().string(), after_.root().string()});
  EXPECT_EQ(said.code, well) << said.err;
}

TEST_F(Diff, mistakes_in_either_tree_are_shown_and_exit_2) {
  ConfigTree::edit(after_.plan_file(), "ladder = \"monthly\"", "ladder = \"monthyl\"");
  auto said = between();
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, HasSubstr("monthyl"));
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_EQ(before_.ask({"diff", after_.root().string()}).code, not_asked);
  EXPECT_EQ(before_.ask({"diff", "/nowhere", after_.root().string()}).code, not_asked);
}

TEST_F(Diff, without_a_daemon_the_running_cannot_be_asked) {
  for (std::vector<std::string> words :
       {std::vector<std::string>{"diff"}, {"diff", after_.root().string()},
        {"reload", "--if", "0123456789ab"}}) {
    auto said = before_.ask(words);
    EXPECT_EQ(said.code, unreachable) << words[0];
    EXPECT_THAT(said.err, HasSubstr("连不上 duband"));
  }
}

TEST_F(Diff, more_than_two_trees_are_no_question) {
  EXPECT_EQ(before_.ask({"diff", "a", "b", "c"}).code, not_asked);
}

// A small effect, as the daemon says it.
json::object effect() {
  return json::parse(R"({
    "id":"p","year":2022,"from":"2022-07-04T10:00:00+08:00","from_the_beginning":false,
    "messages":{"before":3,"after":4},
    "all":{"told_again":{"items":2,"notices":2,"units":2},"moved":{"items":1,"notices":1,"units":1},
           "added":{"items":0,"notices":0,"units":0},"gone":{"items":0,"notices":0,"units":0},
           "rerouted":{"items":0,"notices":0,"units":0},
           "reworded":{"items":0,"notices":0,"units":0},"units":2},
    "duties":[{"id":"t","name":"月表","period":"2022-07",
               "due":{"before":"2022-07-25T17:00:00+08:00","after":"2022-07-20T17:00:00+08:00"},
               "told_again":{"items":2},"moved":{"items":1},"units":2}],
    "weeks":[{"id":"2022-W27","first":"2022-07-04","last":"2022-07-10",
              "messages":{"before":0,"after":2},"told_again":{"items":2},"moved":{"items":0}},
             {"id":"2022-W28","first":"2022-07-11","last":"2022-07-17",
              "messages":{"before":0,"after":1},"told_again":{"items":0},"moved":{"items":1}}],
    "months":[],
    "units":[{"id":"a","name":"甲局","messages":{"before":1,"after":2}},
             {"id":"b","name":"乙局","messages":{"before":2,"after":2}}],
    "breaches":{
      "before":[{"unit":"a","name":"甲局","month":"2022-08","what":"requests","count":3,"budget":2},
                {"unit":"b","name":"乙局","month":"2022-07","what":"pre_due","count":3,"budget":2}],
      "after":[{"unit":"a","name":"甲局","month":"2022-07","what":"pre_due","count":3,"budget":2},
               {"unit":"a","name":"甲局","month":"2022-09","what":"pre_due","count":4,"budget":2},
               {"unit":"b","name":"乙局","month":"2022-07","what":"pre_due","count":3,"budget":2}]},
    "changes":[
      {"change":"told_again","kind":"change","duty":"t","period":"2022-07","unit":"a",
       "audience":"liaison","before":null,
       "after":{"at":"2022-07-04T10:00:00+08:00","stage":null,"due":"2022-07-20T17:00:00+08:00",
                "was_due":"2022-07-25T17:00:00+08:00"}},
      {"change":"told_again","kind":"change","duty":"t","period":"2022-07","unit":"b",
       "audience":"liaison","before":null,
       "after":{"at":"2022-07-04T10:00:00+08:00","stage":null,"due":"2022-07-20T17:00:00+08:00",
                "was_due":"2022-07-25T17:00:00+08:00"}},
      {"change":"moved","kind":"stage","duty":"t","period":"2022-07","unit":"a",
       "audience":"leader",
       "before":{"at":"2022-07-27T09:00:00+08:00","stage":"escalate +2wd 09:00",
                 "due":"2022-07-25T17:00:00+08:00"},
       "after":{"at":"2022-07-15T09:00:00+08:00","stage":"escalate +2wd 09:00",
                "due":"2022-07-20T17:00:00+08:00"}}]})").as_object();
}

TEST(DiffScreen, the_summary_and_then_everything) {
  std::ostringstream out, err;
  Console console{out, err};
  print_effect(effect(), true, console);
  duban::testing::expect_golden("diff/all.txt", out.str());
  EXPECT_EQ(counts_of(effect()), "再告知2条、改时间1条");
}

}  // namespace
}  // namespace duban::ctl
