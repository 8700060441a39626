#include "control/server.h"

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/file_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "io/deadline.h"
#include "io/signal.h"
#include "io/task_group.h"
#include "io/timer_descriptor.h"

namespace duban::control {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using Local = asio::local::stream_protocol;
using Tcp = asio::ip::tcp;
// Either kind.
using Protocol = asio::generic::stream_protocol;
using Socket = Protocol::socket;
using Acceptor = asio::basic_socket_acceptor<Protocol>;
using Response = http::response<http::string_body>;
using Parser = http::request_parser<http::string_body>;
using boost::system::error_code;

namespace {

constexpr const char* group_name = "duban";

// Who is on the other side, by the kernel's word; of TCP it has none.
std::string peer_of(Socket& socket) {
  error_code error;
  auto here = socket.local_endpoint(error);
  if (error || here.protocol().family() != AF_UNIX) return "";
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
  // The packaged daemon is of the group, and its sandbox has no chown.
  struct stat now {};
  if (::stat(socket.c_str(), &now) == 0 && now.st_gid == entry.gr_gid) return;
  if (::chown(socket.c_str(), static_cast<uid_t>(-1), entry.gr_gid) != 0) {
    spdlog::warn("the socket {} stays with our own group: not in group {}", socket.string(),
                 group_name);
  }
}

bool somebody_listens(const std::filesystem::path& socket) {
  asio::io_context context;
  Local::socket probe{context};
  error_code error;
  probe.connect(Local::endpoint{socket.string()}, error);
  return !error;
}

Response to_response(const Reply& reply, unsigned version, bool keep) {
  Response response{static_cast<http::status>(reply.status), version};
  response.set(http::field::content_type, reply.type);
  response.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : reply.headers) response.set(name, value);
  response.body() = reply.body + "\n";
  response.keep_alive(keep);
  response.prepare_payload();
  return response;
}

// The header says what is asked, and so how long the body may be.
asio::awaitable<void> read_request(Socket& socket, const Answerer& answerer,
                                   beast::flat_buffer& buffer, Parser& parser,
                                   error_code& error) {
  co_await http::async_read_header(socket, buffer, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  auto target = parser.get().target();
  auto bound = answerer.body_bound({target.data(), target.size()});
  parser.body_limit(bound);
  if (parser.content_length().value_or(0) > bound) {
    error = http::error::body_limit;
    co_return;
  }
  co_await http::async_read(socket, buffer, parser,
                            asio::redirect_error(asio::use_awaitable, error));
}

// What was asked for by HEAD is told without its body.
asio::awaitable<void> write_response(Socket& socket, const Response& response, bool head_only,
                                     error_code& error) {
  http::response_serializer<http::string_body> serializer{response};
  if (head_only) {
    co_await http::async_write_header(socket, serializer,
                                      asio::redirect_error(asio::use_awaitable, error));
  } else {
    co_await http::async_write(socket, serializer,
                               asio::redirect_error(asio::use_awaitable, error));
  }
}

asio::awaitable<bool> write_in_time(Socket& socket, Response response,
                                    std::chrono::milliseconds patience, bool head_only = false) {
  error_code error;
  bool keep = response.keep_alive();
  bool in_time =
      co_await io::ends_within(write_response(socket, response, head_only, error), patience);
  co_return in_time && !error && keep;
}

asio::awaitable<void> write_piece(Socket& socket,
                                  http::response_serializer<http::file_body>& serializer,
                                  error_code& error) {
  co_await http::async_write_some(socket, serializer,
                                  asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> write_pieces(Socket& socket, http::response<http::file_body>& response,
                                   std::chrono::milliseconds patience, error_code& error) {
  http::response_serializer<http::file_body> serializer{response};
  while (!error && !serializer.is_done()) {
    bool in_time = co_await io::ends_within(write_piece(socket, serializer, error), patience);
    if (!in_time) error = asio::error::timed_out;
  }
}

// Piece by piece: a ledger may be large, so each piece has to go in time, and all of them at last.
asio::awaitable<bool> send_file(Socket& socket, const Answerer& answerer,
                                std::shared_ptr<const std::filesystem::path> file,
                                unsigned version, bool keep, Patience patience) {
  http::response<http::file_body> response{http::status::ok, version};
  error_code error;
  response.body().open(file->c_str(), beast::file_mode::scan, error);
  if (error) {
    auto answer = answerer.refuse(
        {"ledger", both("备份读不出来:{}", "the backup cannot be read: {}", error.message()),
         {"再试一次", "try again"}});
    co_return co_await write_in_time(socket, to_response(answer, version, keep),
                                     patience.silence);
  }
  response.set(http::field::content_type, "application/vnd.sqlite3");
  response.set(http::field::cache_control, "no-store");
  response.keep_alive(keep);
  response.prepare_payload();
  bool in_time = co_await io::ends_within(
      write_pieces(socket, response, patience.silence, error), patience.copy);
  co_return in_time && !error && keep;
}

// Reset, closed: nobody is there to be told. (Success has the system's category too.)
bool is_of_the_socket(const error_code& error) {
  return error && error.category() == boost::system::system_category();
}

// What could not be read as a request.
engine::Refusal unreadable(const error_code& error) {
  if (error == http::error::body_limit || error == http::error::header_limit) {
    return {"too-large", {"请求太长", "the request is too long"}, {}};
  }
  return {"bad-request",
          both("请求不是 HTTP:{}", "the request is not HTTP: {}", error.message()), {}};
}

std::string host_of(const http::request<http::string_body>& message) {
  if (message.count(http::field::host) != 1) return "";
  return std::string{message[http::field::host]};
}

// Places for connections. Shared with those that end after the server.
struct Places {
  explicit Places(const asio::any_io_executor& executor) : freed(executor) {}
  std::size_t taken = 0;
  io::Signal freed;
};

// One place, given back however the connection ends.
class Place {
 public:
  explicit Place(std::shared_ptr<Places> places) : places_(std::move(places)) { ++places_->taken; }
  Place(Place&&) = default;
  ~Place() {
    if (!places_) return;
    --places_->taken;
    places_->freed.raise();
  }

 private:
  std::shared_ptr<Places> places_;
};

// One connection's life.
asio::awaitable<void> serve(Socket socket, Answerer& answerer, Patience patience, Place) {
  auto by = peer_of(socket);
  beast::flat_buffer buffer{limits::request_bytes + limits::request_header_bytes};
  for (;;) {
    Parser parser;
    parser.body_limit(limits::edited_request_bytes);
    parser.header_limit(limits::request_header_bytes);
    error_code error;
    bool in_time = co_await io::ends_within(
        read_request(socket, answerer, buffer, parser, error), patience.silence);
    bool ended = !in_time || error == http::error::end_of_stream ||
                 error == http::error::partial_message || is_of_the_socket(error);
    if (ended) co_return;
    if (error) {
      auto refusal = answerer.refuse(unreadable(error));
      co_await write_in_time(socket, to_response(refusal, 11, false), patience.silence);
      co_return;
    }
    auto message = parser.release();
    Request request{.method = std::string{message.method_string()},
                    .target = std::string{message.target()},
                    .body = std::move(message.body()),
                    .by = by,
                    .host = host_of(message)};
    auto asked = request.method + ' ' + request.target.substr(0, request.target.find('?'));
    auto reply = co_await answerer.answer(std::move(request));
    spdlog::debug("{} by {}: {}", asked, by.empty() ? "the local listener" : by, reply.status);
    if (reply.file) {
      auto file = std::exchange(reply.file, nullptr);
      if (!co_await send_file(socket, answerer, file, message.version(), message.keep_alive(),
                              patience)) {
        co_return;
      }
      continue;
    }
    auto response = to_response(reply, message.version(), message.keep_alive());
    bool head_only = message.method() == http::verb::head;
    if (!co_await write_in_time(socket, std::move(response), patience.silence, head_only)) {
      co_return;
    }
  }
}

}  // namespace

struct Server::State {
  State(const asio::any_io_executor& executor, Answerer& to, io::TaskGroup& group, Patience waits)
      : acceptor(executor),
        answerer(to),
        tasks(group),
        patience(waits),
        places(std::make_shared<Places>(executor)) {}
  ~State() {
    error_code ignored;
    acceptor.close(ignored);
    if (!path.empty()) ::unlink(path.c_str());
  }

  std::expected<void, std::string> bind(const std::filesystem::path& socket);

  Acceptor acceptor;
  Answerer& answerer;
  io::TaskGroup& tasks;
  const Patience patience;
  std::shared_ptr<Places> places;
  // The socket's file, once it is ours.
  std::filesystem::path path;
};

std::expected<void, std::string> Server::State::bind(const std::filesystem::path& socket) {
  error_code error;
  acceptor.open(Local{}, error);
  // From the first moment nobody else may connect.
  auto before = ::umask(0117);
  if (!error) acceptor.bind(Local::endpoint{socket.string()}, error);
  ::umask(before);
  if (!error) path = socket;
  if (!error) acceptor.listen(Socket::max_listen_connections, error);
  if (!error) return {};
  return std::unexpected(fmt::format("cannot listen on {}: {}", socket.string(),
                                     error.message()));
}

Server::Server(asio::any_io_executor executor, Answerer& answerer, io::TaskGroup& tasks,
               Patience patience)
    : state_(std::make_unique<State>(executor, answerer, tasks, patience)) {}

Server::~Server() = default;

std::expected<void, std::string> Server::listen(const std::filesystem::path& socket) {
  constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - 1;
  if (socket.string().size() > longest) {
    return std::unexpected(fmt::format("socket: a path of more than {} bytes: {}", longest,
                                       socket.string()));
  }
  std::error_code failed;
  if (socket.has_parent_path()) std::filesystem::create_directories(socket.parent_path(), failed);
  if (std::filesystem::is_socket(std::filesystem::symlink_status(socket, failed))) {
    if (somebody_listens(socket)) {
      return std::unexpected("another duband listens on " + socket.string());
    }
    std::filesystem::remove(socket, failed);
  }
  if (auto bound = state_->bind(socket); !bound) return bound;
  give_to_group(socket);
  return {};
}

std::expected<void, std::string> Server::listen(const std::string& address, std::uint16_t port) {
  error_code error;
  Tcp::endpoint endpoint{asio::ip::make_address(address, error), port};
  auto& acceptor = state_->acceptor;
  if (!error) acceptor.open(endpoint.protocol(), error);
  // What ended a moment ago holds no port.
  if (!error) acceptor.set_option(Acceptor::reuse_address{true}, error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(Socket::max_listen_connections, error);
  if (!error) return {};
  return std::unexpected(fmt::format("cannot listen on {} port {}: {}", address, port,
                                     error.message()));
}

asio::awaitable<void> Server::run() {
  auto& state = *state_;
  // Made while there are descriptors: it is wanted when there are none.
  auto again = io::make_timer(co_await asio::this_coro::executor, limits::accept_again);
  for (;;) {
    // More than that wait in the kernel's backlog.
    while (state.places->taken >= limits::control_connections) {
      co_await state.places->freed.wait();
    }
    error_code error;
    auto socket =
        co_await state.acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      spdlog::warn("accept: {}", error.message());
      // Out of descriptors, most likely.
      io::set_timer(again, limits::accept_again);
      co_await again.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
      continue;
    }
    state.tasks.spawn("control",
                      serve(std::move(socket), state.answerer, state.patience,
                                       Place{state.places}));
  }
}

}  // namespace duban::control
