#pragma once
// The network behind the Transport seam: receivers that take, refuse, stall, lie, and say so in
// their replies; what reached them is kept.

#include <memory>
#include <vector>

#include "io/transport.h"
#include "sim/outcome.h"
#include "sim/story.h"

namespace duban::sim {

class World;

class Network final : public io::Transport {
 public:
  explicit Network(World& world) : world_(world) {}

  boost::asio::awaitable<std::expected<io::HttpReply, io::TransportError>> post(
      io::HttpRequest request) override;
  boost::asio::awaitable<std::expected<io::MailReply, io::TransportError>> mail(
      io::MailRequest request) override;

  /// Until `how_long` from now.
  void set_weather(const Weather& weather);
  void clear() { weather_.clear(); }
  const std::vector<Arrival>& arrivals() const { return arrivals_; }
  const std::vector<Exchange>& exchanges() const { return exchanges_; }
  /// What came of the last attempt at a notice is written.
  void settled(std::string_view notice);
  /// Exchanges under way, and the most there ever were at once.
  std::size_t most_at_once() const { return most_; }

 private:
  struct Standing {
    Weather weather;
    std::int64_t until;
  };
  /// What hits an exchange with this address that begins now.
  const Weather* hit(std::string_view address);
  struct Talk;

  World& world_;
  std::vector<Standing> weather_;
  std::vector<Arrival> arrivals_;
  std::vector<Exchange> exchanges_;
  std::size_t under_way_ = 0, most_ = 0;
};

}  // namespace duban::sim
