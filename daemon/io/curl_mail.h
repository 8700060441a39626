#pragma once
// One mail over SMTP: on a connection that another mail of the burst has just left, or on one of
// its own. No plain, stale or another user's connection is ever used again.

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>

#include "io/curl_pool.h"
#include "io/mail_lines.h"
#include "io/transport.h"

namespace duban::io {

boost::asio::awaitable<std::expected<MailReply, TransportError>> curl_mail(
    std::shared_ptr<CurlPool> pool, std::shared_ptr<MailLines> lines, MailRequest request);

}  // namespace duban::io
