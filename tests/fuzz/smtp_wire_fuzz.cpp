// A mail server's bytes as they come from the network: through libcurl and the dialogue that
// follows it, over a loopback socket.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>

#include "channel/smtp.h"
#include "fuzz/judged.h"
#include "io/curl_transport.h"
#include "peers/run.h"

namespace {

using namespace duban;
using namespace duban::fuzz;
using boost::asio::ip::tcp;
namespace asio = boost::asio;

bool ends_a_reply(std::string_view line) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  bool code = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, is_digit);
  return code && (line.size() == 3 || line[3] == ' ' || line[3] == '\r');
}

// One reply: lines up to one that a client answers. Where it would wait for more, so that both
// would, the rest goes out too.
std::string take_reply(std::string_view& text) {
  std::string reply;
  while (!text.empty()) {
    auto line = take_line(text);
    reply.append(line).append("\n");
    if (ends_a_reply(line)) break;
  }
  return reply;
}

// Greets, says the next reply to whatever it hears, and hangs up when it has no more.
asio::awaitable<void> serve(tcp::acceptor& acceptor, std::string text) {
  auto socket = co_await acceptor.async_accept(asio::use_awaitable);
  socket.set_option(tcp::no_delay{true});
  std::array<char, 4096> heard{};
  boost::system::error_code failed;
  std::string_view left = text;
  while (!left.empty() && !failed) {
    auto reply = take_reply(left);
    co_await asio::async_write(socket, asio::buffer(reply),
                               asio::redirect_error(asio::use_awaitable, failed));
    if (failed || left.empty()) break;
    co_await socket.async_read_some(asio::buffer(heard),
                                    asio::redirect_error(asio::use_awaitable, failed));
  }
}

struct Wire {
  asio::io_context loop;
  tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());

  void answer(std::string_view text, bool login) {
    io::MailRequest request;
    request.host = "127.0.0.1";
    request.port = acceptor.local_endpoint().port();
    request.tls = io::MailTls::none;
    if (login) {
      request.user = "duban";
      request.password = Secret{"duban"};
    }
    request.from = "duban@example.org";
    request.recipients = {"edu@example.org"};
    request.message = "Subject: x\r\n\r\n.\r\n";
    request.timeout = std::chrono::milliseconds{500};
    bool served = false;
    asio::co_spawn(loop, serve(acceptor, std::string{text}),
                   [&](const std::exception_ptr&) { served = true; });
    auto reply = testing::run(loop, transport->mail(request));
    acceptor.cancel();
    while (!served && loop.run_one() > 0) {
    }
    if (!reply) return require(reply.error().text.size() < 1024, "an error is short");
    check_outcome(channel::judge_mail(*reply, request.message));
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Wire wire;
  if (size > 0) wire.answer(text_of(data + 1, size - 1), (data[0] & 1) != 0);
  return 0;
}
