#include "io/socket_poll.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace duban::io {
namespace {

/// Two ends of a connection; what the far end writes makes the near one readable.
struct Pair {
  Pair() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0); }
  ~Pair() {
    close(near());
    if (far_is_open) close(ends[1]);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  int near() const { return ends[0]; }
  void say() const { EXPECT_EQ(write(ends[1], "x", 1), 1); }
  void hang_up() {
    close(ends[1]);
    far_is_open = false;
  }

  std::array<int, 2> ends{};
  bool far_is_open = true;
};

struct SocketPollTest : ::testing::Test {
  boost::asio::io_context loop;
  SocketPoll poll{loop.get_executor()};

  /// Sockets that are ready for what is wanted of them.
  std::vector<int> ready(std::size_t limit = 10) {
    std::vector<int> sockets;
    for (const auto& one : poll.take(limit)) {
      if (poll.admit(one)) sockets.push_back(one.socket);
    }
    return sockets;
  }
};

TEST_F(SocketPollTest, says_which_are_ready_for_what_is_wanted) {
  const Pair silent, speaks;
  poll.want(silent.near(), SocketPoll::in);
  poll.want(speaks.near(), SocketPoll::in);
  EXPECT_TRUE(ready().empty());
  speaks.say();
  EXPECT_EQ(ready(), std::vector{speaks.near()});
  EXPECT_EQ(ready(), std::vector{speaks.near()}) << "until it is read";
  poll.want(silent.near(), SocketPoll::out);
  EXPECT_EQ(ready().size(), 2U);
}

TEST_F(SocketPollTest, what_nobody_wants_is_taken_once_and_found_when_it_is_wanted_again) {
  const Pair pair;
  poll.want(pair.near(), SocketPoll::in);
  poll.want(pair.near(), 0);
  pair.say();
  EXPECT_EQ(poll.take(10).size(), 1U);
  EXPECT_FALSE(poll.admit({pair.near(), SocketPoll::in, 1}));
  EXPECT_TRUE(poll.take(10).empty()) << "nobody is woken by it any more";
  poll.want(pair.near(), SocketPoll::in);
  EXPECT_EQ(ready(), std::vector{pair.near()});
}

TEST_F(SocketPollTest, what_nobody_wants_wakes_nobody_once_it_is_forgotten) {
  const Pair kept, wanted;
  poll.want(kept.near(), SocketPoll::in);
  poll.want(wanted.near(), SocketPoll::in);
  poll.want(kept.near(), 0);
  poll.forget_unwanted();
  bool woken = false;
  poll.wait([&](bool ready) { woken = ready; });
  kept.say();
  loop.poll();
  EXPECT_FALSE(woken);
  wanted.say();
  loop.run();
  EXPECT_TRUE(woken);
  poll.want(kept.near(), SocketPoll::in);
  EXPECT_EQ(ready().size(), 2U);
}

TEST_F(SocketPollTest, a_wait_can_be_cancelled) {
  std::optional<bool> ready;
  poll.wait([&](bool came) { ready = came; });
  poll.cancel();
  loop.run();
  EXPECT_EQ(ready, false);
}

TEST_F(SocketPollTest, a_peer_that_hangs_up_is_an_error_only_for_who_wants_something) {
  Pair pair;
  poll.want(pair.near(), SocketPoll::in);
  poll.want(pair.near(), 0);
  pair.hang_up();
  EXPECT_TRUE(ready().empty());
  EXPECT_TRUE(poll.take(10).empty());
  poll.want(pair.near(), SocketPoll::out);
  EXPECT_EQ(ready(), std::vector{pair.near()});
}

TEST_F(SocketPollTest, what_was_ready_of_a_socket_is_not_its_successors_of_the_same_number) {
  auto first = std::make_unique<Pair>();
  const int number = first->near();
  poll.want(number, SocketPoll::in);
  first->say();
  auto taken = poll.take(10);
  ASSERT_EQ(taken.size(), 1U);
  poll.forget(number);
  first.reset();
  const Pair second;
  ASSERT_EQ(second.near(), number);
  poll.want(number, SocketPoll::in);
  EXPECT_FALSE(poll.admit(taken[0]));
  EXPECT_TRUE(ready().empty());
  second.say();
  EXPECT_EQ(ready(), std::vector{number});
}

TEST_F(SocketPollTest, a_socket_closed_without_a_word_can_be_wanted_anew) {
  auto first = std::make_unique<Pair>();
  const int number = first->near();
  poll.want(number, SocketPoll::in);
  first.reset();
  const Pair second;
  ASSERT_EQ(second.near(), number);
  second.say();
  poll.want(number, SocketPoll::in | SocketPoll::out);
  EXPECT_EQ(ready(), std::vector{number});
}

TEST_F(SocketPollTest, no_more_than_asked_for_are_taken_and_the_others_come_next) {
  const std::array<Pair, 3> pairs;
  for (const auto& pair : pairs) {
    poll.want(pair.near(), SocketPoll::in);
    pair.say();
  }
  std::array<char, 8> bytes{};
  std::set<int> seen;
  for (int turn = 0; turn < 3; ++turn) {
    auto one = ready(1);
    ASSERT_EQ(one.size(), 1U);
    seen.insert(one[0]);
    EXPECT_EQ(read(one[0], bytes.data(), bytes.size()), 1);
  }
  EXPECT_EQ(seen.size(), 3U);
}

}  // namespace
}  // namespace duban::io
