#include "control/documents.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/shipped_plan.h"
#include "contract/store_samples.h"
#include "control/send_test.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

json::object parsed(const std::string& document) { return json::parse(document).as_object(); }

std::vector<std::string> keys_of(const json::value& value) {
  std::vector<std::string> keys;
  for (const auto& field : value.as_object()) keys.emplace_back(field.key());
  return keys;
}

class Documents : public ::testing::Test {
 protected:
  schedule::Timetable timetable_{contract::shipped_plan(), {}};
  std::vector<const schedule::Timetable*> plans_{&timetable_};
  Zones zones_{{timetable_.plan().id, timetable_.zone()}};
  json::object shown_ = parsed(show_document(plans_)).at("plans").at(0).as_object();
};

TEST_F(Documents, show_has_the_shape_that_others_read) {
  EXPECT_THAT(keys_of(shown_),
              UnorderedElementsAre("id", "title", "document", "year", "zone", "office", "phases",
                                   "units", "parties", "tasks", "duties", "lamps"));
  EXPECT_THAT(keys_of(shown_.at("units").at(0)),
              UnorderedElementsAre("id", "name", "aliases", "groups", "contacts"));
  EXPECT_THAT(keys_of(shown_.at("tasks").at(0)),
              UnorderedElementsAre("id", "clause", "text", "leads", "responsible", "reporters"));
  EXPECT_THAT(keys_of(shown_.at("duties").at(0)),
              UnorderedElementsAre("id", "name", "clause", "basis", "origin", "task", "source",
                                   "closes", "not_ours", "to", "copy", "units", "periods"));
}

TEST_F(Documents, show_says_which_dates_are_decided) {
  for (const auto& duty : shown_.at("duties").as_array()) {
    for (const auto& period : duty.at("periods").as_array()) {
      EXPECT_EQ(period.at("decided").as_bool(), !period.at("due").is_null()) << duty.at("id");
    }
  }
}

TEST_F(Documents, show_never_shows_an_address) {
  auto text = show_document(plans_);
  for (const auto& endpoint : timetable_.plan().endpoints) {
    EXPECT_EQ(text.find(endpoint.address), std::string::npos) << endpoint.id;
  }
}

TEST_F(Documents, a_row_of_the_agenda_has_every_field_and_times_with_the_plans_offset) {
  engine::AgendaRow row{.at = *parse_rfc3339("2022-05-20T01:00:00Z"),
                        .plan = timetable_.plan().id, .duty = "monthly-table",
                        .period = "2022-05", .stage = "remind -3wd 09:00",
                        .audience = Audience::liaison, .due = std::nullopt,
                        .units = {"edu"}, .state = "planned"};
  auto stage = parsed(agenda_document({row}, zones_)).at("stages").at(0);
  EXPECT_THAT(keys_of(stage), UnorderedElementsAre("at", "plan", "duty", "period", "stage",
                                                   "audience", "due", "units", "state",
                                                   "provisional"));
  EXPECT_EQ(stage.at("at").as_string(), "2022-05-20T09:00:00+08:00");
  EXPECT_TRUE(stage.at("due").is_null());
}

TEST_F(Documents, a_diagnostic_without_a_place_has_null_for_it) {
  Diagnostics diagnostics{{Severity::warning, {"a.toml", 0, 0}, "code", alike("message"), {}}};
  auto one = parsed(check_document(diagnostics)).at("diagnostics").at(0);
  EXPECT_THAT(keys_of(one), UnorderedElementsAre("severity", "file", "line", "column", "code",
                                                 "message", "mend"));
  EXPECT_TRUE(one.at("line").is_null());
  EXPECT_TRUE(one.at("mend").is_null());
  EXPECT_EQ(one.at("severity").as_string(), "warning");
}

