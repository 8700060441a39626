#include "io/together.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/limits.h"
#include "peers/run.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Together : public ::testing::Test {
 protected:
  // Notes itself, lets the others go on, and ends.
  asio::awaitable<void> pass(std::size_t index) {
    begun_.push_back(index);
    most_ = std::max(most_, ++now_);
    co_await asio::post(asio::use_awaitable);
    --now_;
    ended_.push_back(index);
  }
  asio::awaitable<void> pass_or_throw(std::size_t index) {
    co_await pass(index);
    if (index == 1) throw std::runtime_error("the second");
  }
  asio::awaitable<void> wait_for_ever(std::size_t index) {
    begun_.push_back(index);
    asio::steady_timer never(loop_, asio::steady_timer::time_point::max());
    co_await never.async_wait(asio::use_awaitable);
  }

  asio::io_context loop_;
  std::vector<std::size_t> begun_, ended_;
  std::size_t now_ = 0, most_ = 0;
};

TEST_F(Together, AllAreDoneAndNoMoreThanSoManyAtATime) {
  testing::run(loop_, together(7, 3, [this](std::size_t index) { return pass(index); }));
  EXPECT_THAT(ended_, UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_EQ(most_, 3U);
}

TEST_F(Together, NothingToDoIsDoneAtOnce) {
  testing::run(loop_, together(0, 3, [this](std::size_t index) { return pass(index); }));
  EXPECT_TRUE(begun_.empty());
}

TEST_F(Together, WhatOneThrowsIsThrownOnceTheOthersHaveEndedAndNoMoreBegin) {
  auto all = together(9, 2, [this](std::size_t index) { return pass_or_throw(index); });
  EXPECT_THROW(testing::run(loop_, std::move(all)), std::runtime_error);
  EXPECT_EQ(begun_, ended_);
  EXPECT_LT(begun_.size(), 9U);
}

TEST_F(Together, BeingCancelledCancelsThem) {
  asio::cancellation_signal ending;
  std::optional<bool> failed;
  auto end = [&](std::exception_ptr failure) { failed = failure != nullptr; };
  asio::co_spawn(loop_, together(5, 2, [this](std::size_t index) { return wait_for_ever(index); }),
                 asio::bind_cancellation_slot(ending.slot(), end));
  loop_.poll();
  EXPECT_THAT(begun_, ElementsAre(0, 1));
  ending.emit(asio::cancellation_type::terminal);
  loop_.restart();
  loop_.poll();
  EXPECT_EQ(failed, true);
  EXPECT_THAT(begun_, SizeIs(2));
}

TEST_F(Together, SoManyPlansAreLookedAtAtOnceAndNoMore) {
  testing::run(loop_, together(3 * limits::plans_at_once, limits::plans_at_once,
                               [this](std::size_t index) { return pass(index); }));
  EXPECT_EQ(most_, limits::plans_at_once);
  EXPECT_THAT(ended_, SizeIs(3 * limits::plans_at_once));
}

}  // namespace
}  // namespace duban::io
