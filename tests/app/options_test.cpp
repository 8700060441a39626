#include "app/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/limits.h"

namespace duban::app {
namespace {

std::expected<Options, int> parse(std::vector<std::string> words) {
  words.insert(words.begin(), "duband");
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, pretended_time_runs_no_faster_than_it_can_be_lived) {
  auto with_speed = [](int speed) {
    return parse({"--pretend", "2022-03-28T08:59:50+08:00", "--speed", std::to_string(speed)});
  };
  EXPECT_EQ(with_speed(limits::pretended_speed).value().speed, limits::pretended_speed);
  EXPECT_EQ(with_speed(limits::pretended_speed + 1).error(), 2);
  EXPECT_EQ(with_speed(0).error(), 2);
}

TEST(Options, a_speed_is_of_pretended_time_alone) {
  EXPECT_EQ(parse({"--speed", "2"}).error(), 2);
  EXPECT_EQ(parse({"--pretend", "yesterday"}).error(), 2);
}

}  // namespace
}  // namespace duban::app
