#pragma once
// Many sockets waited for through one descriptor (epoll), which costs a system call a batch and not
// one a socket. For io/curl_pool.cpp only.

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace duban::io {

/// Which sockets are waited for, and for what. One thread. The sockets stay their owner's, who
/// calls forget() before one is closed.
class SocketPoll {
 public:
  /// Of `Ready` and want(): readable, writable, broken (that one is never asked for).
  static constexpr unsigned in = 1, out = 2, error = 4;
  struct Ready {
    int socket;
    unsigned events;
    /// Numbers of sockets come again: which of them this is of.
    std::uint32_t birth;
  };

  /// Throws std::system_error where the system gives no descriptor.
  explicit SocketPoll(const boost::asio::any_io_executor& executor);
  ~SocketPoll();
  SocketPoll(const SocketPoll&) = delete;
  SocketPoll& operator=(const SocketPoll&) = delete;

  /// Calls `then` on the executor once take() would give something (true) or the wait was cancelled
  /// (false). One wait at a time.
  void wait(std::function<void(bool ready)> then);
  void cancel();
  /// Level-triggered. 0: for nothing at present; to want the same again after that, as of a
  /// connection that is kept for the next request, costs nothing.
  void want(int socket, unsigned events);
  void forget(int socket);
  /// Forgets all of which nothing is wanted: they wake nobody any more, whatever comes on them.
  void forget_unwanted();
  /// What is ready now, at most `limit` sockets; the others come with the next call.
  std::vector<Ready> take(std::size_t limit);
  /// Whether what was taken is to be acted on. A socket that is ready for nothing that is wanted of
  /// it is left alone until it is wanted again.
  bool admit(const Ready& ready);

 private:
  struct Interest {
    unsigned wanted = 0;
    /// What the kernel was told; nothing once the socket is out of its list.
    unsigned told = 0;
    std::uint32_t birth = 0;
  };
  struct Poll;
  void tell(int socket, Interest& interest);
  void leave(int socket);

  std::unique_ptr<Poll> poll_;
  std::uint32_t births_ = 0;
  std::unordered_map<int, Interest> interests_;
};

}  // namespace duban::io
