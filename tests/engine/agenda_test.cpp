#include "engine/agenda.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "contract/shipped_plan.h"
#include "schedule/draft_time.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Agenda : public ::testing::Test {
 protected:
  Instant at(std::string_view day, Seconds time) const {
    return timetable_.zone().to_instant(*parse_day(day) + time);
  }
  std::vector<AgendaRow> rows(const AgendaFilter& filter = {}) const {
    return agenda(timetable_, record_, now_, filter);
  }
  std::vector<AgendaRow> may(const std::string& unit = {}) const {
    auto all = rows({.from = {}, .to = {}, .unit = unit, .duty = "monthly-table"});
    std::erase_if(all, [](const AgendaRow& row) { return row.period != "2022-05"; });
    return all;
  }
  static std::vector<std::string_view> states(const std::vector<AgendaRow>& rows) {
    std::vector<std::string_view> states;
    for (const auto& row : rows) states.push_back(row.state);
    return states;
  }
  void in_force(Instant since) {
    schedule::Fact fact;
    fact.kind = FactKind::in_force;
    fact.at = since;
    for (const auto& duty : timetable_.plan().duties) apply_in_force(fact, duty.id, "");
    for (const auto& unit : timetable_.plan().units) apply_in_force(fact, "", unit.id);
    apply_in_force(fact, "", "");
  }
  void record(FactKind kind, const std::string& unit, Instant when,
              std::optional<Instant> time = std::nullopt) {
    schedule::Fact fact;
    fact.seq = ++seq_;
    fact.kind = kind;
    fact.about = {"monthly-table", "2022-05", unit, ""};
    fact.at = when;
    fact.recorded_at = when;
    fact.time = time;
    record_.apply(fact);
  }
  void tell(const std::string& unit, const std::string& stage, Instant when, Instant due,
            NoticeState ending) {
    schedule::Item item;
    item.key = {{"monthly-table", "2022-05", unit, ""}, ItemKind::stage, stage,
                Audience::liaison, 1};
    item.planned_at = when;
    item.due = due;
    schedule::NoticeHead head{.id = "ntc_" + unit + stage, .endpoint = "e", .channel = "c",
                              .contact = "", .queued_at = when, .expires_at = {},
                              .items = {item.key}};
    record_.apply(head, {item});
    record_.end_notice(head.id, ending, Reason::accepted, when);
  }

  schedule::Timetable timetable_{contract::shipped_plan(), {}};
  schedule::Record record_;
  Instant now_ = at("2026-11-24", Seconds{0});

 private:
  void apply_in_force(schedule::Fact fact, const std::string& duty, const std::string& unit) {
    fact.seq = ++seq_;
    fact.about = {duty, "", unit, ""};
    record_.apply(fact);
  }
  std::int64_t seq_ = 0;
};

TEST_F(Agenda, without_a_record_every_stage_of_every_dated_occurrence_is_planned) {
  std::size_t stages = 0;
  for (std::size_t i = 0; i < timetable_.occurrences().size(); ++i) {
    stages += timetable_.stages_of(i).size();
    stages += schedule::draft_at(timetable_, i) ? 1U : 0U;
  }
  auto all = rows();
  EXPECT_THAT(all, SizeIs(stages));
  EXPECT_THAT(states(all), Each("planned"));
}

TEST_F(Agenda, a_row_carries_the_units_in_the_documents_order) {
  auto all = may();
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_THAT(all[0].units, SizeIs(28));
  const auto& units = timetable_.plan().units;
  std::vector<std::string> sorted;
  for (const auto& unit : units) {
    if (std::ranges::find(all[0].units, unit.id) != all[0].units.end()) sorted.push_back(unit.id);
  }
  EXPECT_EQ(all[0].units, sorted);
}

TEST_F(Agenda, rows_are_in_the_order_of_time_with_the_ladders_instants) {
  auto all = may();
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(all[0].stage, "remind -3wd 09:00");
  EXPECT_EQ(all[0].at, at("2022-05-20", Seconds{9 * 3600}));
  EXPECT_EQ(all[2].at, at("2022-05-26", Seconds{14 * 3600}));
  EXPECT_EQ(all[3].audience, Audience::leader);
  EXPECT_EQ(all[3].due, at("2022-05-25", Seconds{17 * 3600}));
}

