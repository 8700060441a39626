#pragma once
// Mail that has come in, read and left as it is: nothing is marked, moved or deleted, so that
// people may read the same mailbox.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/limits.h"
#include "base/secret.h"

namespace duban::io {

class Mailbox {
 public:
  /// Is given a mail, or the first limits::mail_read_bytes of it; whether it need not see it again.
  using Take = std::function<boost::asio::awaitable<bool>(std::string mail)>;

  virtual ~Mailbox() = default;
  /// Shows each mail that has come since the last look, at most limits::mails_at_once; the first
  /// look goes back limits::mailbox_back. The error is for people, without a secret. One at a time.
  virtual boost::asio::awaitable<std::expected<void, std::string>> look(Take take) = 0;
};

/// A Maildir: its `new` and `cur`.
std::unique_ptr<Mailbox> make_maildir(std::string folder, const Clock& clock);

}  // namespace duban::io
