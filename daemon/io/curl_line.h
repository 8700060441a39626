#pragma once
// A connection to a mail server on which libcurl has logged in; what follows is our own dialogue,
// because libcurl's blocks the whole thread while it waits for the answer to a message (and to
// QUIT), and cannot read a mailbox without marking what it reads. For io/*.cpp only.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "io/curl_handle.h"
#include "io/curl_pool.h"
#include "io/transport.h"

namespace duban::io {

class CurlLine {
 public:
  CurlLine(std::shared_ptr<CurlPool> pool, std::chrono::milliseconds timeout,
           const std::string& ca);
  ~CurlLine();
  CurlLine(const CurlLine&) = delete;
  CurlLine& operator=(const CurlLine&) = delete;

  // Before open().

  /// `protocol`: smtp or imap; `path`: what stands behind the server in the URL.
  void reach(std::string_view protocol, const std::string& host, unsigned port, MailTls tls,
             const std::string& path = {});
  void go_through(const std::string& proxy);
  /// To be told of the login.
  CurlHandle& handle() { return handle_; }
  const CurlHandle& handle() const { return handle_; }
  /// Connects, starts TLS, logs in: a CURLcode.
  boost::asio::awaitable<int> open();

  /// False when the connection is lost.
  boost::asio::awaitable<bool> write(std::string_view bytes);
  /// A line without its end; nothing when the connection is lost, or a line has more than
  /// `at_most` bytes.
  boost::asio::awaitable<std::optional<std::string>> read_line(std::size_t at_most);
  /// So many bytes, of which the first `kept` are given; nothing when the connection is lost.
  boost::asio::awaitable<std::optional<std::string>> read_bytes(std::size_t count,
                                                                std::size_t kept);
  /// Without waiting.
  void write_last(std::string_view bytes);

  bool has_unread() const { return !unread_.empty(); }
  /// Nothing has come unasked, and the server has not closed.
  bool is_quiet();
  /// Empty while nothing has gone wrong with the connection.
  const std::string& fault() const { return fault_; }
  void fail(std::string fault) { fault_ = std::move(fault); }

 private:
  struct Socket;
  boost::asio::awaitable<bool> read_more();
  bool lost(int code);

  std::shared_ptr<CurlPool> pool_;
  CurlHandle handle_;
  std::optional<CurlPool::Transfer> transfer_;
  std::unique_ptr<Socket> socket_;
  std::string unread_;
  std::string fault_;
};

/// libcurl would block until its goodbye is answered, which nobody needs: to be called from its
/// debug function once that is on its way.
void hear_no_more(void* easy);

}  // namespace duban::io
