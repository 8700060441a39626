#pragma once
// A mailbox server on a real socket that answers as a test tells it to, well or badly. Without TLS:
// that is tested against Dovecot.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

namespace duban::testing {

/// Listens on 127.0.0.1 as long as it lives. On the loop's thread.
class ImapPeer {
 public:
  explicit ImapPeer(boost::asio::io_context& loop);
  ~ImapPeer();
  ImapPeer(const ImapPeer&) = delete;
  ImapPeer& operator=(const ImapPeer&) = delete;

  /// Says nothing and waits; closes without a word.
  static constexpr std::string_view stall = "(stall)";
  static constexpr std::string_view hang_up = "(hang up)";

  unsigned port() const;
  /// Answers commands that begin so (behind their tag, the longest beginning counts) with these
  /// bytes, in which `%T` is the tag, or one of the words above.
  void reply(const std::string& command, std::string bytes);
  /// A mail of that number, beside those of earlier calls.
  void fetch(unsigned uid, const std::string& mail);
  /// Every command of every connection, without its tag.
  const std::vector<std::string>& commands() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::testing
