#include "io/curl_line.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <system_error>

namespace duban::io {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

// A duplicate of libcurl's, to wait on.
struct CurlLine::Socket {
  Descriptor descriptor;
};

CurlLine::CurlLine(std::shared_ptr<CurlPool> pool, std::chrono::milliseconds timeout,
                   const std::string& ca)
    : pool_(std::move(pool)),
      // The server is an admin's setting, and usually stands inside.
      handle_(*pool_, timeout, ca, true) {
  handle_.set(CURLOPT_CONNECT_ONLY, 1L);
}

CurlLine::~CurlLine() = default;

void CurlLine::reach(std::string_view protocol, const std::string& host, unsigned port,
                     MailTls tls, const std::string& path) {
  const auto* secure = tls == MailTls::implicit ? "s" : "";
  handle_.set(CURLOPT_URL, fmt::format("{}{}://{}:{}/{}", protocol, secure, host, port, path));
  handle_.set(CURLOPT_PROTOCOLS_STR, fmt::format("{0},{0}s", protocol));
  // Never CURLUSESSL_TRY: it sends the password in the clear when STARTTLS is stripped.
  bool plain = tls == MailTls::none;
  handle_.set(CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
}

void CurlLine::go_through(const std::string& proxy) {
  if (proxy.empty()) return;
  handle_.set(CURLOPT_PROXY, proxy);
  handle_.set(CURLOPT_HTTPPROXYTUNNEL, 1L);
  handle_.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

asio::awaitable<int> CurlLine::open() {
  transfer_.emplace(pool_, handle_.get());
  int code = co_await transfer_->ended();
  if (code != CURLE_OK) co_return code;
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
  int duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (duplicate < 0) throw std::system_error(errno, std::generic_category(), "dup");
  socket_ = std::make_unique<Socket>(Descriptor{co_await asio::this_coro::executor, duplicate});
  co_return code;
}

void CurlLine::write_last(std::string_view bytes) {
  if (!socket_ || !fault_.empty()) return;
  std::size_t count = 0;
  curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &count);
}

bool CurlLine::is_quiet() {
  char byte = 0;
  std::size_t count = 0;
  return unread_.empty() && curl_easy_recv(handle_.get(), &byte, 1, &count) == CURLE_AGAIN;
}

bool CurlLine::lost(int code) {
  fault_ = code == CURLE_OK ? "the server closed the connection"
                            : curl_easy_strerror(static_cast<CURLcode>(code));
  return false;
}

asio::awaitable<bool> CurlLine::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t count = 0;
    auto code = curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &count);
    bytes.remove_prefix(count);
    if (code == CURLE_AGAIN) {
      co_await socket_->descriptor.async_wait(Descriptor::wait_write, asio::use_awaitable);
    } else if (code != CURLE_OK) {
      co_return lost(code);
    }
  }
  co_return true;
}

asio::awaitable<bool> CurlLine::read_more() {
  std::array<char, 4096> bytes{};
  while (true) {
    std::size_t count = 0;
    auto code = curl_easy_recv(handle_.get(), bytes.data(), bytes.size(), &count);
    if (code == CURLE_OK && count > 0) {
      unread_.append(bytes.data(), count);
      co_return true;
    }
    if (code != CURLE_AGAIN) co_return lost(code);
    co_await socket_->descriptor.async_wait(Descriptor::wait_read, asio::use_awaitable);
  }
}

asio::awaitable<std::optional<std::string>> CurlLine::read_line(std::size_t at_most) {
  std::size_t seen = 0;
  while (true) {
    auto end = unread_.find('\n', seen);
    if (end != std::string::npos && end <= at_most) {
      auto line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      co_return line;
    }
    if (unread_.size() > at_most) {
      fault_ = "the server's answer has no end";
      co_return std::nullopt;
    }
    seen = unread_.size();
    if (!co_await read_more()) co_return std::nullopt;
  }
}

asio::awaitable<std::optional<std::string>> CurlLine::read_bytes(std::size_t count,
                                                                 std::size_t kept) {
  std::string bytes;
  while (true) {
    auto now = std::min(count, unread_.size());
    auto room = std::min(now, kept - std::min(kept, bytes.size()));
    bytes.append(unread_, 0, room);
    unread_.erase(0, now);
    count -= now;
    if (count == 0) co_return bytes;
    if (!co_await read_more()) co_return std::nullopt;
  }
}

void hear_no_more(void* easy) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(static_cast<CURL*>(easy), CURLINFO_ACTIVESOCKET, &socket);
  if (socket != CURL_SOCKET_BAD) shutdown(socket, SHUT_RD);
}

}  // namespace duban::io
