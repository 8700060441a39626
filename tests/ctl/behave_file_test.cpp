// rehearse --behave FILE: a year in which some behave otherwise than the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

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

TEST_F(BehaveFile, a_file_that_is_not_there_is_said_with_the_ways_there_are) {
  auto said = tree_.ask({"rehearse", "--behave", "nowhere.toml"});
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, AllOf(HasSubstr("nowhere.toml"), HasSubstr("punctual")));
}

}  // namespace
}  // namespace duban::ctl
