#include "io/curl_pool.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <map>
#include <new>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "io/timer_descriptor.h"

namespace duban::io {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

// A watch holds a duplicate of libcurl's socket, so a number that is closed and given out again is
// never waited for in place of the old one. What identifies a watch is its object, not its number.
struct CurlPool::Watch {
  Watch(const asio::any_io_executor& executor, int duplicate) : descriptor(executor, duplicate) {}
  Descriptor descriptor;
  int wanted = CURL_POLL_NONE;
  // At most one wait per direction.
  bool reading = false, writing = false;
};

struct CurlPool::State {
  explicit State(const asio::any_io_executor& on)
      : executor(on), timer(make_timer(on, std::chrono::milliseconds{0})) {}
  asio::any_io_executor executor;
  Descriptor timer;
  CURLM* multi = nullptr;
  std::map<int, std::shared_ptr<Watch>> watches;
  OpenSockets sockets;
  // What libcurl wants of the timer since it was last applied; negative: none.
  std::optional<long> timer_wish;
};

CurlPool::Transfer::Transfer(std::shared_ptr<CurlPool> pool, void* easy)
    : pool_(std::move(pool)), easy_(easy), ended_(pool_->state_->executor) {
  curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  curl_multi_add_handle(pool_->state_->multi, easy_);
  pool_->apply();
}

CurlPool::Transfer::~Transfer() {
  curl_multi_remove_handle(pool_->state_->multi, easy_);
  pool_->apply();
}

asio::awaitable<int> CurlPool::Transfer::ended() {
  co_await ended_.wait();
  co_return result_;
}

std::shared_ptr<CurlPool> CurlPool::make(asio::any_io_executor executor) {
  return std::shared_ptr<CurlPool>(new CurlPool(std::move(executor)));
}

CurlPool::CurlPool(asio::any_io_executor executor) : state_(std::make_unique<State>(executor)) {
  auto* multi = state_->multi = curl_multi_init();
  if (multi == nullptr) throw std::bad_alloc{};
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlPool::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlPool::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, long{limits::idle_connections});
}

CurlPool::~CurlPool() { curl_multi_cleanup(state_->multi); }

void CurlPool::opened(int socket) { state_->sockets.add(socket); }

bool CurlPool::empty_out(const ConnectionEnds& connection) {
  auto socket = state_->sockets.find(connection);
  return socket && shut_if_unread(*socket);
}

int CurlPool::close_socket(int socket) {
  unwatch(socket);
  state_->sockets.remove(socket);
  return close(socket);
}

// Closed by name: a wait under way holds the watch, and would hold the connection open with it.
void CurlPool::unwatch(int socket) {
  auto found = state_->watches.find(socket);
  if (found == state_->watches.end()) return;
  boost::system::error_code ignored;
  found->second->descriptor.close(ignored);
  state_->watches.erase(found);
}

int CurlPool::on_socket(void*, int socket, int what, void* pool, void*) {
  static_cast<CurlPool*>(pool)->watch(socket, what);
  return 0;
}

int CurlPool::on_timer(void*, long milliseconds, void* pool) {
  static_cast<CurlPool*>(pool)->state_->timer_wish = milliseconds;
  return 0;
}

void CurlPool::watch(int socket, int what) {
  auto& watches = state_->watches;
  if (what == CURL_POLL_REMOVE) return unwatch(socket);
  auto found = watches.find(socket);
  if (found == watches.end()) {
    int duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) return;  // out of descriptors: the transfer runs into its time limit
    found = watches.emplace(socket, std::make_shared<Watch>(state_->executor, duplicate)).first;
  }
  found->second->wanted = what;
}

void CurlPool::act(int socket, int events) {
  int running = 0;
  curl_multi_socket_action(state_->multi, socket, events, &running);
  apply();
}

void CurlPool::apply() {
  for (auto& [socket, watch] : state_->watches) {
    if ((watch->wanted & CURL_POLL_IN) != 0 && !watch->reading) wait(socket, watch, true);
    if ((watch->wanted & CURL_POLL_OUT) != 0 && !watch->writing) wait(socket, watch, false);
  }
  apply_timer();
  collect_finished();
}

void CurlPool::apply_timer() {
  if (!state_->timer_wish) return;
  auto wish = *std::exchange(state_->timer_wish, std::nullopt);
  state_->timer.cancel();
  if (wish < 0) return stop_timer(state_->timer);
  set_timer(state_->timer, std::chrono::milliseconds{wish});
  auto rung = [weak = weak_from_this()](boost::system::error_code failed) {
    auto pool = weak.lock();
    // A wait that had ended before it could be cancelled comes early, which libcurl takes well.
    if (pool && !failed) pool->act(CURL_SOCKET_TIMEOUT, 0);
  };
  state_->timer.async_wait(Descriptor::wait_read, std::move(rung));
}

void CurlPool::collect_finished() {
  int left = 0;
  while (auto* message = curl_multi_info_read(state_->multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* found = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &found);
    auto* transfer = static_cast<Transfer*>(found);
    transfer->result_ = message->data.result;
    transfer->ended_.raise();
  }
}

void CurlPool::wait(int socket, const std::shared_ptr<Watch>& watch, bool to_read) {
  (to_read ? watch->reading : watch->writing) = true;
  auto waited = [weak = weak_from_this(), socket, watch,
                 to_read](boost::system::error_code failed) {
    (to_read ? watch->reading : watch->writing) = false;
    auto pool = weak.lock();
    if (!pool || failed == asio::error::operation_aborted) return;
    int events = to_read ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
    pool->ready(socket, watch, failed ? CURL_CSELECT_ERR : events);
  };
  watch->descriptor.async_wait(to_read ? Descriptor::wait_read : Descriptor::wait_write,
                               std::move(waited));
}

void CurlPool::ready(int socket, const std::shared_ptr<Watch>& watch, int events) {
  auto found = state_->watches.find(socket);
  bool stale = found == state_->watches.end() || found->second != watch;
  // CURL_POLL_IN and CURL_CSELECT_IN are the same bits.
  bool unwanted = events != CURL_CSELECT_ERR && (watch->wanted & events) == 0;
  if (!stale && !unwanted) act(socket, events);
}

}  // namespace duban::io
