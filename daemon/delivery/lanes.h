#pragma once
// What is claimed and waits to be sent, endpoint by endpoint: who may start when. Pure but for the
// channels it asks for their pace.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "base/tongue.h"
#include "delivery/channel.h"
#include "delivery/endpoint_health.h"
#include "delivery/pace.h"
#include "ledger/store.h"

namespace duban::delivery {

/// Where a notice goes. `lane` is the endpoint that is paced: the notice's own, or the pilot's.
struct Route {
  EndpointKey lane;
  std::string channel_id;
  std::shared_ptr<Channel> channel;
  std::string address, recipient_name, meant_for;
  /// While it is being sent: its endpoint had failed the last time.
  bool is_suspect = false;
  /// Of what is sent there.
  Tongue language = Tongue::chinese;
};

struct Work {
  ledger::Claimed claimed;
  Route route;
  Instant lease_until{};
};

class Lanes {
 public:
  /// So many are sent at once over all, and over one channel: a name server that hangs one channel
  /// leaves places for the others. Of a channel's places endpoints that failed the last time take
  /// half at most. Until `began` a daemon before this one may have sent: the paces go on.
  Lanes(const EndpointHealth& health, std::size_t at_once, std::size_t per_channel,
        Instant began = {})
      : health_(health), at_once_(at_once), per_channel_(per_channel), began_(began) {}

  void put(Work work);
  /// The next that may be sent at `now`, endpoints in turn; it counts as being sent until `done`.
  std::optional<Work> start(Instant now);
  void done(const Route& route);
  /// Takes out what waits for an endpoint, or for all.
  std::vector<Work> take_waiting(const EndpointKey& lane);
  std::vector<Work> take_all_waiting();
  /// Endpoints for which something waits here already.
  std::vector<EndpointKey> busy() const { return {busy_.begin(), busy_.end()}; }
  /// When the pace of some endpoint lets the next one start, if that is what it waits for.
  std::optional<Instant> ready_at(Instant now) const;
  std::size_t sending() const { return sending_; }
  std::size_t waiting() const { return waiting_; }

 private:
  struct Lane {
    std::deque<Work> waiting;
    /// Its own, or one that endpoints of one bot share.
    std::shared_ptr<Pace> pace;
    std::size_t sending = 0;
  };
  /// What one channel has to do: sending, of these to suspects, and waiting.
  struct Load {
    std::size_t sending = 0, suspect = 0, waiting = 0;
  };
  bool has_place(const EndpointKey& id, const Lane& lane) const;
  /// False: no channel for which something waits has a place.
  bool some_channel_has_place() const;
  std::shared_ptr<Pace> pace_for(const Route& route);
  Work take(const EndpointKey& id, Lane& lane, Instant now);
  void drop_idle();

  const EndpointHealth& health_;
  const std::size_t at_once_, per_channel_;
  const Instant began_;
  std::map<EndpointKey, Lane> lanes_;
  /// Those of them in which something waits.
  std::set<EndpointKey> busy_;
  std::map<std::string, Load> channels_;
  /// Of channels whose other side counts not by endpoint, by channel and what it says.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<Pace>> shared_paces_;
  EndpointKey last_started_;
  std::size_t sending_ = 0, waiting_ = 0;
};

}  // namespace duban::delivery
