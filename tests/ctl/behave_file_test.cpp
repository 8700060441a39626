// rehearse --behave FILE: a year in which some behave otherwise than the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "base/limits.h"
#include "ctl/config_tree.h"

namespace duban::ctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class BehaveFile : public testing::Test {
 protected:
  ConfigTree::Said rehearse(const std::string& text) {
    ConfigTree::write(file_, text);
    return tree_.ask({"rehearse", "--out", out_.string(), "--behave", file_.string()});
  }

  // The units to which a duty's stages of a kind were told, in the period.
  std::vector<std::string> told(const std::string& duty, const std::string& period,
                                const std::string& stage) const {
    std::vector<std::string> units;
    std::istringstream lines{ConfigTree::text(out_ / "notices.jsonl")};
    for (std::string line; std::getline(lines, line);) {
      for (const auto& item : boost::json::parse(line).at("items").as_array()) {
        auto is = [&](const char* key, std::string_view word) {
          return item.at(key).is_string() && item.at(key).as_string() == word;
        };
        bool it = is("duty", duty) && is("period", period) && is("audience", "liaison") &&
                  item.at("stage").is_string() && item.at("stage").as_string().starts_with(stage);
        if (it) units.emplace_back(item.at("unit").as_string());
      }
    }
    return units;
  }

  ConfigTree tree_;
  std::filesystem::path file_ = tree_.root() / "behave.toml";
  std::filesystem::path out_ = tree_.root() / "year";
};

TEST_F(BehaveFile, one_who_never_hands_in_among_punctual_ones_is_the_only_one_chased) {
  auto said = rehearse(R"(
rest = "punctual"
[[event]]
what = "nothing"
duty = "monthly-table"
period = "05"
units = ["市教育局"]
)");
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, HasSubstr("behave.toml 办"));
  EXPECT_THAT(told("monthly-table", "2022-05", "overdue"), ElementsAre("edu"));
  EXPECT_THAT(told("monthly-table", "2022-06", "overdue"), IsEmpty());
}

TEST_F(BehaveFile, what_happens_ends_the_chase_at_its_time) {
  auto said = rehearse(R"(
rest = "punctual"
[[event]]
what = "received"
duty = "monthly-table"
period = "2022-05"
units = ["edu", "water"]
at = "05-26 10:00"
[[event]]
what = "nothing"
duty = "monthly-table"
period = "2022-05"
units = ["health", "medicare"]
[[event]]
what = "extended"
duty = "monthly-table"
period = "2022-05"
units = ["health"]
at = "05-25 10:00"
until = "05-31 17:00"
[[event]]
what = "excused"
duty = "monthly-table"
period = "2022-07"
at = "07-01 09:00"
why = "防汛期间免报"
)");
  ASSERT_EQ(said.code, well) << said.err;
  EXPECT_THAT(told("monthly-table", "2022-05", "due"), testing::IsSupersetOf({"edu", "water"}));
  EXPECT_THAT(told("monthly-table", "2022-05", "overdue"),
              UnorderedElementsAre("medicare", "health"));
  EXPECT_THAT(told("monthly-table", "2022-07", "remind"), IsEmpty());
}

TEST_F(BehaveFile, every_mistake_is_told_at_its_place) {
  auto said = rehearse(R"(rest = "lazy"
[[event]]
what = "recieved"
duty = "monthly-table"
[[event]]
what = "received"
duty = "monthly-tabel"
at = "05-26"
[[event]]
what = "received"
duty = "monthly-table"
period = "2022-05"
units = ["edu"]
[[event]]
what = "extended"
duty = "monthly-table"
period = "2022-05"
units = ["nobody-at-all"]
at = "05-26"
until = "05-20"
)");
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, AllOf(HasSubstr("behave.toml:1:8"), HasSubstr("behave.toml:3:8"),
                              HasSubstr("behave.toml:7:8"), HasSubstr("monthly-table”"),
                              HasSubstr("behave.toml:9:"), HasSubstr("at = "),
                              HasSubstr("behave.toml:18:"), HasSubstr("behave.toml:20:9")));
  EXPECT_FALSE(std::filesystem::exists(out_ / "notices.jsonl"));
}

