#pragma once
// The Transport of the daemon: libcurl's multi interface, driven by the event loop.

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "io/transport.h"

namespace duban::io {

/// HTTP without redirects, cookies, .netrc or the environment's proxies; SMTP with a connection for
/// each mail. A name server that hangs holds up nobody but who asked it. Must be used and destroyed
/// on the executor's thread. Makes the process ignore SIGPIPE.
std::unique_ptr<Transport> make_curl_transport(boost::asio::any_io_executor executor);

}  // namespace duban::io
