// A receiver's answer as the transport hands it on: status, Retry-After, content type and a body of
// any bytes.
#include <charconv>

#include "channel/outcome.h"
#include "fuzz/judged.h"
#include "peers/run.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

class Answering final : public io::Transport {
 public:
  explicit Answering(io::HttpReply reply) : reply_(std::move(reply)) {}
  boost::asio::awaitable<std::expected<io::HttpReply, io::TransportError>> post(
      io::HttpRequest) override {
    co_return reply_;
  }
  boost::asio::awaitable<std::expected<io::MailReply, io::TransportError>> mail(
      io::MailRequest) override {
    co_return std::unexpected(io::TransportError{});
  }

 private:
  io::HttpReply reply_;
};

// Three lines, then the body.
io::HttpReply reply_in(std::string_view text) {
  io::HttpReply reply;
  auto status = take_line(text);
  std::from_chars(status.data(), status.data() + status.size(), reply.status);
  // libcurl's has three digits.
  reply.status = 200 + static_cast<int>(static_cast<unsigned>(reply.status) % 800);
  reply.retry_after = take_line(text);
  reply.content_type = take_line(text);
  reply.body = text.substr(0, limits::reply_bytes);
  return reply;
}

void check_judgement(const io::HttpReply& reply, const delivery::Outcome& outcome) {
  check_outcome(outcome);
  require(!outcome.detail.contains(secret_path), "the address is not repeated", outcome.detail);
  bool taken = reply.status < 300;
  require(taken == (outcome.outcome == AttemptOutcome::delivered), "2xx alone is delivered");
  require(outcome.outcome != AttemptOutcome::unknown, "who answers is known to have it");
  require(outcome.endpoint_gone == (reply.status == 410), "410 alone ends an endpoint");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reply = reply_in(text_of(data, size));
  SetClock clock{*parse_rfc3339("2022-05-25T17:00:00+08:00")};
  Answering transport{reply};
  auto webhook = channel::make_webhook(webhook_options(), transport, clock);
  boost::asio::io_context loop;
  auto address = "https://hook.example.org" + std::string{secret_path};
  check_judgement(reply, testing::run(loop, webhook->send(parcel_to(address))));
  auto wait = channel::parse_retry_after(reply.retry_after, clock.machine_now());
  if (wait) require(*wait >= Seconds{0} && *wait <= limits::retry_after, "a wait has bounds");
  return 0;
}
