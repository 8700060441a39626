#include "sim/stories_by_design.h"

#include "sim/design/situations.h"

namespace duban::sim {
namespace {

using design::Choice;
using design::Situation;
using design::situations;

std::vector<Situation> chosen(Choice& choice) {
  std::vector<Situation> some;
  auto count = choice.of({1, 1, 2, 2, 2, 3, 3, 4});
  for (int i = 0; i < count; ++i) some.push_back(choice.of(situations()));
  return some;
}

}  // namespace

Story story_by_design(std::uint64_t seed) {
  Choice choice{seed};
  auto some = chosen(choice);
  design::Draft draft{seed, choice};
  for (const auto& one : some) one.arrange(draft);
  return std::move(draft).finish();
}

std::vector<std::string> situations_by_design(std::uint64_t seed) {
  Choice choice{seed};
  std::vector<std::string> names;
  for (const auto& one : chosen(choice)) names.emplace_back(one.name);
  return names;
}

std::vector<std::string> all_situations_by_design() {
  std::vector<std::string> names;
  for (const auto& one : situations()) names.emplace_back(one.name);
  return names;
}

}  // namespace duban::sim
