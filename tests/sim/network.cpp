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

std::string header_of(const io::HttpRequest& request, std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (header == name) return value;
  }
  return "";
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

// One exchange while it lasts, whatever the protocol.
struct Network::Talk {
  Network& network;
  World& world;
  const std::size_t place;
  std::string content;
  std::chrono::milliseconds timeout;
  std::optional<Weather> weather;
  std::optional<std::size_t> arrival;

  Talk(Network& of, std::string channel, std::string address, std::string notice)
      : network(of), world(of.world_), place(of.exchanges_.size()) {
    network.most_ = std::max(network.most_, ++network.under_way_);
    network.exchanges_.push_back({.notice = std::move(notice), .channel = std::move(channel),
                                  .address = std::move(address), .began = world.moment()});
  }
  Talk(const Talk&) = delete;
  ~Talk() {
    --network.under_way_;
    exchange().ended = world.moment();
  }
  Exchange& exchange() const { return network.exchanges_[place]; }

  bool is(Kind kind) const { return weather && weather->kind == kind; }
  awaitable<void> spend(Millis time, std::string_view step) {
    co_await io::pass(milliseconds{time});
    world.pass_point("await", step);
    // Whoever is dead never hears of it.
    if (world.is_dead()) co_await io::pass(std::chrono::hours{24 * 365});
  }
  void arrive() {
    auto& one = exchange();
    one.handed_over = true;
    arrival = network.arrivals_.size();
    network.arrivals_.push_back({.at = world.moment(),
                                 .channel = one.channel,
                                 .address = one.address,
                                 .notice = one.notice,
                                 .content = content});
    world.fingerprint.add(one.notice);
    world.fingerprint.add(content);
    world.fingerprint.add(world.since());
    world.count("arrivals");
  }
  /// Whose reply does not come may have taken it, or not.
  void take(bool willing) {
    bool in_doubt = is(Kind::cuts_reply) || is(Kind::stalls);
    exchange().taken = willing && !(in_doubt && world.dice().in_hundred(50));
    network.arrivals_[*arrival].taken = exchange().taken;
  }
  void hear(int reply, std::int64_t retry_after) {
    network.arrivals_[*arrival].answered = true;
    exchange().whole = true;
    exchange().reply = reply;
    exchange().retry_after = retry_after;
  }
  io::TransportError fail(io::Stage stage, bool timed_out) {
    exchange().whole = true;
    world.count(std::string{"fault network "} + stage_name(stage));
    return error(stage, timed_out);
  }
  /// Until the message is handed over, or how it failed.
  awaitable<std::optional<io::TransportError>> hand_over();
  /// Until the reply is there, or how that failed.
  awaitable<std::optional<io::TransportError>> await_reply();
};

awaitable<std::optional<io::TransportError>> Network::Talk::hand_over() {
  if (const auto* hits = network.hit(exchange().address)) weather = *hits;
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
  if (is(Kind::cuts_reply) && world.dice().in_hundred(20)) {
    // Before the request was whole.
    co_return fail(io::Stage::talk, false);
  }
  arrive();
  co_return std::nullopt;
}

awaitable<std::optional<io::TransportError>> Network::Talk::await_reply() {
  if (is(Kind::stalls)) {
    co_await spend(timeout.count(), "reply");
    co_return fail(io::Stage::sent, true);
  }
  co_await spend(world.dice().between(1, 80), "reply");
  if (is(Kind::cuts_reply) || is(Kind::takes_and_loses_reply)) {
    co_return fail(io::Stage::sent, false);
  }
  co_return std::nullopt;
}

awaitable<std::expected<io::HttpReply, io::TransportError>> Network::post(
    io::HttpRequest request) {
  Talk talk{*this, "hook", request.url, header_of(request, "webhook-id")};
  talk.content = request.body;
  talk.timeout = request.timeout;
  if (const auto failed = co_await talk.hand_over()) co_return std::unexpected(*failed);
  io::HttpReply reply{.status = 200, .retry_after = "", .content_type = "application/json",
                      .body = R"({"ok":true})"};
  if (talk.weather) {
    const auto& weather = *talk.weather;
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
  talk.take(reply.status == 200);
  if (const auto failed = co_await talk.await_reply()) co_return std::unexpected(*failed);
  talk.hear(reply.status, reply.retry_after.empty() ? -1 : talk.weather->retry_after);
  co_return reply;
}

awaitable<std::expected<io::MailReply, io::TransportError>> Network::mail(
    io::MailRequest request) {
  Talk talk{*this, "mail", request.recipients.front(),
            notice_in(header_of(request.message, "Message-ID"))};
  talk.content = content_of(request.message);
  talk.timeout = request.timeout;
  if (const auto failed = co_await talk.hand_over()) co_return std::unexpected(*failed);
  io::MailReply reply{.recipients = {{request.recipients.front(), 250, "ok"}},
                      .step = io::MailStep::message,
                      .code = 250,
                      .text = "queued"};
  if (talk.weather) {
    using enum Weather::Kind;
    auto kind = talk.weather->kind;
    if (kind == too_many || kind == errors) {
      reply.code = 451;
      reply.text = "try again later";
    } else if (kind == rejects || kind == gone) {
      reply = {.recipients = {{request.recipients.front(), 550, "no such user"}},
               .step = io::MailStep::recipient,
               .code = 550,
               .text = "no such user"};
    }
    if (reply.code != 250) world_.count("fault network code " + std::to_string(reply.code));
  }
  talk.take(reply.code == 250);
  if (const auto failed = co_await talk.await_reply()) co_return std::unexpected(*failed);
  talk.hear(reply.code, -1);
  co_return reply;
}

}  // namespace duban::sim
