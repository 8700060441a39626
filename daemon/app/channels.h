#pragma once
// The channels of duband.toml, made for the dispatcher; and the message that tries one out.

#include "control/send_test.h"
#include "delivery/dispatcher.h"
#include "engine/engine.h"
#include "io/transport.h"

namespace duban::app {

class Channels {
 public:
  Channels(io::Transport& transport, const Clock& clock, std::filesystem::path state);
  /// Each channel that its settings and secrets allow; what is wrong with the others is logged, and
  /// what is for them fails as bad-configuration until a reload.
  delivery::Dispatcher::Channels make(const settings::DaemonSettings& settings);
  /// As last made; null when there is none of that id.
  std::shared_ptr<delivery::Channel> find(const std::string& id) const;

 private:
  io::Transport& transport_;
  const Clock& clock_;
  std::filesystem::path state_;
  delivery::Dispatcher::Channels made_;
};

/// Where a plan's endpoint is reached now; nothing: it is in no plan any more.
std::optional<delivery::Endpoint> endpoint_of(const engine::Engine& engine,
                                              const std::string& plan,
                                              const std::string& endpoint);

/// Pilot mode: where everything goes, when duband.toml names a contact for it.
std::optional<delivery::Endpoint> redirect_of(const engine::Engine& engine,
                                              const settings::DaemonSettings& settings);

/// `send-test`: one message to each endpoint of a unit, past the ledger.
class TestSender final : public control::SendTest {
 public:
  TestSender(engine::Engine& engine, Channels& channels, delivery::Dispatcher& dispatcher)
      : engine_(engine), channels_(channels), dispatcher_(dispatcher) {}
  boost::asio::awaitable<engine::Answer<std::vector<control::TestSent>>> send_test(
      std::string plan, std::string unit, std::string by) override;
  engine::Answer<std::vector<control::TestSent>> show_test(const std::string& plan,
                                                           const std::string& unit) override;

 private:
  /// Puts an endpoint's address on a parcel, and says over which channel; null: it has none.
  std::shared_ptr<delivery::Channel> address(delivery::Parcel& parcel, const std::string& endpoint,
                                             std::string& channel) const;

  engine::Engine& engine_;
  Channels& channels_;
  delivery::Dispatcher& dispatcher_;
};

}  // namespace duban::app
