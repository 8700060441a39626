// The rows of a rehearsed table read as a unit's, and go on from month to month.
#include "engine/played_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/tree.h"

namespace duban::engine {
namespace {

using schedule::SubmittedRow;
using ::testing::ContainsRegex;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class PlayedRows : public ::testing::Test {
 protected:
  /// Of every reporter's monthly table, by unit and clause in the order of the months.
  using Year = std::map<std::pair<std::string, std::string>, std::vector<SubmittedRow>>;
  Year year(std::uint64_t seed) const {
    Year year;
    for (const auto& one : schedule::assignments(timetable_, {}, timetable_.begins())) {
      if (one.key.duty != "monthly-table" || !one.due) continue;
      for (auto& row : played_rows(timetable_, one, seed)) {
        year[{one.key.unit, row.clause}].push_back(std::move(row));
      }
    }
    return year;
  }
  /// All rows of a year that are not 无变化.
  std::vector<SubmittedRow> said(std::uint64_t seed = 2022) const {
    std::vector<SubmittedRow> rows;
    for (auto& [key, months] : year(seed)) {
      std::ranges::copy_if(months, std::back_inserter(rows),
                           [](const SubmittedRow& row) { return !row.unchanged; });
    }
    return rows;
  }

  std::shared_ptr<const plan::Plan> plan_ =
      read_tree(DUBAN_SOURCE_DIR "/config/duband.toml").plans.at(0).plan;
  schedule::Timetable timetable_{plan_, {}};
};

TEST_F(PlayedRows, AreTheSameForASeedAndOthersForAnother) {
  EXPECT_EQ(year(7), year(7));
  EXPECT_NE(year(7), year(8));
}

TEST_F(PlayedRows, SayWhatWasDoneInFigures) {
  constexpr std::size_t characters_at_most = 80, bytes_of_one = 3;
  for (const auto& row : said()) {
    EXPECT_THAT(row.progress, ContainsRegex("[0-9]")) << row.clause;
    EXPECT_LE(row.progress.size(), characters_at_most * bytes_of_one) << row.progress;
    EXPECT_NE(row.state, RowState::unsaid);
  }
}

TEST_F(PlayedRows, AProblemComesWithBeingBehindAndAWishHasWhomWhatAndWhen) {
  std::size_t wishes = 0;
  auto rows = said();
  for (const auto& row : rows) {
    EXPECT_EQ(row.problem.empty(), row.state != RowState::behind) << row.progress;
    bool whole = row.asks_whom.empty() == row.asks_what.empty() &&
                 row.asks_what.empty() == row.asks_by.empty();
    EXPECT_TRUE(whole) << row.problem;
    if (row.asks_whom.empty()) continue;
    ++wishes;
    EXPECT_THAT(row.problem, Not(IsEmpty()));
    EXPECT_THAT(row.asks_by, MatchesRegex("[0-9]+月[0-9]+日前"));
    bool known = std::ranges::find(plan_->units, row.asks_whom, &plan::Unit::name) !=
                     plan_->units.end() ||
                 row.asks_whom == plan_->office.name;
    EXPECT_TRUE(known) << row.asks_whom;
  }
  EXPECT_GT(wishes, 3U);
  EXPECT_LT(wishes, rows.size() / 5) << "sometimes";
}

TEST_F(PlayedRows, WhatIsDoneStaysDoneAndIsToldOnce) {
  std::size_t done = 0;
  for (const auto& [key, months] : year(2022)) {
    auto told = std::ranges::find(months, RowState::done, &SubmittedRow::state);
    if (told == months.end()) continue;
    ++done;
    EXPECT_TRUE(std::all_of(told + 1, months.end(), [](const auto& row) { return row.unchanged; }))
        << key.first << " " << key.second;
  }
  EXPECT_GT(done, 3U);
}

TEST_F(PlayedRows, SomeMonthsHaveNoNewsButNeverTheFirst) {
  std::size_t all = 0, unchanged = 0;
  for (const auto& [key, months] : year(2022)) {
    EXPECT_FALSE(months.front().unchanged);
    all += months.size();
    unchanged += static_cast<std::size_t>(
        std::ranges::count(months, true, &SubmittedRow::unchanged));
  }
  EXPECT_GT(unchanged, all / 6);
  EXPECT_LT(unchanged, all / 2);
}

TEST_F(PlayedRows, EveryStateIsThereAndMostAreOnTrack) {
  std::map<RowState, std::size_t> states;
  auto rows = said();
  for (const auto& row : rows) ++states[row.state];
  EXPECT_GT(states[RowState::on_track], rows.size() / 2);
  for (auto state : {RowState::done, RowState::behind, RowState::undated}) {
    EXPECT_GT(states[state], 0U) << to_word(state);
  }
}

}  // namespace
}  // namespace duban::engine