TEST_F(Agenda, what_the_office_owes_speaks_to_the_office) {
  auto all = rows({.from = {}, .to = {}, .unit = {}, .duty = "monthly-dispatch"});
  ASSERT_FALSE(all.empty());
  EXPECT_THAT(all, Each(Field(&AgendaRow::audience, Audience::office)));
  EXPECT_THAT(all, Each(Field(&AgendaRow::units, ElementsAre("office"))));
}

TEST_F(Agenda, both_days_of_the_span_are_included) {
  auto day = *parse_day("2022-05-20");
  auto all = rows({.from = day, .to = day, .unit = {}, .duty = "monthly-table"});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].stage, "remind -3wd 09:00");
  auto before = day - std::chrono::days{1};
  EXPECT_THAT(rows({.from = before, .to = before, .unit = {}, .duty = "monthly-table"}), IsEmpty());
}

TEST_F(Agenda, a_unit_that_handed_in_is_answered_and_the_others_stay_planned) {
  now_ = at("2022-05-19", Seconds{0});
  in_force(at("2022-03-14", Seconds{0}));
  record(FactKind::received, "edu", now_);
  EXPECT_THAT(states(may("edu")), Each("answered"));
  auto others = may();
  EXPECT_THAT(states(others), Contains("planned"));
  for (const auto& row : others) {
    if (row.state == "planned") {
      EXPECT_THAT(row.units, SizeIs(27));
    }
  }
}

TEST_F(Agenda, an_excused_unit_is_silent) {
  now_ = at("2022-05-19", Seconds{0});
  in_force(at("2022-03-14", Seconds{0}));
  record(FactKind::excused, "edu", now_);
  EXPECT_THAT(states(may("edu")), Each("silent"));
}

TEST_F(Agenda, an_extension_moves_the_stages_of_its_unit_alone) {
  now_ = at("2022-05-19", Seconds{0});
  in_force(at("2022-03-14", Seconds{0}));
  record(FactKind::extended, "edu", now_, at("2022-05-27", Seconds{17 * 3600}));
  auto moved = may("edu");
  ASSERT_THAT(moved, SizeIs(4));
  EXPECT_EQ(moved[1].at, at("2022-05-27", Seconds{9 * 3600}));
  EXPECT_EQ(moved[1].due, at("2022-05-27", Seconds{17 * 3600}));
  EXPECT_EQ(may("water")[1].at, at("2022-05-25", Seconds{9 * 3600}));
}

TEST_F(Agenda, what_was_told_has_its_notices_state_and_stands_once) {
  now_ = at("2022-05-21", Seconds{0});
  in_force(at("2022-03-14", Seconds{0}));
  tell("edu", "remind -3wd 09:00", at("2022-05-20", Seconds{9 * 3600}),
       at("2022-05-25", Seconds{17 * 3600}), NoticeState::delivered);
  EXPECT_THAT(states(may("edu")), ElementsAre("delivered", "planned", "planned", "planned"));
}

TEST_F(Agenda, a_missed_stage_behind_a_newer_one_told_is_superseded) {
  now_ = at("2022-05-25", Seconds{12 * 3600});
  in_force(at("2022-03-14", Seconds{0}));
  tell("edu", "due 0d 09:00", at("2022-05-25", Seconds{9 * 3600}),
       at("2022-05-25", Seconds{17 * 3600}), NoticeState::delivered);
  EXPECT_THAT(states(may("edu")), ElementsAre("superseded", "delivered", "planned", "planned"));
}

TEST_F(Agenda, what_was_told_stays_when_its_stage_has_left_the_ladder) {
  now_ = at("2022-05-21", Seconds{0});
  in_force(at("2022-03-14", Seconds{0}));
  tell("edu", "remind -4wd 09:00", at("2022-05-19", Seconds{9 * 3600}),
       at("2022-05-25", Seconds{17 * 3600}), NoticeState::failed);
  auto all = may("edu");
  EXPECT_EQ(all[0].state, "failed");
  EXPECT_EQ(all[0].stage, "remind -4wd 09:00");
}

}  // namespace
}  // namespace duban::engine
