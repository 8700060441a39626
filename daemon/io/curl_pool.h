#pragma once
// libcurl's multi interface on the event loop: one pool of connections. For curl_transport.cpp
// only.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

namespace duban::io {

/// One thread: its executor's. libcurl's callbacks only note what it wishes; apply() carries the
/// wishes out after libcurl has returned.
class CurlPool : public std::enable_shared_from_this<CurlPool> {
 public:
  static std::shared_ptr<CurlPool> make(boost::asio::any_io_executor executor);
  ~CurlPool();
  CurlPool(const CurlPool&) = delete;
  CurlPool& operator=(const CurlPool&) = delete;

  /// Runs a prepared easy handle to its end; the answer is its CURLcode. The handle must outlive
  /// the call. When the awaiting coroutine is cancelled the transfer is broken off before this
  /// throws.
  boost::asio::awaitable<int> perform(void* easy);

  /// For CURLOPT_CLOSESOCKETFUNCTION: no watch outlives its socket.
  int close_socket(int socket);

 private:
  struct Watch;
  struct Running;
  struct State;
  class Attached;

  explicit CurlPool(boost::asio::any_io_executor executor);
  static int on_socket(void* easy, int socket, int what, void* pool, void* watch);
  static int on_timer(void* multi, long milliseconds, void* pool);
  void act(int socket, int events);
  void apply();
  void apply_timer();
  void collect_finished();
  void watch(int socket, int what);
  void wait(int socket, const std::shared_ptr<Watch>& watch, bool to_read);
  void ready(int socket, const std::shared_ptr<Watch>& watch, int events);

  std::unique_ptr<State> state_;
};

}  // namespace duban::io
