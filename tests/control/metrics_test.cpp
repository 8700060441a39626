#include "control/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/version.h"

namespace duban::control {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Instant now = *parse_rfc3339("2022-05-25T17:30:00+08:00");

Measured sample() {
  Measured measured;
  measured.pulse.started = true;
  measured.pulse.now = now;
  measured.pulse.plans.push_back({.id = "wuhan-2022-1",
                                  .advanced = now - Seconds{90},
                                  .next = now + Seconds{600},
                                  .oldest_pending = now - Seconds{42},
                                  .drafted = 3,
                                  .pending = 2,
                                  .calendar_years = 1});
  measured.pulse.problems = {"endpoint-failing"};
  measured.pulse.ledger_bytes = 4096;
  measured.pulse.reloads = {.taken = 2, .kept = 1, .last_was_taken = false};
  measured.tally.notices[{"mail", NoticeState::delivered, Reason::accepted}] = 7;
  measured.tally.attempts[{"mail", AttemptOutcome::retry, Reason::timed_out}] = 5;
  measured.commits.buckets.front() = 2;
  measured.commits.buckets.back() = 1;
  measured.commits.sum = 6.5;
  measured.channels = {"mail"};
  measured.process_start = now;
  measured.beats = 4;
  measured.last_beat = now;
  return measured;
}

bool has_line(const std::string& page, const std::string& line) {
  return page.starts_with(line + "\n") || page.contains("\n" + line + "\n");
}

TEST(Metrics, each_thing_that_is_measured_has_its_line) {
  auto page = exposition(sample());
  for (const auto* line : {
           R"(duban_notices_total{channel="mail",outcome="delivered",reason="accepted"} 7)",
           R"(duban_attempts_total{channel="mail",outcome="retry",reason="timed-out"} 5)",
           R"(duban_notices_pending{plan="wuhan-2022-1"} 2)",
           R"(duban_notices_drafted{plan="wuhan-2022-1"} 3)",
           R"(duban_oldest_pending_seconds{plan="wuhan-2022-1"} 42)",
           R"(duban_plan_since_advance_seconds{plan="wuhan-2022-1"} 90)",
           R"(duban_plan_next_wakeup_timestamp_seconds{plan="wuhan-2022-1"} 1653471600)",
           R"(duban_plan_overdue_seconds{plan="wuhan-2022-1"} 0)",
           R"(duban_calendar_years_left{plan="wuhan-2022-1"} 1)",
           "duban_ledger_size_bytes 4096",
           R"(duban_ledger_commit_seconds_bucket{le="0.001"} 2)",
           R"(duban_ledger_commit_seconds_bucket{le="5"} 2)",
           R"(duban_ledger_commit_seconds_bucket{le="+Inf"} 3)",
           "duban_ledger_commit_seconds_sum 6.5",
           "duban_ledger_commit_seconds_count 3",
           R"(duban_reloads_total{outcome="taken"} 2)",
           R"(duban_reloads_total{outcome="kept"} 1)",
           "duban_reload_last_successful 0",
           R"(duban_heartbeats_total{outcome="heard"} 4)",
           "duban_heartbeat_last_heard_timestamp_seconds 1653471000",
           "duban_live 1",
           "duban_ready 1",
           R"(duban_problem{code="endpoint-failing"} 1)",
           "duban_problems 1",
           "process_start_time_seconds 1653471000",
       }) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
  EXPECT_THAT(page, HasSubstr("duban_build_info{version=\"" + std::string{version()} + "\"} 1\n"));
}

TEST(Metrics, an_alert_sees_the_first_failure_of_a_channel) {
  auto page = exposition(sample());
  EXPECT_TRUE(has_line(
      page, R"(duban_notices_total{channel="mail",outcome="failed",reason="tries-exhausted"} 0)"));
}

TEST(Metrics, what_is_unknown_has_no_sample) {
  auto measured = sample();
  auto& plan = measured.pulse.plans.front();
  plan.next.reset();
  plan.advanced.reset();
  plan.oldest_pending.reset();
  auto page = exposition(measured);
  EXPECT_THAT(page, Not(HasSubstr("duban_plan_next_wakeup_timestamp_seconds{")));
  EXPECT_THAT(page, Not(HasSubstr("duban_plan_since_advance_seconds{")));
  EXPECT_TRUE(has_line(page, R"(duban_oldest_pending_seconds{plan="wuhan-2022-1"} 0)"));
}

TEST(Metrics, a_label_is_escaped) {
  auto measured = sample();
  measured.pulse.problems = {"a\"b\\c\nd"};
  EXPECT_TRUE(has_line(exposition(measured), R"(duban_problem{code="a\"b\\c\nd"} 1)"));
}

TEST(Metrics, every_family_has_its_help_and_type_before_its_samples) {
  std::istringstream lines{exposition(sample())};
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      family = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(line.ends_with('.')) << line;
    } else if (line.starts_with("# TYPE ")) {
      EXPECT_THAT(line, HasSubstr(" " + family + " "));
    } else {
      EXPECT_TRUE(line.starts_with(family)) << line;
    }
  }
}

// What the rules are about is what this page says: written where tests/e2e checks the rules too.
TEST(Metrics, every_name_in_the_shipped_rules_is_on_the_page) {
  auto page = exposition(sample());
  std::ifstream file{std::string{DUBAN_SOURCE_DIR} + "/systemd/prometheus/duban.rules.yml"};
  ASSERT_TRUE(file);
  std::string rules{std::istreambuf_iterator<char>{file}, {}};
  std::size_t found = 0;
  for (auto at = rules.find("duban_"); at != std::string::npos; at = rules.find("duban_", at)) {
    auto end = rules.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at);
    auto name = rules.substr(at, end - at);
    bool known = page.contains("\n" + name + " ") || page.contains("\n" + name + "{");
    EXPECT_TRUE(known) << "the rules name " << name;
    ++found;
    at = end;
  }
  EXPECT_GT(found, 5U);
}

}  // namespace
}  // namespace duban::control
