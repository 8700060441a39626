// What an audit found, as an office reads it and as the log has it.
#include "engine/finding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace duban::engine {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

Finding at_no_time(std::string notice) { return {FindingKind::never_due, {}, std::move(notice)}; }

TEST(Findings, AreNamedUpToAFewAndCountedBeyond) {
  plan::Plan plan;
  std::vector<Finding> found;
  for (std::size_t i = 1; i <= limits::audit_named; ++i) {
    found.push_back(at_no_time("ntc_" + std::to_string(i)));
  }
  auto words = words_of(found, plan);
  for (const auto& one : found) {
    EXPECT_THAT(words.chinese, HasSubstr(words_of(one, plan).chinese));
    EXPECT_THAT(words.english, HasSubstr(words_of(one, plan).english));
  }
  EXPECT_THAT(words.chinese, Not(HasSubstr("等")));
  found.push_back(at_no_time("ntc_last"));
  auto count = std::to_string(limits::audit_named + 1);
  EXPECT_EQ(words_of(found, plan).chinese, words.chinese + "等" + count + "处");
  EXPECT_EQ(words_of(found, plan).english, words.english + "; " + count + " in all");
}

TEST(Findings, OfOneAuditFillTheLogUpToItsBoundAndNoFurther) {
  constexpr std::size_t line = limits::audit_log_bytes / 256;
  auto bare = log_lines({at_no_time("")}).size();
  std::vector<Finding> found(256, at_no_time(std::string(line - bare, 'x')));
  auto all = log_lines(found);
  EXPECT_EQ(all.size(), limits::audit_log_bytes);
  EXPECT_THAT(all, EndsWith("x"));
  found.back().notice += 'x';
  auto cut = log_lines(found);
  EXPECT_EQ(cut, all.substr(0, all.size() - line) + "\n  …");
}

}  // namespace
}  // namespace duban::engine
