#pragma once
// libcurl's multi interface on the event loop: one pool of connections. For io/curl_*.cpp only.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "io/open_sockets.h"
#include "io/signal.h"

namespace duban::io {

/// One thread: its executor's. libcurl's callbacks only note what it wishes; apply() carries the
/// wishes out after libcurl has returned.
class CurlPool : public std::enable_shared_from_this<CurlPool> {
 public:
  static std::shared_ptr<CurlPool> make(boost::asio::any_io_executor executor);
  ~CurlPool();
  CurlPool(const CurlPool&) = delete;
  CurlPool& operator=(const CurlPool&) = delete;

  /// A prepared easy handle in the pool. It must outlive this; when this ends, by whatever way, the
  /// transfer is broken off.
  class Transfer {
   public:
    Transfer(std::shared_ptr<CurlPool> pool, void* easy);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    /// Until the transfer has ended; the answer is its CURLcode.
    boost::asio::awaitable<int> ended();

   private:
    std::shared_ptr<CurlPool> pool_;
    void* easy_;
    Signal ended_;
    int result_ = 0;
    bool over_ = false;
    friend class CurlPool;
  };

  /// A socket made for libcurl, until it is closed.
  void opened(int socket);
  /// Whether bytes have arrived on a connection on which nothing was asked. They are thrown away
  /// and the connection is shut: libcurl would take it for one that lives, and them for an answer.
  bool empty_out(const ConnectionEnds& connection);
  /// For CURLOPT_CLOSESOCKETFUNCTION: a socket is forgotten before its number is free.
  int close_socket(int socket);

 private:
  struct State;

  explicit CurlPool(boost::asio::any_io_executor executor);
  static int on_socket(void* easy, int socket, int what, void* pool, void* unused);
  static int on_timer(void* multi, long milliseconds, void* pool);
  void act(int socket, int events);
  void apply();
  void collect_finished();
  void wait_for_sockets();
  void serve_sockets();
  void wait_for_time();
  void take_turn();
  void ring();
  void rest();

  std::unique_ptr<State> state_;
};

}  // namespace duban::io