TEST_F(Documents, a_notice_names_its_endpoint_and_never_an_address) {
  ledger::NoticeView view;
  view.plan = timetable_.plan().id;
  view.notice = contract::notice("ntc_1", {contract::item_key("edu")});
  view.notice.head.contact.clear();
  view.attempts.push_back({contract::moment(), AttemptOutcome::retry, Reason::timed_out, "", ""});
  auto notice = parsed(notices_document({view}, plans_)).at("notices").at(0);
  EXPECT_TRUE(notice.at("contact").is_null());
  EXPECT_EQ(notice.at("endpoint").as_string(), "zongban-mail");
  EXPECT_THAT(keys_of(notice.at("items").at(0)),
              ::testing::IsSupersetOf({"kind", "unit", "clause", "duty", "period", "stage",
                                       "audience", "telling", "due", "late"}));
  EXPECT_THAT(keys_of(notice.at("attempts").at(0)),
              UnorderedElementsAre("at", "outcome", "reason", "detail"));
  EXPECT_EQ(notice.at("attempts").at(0).at("reason").as_string(), "timed-out");
  EXPECT_EQ(notice.at("at").as_string(), "2022-03-28T08:59:50+08:00");
}

TEST_F(Documents, status_is_well_when_nothing_is_wrong) {
  engine::Status status;
  status.plans.push_back({timetable_.plan().id, std::nullopt, std::nullopt});
  auto well = parsed(status_document(status, zones_, 42));
  EXPECT_TRUE(well.at("well").as_bool());
  EXPECT_TRUE(well.at("plans").at(0).at("cursor").is_null());
  EXPECT_TRUE(well.at("plans").at(0).at("audited_at").is_null()) << "not yet";
  EXPECT_THAT(keys_of(well.at("outbox")),
              UnorderedElementsAre("drafted", "queued", "retrying", "failed", "oldest_at"));
  EXPECT_TRUE(well.at("ledger").at("bytes").is_null()) << "in no file";
  EXPECT_TRUE(well.at("next").is_null());
  status.plans.front().audited_at = contract::moment();
  status.problems.push_back({"clock-step", alike("m"), {}});
  auto unwell = parsed(status_document(status, zones_, 42));
  EXPECT_FALSE(unwell.at("well").as_bool());
  EXPECT_TRUE(unwell.at("problems").at(0).at("mend").is_null());
  EXPECT_EQ(unwell.at("plans").at(0).at("audited_at").as_string(), "2022-03-28T08:59:50+08:00");
}

TEST_F(Documents, status_says_what_waits_and_how_far_the_calendars_reach) {
  engine::Status status;
  const auto id = timetable_.plan().id;
  status.plans.push_back({id, std::nullopt, std::nullopt});
  status.ledger_bytes = 4096;
  status.now = contract::moment(60);
  status.pulses.push_back({.id = id, .next = contract::moment(9), .calendar_years = 2});
  status.pulses.push_back({.id = "other",
                           .next = contract::moment(7),
                           .oldest_pending = contract::moment()});
  auto shown = parsed(status_document(status, zones_, 42));
  EXPECT_EQ(shown.at("outbox").at("oldest_at").as_string(), "2022-03-28T08:59:50+08:00");
  EXPECT_EQ(shown.at("next").as_string(), "2022-03-28T08:59:57+08:00");
  EXPECT_EQ(shown.at("now").as_string(), "2022-03-28T09:00:50+08:00");
  EXPECT_EQ(shown.at("ledger").at("bytes").as_int64(), 4096);
  EXPECT_EQ(shown.at("calendars").at(0).at("years_left").as_int64(), 2);
  EXPECT_EQ(shown.at("calendars").at(1).at("plan").as_string(), "other");
}

TEST_F(Documents, an_error_says_how_to_mend_it) {
  const engine::Refusal refusal{"unknown-unit", {"没有单位", "no unit"}, {"改正", "mend it"}};
  auto error = parsed(error_document(refusal, Tongue::english)).at("error");
  EXPECT_THAT(keys_of(error), UnorderedElementsAre("code", "message", "mend"));
  EXPECT_EQ(error.at("message").as_string(), "no unit");
  EXPECT_EQ(parsed(error_document(refusal, Tongue::chinese)).at("error").at("mend").as_string(),
            "改正");
}

TEST_F(Documents, a_rehearsed_line_is_a_notice_with_its_message) {
  ledger::NoticeView view{.plan = timetable_.plan().id,
                          .notice = contract::notice("ntc_1", {contract::item_key("edu")})};
  auto line = rehearsed_line(view, plans_, "mail/ntc_1.eml");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(parsed(line).at("message").as_string(), "mail/ntc_1.eml");
}

}  // namespace
}  // namespace duban::control
