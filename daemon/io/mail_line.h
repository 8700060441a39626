#pragma once
// A connection to a mail server on which libcurl has logged in; what follows is our own dialogue,
// because libcurl's blocks the whole thread while it waits for the answer to the message (and to
// QUIT). For io/*mail*.cpp only.

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/curl_handle.h"
#include "io/curl_pool.h"
#include "io/mail_dialogue.h"
#include "io/transport.h"

namespace duban::io {

class MailLine {
 public:
  MailLine(std::shared_ptr<CurlPool> pool, const MailRequest& request);
  ~MailLine();
  MailLine(const MailLine&) = delete;
  MailLine& operator=(const MailLine&) = delete;

  /// Connects, starts TLS, logs in: a CURLcode.
  boost::asio::awaitable<int> open();
  /// Another mail on the same connection.
  void begin(const std::vector<std::string>& recipients);
  /// Until the server has answered the message or refused a step.
  boost::asio::awaitable<void> hand_over(const MailRequest& request);
  /// Without waiting for the answer, which nobody needs.
  void say_goodbye();

  const CurlHandle& handle() const { return handle_; }
  const MailReply& reply() const { return dialogue_.reply(); }
  bool refused() const { return dialogue_.refused(); }
  bool answered() const { return dialogue_.answered(); }
  bool handed_over() const { return handed_over_; }
  /// Empty while nothing has gone wrong with the connection.
  const std::string& fault() const { return fault_; }
  /// The server has taken a message and waits for the next.
  bool may_go_on() const;
  /// Nothing has come unasked, and the server has not closed.
  bool is_quiet();
  /// The server was gone before it had heard of the mail.
  bool was_stale() const;

 private:
  struct Socket;
  // A reply that is there before the question answers nothing: believed, it would call a message
  // taken that nobody read.
  bool answered_too_early();
  // False when the server refused, or the connection is lost.
  boost::asio::awaitable<bool> say(std::string command);
  boost::asio::awaitable<bool> write(std::string_view bytes);
  boost::asio::awaitable<bool> hear();
  boost::asio::awaitable<bool> read_more();
  bool lost(int code);

  std::shared_ptr<CurlPool> pool_;
  MailDialogue dialogue_;
  CurlHandle handle_;
  std::optional<CurlPool::Transfer> transfer_;
  std::unique_ptr<Socket> socket_;
  std::string unread_;
  std::string fault_;
  bool handed_over_ = false;
};

}  // namespace duban::io