std::string manners(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "[[manner]]\nhands_in = \"last-day\"\n";
  return text;
}

TEST_F(BehaveFile, the_shipped_sample_is_a_bad_year_that_comes_again_to_the_byte) {
  auto sample = ConfigTree::text(DUBAN_SOURCE_DIR "/config/samples/behaviour.toml");
  auto said = rehearse(sample);
  ASSERT_EQ(said.code, well) << said.err;
  auto year = ConfigTree::text(out_ / "notices.jsonl");
  for (const auto* period : {"2022-04", "2022-05", "2022-06", "2022-07"}) {
    auto late = told("monthly-table", period, "overdue");
    EXPECT_THAT(late, testing::Contains("investment")) << period << ": never";
    EXPECT_THAT(late, testing::Not(testing::Contains("edu"))) << period << ": early";
  }
  EXPECT_THAT(told("monthly-table", "2022-05", "overdue"),
              testing::IsSupersetOf({"medicare", "port", "market"}));
  EXPECT_THAT(year, AllOf(HasSubstr("\"correction\""), HasSubstr("\"answer\"")));
  std::filesystem::remove_all(out_);
  ASSERT_EQ(rehearse(sample).code, well);
  EXPECT_EQ(ConfigTree::text(out_ / "notices.jsonl"), year);
  std::filesystem::remove_all(out_);
  auto at = sample.find("seed = 2022");
  ASSERT_NE(at, std::string::npos);
  ASSERT_EQ(rehearse(sample.replace(at, 11, "seed = 2023")).code, well);
  EXPECT_NE(ConfigTree::text(out_ / "notices.jsonl"), year);
}

TEST_F(BehaveFile, a_share_is_drawn_of_those_whom_no_manner_names) {
  auto said = rehearse(R"(
rest = "punctual"
[[manner]]
share = 0.5
duties = ["月调度表"]
hands_in = "never"
[[manner]]
units = ["edu"]
hands_in = "early"
)");
  ASSERT_EQ(said.code, well) << said.err;
  auto late = told("monthly-table", "2022-05", "overdue");
  EXPECT_THAT(late.size(), AllOf(testing::Gt(4U), testing::Lt(20U)));
  EXPECT_THAT(late, testing::Not(testing::Contains("edu")));
  EXPECT_EQ(told("monthly-table", "2022-06", "overdue"), late) << "the same ones all year";
  EXPECT_THAT(told("summary", "2022", "overdue"), IsEmpty());
}

TEST_F(BehaveFile, every_mistake_in_a_manner_is_told_at_its_place) {
  auto said = rehearse(R"(seed = -1
[[manner]]
hands_in = "sometimes"
units = ["市教育居"]
[[manner]]
share = 1.5
by = "1wd"
duties = ["月调渡表"]
[[manner]]
hands_in = "late"
by = "4wd..1wd"
asks = "often"
units = ["edu"]
share = 0.1
)");
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, AllOf(HasSubstr("behave.toml:1:8"), HasSubstr("behave.toml:3:12"),
                              HasSubstr("behave.toml:4:10"), HasSubstr("市教育局"),
                              HasSubstr("behave.toml:6:9"), HasSubstr("behave.toml:7:6"),
                              HasSubstr("behave.toml:8:11")));
  EXPECT_THAT(said.err, AllOf(HasSubstr("behave.toml:11:6"), HasSubstr("1wd..4wd"),
                              HasSubstr("behave.toml:12:8"), HasSubstr("只能写一个")));
}

TEST_F(BehaveFile, manners_have_a_bound) {
  EXPECT_EQ(rehearse(manners(limits::behaviour_manners)).code, well);
  auto said = rehearse(manners(limits::behaviour_manners + 1));
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, HasSubstr(std::to_string(limits::behaviour_manners) + "个"));
}

TEST_F(BehaveFile, a_file_that_is_not_there_is_said_with_the_ways_there_are) {
  auto said = tree_.ask({"rehearse", "--behave", "nowhere.toml"});
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, AllOf(HasSubstr("nowhere.toml"), HasSubstr("punctual")));
}

}  // namespace
}  // namespace duban::ctl
