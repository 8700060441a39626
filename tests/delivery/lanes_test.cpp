#include "delivery/lanes.h"

#include <gtest/gtest.h>

#include "contract/store_samples.h"
#include "delivery/scripted_channel.h"

namespace duban::delivery {
namespace {

using namespace std::chrono_literals;

/// Counts by what an address ends in, as a bot counts by its key.
class SharedChannel final : public Channel {
 public:
  boost::asio::awaitable<Outcome> send(Parcel) override { co_return Outcome{}; }
  std::string preview(const Parcel&) const override { return {}; }
  const RetryCurve& retry_curve() const override { return curve_; }
  std::string address_problem(std::string_view) const override { return {}; }
  double per_second() const override { return 0.5; }
  int concurrency() const override { return 4; }
  std::string paced_with(std::string_view address) const override {
    return std::string{address.substr(address.find('@'))};
  }

 private:
  RetryCurve curve_{{60s}, 3600s, 1};
};

struct LanesTest : ::testing::Test {
  void put(const std::string& plan, const std::string& endpoint, const std::string& address) {
    Work work;
    work.claimed.plan = plan;
    work.claimed.notice = contract::notice("ntc_" + std::to_string(++count), {});
    work.route = {{plan, endpoint}, "bot", channel, address, {}, {}};
    lanes.put(std::move(work));
  }
  int started_at(Instant at) {
    int started = 0;
    while (auto work = lanes.start(at)) {
      lanes.done(work->route);
      ++started;
    }
    return started;
  }

  const Instant now = contract::moment();
  EndpointHealth health;
  Lanes lanes{health, 10, 10};
  std::shared_ptr<Channel> channel = std::make_shared<SharedChannel>();
  int count = 0;
};

TEST_F(LanesTest, TwoPlansThatReachOneBotKeepItsLimitTogether) {
  put("one", "group", "g@key");
  put("two", "group", "h@key");
  EXPECT_EQ(started_at(now), 1);
  EXPECT_EQ(started_at(now + 1s), 0);
  EXPECT_EQ(started_at(now + 2s), 1);
}

TEST_F(LanesTest, TwoBotsOfOneChannelDoNotWaitForEachOther) {
  put("one", "group", "g@key");
  put("one", "other", "g@other");
  EXPECT_EQ(started_at(now), 2);
}

TEST_F(LanesTest, TellsWhenTheSharedPaceLetsTheNextOneStart) {
  put("one", "group", "g@key");
  put("two", "group", "h@key");
  EXPECT_EQ(started_at(now), 1);
  EXPECT_EQ(lanes.ready_at(now), now + 2s);
}

}  // namespace
}  // namespace duban::delivery
