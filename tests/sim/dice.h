#pragma once
// A seed's dice: the same numbers on every machine (splitmix64), since the standard library's
// distributions differ from one to another.

#include <cstdint>
#include <string_view>

namespace duban::sim {

class Dice {
 public:
  /// Mixed first: seeds that stand side by side must not roll the same numbers one turn apart.
  explicit Dice(std::uint64_t seed) : state_(mixed(seed ^ 0x2545F4914F6CDD1DULL)) {}

  std::uint64_t roll() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mixed(state_);
  }
  /// Both bounds included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    if (high <= low) return low;
    return low + static_cast<std::int64_t>(roll() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool in_hundred(std::int64_t percent) { return between(0, 99) < percent; }
  template <class Things>
  const auto& one_of(const Things& things) {
    return things[static_cast<std::size_t>(
        between(0, static_cast<std::int64_t>(things.size()) - 1))];
  }
  /// Dice of their own for a part, so that one part's rolls do not move another's.
  Dice apart(std::uint64_t salt) { return Dice{roll() ^ (salt * 0xD1342543DE82EF95ULL)}; }

 private:
  static std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBULL;
    return bits ^ (bits >> 31);
  }
  std::uint64_t state_;
};

/// FNV-1a over everything that is told to it: the digest of a run.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    for (char byte : bytes) add_byte(static_cast<unsigned char>(byte));
    add_byte(0xff);
  }
  void add(std::int64_t number) {
    for (int i = 0; i < 8; ++i) add_byte(static_cast<unsigned char>(number >> (8 * i)));
  }
  std::uint64_t value() const { return hash_; }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001B3ULL; }
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

}  // namespace duban::sim
