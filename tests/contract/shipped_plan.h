#pragma once
// The shipped plan, as its files have it.

#include <memory>
#include <stdexcept>

#include "engine/tree.h"

namespace duban::contract {

inline const engine::Tree& shipped_tree() {
  static const auto tree = engine::read_tree(DUBAN_SOURCE_DIR "/config/duband.toml");
  return tree;
}

/// Throws std::runtime_error when it does not check.
inline std::shared_ptr<const plan::Plan> shipped_plan() {
  const auto& tree = shipped_tree();
  if (tree.plans.size() != 1 || !tree.plans[0].plan) {
    throw std::runtime_error("the shipped plan does not check");
  }
  return tree.plans[0].plan;
}

}  // namespace duban::contract
