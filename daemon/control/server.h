#pragma once
// The daemon's ear: HTTP/1.1 over a Unix socket, everything bounded. What is said goes to the routes.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "control/send_test.h"
#include "engine/engine.h"

namespace duban::control {

struct ServerOptions {
  std::filesystem::path socket;
  /// Every answer says so.
  bool pretended = false;
};

/// One thread: the executor's. Refers to the engine and the sender, which must outlive it.
class Server {
 public:
  Server(boost::asio::any_io_executor executor, engine::Engine& engine, SendTest& sender,
         ServerOptions options);
  ~Server();

  /// Opens the socket, mode 0660, of group duban where there is one and we are in it. A socket that
  /// nobody listens on is removed first; the error is for a person.
  std::expected<void, std::string> listen();
  /// Until stop() or cancelled. After listen().
  boost::asio::awaitable<void> run();
  /// Closes the socket, and every connection where it stands.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duban::control
