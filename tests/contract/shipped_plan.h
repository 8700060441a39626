#pragma once
// The shipped plans, as their files have them.

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "engine/tree.h"

namespace duban::contract {

inline const engine::Tree& shipped_tree() {
  static const auto tree = engine::read_tree(DUBAN_SOURCE_DIR "/config/duband.toml");
  return tree;
}

/// The first of them. Throws std::runtime_error when it does not check.
inline std::shared_ptr<const plan::Plan> shipped_plan() {
  const auto& tree = shipped_tree();
  auto found = std::ranges::find(tree.plans, "wuhan-2022-1", &plan::LoadedPlan::id);
  if (found == tree.plans.end() || !found->plan) {
    throw std::runtime_error("the shipped plan does not check");
  }
  return found->plan;
}

}  // namespace duban::contract
