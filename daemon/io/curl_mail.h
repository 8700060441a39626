#pragma once
// One mail over SMTP. libcurl finds the server, connects, starts TLS and logs in; the rest of the
// dialogue is ours, because libcurl's own blocks the whole thread while it waits for the answer to
// the message (and to QUIT). So each mail has a connection of its own, and no plain, stale or
// another user's connection is ever used again.

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>

#include "io/curl_pool.h"
#include "io/transport.h"

namespace duban::io {

boost::asio::awaitable<std::expected<MailReply, TransportError>> curl_mail(
    std::shared_ptr<CurlPool> pool, MailRequest request);

}  // namespace duban::io
