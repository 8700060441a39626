#include "peers/smtp_peer.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <list>
#include <map>

namespace duban::testing {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct SmtpPeer::State {
  explicit State(asio::io_context& on)
      : loop(on), acceptor(on, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}
  asio::io_context& loop;
  tcp::acceptor acceptor;
  std::list<tcp::socket> sockets;
  std::map<std::string, std::string> replies{
      {"", "220 peer"}, {"EHLO", "250-peer\n250 SIZE 1000000"}, {"MAIL FROM:", "250 2.1.0 ok"},
      {"RCPT TO:", "250 2.1.5 ok"}, {"DATA", "354 go on"},            {".", "250 2.0.0 taken as 1"},
      {"QUIT", "221 bye"},    {"?", "502 what"}};
  std::function<void(const std::string&)> when_seen = [](const std::string&) {};
  std::vector<SeenMail> mails;
  std::vector<std::string> commands;
  int connections = 0;

  std::string reply_to(const std::string& command) const {
    std::size_t longest = 0;
    auto reply = replies.at("?");
    for (const auto& [begin, text] : replies) {
      if (begin.empty() || begin.size() < longest || !command.starts_with(begin)) continue;
      longest = begin.size();
      reply = text;
    }
    return reply;
  }
};

namespace {

std::string in_angles(const std::string& command) {
  auto from = command.find('<') + 1;
  return command.substr(from, command.find('>') - from);
}

std::string with_crlf(std::string text) {
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.replace(at, 1, "\r\n");
  }
  return text + "\r\n";
}

// False when the connection is to be closed.
asio::awaitable<bool> give_reply(tcp::socket& socket, std::string reply) {
  if (reply == SmtpPeer::hang_up) co_return false;
  if (reply == SmtpPeer::stall) {
    std::string rest;
    co_await asio::async_read(socket, asio::dynamic_buffer(rest), asio::use_awaitable);
  }
  bool endless = reply == SmtpPeer::endless;
  auto bytes = endless ? std::string{"250-more and more\r\n"} : with_crlf(std::move(reply));
  do {
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
  } while (endless);
  co_return true;
}

asio::awaitable<std::string> read_to(tcp::socket& socket, std::string& buffer, std::string end) {
  auto length = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), end,
                                                asio::use_awaitable);
  auto text = buffer.substr(0, length - end.size());
  buffer.erase(0, length);
  co_return text;
}

std::string without_added_dots(std::string data) {
  for (auto at = data.find("\r\n.."); at != std::string::npos; at = data.find("\r\n..", at + 3)) {
    data.erase(at + 2, 1);
  }
  return data;
}

template <class State>
asio::awaitable<void> converse(std::shared_ptr<State> state, tcp::socket& socket) {
  std::string buffer;
  SeenMail mail;
  bool open = co_await give_reply(socket, state->replies.at(""));
  while (open) {
    auto command = co_await read_to(socket, buffer, "\r\n");
    state->commands.push_back(command);
    state->when_seen(command);
    if (command.starts_with("MAIL FROM:")) mail = {in_angles(command), {}, {}};
    auto reply = state->reply_to(command);
    if (command.starts_with("RCPT TO:") && reply.starts_with('2')) {
      mail.to.push_back(in_angles(command));
    }
    open = co_await give_reply(socket, reply);
    if (open && command == "DATA" && reply.starts_with("354")) {
      mail.data = without_added_dots(co_await read_to(socket, buffer, "\r\n.\r\n")) + "\r\n";
      state->mails.push_back(mail);
      state->when_seen(".");
      open = co_await give_reply(socket, state->replies.at("."));
    }
    if (command == "QUIT") open = false;
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
    auto socket = co_await state->acceptor.async_accept(asio::use_awaitable);
    ++state->connections;
    state->sockets.push_front(std::move(socket));
    asio::co_spawn(state->loop, serve(state, state->sockets.begin()), [](std::exception_ptr) {});
  }
}

}  // namespace

SmtpPeer::SmtpPeer(asio::io_context& loop) : state_(std::make_shared<State>(loop)) {
  asio::co_spawn(loop, accept_all(state_), [](std::exception_ptr) {});
}

SmtpPeer::~SmtpPeer() {
  state_->acceptor.close();
  for (auto& socket : state_->sockets) socket.close();
}

unsigned SmtpPeer::port() const { return state_->acceptor.local_endpoint().port(); }
void SmtpPeer::reply(const std::string& command, std::string_view reply) {
  state_->replies[command] = reply;
}
void SmtpPeer::say_and_close(const std::string& line) {
  for (auto& socket : state_->sockets) {
    asio::write(socket, asio::buffer(line + "\r\n"));
    socket.close();
  }
}
const std::vector<SeenMail>& SmtpPeer::mails() const { return state_->mails; }
const std::vector<std::string>& SmtpPeer::commands() const { return state_->commands; }
int SmtpPeer::connections() const { return state_->connections; }
int SmtpPeer::open_connections() const { return static_cast<int>(state_->sockets.size()); }
void SmtpPeer::when_seen(std::function<void(const std::string&)> call) {
  state_->when_seen = std::move(call);
}

}  // namespace duban::testing
