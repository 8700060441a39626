#pragma once
// What a story by design leaves to chance: splitmix64, since the standard library's distributions
// differ from one to another.

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace duban::sim::design {

class Choice {
 public:
  explicit Choice(std::uint64_t seed)
      : state_(seed * 0x9E3779B97F4A7C15ULL + 0x632BE59BD9B4E019ULL) {
    next();
  }

  std::uint64_t next() {
    auto z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  /// Both bounds included.
  template <class Number>
  Number between(Number low, Number high) {
    auto span = static_cast<std::uint64_t>(high - low) + 1;
    return static_cast<Number>(low + static_cast<Number>(next() % span));
  }
  bool percent(int of_hundred) { return between(1, 100) <= of_hundred; }
  template <class Thing>
  Thing of(std::initializer_list<Thing> things) {
    return things.begin()[next() % things.size()];
  }
  template <class Thing>
  const Thing& of(const std::vector<Thing>& things) {
    return things[next() % things.size()];
  }

 private:
  std::uint64_t state_;
};

}  // namespace duban::sim::design
