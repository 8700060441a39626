#include "control/server.h"

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "io/deadline.h"

namespace duban::control {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using Protocol = asio::local::stream_protocol;
using Socket = Protocol::socket;
using Parser = http::request_parser<http::string_body>;
using boost::system::error_code;

namespace {

constexpr const char* group_name = "duban";

// Who is on the other side, by the kernel's word.
std::string peer_of(Socket& socket) {
  struct ucred peer {};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return "";
  struct passwd entry {};
  struct passwd* found = nullptr;
  std::array<char, 4096> room{};
  ::getpwuid_r(peer.uid, &entry, room.data(), room.size(), &found);
  return found != nullptr ? std::string{entry.pw_name} : fmt::format("uid:{}", peer.uid);
}

// Failing is no fault: a daemon that is not the packaged one has no such group, or is not in it.
void give_to_group(const std::filesystem::path& socket) {
  struct group entry {};
  struct group* found = nullptr;
  std::array<char, 16384> room{};
  ::getgrnam_r(group_name, &entry, room.data(), room.size(), &found);
  if (found == nullptr) return;
  if (::chown(socket.c_str(), static_cast<uid_t>(-1), entry.gr_gid) != 0) {
    spdlog::warn("the socket {} stays with our own group: not in group {}", socket.string(),
                 group_name);
  }
}

bool somebody_listens(const std::filesystem::path& socket) {
  asio::io_context context;
  Socket probe{context};
  error_code error;
  probe.connect(Protocol::endpoint{socket.string()}, error);
  return !error;
}

http::response<http::string_body> to_response(const Reply& reply, unsigned version, bool keep) {
  http::response<http::string_body> response{static_cast<http::status>(reply.status), version};
  response.set(http::field::content_type, "application/json; charset=utf-8");
  response.set(http::field::cache_control, "no-store");
  response.body() = reply.body + "\n";
  response.keep_alive(keep);
  response.prepare_payload();
  return response;
}

asio::awaitable<void> read_request(Socket& socket, beast::flat_buffer& buffer, Parser& parser,
                                   error_code& error) {
  co_await http::async_read(socket, buffer, parser,
                            asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> write_response(Socket& socket,
                                     const http::response<http::string_body>& response,
                                     error_code& error) {
  co_await http::async_write(socket, response, asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<bool> write_in_time(Socket& socket, const Reply& reply, unsigned version,
                                    bool keep) {
  auto response = to_response(reply, version, keep);
  error_code error;
  bool in_time = co_await io::ends_within(write_response(socket, response, error),
                                          limits::request_timeout);
  co_return in_time && !error && keep;
}

// What could not be read as a request.
Reply unreadable(const error_code& error) {
  if (error == http::error::body_limit || error == http::error::header_limit) {
    return refused({"too-large", "请求太长", ""});
  }
  return refused({"bad-request", "请求不是 HTTP:" + error.message(), ""});
}

// One connection's life. The count goes down however it ends.
asio::awaitable<void> serve(Socket socket, Routes& routes, std::shared_ptr<std::size_t> open) {
  struct Leave {
    std::size_t& count;
    ~Leave() { --count; }
  } leave{*open};
  auto by = peer_of(socket);
  beast::flat_buffer buffer{limits::request_bytes + limits::request_header_bytes};
  for (;;) {
    Parser parser;
    parser.body_limit(limits::request_bytes);
    parser.header_limit(limits::request_header_bytes);
    error_code error;
    bool in_time = co_await io::ends_within(read_request(socket, buffer, parser, error),
                                            limits::request_timeout);
    bool ended = !in_time || error == http::error::end_of_stream ||
                 error == http::error::partial_message ||
                 error.category() == boost::system::system_category();
    if (ended) co_return;
    if (error) {
      co_await write_in_time(socket, unreadable(error), 11, false);
      co_return;
    }
    auto message = parser.release();
    Request request{.method = std::string{message.method_string()},
                    .target = std::string{message.target()},
                    .body = std::move(message.body()),
                    .by = by};
    auto reply = co_await routes.answer(std::move(request));
    if (!co_await write_in_time(socket, reply, message.version(), message.keep_alive())) co_return;
  }
}

asio::awaitable<void> turn_away(Socket socket, std::shared_ptr<std::size_t> open) {
  struct Leave {
    std::size_t& count;
    ~Leave() { --count; }
  } leave{*open};
  co_await write_in_time(socket, refused({"too-many", "同时连接太多", "过一会儿再试"}), 11, false);
}

}  // namespace

struct Server::State {
  State(asio::any_io_executor executor, Routes& to, io::TaskGroup& group)
      : acceptor(executor), routes(to), tasks(group) {}
  ~State() {
    error_code ignored;
    acceptor.close(ignored);
    if (!path.empty()) ::unlink(path.c_str());
  }

  Protocol::acceptor acceptor;
  Routes& routes;
  io::TaskGroup& tasks;
  std::filesystem::path path;
  // Shared with connections that outlive the server while the task group is joined.
  std::shared_ptr<std::size_t> open = std::make_shared<std::size_t>(0);
};

Server::Server(asio::any_io_executor executor, Routes& routes, io::TaskGroup& tasks)
    : state_(std::make_unique<State>(std::move(executor), routes, tasks)) {}

Server::~Server() = default;

std::expected<void, std::string> Server::listen(const std::filesystem::path& socket) {
  constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - 1;
  if (socket.string().size() > longest) {
    return std::unexpected(fmt::format("socket 的路径太长(最多{}字节):{}", longest,
                                       socket.string()));
  }
  std::error_code unknown;
  if (std::filesystem::is_socket(std::filesystem::symlink_status(socket, unknown))) {
    if (somebody_listens(socket)) {
      return std::unexpected("已经有一个 duband 在 " + socket.string() + " 上");
    }
    std::filesystem::remove(socket, unknown);
  }
  error_code error;
  auto& acceptor = state_->acceptor;
  acceptor.open(Protocol{}, error);
  // From the first moment nobody else may connect.
  auto before = ::umask(0117);
  if (!error) acceptor.bind(Protocol::endpoint{socket.string()}, error);
  ::umask(before);
  if (error) {
    return std::unexpected(fmt::format("开不了 {}:{}", socket.string(), error.message()));
  }
  state_->path = socket;
  give_to_group(socket);
  acceptor.listen(Socket::max_listen_connections, error);
  if (error) return std::unexpected("listen: " + error.message());
  return {};
}

asio::awaitable<void> Server::run() {
  auto& state = *state_;
  for (;;) {
    error_code error;
    auto socket =
        co_await state.acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of descriptors: connections that end make room, and this one is lost.
      spdlog::warn("accept: {}", error.message());
      continue;
    }
    bool room = *state.open < limits::control_connections;
    // Those turned away are bounded too, else they are as many as can connect.
    if (!room && *state.open >= 2 * limits::control_connections) continue;
    ++*state.open;
    if (room) {
      state.tasks.spawn("control", serve(std::move(socket), state.routes, state.open));
    } else {
      state.tasks.spawn("control", turn_away(std::move(socket), state.open));
    }
  }
}

}  // namespace duban::control
