#pragma once
// How long the ledger's commits take: a full disk, a failing one, a slow one shows here first.

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace duban::ledger {

/// Counted in the form of a histogram. Any thread.
class CommitTimes {
 public:
  /// Upper ends of the buckets, in seconds: a commit on flash takes a millisecond, on a turning
  /// disk some tens; beyond a second somebody should look.
  static constexpr std::array<double, 10> ends{0.001, 0.0025, 0.005, 0.01, 0.025,
                                               0.05,  0.1,    0.25,  1.0,  5.0};
  struct Counts {
    /// Up to and with each end, and not in an earlier bucket; the last: beyond all.
    std::array<std::int64_t, ends.size() + 1> buckets{};
    /// Seconds, of all together.
    double sum = 0;
    bool operator==(const Counts&) const = default;
  };

  void add(std::chrono::duration<double> took) {
    std::size_t bucket = 0;
    while (bucket < ends.size() && took.count() > ends.at(bucket)) ++bucket;
    const std::scoped_lock lock(mutex_);
    ++counts_.buckets.at(bucket);
    counts_.sum += took.count();
  }
  Counts counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace duban::ledger
