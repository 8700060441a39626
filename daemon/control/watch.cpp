#include "control/watch.h"

#include <fmt/format.h>

#include "base/bilingual.h"
#include "control/own_host.h"

namespace duban::control {

namespace asio = boost::asio;

namespace {

constexpr auto plain_text = "text/plain; charset=utf-8";

Reply plain(unsigned status, std::string body) {
  return {.status = status, .body = std::move(body), .type = plain_text};
}

Reply verdict(const Faults& faults) {
  if (faults.empty()) return plain(200, "ok");
  return plain(503, fmt::format("{}", fmt::join(faults, "\n")));
}

}  // namespace

Faults Watch::faults() const {
  auto pulse = sources_.measured().pulse;
  auto faults = faults_of_life(pulse);
  for (auto& fault : faults_of_readiness(pulse, sources_.listening())) {
    faults.push_back(std::move(fault));
  }
  return faults;
}

Reply Watch::metrics() const {
  auto measured = sources_.measured();
  measured.live = faults_of_life(measured.pulse).empty();
  measured.ready = faults_of_readiness(measured.pulse, sources_.listening()).empty();
  auto page = exposition(measured);
  // A server ends each body with a line's end.
  page.pop_back();
  return {.status = 200, .body = std::move(page), .type = std::string{metrics_type}};
}

std::optional<Reply> Watch::answer(const Request& request) const {
  std::string_view target{request.target};
  auto path = target.substr(0, target.find('?'));
  const bool known = path == "/metrics" || path == "/livez" || path == "/readyz";
  if (!known) return std::nullopt;
  if (request.method != "GET" && request.method != "HEAD") {
    auto reply = plain(405, both("这里只能看", "nothing can be changed here").in(language()));
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return reply;
  }
  if (path == "/metrics") return metrics();
  auto pulse = sources_.measured().pulse;
  if (path == "/livez") return verdict(faults_of_life(pulse));
  return verdict(faults_of_readiness(pulse, sources_.listening()));
}

asio::awaitable<Reply> WatchedAnswerer::answer(Request request) {
  if (auto reply = watch_.answer(request)) co_return std::move(*reply);
  co_return co_await others_.answer(std::move(request));
}

asio::awaitable<Reply> WatchOnly::answer(Request request) {
  if (!is_own_host(request.host)) {
    auto why = both("这里只认本机的名字,如 127.0.0.1",
                    "only names of this machine are answered to, such as 127.0.0.1");
    co_return plain(421, why.in(watch_.language()));
  }
  if (auto reply = watch_.answer(request)) co_return std::move(*reply);
  auto there = both("这里只有 /metrics、/livez、/readyz",
                    "there are only /metrics, /livez, /readyz");
  co_return plain(404, there.in(watch_.language()));
}

Reply WatchOnly::refuse(const engine::Refusal& refusal) const {
  return plain(refusal.code == "too-large" ? 413 : 400, refusal.message.in(watch_.language()));
}

}  // namespace duban::control
