#include "peers/imap_peer.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <list>
#include <map>

namespace duban::testing {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct ImapPeer::State {
  explicit State(asio::io_context& on)
      : loop(on), acceptor(on, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}
  asio::io_context& loop;
  tcp::acceptor acceptor;
  std::list<tcp::socket> sockets;
  std::map<std::string, std::string> replies{
      {"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n%T OK\r\n"},
      {"LOGIN", "%T OK\r\n"},
      {"ID", "%T BAD what\r\n"},
      {"EXAMINE", "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n%T OK [READ-ONLY] open\r\n"},
      {"UID SEARCH", "* SEARCH\r\n%T OK\r\n"},
      {"UID FETCH", "%T OK\r\n"},
      {"LOGOUT", "* BYE\r\n%T OK\r\n"},
  };
  std::vector<std::string> commands;

  std::string reply_to(const std::string& command) const {
    std::size_t longest = 0;
    std::string reply = "%T BAD what\r\n";
    for (const auto& [begin, bytes] : replies) {
      if (begin.size() < longest || !command.starts_with(begin)) continue;
      longest = begin.size();
      reply = bytes;
    }
    return reply;
  }
};

namespace {

std::string with_tag(std::string bytes, const std::string& tag) {
  for (auto at = bytes.find("%T"); at != std::string::npos; at = bytes.find("%T", at)) {
    bytes.replace(at, 2, tag);
  }
  return bytes;
}

asio::awaitable<void> write_all(tcp::socket& socket, std::string bytes) {
  co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
}

template <class State>
asio::awaitable<void> converse(std::shared_ptr<State> state, tcp::socket& socket) {
  co_await write_all(socket, "* OK peer\r\n");
  for (std::string buffer;;) {
    auto length = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n",
                                                  asio::use_awaitable);
    auto line = buffer.substr(0, length - 2);
    buffer.erase(0, length);
    auto blank = line.find(' ');
    auto command = line.substr(blank + 1);
    state->commands.push_back(command);
    auto reply = state->reply_to(command);
    if (reply == ImapPeer::hang_up) co_return;
    if (reply != ImapPeer::stall) {
      co_await write_all(socket, with_tag(std::move(reply), line.substr(0, blank)));
    }
  }
}

template <class State>
asio::awaitable<void> serve(std::shared_ptr<State> state,
                            typename std::list<tcp::socket>::iterator socket) {
  try {
    co_await converse(state, *socket);
  } catch (const boost::system::system_error&) {
    // The other side has gone, or the peer is being taken down.
  }
  state->sockets.erase(socket);
}

template <class State>
asio::awaitable<void> accept_all(std::shared_ptr<State> state) {
  while (state->acceptor.is_open()) {
    state->sockets.push_front(co_await state->acceptor.async_accept(asio::use_awaitable));
    asio::co_spawn(state->loop, serve(state, state->sockets.begin()), [](std::exception_ptr) {});
  }
}

}  // namespace

ImapPeer::ImapPeer(asio::io_context& loop) : state_(std::make_shared<State>(loop)) {
  asio::co_spawn(loop, accept_all(state_), [](std::exception_ptr) {});
}

ImapPeer::~ImapPeer() {
  state_->acceptor.close();
  for (auto& socket : state_->sockets) socket.close();
}

unsigned ImapPeer::port() const { return state_->acceptor.local_endpoint().port(); }
void ImapPeer::reply(const std::string& command, std::string bytes) {
  state_->replies[command] = std::move(bytes);
}
void ImapPeer::fetch(unsigned uid, const std::string& mail) {
  reply("UID FETCH " + std::to_string(uid) + " ",
        "* 1 FETCH (UID " + std::to_string(uid) + " BODY[]<0> {" + std::to_string(mail.size()) +
            "}\r\n" + mail + ")\r\n%T OK\r\n");
}
const std::vector<std::string>& ImapPeer::commands() const { return state_->commands; }

}  // namespace duban::testing
