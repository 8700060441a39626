#pragma once
// A channel that does what a test says, and remembers what it was given.

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "delivery/channel.h"

namespace duban::delivery {

inline Outcome outcome(AttemptOutcome what, Reason reason) {
  Outcome made;
  made.outcome = what;
  made.reason = reason;
  if (what != AttemptOutcome::unknown) made.wire_digest = "sha256:00";
  return made;
}

class ScriptedChannel final : public Channel {
 public:
  /// Outcomes of the next attempts at an address; when they are used up, delivered.
  std::map<std::string, std::deque<Outcome>> script;
  /// Outcomes of all attempts at an address, until erased.
  std::map<std::string, Outcome> always;
  /// Addresses whose attempts hang until `release`.
  std::set<std::string> hanging;
  std::vector<Parcel> sent;
  std::map<std::string, int> under_way, most_at_once;
  RetryCurve curve{{Seconds{60}, Seconds{300}}, Seconds{7200}, 1};
  double pace = 0;
  int width = 4;

  boost::asio::awaitable<Outcome> send(Parcel parcel) override {
    const std::string address = parcel.address;
    sent.push_back(std::move(parcel));
    most_at_once[address] = std::max(most_at_once[address], ++under_way[address]);
    if (hanging.contains(address)) {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                      boost::asio::steady_timer::time_point::max());
      waiting_[address].push_back(&timer);
      const Leave leave{*this, address, &timer};
      boost::system::error_code ended;
      co_await timer.async_wait(
          boost::asio::redirect_error(boost::asio::use_awaitable, ended));
      // Cancelled from outside, not released.
      if (hanging.contains(address)) throw boost::system::system_error(ended);
    }
    --under_way[address];
    co_return next(address);
  }
  void release(const std::string& address) {
    hanging.erase(address);
    for (auto* timer : waiting_[address]) timer->cancel();
  }
  std::string preview(const Parcel& parcel) const override { return parcel.content.text; }
  const RetryCurve& retry_curve() const override { return curve; }
  std::string address_problem(std::string_view) const override { return {}; }
  double per_second() const override { return pace; }
  int concurrency() const override { return width; }

  std::vector<std::string> sent_to(const std::string& address) const {
    std::vector<std::string> ids;
    for (const auto& parcel : sent) {
      if (parcel.address == address) ids.push_back(parcel.notice);
    }
    return ids;
  }

 private:
  struct Leave {
    ScriptedChannel& channel;
    std::string address;
    boost::asio::steady_timer* timer;
    ~Leave() { std::erase(channel.waiting_[address], timer); }
  };
  Outcome next(const std::string& address) {
    if (const auto found = always.find(address); found != always.end()) return found->second;
    auto& left = script[address];
    if (left.empty()) return outcome(AttemptOutcome::delivered, Reason::accepted);
    auto first = left.front();
    left.pop_front();
    return first;
  }
  std::map<std::string, std::vector<boost::asio::steady_timer*>> waiting_;
};

}  // namespace duban::delivery
