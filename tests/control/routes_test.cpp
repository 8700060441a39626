#include "control/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "control/daemon_desk.h"

namespace duban::control {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RoutesOfDaemon : public ::testing::Test {
 protected:
  DaemonDesk desk_;
};

TEST_F(RoutesOfDaemon, each_document_is_served_at_its_path) {
  for (auto [path, word] : {std::pair{"show", "\"plans\""}, std::pair{"agenda", "\"stages\""},
                            std::pair{"notices", "\"notices\""}, std::pair{"status", "\"well\""}}) {
    auto reply = desk_.ask("GET", std::string{"/api/v1/"} + path);
    EXPECT_EQ(reply.status, 200U) << path << reply.body;
    EXPECT_THAT(reply.body, HasSubstr(word));
  }
}

TEST_F(RoutesOfDaemon, an_unknown_path_is_404_with_the_one_that_was_meant) {
  auto reply = desk_.ask("GET", "/api/v1/agend");
  EXPECT_EQ(reply.status, 404U);
  EXPECT_THAT(reply.body, HasSubstr("/api/v1/agenda"));
  EXPECT_EQ(desk_.ask("GET", "/etc/passwd").status, 404U);
}

TEST_F(RoutesOfDaemon, another_method_is_405) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/show").status, 405U);
  EXPECT_EQ(desk_.ask("GET", "/api/v1/facts").status, 405U);
  EXPECT_EQ(desk_.ask("DELETE", "/api/v1/status").status, 405U);
}

TEST_F(RoutesOfDaemon, an_unknown_parameter_is_refused) {
  EXPECT_EQ(desk_.ask("GET", "/api/v1/agenda?form=05-01").status, 400U);
}

TEST_F(RoutesOfDaemon, a_span_of_the_agenda_of_a_unit_by_its_chinese_name) {
  auto reply = desk_.ask(
      "GET", "/api/v1/agenda?from=05-01&to=05-31&unit=%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"units\":[\"edu\"]"));
  EXPECT_THAT(reply.body, Not(HasSubstr("2022-06")));
}

TEST_F(RoutesOfDaemon, what_happened_is_recorded_with_who_said_so) {
  auto reply = desk_.ask("POST", "/api/v1/facts",
                         R"({"kind":"received","duty":"monthly-table","period":"2022-05",)"
                         R"("units":["edu"],"at":"16:40"})");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("2022-05-25T16:40:00+08:00"));
  EXPECT_THAT(reply.body, HasSubstr("\"by\":\"alice\""));
}

TEST_F(RoutesOfDaemon, a_wrong_entry_is_voided_by_naming_it_again) {
  std::string about = R"("duty":"monthly-table","period":"2022-05","units":["edu"]})";
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 404U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"received",)" + about).status, 200U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 200U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 404U);
}

TEST_F(RoutesOfDaemon, a_time_that_has_not_come_is_400_and_records_nothing) {
  auto reply = desk_.ask("POST", "/api/v1/facts",
                         R"({"kind":"received","duty":"monthly-table","period":"2022-05",)"
                         R"("units":["edu"],"at":"18:00"})");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_THAT(desk_.ask("GET", "/api/v1/agenda?unit=edu&duty=monthly-table").body,
              Not(HasSubstr("answered")));
}

TEST_F(RoutesOfDaemon, a_draft_that_is_not_there_cannot_be_released_put_off_or_sent_again) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/release", R"({"notice":"ntc_x"})").status, 409U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/defer", R"({"notice":"ntc_x","until":"05-27"})").status,
            409U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/resend", R"({"notice":"ntc_x"})").status, 404U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/release", "{}").status, 400U);
}

TEST_F(RoutesOfDaemon, reload_takes_the_files) {
  auto reply = desk_.ask("POST", "/api/v1/reload");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"taken\":[\"wuhan-2022-1\"]"));
}

TEST_F(RoutesOfDaemon, a_test_goes_to_the_unit_that_was_named) {
  auto reply = desk_.ask("POST", "/api/v1/send-test", R"({"unit":"市教育局"})");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(desk_.sender.asked, "wuhan-2022-1/edu/alice");
  EXPECT_EQ(desk_.ask("POST", "/api/v1/send-test", R"({"unit":"nobody"})").status, 404U);
}

TEST_F(RoutesOfDaemon, a_clock_that_is_not_held_cannot_be_accepted) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/clock/accept").status, 409U);
}

}  // namespace
}  // namespace duban::control
