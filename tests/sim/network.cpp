#include "sim/network.h"

#include <algorithm>
#include <optional>
#include <string>

#include "io/deadline.h"
#include "sim/world.h"

namespace duban::sim {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::milliseconds;
using Kind = Weather::Kind;

namespace {

std::string header_of(const std::string& message, std::string_view name) {
  auto line = "\r\n" + std::string{name} + ": ";
  auto at = message.find(line);
  if (at == std::string::npos) return "";
  auto from = at + line.size();
  return message.substr(from, message.find("\r\n", from) - from);
}

// `<ntc_…@example.org>`
std::string notice_in(const std::string& message_id) {
  auto at = message_id.find('@');
  return message_id.empty() || at == std::string::npos ? message_id : message_id.substr(1, at - 1);
}

// Without what is of the attempt: Date, X-Duban-Attempt, and the subject, which may be marked
// 补发.
std::string content_of(const std::string& message) {
  auto body = message.find("\r\n\r\n");
  return body == std::string::npos ? message : message.substr(body);
}

const char* stage_name(io::Stage stage) {
  switch (stage) {
    case io::Stage::target: return "target";
    case io::Stage::resolve: return "resolve";
    case io::Stage::connect: return "connect";
    case io::Stage::tls: return "tls";
    case io::Stage::talk: return "talk";
    case io::Stage::sent: return "sent";
  }
  return "";
}

io::TransportError error(io::Stage stage, bool timed_out) {
  return {stage, timed_out, timed_out ? "timed out" : "broken off"};
}

}  // namespace

void Network::set_weather(const Weather& weather) {
  weather_.push_back({weather, world_.since() + weather.how_long * 1000});
}

void Network::settled(std::string_view notice) {
  for (auto one = arrivals_.rbegin(); one != arrivals_.rend(); ++one) {
    if (one->notice != notice) continue;
    one->settled = true;
    return;
  }
}

const Weather* Network::hit(std::string_view address) {
  std::erase_if(weather_, [&](const Standing& one) { return one.until <= world_.since(); });
  for (auto one = weather_.rbegin(); one != weather_.rend(); ++one) {
    const auto& named = one->weather.address;
    bool meant = named.empty() || named.substr(named.find(':') + 1) == address;
    if (meant && world_.dice().in_hundred(one->weather.percent)) return &one->weather;
  }
  return nullptr;
}

// One exchange, whatever the protocol: how far it came, and whether the receiver took it.
struct Network::Exchange {
  Network& network;
  World& world;
  std::string channel, address, notice, content;
  std::chrono::milliseconds timeout;
  std::optional<Weather> weather;
  std::optional<std::size_t> arrival;

  explicit Exchange(Network& of) : network(of), world(of.world_) {
    network.most_ = std::max(network.most_, ++network.under_way_);
  }
  Exchange(const Exchange&) = delete;
  ~Exchange() { --network.under_way_; }

