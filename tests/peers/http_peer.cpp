#include "peers/http_peer.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <list>

namespace duban::testing {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct HttpPeer::State {
  explicit State(asio::io_context& on)
      : loop(on), acceptor(on, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}
  asio::io_context& loop;
  tcp::acceptor acceptor;
  std::list<tcp::socket> sockets;
  std::function<HttpAnswer(const HttpSeen&)> answer = [](const HttpSeen&) { return HttpAnswer{}; };
  std::function<void()> when_seen = [] {};
  std::vector<HttpSeen> seen;
  int connections = 0;
};

namespace {

asio::awaitable<HttpSeen> read_request(tcp::socket& socket, std::string& buffer) {
  auto end = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n",
                                             asio::use_awaitable);
  HttpSeen seen;
  auto head = buffer.substr(0, end - 2);
  buffer.erase(0, end);
  auto target = head.find(' ') + 1;
  seen.target = head.substr(target, head.find(' ', target) - target);
  for (auto at = head.find("\r\n") + 2; at < head.size(); at = head.find("\r\n", at) + 2) {
    auto colon = head.find(':', at);
    auto name = head.substr(at, colon - at);
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto value = head.find_first_not_of(' ', colon + 1);
    seen.headers[name] = head.substr(value, head.find("\r\n", at) - value);
  }
  std::size_t length = std::stoul("0" + seen.headers["content-length"]);
  if (buffer.size() < length) {
    co_await asio::async_read(socket, asio::dynamic_buffer(buffer),
                              asio::transfer_exactly(length - buffer.size()), asio::use_awaitable);
  }
  seen.body = buffer.substr(0, length);
  buffer.erase(0, length);
  co_return seen;
}

std::string head_of(const HttpAnswer& answer, bool with_length) {
  auto head = "HTTP/1.1 " + std::to_string(answer.status) + " As Told\r\n";
  for (const auto& [name, value] : answer.headers) head += name + ": " + value + "\r\n";
  if (with_length) {
    auto promised = answer.body.size() + (answer.how == HttpAnswer::How::short_body ? 100 : 0);
    head += "Content-Length: " + std::to_string(promised) + "\r\n";
  }
  return head + "\r\n";
}

asio::awaitable<void> write_without_end(tcp::socket& socket, std::string piece) {
  while (true) co_await asio::async_write(socket, asio::buffer(piece), asio::use_awaitable);
}

// True when the connection may serve another request.
asio::awaitable<bool> give_answer(tcp::socket& socket, HttpAnswer answer) {
  using How = HttpAnswer::How;
  if (answer.how == How::hang_up) co_return false;
  if (answer.how == How::stall) {
    char byte = 0;  // until the other side goes
    co_await asio::async_read(socket, asio::buffer(&byte, 1), asio::use_awaitable);
    co_return false;
  }
  auto head = head_of(answer, answer.how == How::reply || answer.how == How::short_body);
  if (answer.how == How::endless_headers) head.resize(head.size() - 2);
  if (answer.how == How::no_http) head.clear();
  co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
  if (answer.how == How::endless_body) {
    co_await write_without_end(socket, std::string(8192, 'x'));
  }
  if (answer.how == How::endless_headers) {
    co_await write_without_end(socket, "X-More: " + std::string(1000, 'x') + "\r\n");
  }
  co_await asio::async_write(socket, asio::buffer(answer.body), asio::use_awaitable);
  co_return answer.how == How::reply;
}

template <class State>
asio::awaitable<void> serve(std::shared_ptr<State> state,
                            typename std::list<tcp::socket>::iterator socket, int connection) {
  try {
    std::string buffer;
    bool more = true;
    while (more) {
      auto seen = co_await read_request(*socket, buffer);
      seen.connection = connection;
      state->seen.push_back(seen);
      auto answer = state->answer(seen);
      state->when_seen();
      more = co_await give_answer(*socket, std::move(answer));
    }
  } catch (const boost::system::system_error&) {
    // The other side has gone, or the peer is being taken down.
  }
  state->sockets.erase(socket);
}

template <class State>
asio::awaitable<void> accept_all(std::shared_ptr<State> state) {
  while (state->acceptor.is_open()) {
    auto socket = co_await state->acceptor.async_accept(asio::use_awaitable);
    state->sockets.push_front(std::move(socket));
    asio::co_spawn(state->loop, serve(state, state->sockets.begin(), ++state->connections),
                   [](std::exception_ptr) {});
  }
}

}  // namespace

HttpPeer::HttpPeer(asio::io_context& loop) : state_(std::make_shared<State>(loop)) {
  asio::co_spawn(loop, accept_all(state_), [](std::exception_ptr) {});
}

HttpPeer::~HttpPeer() {
  state_->acceptor.close();
  for (auto& socket : state_->sockets) socket.close();
}

unsigned HttpPeer::port() const { return state_->acceptor.local_endpoint().port(); }
std::string HttpPeer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}
void HttpPeer::answer(HttpAnswer answer) {
  state_->answer = [answer](const HttpSeen&) { return answer; };
}
void HttpPeer::answer(std::function<HttpAnswer(const HttpSeen&)> answer) {
  state_->answer = std::move(answer);
}
const std::vector<HttpSeen>& HttpPeer::seen() const { return state_->seen; }
void HttpPeer::when_seen(std::function<void()> call) { state_->when_seen = std::move(call); }
void HttpPeer::say(const std::string& bytes) {
  for (auto& socket : state_->sockets) asio::write(socket, asio::buffer(bytes));
}
int HttpPeer::open_connections() const { return static_cast<int>(state_->sockets.size()); }

}  // namespace duban::testing
