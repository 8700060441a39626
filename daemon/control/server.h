#pragma once
// The daemon's ears: HTTP/1.1 over a Unix socket, or over TCP on this machine, everything bounded.
// What is said goes to who answers.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/limits.h"
#include "control/answerer.h"
#include "io/task_group.h"

namespace duban::control {

/// What is cut off when it takes longer.
struct Patience {
  /// Somebody says or reads nothing.
  std::chrono::milliseconds silence = limits::request_timeout;
  /// A copy of the ledger, read from its first byte to its last, however steadily.
  std::chrono::milliseconds copy = limits::backup_within;
};

/// One thread: the executor's. Refers to who answers and to tasks, which must outlive it.
class Server {
 public:
  /// Connections run as tasks of `tasks`.
  Server(boost::asio::any_io_executor executor, Answerer& answerer, io::TaskGroup& tasks,
         Patience patience = {});
  ~Server();

  /// Opens the socket, mode 0660, of group duban where there is one and we are in it. A socket that
  /// nobody listens on is removed first; the error is for a person.
  std::expected<void, std::string> listen(const std::filesystem::path& socket);
  /// Opens a port of a numeric address; the error is for a person.
  std::expected<void, std::string> listen(const std::string& address, std::uint16_t port);
  /// Until cancelled. After listen().
  boost::asio::awaitable<void> run();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duban::control
