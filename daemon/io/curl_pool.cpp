#include "io/curl_pool.h"

#include <curl/curl.h>
#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <new>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "io/socket_poll.h"
#include "io/timer_descriptor.h"

namespace duban::io {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;
using Steady = std::chrono::steady_clock;

// More at once would let everything else on the loop wait.
constexpr std::size_t sockets_a_turn = 32;

struct CurlPool::State {
  explicit State(const asio::any_io_executor& on)
      : executor(on), sockets(on), timer(make_timer(on, std::chrono::milliseconds{0})) {
    stop_timer(timer);
  }
  asio::any_io_executor executor;
  CURLM* multi = nullptr;
  OpenSockets open;
  SocketPoll sockets;
  Descriptor timer;
  /// Transfers that have not ended: while there are any, sockets and timer are waited for.
  std::size_t under_way = 0;
  bool waits_for_sockets = false, waits_for_timer = false, turn_is_set = false;
  /// When libcurl wants to be called, and for when the timer is set, which is never later.
  std::optional<Steady::time_point> due, set_for;
};

CurlPool::Transfer::Transfer(std::shared_ptr<CurlPool> pool, void* easy)
    : pool_(std::move(pool)), easy_(easy), ended_(pool_->state_->executor) {
  ++pool_->state_->under_way;
  curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  curl_multi_add_handle(pool_->state_->multi, easy_);
  pool_->apply();
}

CurlPool::Transfer::~Transfer() {
  curl_multi_remove_handle(pool_->state_->multi, easy_);
  if (!over_) --pool_->state_->under_way;
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

void CurlPool::opened(int socket) { state_->open.add(socket); }

bool CurlPool::empty_out(const ConnectionEnds& connection) {
  auto socket = state_->open.find(connection);
  return socket && shut_if_unread(*socket);
}

int CurlPool::close_socket(int socket) {
  state_->sockets.forget(socket);
  state_->open.remove(socket);
  return close(socket);
}

int CurlPool::on_socket(void*, int socket, int what, void* pool, void*) {
  auto& state = *static_cast<CurlPool*>(pool)->state_;
  // A connection that is kept for the next transfer stays known; of any other socket nobody says
  // when it is closed.
  if (what == CURL_POLL_REMOVE && !state.open.contains(socket)) {
    state.sockets.forget(socket);
  } else {
    // Of CURL_POLL_* and SocketPoll::* in and out are the same bits.
    state.sockets.want(socket, what == CURL_POLL_REMOVE ? 0U : static_cast<unsigned>(what));
  }
  return 0;
}

int CurlPool::on_timer(void*, long milliseconds, void* pool) {
  auto& due = static_cast<CurlPool*>(pool)->state_->due;
  due.reset();
  if (milliseconds >= 0) due = Steady::now() + std::chrono::milliseconds{milliseconds};
  return 0;
}

void CurlPool::act(int socket, int events) {
  int running = 0;
  curl_multi_socket_action(state_->multi, socket, events, &running);
}

void CurlPool::apply() {
  collect_finished();
  if (state_->under_way == 0) return rest();
  wait_for_sockets();
  wait_for_time();
}

void CurlPool::collect_finished() {
  int left = 0;
  while (auto* message = curl_multi_info_read(state_->multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* found = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &found);
    auto* transfer = static_cast<Transfer*>(found);
    transfer->result_ = message->data.result;
    transfer->over_ = true;
    --state_->under_way;
    transfer->ended_.raise();
  }
}

void CurlPool::wait_for_sockets() {
  if (std::exchange(state_->waits_for_sockets, true)) return;
  state_->sockets.wait([weak = weak_from_this()](bool ready) {
    auto pool = weak.lock();
    if (!pool) return;
    pool->state_->waits_for_sockets = false;
    if (ready) pool->serve_sockets();
    pool->apply();
  });
}

void CurlPool::serve_sockets() {
  for (const auto& ready : state_->sockets.take(sockets_a_turn)) {
    if (!state_->sockets.admit(ready)) continue;
    // Of SocketPoll::* and CURL_CSELECT_* too.
    act(ready.socket, static_cast<int>(ready.events));
  }
}

// libcurl wants to be called at once by every transfer that begins: those of one turn of the loop
// together are one call. The timer is set only where it would ring too late.
void CurlPool::wait_for_time() {
  if (!state_->due) return;
  const auto now = Steady::now();
  if (*state_->due <= now) {
    if (std::exchange(state_->turn_is_set, true)) return;
    return asio::post(state_->executor, [weak = weak_from_this()] {
      if (auto pool = weak.lock()) pool->take_turn();
    });
  }
  if (!state_->set_for || *state_->due < *state_->set_for) {
    set_timer(state_->timer, std::chrono::ceil<std::chrono::milliseconds>(*state_->due - now));
    state_->set_for = state_->due;
  }
  if (std::exchange(state_->waits_for_timer, true)) return;
  auto rung = [weak = weak_from_this()](boost::system::error_code failed) {
    auto pool = weak.lock();
    if (!pool) return;
    pool->state_->waits_for_timer = false;
    if (!failed) pool->ring();
    pool->apply();
  };
  state_->timer.async_wait(Descriptor::wait_read, std::move(rung));
}

void CurlPool::take_turn() {
  state_->turn_is_set = false;
  if (state_->under_way == 0) return;
  state_->due.reset();
  act(CURL_SOCKET_TIMEOUT, 0);
  apply();
}

// It may have been set for what is not wanted any more: apply() sees whether anything is due.
void CurlPool::ring() {
  stop_timer(state_->timer);
  state_->set_for.reset();
}

// Nobody is to be woken by a connection that is kept and closed by its other end.
void CurlPool::rest() {
  boost::system::error_code ignored;
  state_->sockets.forget_unwanted();
  state_->sockets.cancel();
  state_->timer.cancel(ignored);
  if (std::exchange(state_->set_for, std::nullopt)) stop_timer(state_->timer);
}

}  // namespace duban::io
