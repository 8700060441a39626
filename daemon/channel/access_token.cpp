#include "channel/access_token.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "base/digest.h"
#include "channel/answer_rules.h"
#include "channel/controls.h"
#include "channel/outcome.h"
#include "message/escaping.h"

namespace duban::channel {

namespace json = boost::json;
using delivery::Outcome;

namespace {

// What is on its way when a token runs out is refused: it is left so much earlier.
constexpr Seconds spare{60};
// Where the server does not say (RFC 6749, 5.1: it should).
constexpr Seconds lives_otherwise{300};

std::string escaped_part(std::string_view text) {
  return message::escaped(text, message::Escaping::percent);
}

Seconds lifetime(const json::object& answer) {
  const auto* told = answer.if_contains("expires_in");
  if (!told || !told->is_int64()) return lives_otherwise;
  return std::clamp(Seconds{told->get_int64()}, Seconds{0}, Seconds{24 * 3600});
}

}  // namespace

AccessToken::AccessToken(TokenOptions options, io::Transport& transport, const Clock& clock)
    : options_(std::move(options)), transport_(transport), clock_(clock) {}

boost::asio::awaitable<std::expected<Secret, Outcome>> AccessToken::get() {
  if (!token_.empty() && clock_.machine_now() < stale_at_) co_return token_;
  auto asked = request();
  auto reply = co_await transport_.post(asked);
  if (reply) co_return keep(*reply);
  // Whatever became of the question, nothing was sent to the receiver yet.
  auto outcome = unanswered(reply.error(), "");
  if (outcome.outcome == AttemptOutcome::unknown) outcome.outcome = AttemptOutcome::retry;
  outcome.wire_digest.clear();
  outcome.detail = readable("取令牌:" + outcome.detail);
  co_return std::unexpected(std::move(outcome));
}

void AccessToken::forget(const Secret& refused) {
  if (token_.reveal() == refused.reveal()) token_ = Secret{};
}

io::HttpRequest AccessToken::request() const {
  io::HttpRequest request;
  request.url = options_.url;
  request.body = "grant_type=client_credentials";
  if (!options_.scope.empty()) request.body += "&scope=" + escaped_part(options_.scope);
  // RFC 6749, 2.3.1: both parts form-encoded before they are joined.
  auto client = escaped_part(options_.client_id) + ":" +
                escaped_part(options_.client_secret.reveal());
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"},
                     {"User-Agent", "duban"},
                     {"Authorization", "Basic " + encode_base64(client)}};
  request.timeout = options_.timeout;
  request.ca = options_.ca;
  request.proxy = options_.proxy;
  request.allow_private = options_.allow_private;
  return request;
}

std::expected<Secret, Outcome> AccessToken::keep(const io::HttpReply& reply) {
  if (reply.status != 200) {
    auto outcome = judge({}, reply, {options_.client_secret.reveal()}, "", clock_.machine_now());
    outcome.detail = readable("取令牌:" + outcome.detail);
    outcome.wire_digest.clear();
    outcome.endpoint_gone = false;
    if (outcome.outcome == AttemptOutcome::rejected) outcome.reason = Reason::bad_configuration;
    // A 2xx that is no 200 brings no token either.
    if (outcome.outcome == AttemptOutcome::delivered) {
      outcome.outcome = AttemptOutcome::retry;
      outcome.reason = Reason::reply_strange;
    }
    return std::unexpected(std::move(outcome));
  }
  boost::system::error_code failure;
  auto answer = json::parse(reply.body, failure);
  const auto* object = answer.if_object();
  const auto* token = object ? object->if_contains("access_token") : nullptr;
  bool usable = token && token->is_string() && !token->get_string().empty() &&
                !has_controls(token->get_string());
  if (!usable) {
    return std::unexpected(not_delivered(AttemptOutcome::retry, Reason::reply_strange,
                                         "取令牌:应答中没有 access_token"));
  }
  token_ = Secret{std::string{token->get_string()}};
  auto lives = lifetime(*object);
  stale_at_ = clock_.machine_now() + std::max(lives - spare, lives / 2);
  return token_;
}

}  // namespace duban::channel