  bool is(Kind kind) const { return weather && weather->kind == kind; }
  awaitable<void> spend(Millis time, std::string_view step) {
    co_await io::pass(milliseconds{time});
    world.pass_point("await", step);
    // Whoever is dead never hears of it.
    if (world.is_dead()) co_await io::pass(std::chrono::hours{24 * 365});
  }
  void arrive(bool taken) {
    arrival = network.arrivals_.size();
    network.arrivals_.push_back(
        {world.moment(), channel, address, notice, content, taken, false, false});
    world.fingerprint.add(notice);
    world.fingerprint.add(content);
    world.fingerprint.add(world.since());
    world.count("arrivals");
  }
  void answered() {
    if (arrival) network.arrivals_[*arrival].answered = true;
  }
  io::TransportError fail(io::Stage stage, bool timed_out) {
    world.count(std::string{"fault network "} + stage_name(stage));
    return error(stage, timed_out);
  }
  /// Until the message is handed over, or how it failed.
  awaitable<std::optional<io::TransportError>> hand_over(bool taken);
  /// Until the reply is there, or how that failed.
  awaitable<std::optional<io::TransportError>> hear();
};

awaitable<std::optional<io::TransportError>> Network::Exchange::hand_over(bool taken) {
  if (const auto* hits = network.hit(address)) weather = *hits;
  if (is(Kind::name_server_hangs)) {
    co_await spend(timeout.count(), "resolve");
    co_return fail(io::Stage::resolve, true);
  }
  co_await spend(world.dice().between(1, 40), "connect");
  if (is(Kind::refuses_connection)) co_return fail(io::Stage::connect, false);
  if (is(Kind::slow)) co_await spend(timeout.count() / 3, "connect");
  co_await spend(world.dice().between(1, 60), "send");
  if (is(Kind::stalls) && world.dice().in_hundred(50)) {
    co_await spend(timeout.count(), "send");
    co_return fail(io::Stage::talk, true);
  }
  arrive(taken);
  co_return std::nullopt;
}

awaitable<std::optional<io::TransportError>> Network::Exchange::hear() {
  if (is(Kind::stalls)) {
    co_await spend(timeout.count(), "reply");
    co_return fail(io::Stage::sent, true);
  }
  co_await spend(world.dice().between(1, 80), "reply");
  if (is(Kind::cuts_reply) || is(Kind::takes_and_loses_reply)) {
    co_return fail(io::Stage::sent, false);
  }
  answered();
  co_return std::nullopt;
}

awaitable<std::expected<io::HttpReply, io::TransportError>> Network::post(
    io::HttpRequest request) {
  Exchange exchange{*this};
  exchange.channel = "hook";
  exchange.address = request.url;
  exchange.content = request.body;
  exchange.timeout = request.timeout;
  for (const auto& [name, value] : request.headers) {
    if (name == "webhook-id") exchange.notice = value;
  }
  if (const auto failed = co_await exchange.hand_over(true)) co_return std::unexpected(*failed);
  auto& taken = arrivals_[*exchange.arrival].taken;
  io::HttpReply reply{.status = 200, .retry_after = "", .content_type = "application/json",
                      .body = R"({"ok":true})"};
  if (exchange.weather) {
    const auto& weather = *exchange.weather;
    using enum Weather::Kind;
    if (weather.kind == too_many) reply.status = 429;
    if (weather.kind == errors) reply.status = world_.dice().in_hundred(50) ? 503 : 502;
    if (weather.kind == rejects) reply.status = 400;
    if (weather.kind == gone) reply.status = 410;
    if (weather.kind == lies) {
      // A body that says no under a 2xx, and bytes that are no text.
      reply.body = "{\"ok\":false,\"error\":\"\xff\xfe not really\"}";
    }
    if (weather.retry_after >= 0) reply.retry_after = std::to_string(weather.retry_after);
    if (reply.status != 200) {
      world_.count("fault network status " + std::to_string(reply.status));
    }
  }
  taken = reply.status == 200;
  if (const auto failed = co_await exchange.hear()) co_return std::unexpected(*failed);
  co_return reply;
}

awaitable<std::expected<io::MailReply, io::TransportError>> Network::mail(
    io::MailRequest request) {
  Exchange exchange{*this};
  exchange.channel = "mail";
  exchange.address = request.recipients.front();
  exchange.notice = notice_in(header_of(request.message, "Message-ID"));
  exchange.content = content_of(request.message);
  exchange.timeout = request.timeout;
  if (const auto failed = co_await exchange.hand_over(true)) co_return std::unexpected(*failed);
  auto& taken = arrivals_[*exchange.arrival].taken;
  io::MailReply reply{.recipients = {{exchange.address, 250, "ok"}},
                      .step = io::MailStep::message,
                      .code = 250,
                      .text = "queued"};
  if (exchange.weather) {
    using enum Weather::Kind;
    auto kind = exchange.weather->kind;
    if (kind == too_many || kind == errors) {
      reply.code = 451;
      reply.text = "try again later";
    } else if (kind == rejects || kind == gone) {
      reply = {.recipients = {{exchange.address, 550, "no such user"}},
               .step = io::MailStep::recipient,
               .code = 550,
               .text = "no such user"};
    }
    if (reply.code != 250) world_.count("fault network code " + std::to_string(reply.code));
  }
  taken = reply.code == 250;
  if (const auto failed = co_await exchange.hear()) co_return std::unexpected(*failed);
  co_return reply;
}

}  // namespace duban::sim
