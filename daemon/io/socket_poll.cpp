#include "io/socket_poll.h"

#include <sys/epoll.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

namespace duban::io {
namespace {

std::uint32_t bits_of(unsigned events) {
  return ((events & SocketPoll::in) != 0 ? EPOLLIN : 0U) |
         ((events & SocketPoll::out) != 0 ? EPOLLOUT : 0U);
}

unsigned events_of(std::uint32_t bits) {
  return ((bits & EPOLLIN) != 0 ? SocketPoll::in : 0U) |
         ((bits & EPOLLOUT) != 0 ? SocketPoll::out : 0U) |
         ((bits & (EPOLLERR | EPOLLHUP)) != 0 ? SocketPoll::error : 0U);
}

std::uint64_t label_of(int socket, std::uint32_t birth) {
  return std::uint64_t{birth} << 32 | static_cast<std::uint32_t>(socket);
}

int new_poll() {
  const int poll = epoll_create1(EPOLL_CLOEXEC);
  if (poll < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return poll;
}

}  // namespace

struct SocketPoll::Poll {
  explicit Poll(const boost::asio::any_io_executor& executor)
      : descriptor(executor, new_poll()) {}
  int number() { return descriptor.native_handle(); }
  boost::asio::posix::stream_descriptor descriptor;
};

SocketPoll::SocketPoll(const boost::asio::any_io_executor& executor)
    : poll_(std::make_unique<Poll>(executor)) {}

SocketPoll::~SocketPoll() = default;

void SocketPoll::wait(std::function<void(bool ready)> then) {
  poll_->descriptor.async_wait(
      boost::asio::posix::stream_descriptor::wait_read,
      [then = std::move(then)](boost::system::error_code failed) { then(!failed); });
}

void SocketPoll::cancel() {
  boost::system::error_code ignored;
  poll_->descriptor.cancel(ignored);
}

void SocketPoll::tell(int socket, Interest& interest) {
  const int poll = poll_->number();
  epoll_event event{.events = bits_of(interest.wanted),
                    .data = {.u64 = label_of(socket, interest.birth)}};
  if (interest.told == 0 || epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event) != 0) {
    // Out of memory for one more: the transfer runs into its time limit.
    epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
  }
  interest.told = interest.wanted;
}

// In vain, and no harm, where the kernel has let go of it already.
void SocketPoll::leave(int socket) {
  epoll_event unused{};
  epoll_ctl(poll_->number(), EPOLL_CTL_DEL, socket, &unused);
}

void SocketPoll::want(int socket, unsigned events) {
  auto [found, is_new] = interests_.try_emplace(socket);
  auto& interest = found->second;
  if (is_new) interest.birth = ++births_;
  interest.wanted = events;
  if (events != 0 && events != interest.told) tell(socket, interest);
}

void SocketPoll::forget(int socket) {
  auto found = interests_.find(socket);
  if (found == interests_.end()) return;
  leave(socket);
  interests_.erase(found);
}

void SocketPoll::forget_unwanted() {
  std::erase_if(interests_, [this](auto& one) {
    auto& [socket, interest] = one;
    if (interest.wanted == 0) leave(socket);
    return interest.wanted == 0;
  });
}

std::vector<SocketPoll::Ready> SocketPoll::take(std::size_t limit) {
  std::vector<epoll_event> events(limit);
  const int count = epoll_wait(poll_->number(), events.data(), static_cast<int>(limit), 0);
  std::vector<Ready> ready;
  for (const auto& event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
    ready.push_back({static_cast<int>(event.data.u64 & 0xffffffff), events_of(event.events),
                     static_cast<std::uint32_t>(event.data.u64 >> 32)});
  }
  return ready;
}

bool SocketPoll::admit(const Ready& ready) {
  auto found = interests_.find(ready.socket);
  if (found == interests_.end() || found->second.birth != ready.birth) return false;
  auto& interest = found->second;
  if (interest.wanted != 0 && (ready.events & (interest.wanted | error)) != 0) return true;
  if (interest.wanted != 0) {
    tell(ready.socket, interest);
  } else {
    leave(ready.socket);
    interest.told = 0;
  }
  return false;
}

}  // namespace duban::io
