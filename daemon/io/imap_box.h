#pragma once
// A mailbox on a server (IMAP4rev1, RFC 3501), opened read-only for each look.

#include <boost/asio/any_io_executor.hpp>

#include "io/mailbox.h"
#include "io/transport.h"

namespace duban::io {

struct ImapServer {
  std::string host;
  unsigned port = 993;
  MailTls tls = MailTls::implicit;
  std::string user;
  Secret password;
  /// As the server calls it.
  std::string folder = "INBOX";
  /// A file of certificates to trust; empty: the system's.
  std::string ca;
  /// Through which the server is reached, by CONNECT or SOCKS; empty: none.
  std::string proxy;
  /// For the login, and for each answer.
  std::chrono::milliseconds timeout = limits::attempt_timeout;
};

/// One thread: the executor's.
std::unique_ptr<Mailbox> make_imap_box(boost::asio::any_io_executor executor, ImapServer server,
                                       const Clock& clock);

}  // namespace duban::io
