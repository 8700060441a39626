// The bytes of an answer as they come from the network: through libcurl, over a loopback socket,
// whole and then in pieces.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>

#include "fuzz/judged.h"
#include "io/curl_transport.h"
#include "peers/run.h"

namespace {

using namespace duban;
using namespace duban::fuzz;
using boost::asio::ip::tcp;
namespace asio = boost::asio;

struct Served {
  bool asked = false, over = false;
};

// Takes a connection, reads what comes first, answers `bytes` in pieces of `piece`, and closes.
asio::awaitable<void> serve(tcp::acceptor& acceptor, std::string bytes, std::size_t piece,
                            Served& served) {
  auto socket = co_await acceptor.async_accept(asio::use_awaitable);
  served.asked = true;
  std::array<char, 4096> heard{};
  co_await socket.async_read_some(asio::buffer(heard), asio::use_awaitable);
  socket.set_option(tcp::no_delay{true});
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    boost::system::error_code failed;
    auto next = asio::buffer(bytes.data() + at, std::min(piece, bytes.size() - at));
    co_await asio::async_write(socket, next,
                               asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return;
  }
}

struct Wire {
  asio::io_context loop;
  tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
  SetClock clock{*parse_rfc3339("2022-05-25T17:00:00+08:00")};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> webhook;

  Wire() {
    auto options = webhook_options();
    options.pacing.timeout = std::chrono::milliseconds{500};
    webhook = channel::make_webhook(std::move(options), *transport, clock);
  }

  void answer(std::string_view bytes, std::size_t piece) {
    auto port = acceptor.local_endpoint().port();
    auto address = "http://127.0.0.1:" + std::to_string(port) + std::string{secret_path};
    Served served;
    asio::co_spawn(loop, serve(acceptor, std::string{bytes}, piece, served),
                   [&](const std::exception_ptr&) { served.over = true; });
    auto outcome = testing::run(loop, webhook->send(parcel_to(address)));
    check_outcome(outcome);
    require(!outcome.detail.contains(secret_path), "the address is not repeated", outcome.detail);
    bool answered = outcome.outcome == AttemptOutcome::delivered ||
                    outcome.outcome == AttemptOutcome::rejected;
    require(served.asked || !answered, "an answer is to what was asked", outcome.detail);
    acceptor.cancel();
    while (!served.over && loop.run_one() > 0) {
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Wire wire;
  auto bytes = text_of(data, size);
  wire.answer(bytes, std::max<std::size_t>(size, 1));
  // A second connection for each input is dear; a short one is worth it.
  if (size < 200 && size % 4 == 0) wire.answer(bytes, 16);
  return 0;
}
