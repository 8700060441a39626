#pragma once
// The service manager's watchdog: what it hears comes from the loop that does the work, not from a
// thread beside it, which would go on saying that all is well.

#include <boost/asio/awaitable.hpp>

namespace duban::app {

/// Feeds the service manager's watchdog for as long as the loop turns, and until it is cancelled.
/// Ends at once where nobody watches.
boost::asio::awaitable<void> feed_watchdog();

}  // namespace duban::app
