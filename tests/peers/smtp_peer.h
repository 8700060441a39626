#pragma once
// An SMTP server on a real socket that answers as a test tells it to, well or badly. Without TLS:
// that is tested against aiosmtpd.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace duban::testing {

struct SeenMail {
  std::string from;
  std::vector<std::string> to;
  /// As it went over the wire, without the dots that SMTP adds.
  std::string data;
};

/// Listens on 127.0.0.1 as long as it lives. On the loop's thread.
class SmtpPeer {
 public:
  explicit SmtpPeer(boost::asio::io_context& loop);
  ~SmtpPeer();
  SmtpPeer(const SmtpPeer&) = delete;
  SmtpPeer& operator=(const SmtpPeer&) = delete;

  /// Says nothing and waits.
  static constexpr std::string_view stall = "(stall)";
  /// Closes without a word.
  static constexpr std::string_view hang_up = "(hang up)";
  /// Sends lines without end.
  static constexpr std::string_view endless = "(endless)";

  unsigned port() const;
  /// Answers commands that begin so from now on (`.` is the end of a message, `` the greeting, the
  /// longest beginning counts) with a reply, its lines parted by LF, or one of the words above.
  void reply(const std::string& command, std::string_view reply);
  /// Says something unasked on every open connection, then closes them.
  void say_and_close(const std::string& line);

  const std::vector<SeenMail>& mails() const;
  /// Every command of every connection.
  const std::vector<std::string>& commands() const;
  int connections() const;
  int open_connections() const;
  /// Called whenever a command (or the end of a message) has been read.
  void when_seen(std::function<void(const std::string&)> call);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::testing
