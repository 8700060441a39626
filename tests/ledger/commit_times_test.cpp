#include "ledger/commit_times.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <numeric>

#include "contract/store_samples.h"
#include "contract/temporary_folder.h"
#include "ledger/sqlite_store.h"
#include "peers/run.h"

namespace duban::ledger {
namespace {

using namespace std::chrono_literals;

std::int64_t sum_of(const CommitTimes::Counts& counts) {
  return std::accumulate(counts.buckets.begin(), counts.buckets.end(), std::int64_t{0});
}

TEST(CommitTimes, an_end_belongs_to_its_bucket_and_what_is_beyond_all_to_the_last) {
  CommitTimes times;
  times.add(1ms);
  times.add(1001us);
  times.add(5s);
  times.add(6s);
  auto counts = times.counts();
  EXPECT_EQ(counts.buckets.at(0), 1);
  EXPECT_EQ(counts.buckets.at(1), 1);
  EXPECT_EQ(counts.buckets.at(CommitTimes::ends.size() - 1), 1);
  EXPECT_EQ(counts.buckets.back(), 1);
  EXPECT_NEAR(counts.sum, 11.002001, 1e-9);
}

TEST(CommitTimes, a_store_counts_its_commits_and_no_reading) {
  contract::TemporaryFolder folder;
  boost::asio::io_context loop;
  CommitTimes times;
  auto store = std::move(open_sqlite_store({.path = folder.path() / "ledger.db",
                                            .executor = loop.get_executor(),
                                            .own_thread = false,
                                            .commit_times = &times})
                             .value());
  ASSERT_TRUE(testing::run(loop, store->cursor("wuhan")));
  EXPECT_EQ(sum_of(times.counts()), 0);
  auto step = contract::first_step({contract::notice("ntc_1", {contract::item_key("edu")})});
  ASSERT_TRUE(testing::run(loop, store->advance(step)));
  EXPECT_EQ(sum_of(times.counts()), 1);
  EXPECT_GT(times.counts().sum, 0);
}

}  // namespace
}  // namespace duban::ledger
