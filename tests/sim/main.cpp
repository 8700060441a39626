// Lives years that go wrong: `sim --seeds N` plays N seeds, `sim --seed S` one, and says what the
// reference model found.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "sim/aimed_deaths.h"
#include "sim/player.h"
#include "sim/questions.h"
#include "sim/shrink.h"
#include "sim/stories_by_design.h"
#include "sim/stories_by_dice.h"
#include "sim/stories_of_shipped.h"

namespace duban::sim {
namespace {

struct Options {
  std::uint64_t from = 1, seeds = 0, seed = 0;
  /// Empty: odd seeds by dice, even ones by design.
  std::string stories;
  std::vector<std::size_t> without;
  bool shipped = false, first = false, whole = false, digest = false, tell = false, canary = false;
  std::string counts;
};

struct Totals {
  std::int64_t played = 0, failed = 0;
  std::map<std::string, std::int64_t, std::less<>> counts;
};

std::filesystem::path scratch() {
  std::filesystem::path fast{"/dev/shm"};
  auto root = std::filesystem::is_directory(fast) ? fast : std::filesystem::temp_directory_path();
  return root / fmt::format("duban-sim-{}", getpid());
}

std::string_view generator_of(const Options& options, std::uint64_t seed) {
  if (!options.stories.empty()) return options.stories;
  return seed % 2 == 0 ? "design" : "dice";
}

Story story_of(const Options& options, std::uint64_t seed) {
  auto by = options.shipped ? story_of_shipped : generator_of(options, seed) == "design"
                                                     ? story_by_design
                                                     : story_by_dice;
  auto story = by(seed);
  add_questions(story, seed);
  aim_deaths(story, seed);
  return without(std::move(story), options.without);
}

std::vector<std::string> complaints_of(const Story& story, Played& played) {
  auto all = played.complaints;
  for (auto& one : judge(story, played.outcome)) all.push_back(std::move(one));
  return all;
}

Played play_in_scratch(const Story& story) {
  return play(story, scratch(), DUBAN_SOURCE_DIR "/config");
}

// The canary: a message that was delivered never arrived.
void lose_one(Outcome& outcome) {
  if (outcome.arrivals.empty()) return;
  auto notice = outcome.arrivals.front().notice;
  std::erase_if(outcome.arrivals, [&](const Arrival& one) { return one.notice == notice; });
}

bool play_seed(const Options& options, std::uint64_t seed, Totals& totals) {
  auto story = story_of(options, seed);
  auto played = play_in_scratch(story);
  if (options.canary) lose_one(played.outcome);
  auto complaints = complaints_of(story, played);
  ++totals.played;
  for (const auto& [name, count] : played.counts) totals.counts[name] += count;
  if (options.digest) fmt::print("seed {} digest {:016x}\n", seed, played.digest);
  std::fflush(stdout);
  if (options.tell) tell(story, played);
  if (complaints.empty()) return true;
  ++totals.failed;
  fmt::print("seed {} failed: {} complaint(s)\n", seed, complaints.size());
  for (std::size_t i = 0; i < complaints.size() && i < 12; ++i) {
    fmt::print("  {}\n", complaints[i]);
  }
  if (options.first || options.whole) return false;
  auto needless = shrink(story, [&](const Story& less) {
    auto again = play_in_scratch(less);
    return !complaints_of(less, again).empty();
  });
  needless.insert(needless.end(), options.without.begin(), options.without.end());
  fmt::print("  replay: tests/sim/run {}{} --seed {}{}\n",
             options.shipped ? "--shipped" : "--stories ",
             options.shipped ? "" : generator_of(options, seed), seed,
             needless.empty() ? "" : fmt::format(" --without {}", fmt::join(needless, ",")));
  std::fflush(stdout);
  return false;
}

void write_counts(const std::string& file, const Totals& totals) {
  std::ofstream out{file};
  for (const auto& [name, count] : totals.counts) out << count << '\t' << name << '\n';
}

int run(const Options& options) {
  spdlog::set_level(options.tell ? spdlog::level::warn : spdlog::level::off);
  Totals totals;
  auto began = std::clock();
  if (options.seed != 0) {
    play_seed(options, options.seed, totals);
  } else {
    for (std::uint64_t seed = options.from; seed < options.from + options.seeds; ++seed) {
      play_seed(options, seed, totals);
      if (options.first && totals.failed > 0) break;
    }
  }
  std::filesystem::remove_all(scratch());
  auto spent = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  totals.counts["cpu milliseconds"] = static_cast<std::int64_t>(spent * 1000);
  if (!options.counts.empty()) write_counts(options.counts, totals);
  if (!options.digest || options.seed == 0) {
    fmt::print("{} seeds, {} failed\n", totals.played, totals.failed);
  }
  return totals.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace duban::sim

int main(int argc, char** argv) {
  duban::sim::Options options;
  CLI::App app{"Plays seeds of stories that go wrong on duban's real parts under virtual time."};
  app.add_option("--seeds", options.seeds, "how many");
  app.add_option("--from", options.from, "the first of them");
  app.add_option("--seed", options.seed, "one alone");
  app.add_option("--stories", options.stories, "which generator")
      ->check(CLI::IsMember({"dice", "design"}));
  app.add_option("--without", options.without, "happenings left out, by number")->delimiter(',');
  app.add_flag("--shipped", options.shipped, "years of the shipped plan");
  app.add_flag("--digest", options.digest, "a digest of everything that happened");
  app.add_flag("--first", options.first, "stop at the first that fails, as it is");
  app.add_flag("--whole", options.whole, "leaves a story that fails as long as it is");
  app.add_flag("--canary", options.canary, "loses a message: the judge must say so");
  app.add_flag("--tell", options.tell, "what happened, in order");
  app.add_option("--counts", options.counts, "where to write what was counted");
  CLI11_PARSE(app, argc, argv);
  return duban::sim::run(options);
}
