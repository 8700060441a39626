// The dispatcher over a real ledger, with a scripted channel, in virtual time: the loop is run
// until nothing is ready, then the clock is moved.

#include "delivery/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/limits.h"
#include "contract/store_samples.h"
#include "contract/temporary_folder.h"
#include "delivery/scripted_channel.h"
#include "ledger/sqlite_store.h"

namespace duban::delivery {
namespace {

namespace asio = boost::asio;
using contract::item_key;
using contract::moment;
using ledger::FaultPoint;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

/// Sleepers that a test wakes by moving the clock.
class VirtualSleep {
 public:
  explicit VirtualSleep(SetClock& clock) : clock_(clock) {}
  asio::awaitable<void> until(std::optional<Instant> at) {
    if (at && *at <= clock_.machine_now()) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor,
                             asio::steady_timer::time_point::max());
    sleepers_.push_back({&timer, at});
    const Leave leave{*this, &timer};
    boost::system::error_code ended;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  }
  std::optional<Instant> next() const {
    std::optional<Instant> first;
    for (const auto& each : sleepers_) {
      if (each.at && (!first || *each.at < *first)) first = each.at;
    }
    return first;
  }
  void wake() {
    for (const auto& each : sleepers_) {
      if (each.at && *each.at <= clock_.machine_now()) each.timer->cancel();
    }
  }

 private:
  struct Sleeper {
    asio::steady_timer* timer;
    std::optional<Instant> at;
  };
  struct Leave {
    VirtualSleep& sleep;
    asio::steady_timer* timer;
    ~Leave() {
      std::erase_if(sleep.sleepers_, [this](const auto& each) { return each.timer == timer; });
    }
  };
  SetClock& clock_;
  std::vector<Sleeper> sleepers_;
};

class DispatcherTest : public testing::Test {
 protected:
  explicit DispatcherTest(bool own_thread = false) {
    ledger::StoreOptions options;
    options.path = folder_.path() / "ledger.db";
    options.executor = io_.get_executor();
    options.own_thread = own_thread;
    options.fault = [this](FaultPoint point) {
      if (fault_ != point || skip_commits_-- > 0) return false;
      fault_.reset();
      return true;
    };
    store_ = std::move(ledger::open_sqlite_store(std::move(options)).value());
    options_.sleep_until = [this](std::optional<Instant> at) { return sleep_.until(at); };
    options_.on_change = [this] { ++changes_; };
    options_.on_settled = [this](const ledger::Settlement& settled, const std::string& channel) {
      settled_.push_back(channel + " " + settled.notice + " " +
                         std::string{to_word(settled.attempted ? settled.reason
                                                               : settled.end_reason)});
    };
    options_.on_trouble = [this](const ledger::StoreError& error) {
      troubles_.push_back(error.status);
    };
    options_.on_failure = [](std::string_view name, std::exception_ptr) {
      ADD_FAILURE() << name << " has thrown";
    };
  }

  template <class T>
  T good(asio::awaitable<ledger::StoreResult<T>> call) {
    std::optional<ledger::StoreResult<T>> answer;
    asio::co_spawn(io_, std::move(call),
                   [&](std::exception_ptr, ledger::StoreResult<T> value) {
                     answer = std::move(value);
                   });
    settle_down();
    return answer.value().value();
  }
  void queue(std::vector<ledger::Notice> notices) {
    ledger::Advance step = contract::first_step(std::move(notices));
    const auto cursor = good(store_->cursor("wuhan"));
    step.expected = cursor.at;
    step.last_fact = cursor.last_fact;
    step.cursor = clock_.now();
    good(store_->advance(step));
  }
  static ledger::Notice to(std::string endpoint, std::string id) {
    return contract::notice(id, {item_key("for " + id)}, std::move(endpoint));
  }

  Dispatcher::Channels channels() const { return {{"smtp", mail_}, {"webhook", hook_}}; }
  void start() {
    dispatcher_ = std::make_unique<Dispatcher>(
        io_.get_executor(), *store_, clock_,
        channels(),
        [this](const std::string&, const std::string& endpoint) -> std::optional<Endpoint> {
          if (unknown_endpoints_.contains(endpoint)) return std::nullopt;
          const bool hook = endpoint.starts_with("hook");
          const auto moved = moved_.find(endpoint);
          return Endpoint{hook ? "webhook" : "smtp",
                          moved == moved_.end() ? endpoint + "@" : moved->second,
                          "联络员 " + endpoint,
                          endpoint.starts_with("english") ? Tongue::english : Tongue::chinese};
        },
        options_);
    ended_ = false;
    asio::co_spawn(io_, dispatcher_->run(), [this](std::exception_ptr failure) {
      ended_ = true;
      failure_ = why(failure);
    });
    settle_down();
  }
  void TearDown() override { EXPECT_EQ(failure_, ""); }
  static std::string why(const std::exception_ptr& failure) {
    if (!failure) return "";
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      return error.what();
    }
  }
  /// Why run() has ended before it was told to; a test that expects it takes it away.
  std::string take_failure() { return std::exchange(failure_, ""); }
  /// Until nothing is ready.
  virtual void settle_down() {
    io_.restart();
    io_.poll();
  }
  void move_to(std::int64_t seconds) {
    clock_.set(moment(seconds));
    sleep_.wake();
    settle_down();
  }
  ledger::NoticeView view(const std::string& id) {
    return good(store_->notices({.id = id})).at(0);
  }
  /// Behind everybody's back.
  void do_to_ledger(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder_.path() / "ledger.db").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }
  NoticeState state(const std::string& id) { return view(id).notice.head.state; }

  // Outlives io_, whose end takes the coroutines that still sleep.
  SetClock clock_{moment()};
  VirtualSleep sleep_{clock_};
  asio::io_context io_;
  contract::TemporaryFolder folder_;
  std::optional<FaultPoint> fault_;
  int skip_commits_ = 0;
  std::shared_ptr<ScriptedChannel> mail_ = std::make_shared<ScriptedChannel>();
  std::shared_ptr<ScriptedChannel> hook_ = std::make_shared<ScriptedChannel>();
  std::set<std::string> unknown_endpoints_;
  std::map<std::string, std::string> moved_;
  DispatcherOptions options_;
  int changes_ = 0;
  std::vector<ledger::StoreStatus> troubles_;
  std::vector<std::string> settled_;
  std::unique_ptr<ledger::Store> store_;
  std::unique_ptr<Dispatcher> dispatcher_;
  bool ended_ = false;
  std::string failure_;
};

const Outcome refused_connection = outcome(AttemptOutcome::retry, Reason::connect_failed);

TEST_F(DispatcherTest, ADueNoticeIsSentAndItsEndIsWritten) {
  queue({to("zongban", "ntc_1")});
  start();
  ASSERT_THAT(mail_->sent, SizeIs(1));
  const auto& parcel = mail_->sent[0];
  EXPECT_EQ(parcel.notice, "ntc_1");
  EXPECT_EQ(parcel.plan, "wuhan");
  EXPECT_EQ(parcel.endpoint, "zongban");
  EXPECT_EQ(parcel.address, "zongban@");
  EXPECT_EQ(parcel.recipient_name, "联络员 zongban");
  EXPECT_EQ(parcel.attempt, 1);
  EXPECT_FALSE(parcel.after_unknown);
  EXPECT_EQ(parcel.content, to("", "").content);
  EXPECT_EQ(parcel.queued_at, moment());
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
  EXPECT_EQ(changes_, 1);
  EXPECT_EQ(dispatcher_->in_hand(), 0U);
}

TEST_F(DispatcherTest, BetweenEventsNothingIsWaitedForButEvents) {
  start();
  EXPECT_EQ(sleep_.next(), std::nullopt);
  queue({to("zongban", "ntc_1")});
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
  EXPECT_EQ(sleep_.next(), std::nullopt);
}

TEST_F(DispatcherTest, AFailedAttemptIsRepeatedAlongTheCurveWithTheSameContent) {
  mail_->script["zongban@"] = {refused_connection, refused_connection};
  queue({to("zongban", "ntc_1")});
  start();
  EXPECT_EQ(state("ntc_1"), NoticeState::retrying);
  EXPECT_EQ(sleep_.next(), moment(60));
  move_to(59);
  EXPECT_THAT(mail_->sent, SizeIs(1));
  move_to(60);
  EXPECT_THAT(mail_->sent, SizeIs(2));
  move_to(360);
  ASSERT_THAT(mail_->sent, SizeIs(3));
  EXPECT_EQ(mail_->sent[2].notice, mail_->sent[0].notice);
  EXPECT_EQ(mail_->sent[2].content, mail_->sent[0].content);
  EXPECT_EQ(mail_->sent[2].attempt, 3);
  const auto seen = view("ntc_1");
  EXPECT_EQ(seen.notice.head.state, NoticeState::delivered);
  EXPECT_THAT(seen.attempts, SizeIs(3));
  EXPECT_EQ(seen.attempts[0].reason, Reason::connect_failed);
  EXPECT_THAT(settled_, ElementsAre("smtp ntc_1 connect-failed", "smtp ntc_1 connect-failed",
                                    "smtp ntc_1 accepted"));
}

TEST_F(DispatcherTest, ARepeatAfterAnUnknownOutcomeSaysSoAndIsTheLast) {
  const auto lost = outcome(AttemptOutcome::unknown, Reason::reply_lost);
  mail_->script["zongban@"] = {lost, lost};
  queue({to("zongban", "ntc_1")});
  start();
  move_to(60);
  ASSERT_THAT(mail_->sent, SizeIs(2));
  EXPECT_TRUE(mail_->sent[1].after_unknown);
  EXPECT_EQ(state("ntc_1"), NoticeState::failed);
  EXPECT_EQ(view("ntc_1").notice.head.reason, Reason::reply_lost);
}

TEST_F(DispatcherTest, ADeadEndpointDelaysNobody) {
  mail_->hanging = {"dead@"};
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 30; ++i) many.push_back(to("dead", "ntc_dead" + std::to_string(i)));
  for (int i = 0; i < 30; ++i) {
    many.push_back(to("good" + std::to_string(i), "ntc_good" + std::to_string(i)));
  }
  queue(many);
  start();
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(state("ntc_good" + std::to_string(i)), NoticeState::delivered);
  }
  EXPECT_EQ(mail_->most_at_once["dead@"], mail_->width);
  queue({to("late", "ntc_late")});
  EXPECT_EQ(state("ntc_late"), NoticeState::delivered);
  mail_->release("dead@");
  settle_down();
}

TEST_F(DispatcherTest, AChannelThatHangsLeavesPlacesForTheOthers) {
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 100; ++i) {
    const std::string endpoint = "slow" + std::to_string(i);
    mail_->hanging.insert(endpoint + "@");
    many.push_back(to(endpoint, "ntc_slow" + std::to_string(i)));
  }
  many.push_back(to("hook", "ntc_hook"));
  queue(many);
  start();
  EXPECT_EQ(state("ntc_hook"), NoticeState::delivered);
  EXPECT_EQ(mail_->sent.size(), limits::attempts_in_flight / 2);
  for (int i = 0; i < 100; ++i) mail_->release("slow" + std::to_string(i) + "@");
  settle_down();
  EXPECT_EQ(mail_->sent.size(), 100U);
}

TEST_F(DispatcherTest, EndpointsThatFailedAndHangNowLeaveHalfOfTheChannelsPlaces) {
  const auto places = limits::attempts_in_flight / 2;
  std::vector<ledger::Notice> many;
  for (std::size_t i = 0; i < places; ++i) {
    const std::string endpoint = "bad" + std::to_string(1000 + i);
    mail_->script[endpoint + "@"] = {refused_connection};
    many.push_back(to(endpoint, "ntc_" + endpoint));
  }
  queue(many);
  start();
  EXPECT_EQ(mail_->sent.size(), places);
  for (const auto& each : mail_->script) mail_->hanging.insert(each.first);
  move_to(60);
  EXPECT_EQ(mail_->sent.size(), places + places / 2);
  queue({to("good", "ntc_good")});
  EXPECT_EQ(state("ntc_good"), NoticeState::delivered);
  while (!mail_->hanging.empty()) mail_->release(std::string(*mail_->hanging.begin()));
  settle_down();
  EXPECT_EQ(mail_->sent.size(), 2 * places + 1);
}

TEST_F(DispatcherTest, TheNextIsSentBeforeWhatHasEndedIsWritten) {
  std::vector<ledger::Notice> many;
  const auto places = limits::attempts_in_flight / 2;
  for (std::size_t i = 0; i < 2 * places; ++i) {
    const std::string endpoint = "u" + std::to_string(1000 + i);
    if (i < places) mail_->hanging.insert(endpoint + "@");
    many.push_back(to(endpoint, "ntc_" + endpoint));
  }
  queue(many);
  start();
  ASSERT_EQ(mail_->sent.size(), places);
  mail_->release("u1000@");
  io_.restart();
  while (mail_->sent.size() == places && io_.poll_one() > 0) {
  }
  EXPECT_GT(mail_->sent.size(), places);
  EXPECT_EQ(dispatcher_->in_hand(), 2 * places);
  while (!mail_->hanging.empty()) mail_->release(std::string(*mail_->hanging.begin()));
  settle_down();
}

TEST_F(DispatcherTest, DeliveriesOfOneSecondAreToldTogether) {
  for (const auto* slow : {"a@", "b@", "c@"}) mail_->hanging.insert(slow);
  queue({to("a", "ntc_a"), to("b", "ntc_b"), to("c", "ntc_c"), to("now", "ntc_now")});
  start();
  EXPECT_EQ(changes_, 1);
  mail_->release("a@");
  settle_down();
  EXPECT_EQ(state("ntc_a"), NoticeState::delivered);
  EXPECT_EQ(changes_, 1);
  ASSERT_EQ(sleep_.next(), moment(1));
  move_to(1);
  EXPECT_EQ(changes_, 2);
  mail_->always["b@"] = outcome(AttemptOutcome::rejected, Reason::refused);
  mail_->release("b@");
  settle_down();
  EXPECT_EQ(changes_, 3) << "a failure is told at once";
  mail_->release("c@");
  settle_down();
  EXPECT_EQ(changes_, 4) << "and so is the last";
}

TEST_F(DispatcherTest, AnEndpointThatKeepsFailingIsProbedOneAtATimeUntilItWorks) {
  mail_->always["dead@"] = refused_connection;
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 12; ++i) many.push_back(to("dead", "ntc_" + std::to_string(i)));
  queue(many);
  start();
  const auto first_round = mail_->sent.size();
  EXPECT_GE(first_round, static_cast<std::size_t>(limits::failures_to_probe));
  EXPECT_LE(first_round, static_cast<std::size_t>(limits::failures_to_probe + mail_->width));
  for (int probe = 1; probe <= 3; ++probe) {
    const auto before = mail_->sent.size();
    const auto at = sleep_.next();
    ASSERT_TRUE(at);
    move_to((*at - moment()).count());
    EXPECT_EQ(mail_->sent.size(), before + 1) << probe;
  }
  mail_->always.clear();
  for (int round = 0; round < 20 && sleep_.next(); ++round) {
    move_to((*sleep_.next() - moment()).count());
  }
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(state("ntc_" + std::to_string(i)), NoticeState::delivered) << i;
  }
}

TEST_F(DispatcherTest, AReceiverThatAsksForAPauseGetsItForAllItsNotices) {
  auto busy = outcome(AttemptOutcome::retry, Reason::rate_limited);
  busy.retry_after = 120s;
  mail_->script["busy@"] = {busy};
  mail_->width = 1;
  queue({to("busy", "ntc_1"), to("busy", "ntc_2"), to("other", "ntc_3")});
  start();
  EXPECT_THAT(mail_->sent_to("busy@"), SizeIs(1));
  EXPECT_EQ(state("ntc_3"), NoticeState::delivered);
  move_to(119);
  EXPECT_THAT(mail_->sent_to("busy@"), SizeIs(1));
  move_to(120);
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
  EXPECT_EQ(state("ntc_2"), NoticeState::delivered);
}

TEST_F(DispatcherTest, AnEndpointOfAnotherPlanIsAnotherEndpointWhateverItsId) {
  auto gone = outcome(AttemptOutcome::rejected, Reason::endpoint_gone);
  gone.endpoint_gone = true;
  hook_->script["hook@"] = {gone};
  queue({to("hook", "ntc_1")});
  start();
  EXPECT_EQ(state("ntc_1"), NoticeState::failed);
  auto other = contract::first_step({to("hook", "ntc_2")});
  other.plan = "hefei";
  good(store_->advance(other));
  EXPECT_EQ(state("ntc_2"), NoticeState::delivered);
  EXPECT_TRUE(dispatcher_->is_gone({"wuhan", "hook"}));
  EXPECT_FALSE(dispatcher_->is_gone({"hefei", "hook"}));
}

TEST_F(DispatcherTest, NothingIsSentToAnEndpointThatIsNoMoreUntilItIsReinstated) {
  auto gone = outcome(AttemptOutcome::rejected, Reason::endpoint_gone);
  gone.endpoint_gone = true;
  hook_->script["hook@"] = {gone};
  hook_->width = 1;
  queue({to("hook", "ntc_1"), to("hook", "ntc_2")});
  start();
  queue({to("hook", "ntc_3")});
  EXPECT_THAT(hook_->sent, SizeIs(1));
  for (const auto* id : {"ntc_1", "ntc_2", "ntc_3"}) {
    EXPECT_EQ(state(id), NoticeState::failed);
    EXPECT_EQ(view(id).notice.head.reason, Reason::endpoint_gone);
  }
  EXPECT_THAT(view("ntc_3").attempts, IsEmpty());
  EXPECT_TRUE(dispatcher_->is_gone({"wuhan", "hook"}));
  dispatcher_->reinstate({"wuhan", "hook"});
  queue({to("hook", "ntc_4")});
  EXPECT_EQ(state("ntc_4"), NoticeState::delivered);
}

TEST_F(DispatcherTest, WhatHasLostItsSenseExpiresWithoutAnAttempt) {
  auto late = to("zongban", "ntc_1");
  late.head.expires_at = moment(-1);
  queue({late});
  start();
  EXPECT_EQ(state("ntc_1"), NoticeState::expired);
  EXPECT_THAT(mail_->sent, IsEmpty());
  EXPECT_EQ(changes_, 1);
}

TEST_F(DispatcherTest, ANoticeThatIsRetriedExpiresWhenItsSenseEnds) {
  mail_->always["zongban@"] = refused_connection;
  auto soon = to("zongban", "ntc_1");
  soon.head.expires_at = moment(200);
  queue({soon});
  start();
  move_to(60);
  move_to(200);
  EXPECT_EQ(state("ntc_1"), NoticeState::expired);
  EXPECT_THAT(mail_->sent, SizeIs(2));
}

TEST_F(DispatcherTest, AnEndpointThatIsInNoPlanAnyMoreFails) {
  unknown_endpoints_ = {"zongban"};
  queue({to("zongban", "ntc_1")});
  start();
  EXPECT_EQ(state("ntc_1"), NoticeState::failed);
  EXPECT_EQ(view("ntc_1").notice.head.reason, Reason::bad_configuration);
  EXPECT_THAT(mail_->sent, IsEmpty());
  EXPECT_THAT(settled_, ElementsAre("smtp ntc_1 bad-configuration"));
}

TEST_F(DispatcherTest, MessagesToOneEndpointKeepItsPace) {
  mail_->pace = 1.0 / 3;
  queue({to("bot", "ntc_1"), to("bot", "ntc_2"), to("bot", "ntc_3"), to("other", "ntc_4")});
  start();
  EXPECT_THAT(mail_->sent, IsEmpty()) << "a daemon before may have sent right now";
  EXPECT_EQ(sleep_.next(), moment(3));
  move_to(3);
  EXPECT_THAT(mail_->sent_to("bot@"), SizeIs(1));
  EXPECT_THAT(mail_->sent_to("other@"), SizeIs(1));
  EXPECT_EQ(sleep_.next(), moment(6));
  move_to(6);
  EXPECT_THAT(mail_->sent_to("bot@"), SizeIs(2));
  move_to(9);
  EXPECT_THAT(mail_->sent_to("bot@"), ElementsAre("ntc_1", "ntc_2", "ntc_3"));
}

TEST_F(DispatcherTest, WhatWaitedForItsPaceTooLongForItsLeaseIsGivenBackAndSentOnce) {
  mail_->pace = 1.0 / 40;
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 6; ++i) many.push_back(to("bot", "ntc_" + std::to_string(i)));
  queue(many);
  start();
  for (int second = 40; second <= 640; second += 40) move_to(second);
  EXPECT_THAT(mail_->sent_to("bot@"), SizeIs(6));
  for (int i = 0; i < 6; ++i) {
    EXPECT_THAT(view("ntc_" + std::to_string(i)).attempts, SizeIs(1)) << i;
  }
}

TEST_F(DispatcherTest, WhatACrashLeftUnderALeaseIsSentAgainAndSaysSo) {
  queue({to("zongban", "ntc_1")});
  good(store_->settle_and_claim({}, "a dead daemon", 10, 120s, moment(), {}));
  start();
  EXPECT_THAT(mail_->sent, IsEmpty());
  EXPECT_EQ(sleep_.next(), moment(120));
  move_to(120);
  ASSERT_THAT(mail_->sent, SizeIs(1));
  EXPECT_TRUE(mail_->sent[0].after_unknown);
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
}

TEST_F(DispatcherTest, MarksOfDubansOwnAreInTheLanguageOfThePlanItIsSentFor) {
  options_.redirect_all = Endpoint{"webhook", "pilot@", "王工"};
  queue({to("english", "ntc_1"), to("u1", "ntc_2")});
  start();
  ASSERT_THAT(hook_->sent, SizeIs(2));
  for (const auto& parcel : hook_->sent) {
    const bool english = parcel.endpoint == "english";
    EXPECT_EQ(parcel.language, english ? Tongue::english : Tongue::chinese);
    EXPECT_THAT(parcel.content.subject, testing::StartsWith(english ? "[Trial" : "【试运行"));
  }
}

TEST_F(DispatcherTest, InPilotModeEverythingGoesToOneEndpointAndSaysWhomItWasFor) {
  options_.redirect_all = Endpoint{"webhook", "pilot@", "王工"};
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 30; ++i) {
    many.push_back(to("u" + std::to_string(i), "ntc_" + std::to_string(i)));
  }
  queue(many);
  start();
  EXPECT_THAT(mail_->sent, IsEmpty());
  ASSERT_THAT(hook_->sent, SizeIs(30));
  EXPECT_EQ(hook_->sent[0].address, "pilot@");
  EXPECT_EQ(hook_->sent[0].meant_for, "联络员 u0");
  EXPECT_THAT(hook_->sent[0].content.subject, testing::HasSubstr("联络员 u0"));
  EXPECT_EQ(state("ntc_29"), NoticeState::delivered);
  ASSERT_THAT(settled_, SizeIs(30));
  EXPECT_THAT(settled_, testing::Each(testing::StartsWith("webhook ")));
}

TEST_F(DispatcherTest, WhatWaitsAtAReloadGoesToTheNewAddressAndWhatIsInFlightGoesOn) {
  mail_->hanging = {"slow@"};
  mail_->width = 1;
  queue({to("slow", "ntc_1"), to("slow", "ntc_2")});
  start();
  moved_["slow"] = "new@";
  dispatcher_->use(channels(), std::nullopt);
  mail_->release("slow@");
  settle_down();
  EXPECT_THAT(mail_->sent_to("slow@"), ElementsAre("ntc_1"));
  EXPECT_THAT(mail_->sent_to("new@"), ElementsAre("ntc_2"));
  EXPECT_EQ(state("ntc_2"), NoticeState::delivered);
}

TEST_F(DispatcherTest, PilotModeHoldsForWhatWaitedWhenItWasTurnedOn) {
  mail_->hanging = {"slow@"};
  mail_->width = 1;
  queue({to("slow", "ntc_1"), to("slow", "ntc_2")});
  start();
  dispatcher_->use(channels(), Endpoint{"webhook", "pilot@", "王工"});
  settle_down();
  EXPECT_THAT(hook_->sent_to("pilot@"), ElementsAre("ntc_2"));
  mail_->release("slow@");
  settle_down();
  EXPECT_THAT(mail_->sent_to("slow@"), ElementsAre("ntc_1"));
}

TEST_F(DispatcherTest, WhatLosesItsEndpointWhileItWaitsGoesOnWhole) {
  mail_->hanging = {"slow@"};
  mail_->width = 1;
  queue({to("slow", "ntc_1"), to("slow", "ntc_2")});
  start();
  unknown_endpoints_ = {"slow"};
  dispatcher_->use(channels(), std::nullopt);
  mail_->release("slow@");
  settle_down();
  EXPECT_THAT(mail_->sent_to("slow@"), ElementsAre("ntc_1", "ntc_2"));
}

TEST_F(DispatcherTest, StopSettlesWhatIsInFlightAndGivesBackWhatWaits) {
  mail_->hanging = {"slow@"};
  mail_->width = 1;
  queue({to("slow", "ntc_1"), to("slow", "ntc_2")});
  start();
  dispatcher_->stop();
  queue({to("good", "ntc_3")});
  EXPECT_FALSE(ended_);
  EXPECT_EQ(state("ntc_1"), NoticeState::sending);
  EXPECT_EQ(state("ntc_2"), NoticeState::queued);
  mail_->release("slow@");
  settle_down();
  EXPECT_TRUE(ended_);
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
  EXPECT_THAT(mail_->sent, SizeIs(1));
  EXPECT_EQ(state("ntc_3"), NoticeState::queued);
}

TEST_F(DispatcherTest, WhatDoesNotEndInTimeIsCutOffAndItsOutcomeIsUnknown) {
  options_.stop_within = 0s;
  mail_->hanging = {"slow@"};
  queue({to("slow", "ntc_1")});
  start();
  dispatcher_->stop();
  io_.restart();
  while (!ended_) io_.run_one();
  EXPECT_EQ(state("ntc_1"), NoticeState::retrying);
  const auto seen = view("ntc_1");
  ASSERT_THAT(seen.attempts, SizeIs(1));
  EXPECT_EQ(seen.attempts[0].outcome, AttemptOutcome::unknown);
}

TEST_F(DispatcherTest, AClaimWhoseAnswerWasLostIsTakenUpAgain) {
  for (const auto point : {FaultPoint::before_commit, FaultPoint::after_commit}) {
    const std::string id = point == FaultPoint::before_commit ? "ntc_1" : "ntc_2";
    if (point == FaultPoint::before_commit) start();
    skip_commits_ = 1;  // the advance's own
    fault_ = point;
    queue({to("zongban", id)});
    EXPECT_FALSE(fault_);
    EXPECT_EQ(state(id), NoticeState::delivered);
    EXPECT_THAT(view(id).attempts, SizeIs(1));
  }
  EXPECT_THAT(mail_->sent, SizeIs(2));
  EXPECT_THAT(troubles_, ElementsAre(ledger::StoreStatus::unknown, ledger::StoreStatus::unknown));
}

TEST_F(DispatcherTest, ASettlementWhoseAnswerWasLostIsWrittenOnce) {
  for (const auto point : {FaultPoint::before_commit, FaultPoint::after_commit}) {
    const std::string id = point == FaultPoint::before_commit ? "ntc_1" : "ntc_2";
    if (point == FaultPoint::before_commit) start();
    skip_commits_ = 2;  // the advance's and the claim's
    fault_ = point;
    queue({to("zongban", id)});
    EXPECT_FALSE(fault_);
    EXPECT_EQ(state(id), NoticeState::delivered);
    EXPECT_THAT(view(id).attempts, SizeIs(1));
  }
  EXPECT_THAT(mail_->sent, SizeIs(2));
  EXPECT_THAT(settled_, ElementsAre("smtp ntc_1 accepted", "smtp ntc_2 accepted"));
  EXPECT_EQ(dispatcher_->in_hand(), 0U);
}

// Whoever runs it hears of it as of any other bug: nothing is sent any more.
TEST_F(DispatcherTest, ABrokenLedgerEndsTheLoopWithAFailure) {
  start();
  queue({to("zongban", "ntc_1")});
  do_to_ledger("DROP TABLE outbox");
  EXPECT_FALSE(ended_);
  // A fact wakes the loop.
  good(store_->record("wuhan", {contract::received("zongban")}));
  EXPECT_TRUE(ended_);
  EXPECT_THAT(troubles_, ElementsAre(ledger::StoreStatus::broken));
  EXPECT_THAT(take_failure(), testing::StartsWith("ledger broken: no such table"));
}

// Even without what a receiver said: there is nothing left to leave out.
TEST_F(DispatcherTest, AnOutcomeThatIsRefusedTwiceEndsTheLoopWithAFailure) {
  start();
  do_to_ledger(
      "CREATE TRIGGER none BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'no'); END");
  queue({to("zongban", "ntc_1")});
  EXPECT_TRUE(ended_);
  EXPECT_THAT(troubles_,
              ElementsAre(ledger::StoreStatus::refused, ledger::StoreStatus::refused));
  EXPECT_THAT(take_failure(), testing::StartsWith("ledger refused"));
}

/// The ledger on its own thread, as in the daemon.
class ThreadedDispatcherTest : public DispatcherTest {
 protected:
  ThreadedDispatcherTest() : DispatcherTest(true) {}
  template <class T>
  T answer_of(asio::awaitable<ledger::StoreResult<T>> call) {
    std::optional<ledger::StoreResult<T>> answer;
    asio::co_spawn(io_, std::move(call),
                   [&](std::exception_ptr, ledger::StoreResult<T> value) {
                     answer = std::move(value);
                   });
    run_until([&] { return answer.has_value(); });
    return answer.value().value();
  }
  template <class Condition>
  void run_until(Condition condition) {
    io_.restart();
    while (!condition()) io_.run_one();
  }
};

TEST_F(ThreadedDispatcherTest, SendsEverythingOnceAndStops) {
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 300; ++i) {
    many.push_back(to("u" + std::to_string(i % 43), "ntc_" + std::to_string(i)));
  }
  answer_of(store_->advance(contract::first_step(many)));
  start();
  run_until([&] { return changes_ > 0 && hook_->sent.size() + mail_->sent.size() == 300; });
  dispatcher_->stop();
  run_until([&] { return ended_; });
  const auto delivered = answer_of(store_->notices({.state = NoticeState::delivered}));
  EXPECT_THAT(delivered, SizeIs(300));
  for (const auto& each : delivered) EXPECT_THAT(each.attempts, SizeIs(1));
}

TEST_F(DispatcherTest, NoMoreIsClaimedThanIsSentWithinItsLease) {
  std::vector<ledger::Notice> many;
  for (std::size_t i = 0; i < limits::claims_in_hand + 20; ++i) {
    auto name = "u" + std::to_string(i);
    mail_->hanging.insert(name + "@");
    many.push_back(to(name, "ntc_" + std::to_string(i)));
  }
  queue(std::move(many));
  start();
  EXPECT_EQ(dispatcher_->in_hand(), limits::claims_in_hand);
}

TEST_F(DispatcherTest, InPilotModeLittleIsHeld) {
  options_.redirect_all = Endpoint{"webhook", "pilot@", "王工"};
  hook_->hanging = {"pilot@"};
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 30; ++i) {
    many.push_back(to("u" + std::to_string(i), "ntc_" + std::to_string(i)));
  }
  queue(std::move(many));
  start();
  EXPECT_EQ(dispatcher_->in_hand(), limits::redirected_in_hand);
}

TEST_F(DispatcherTest, AClaimIsForTheLengthOfALease) {
  mail_->hanging = {"slow@"};
  queue({to("slow", "ntc_1")});
  start();
  ASSERT_THAT(mail_->sent, SizeIs(1));
  auto claimed_at = [&](Seconds passed) {
    auto now = moment() + passed;
    return good(store_->settle_and_claim({}, "another", 10, 120s, now, {})).claimed.size();
  };
  EXPECT_EQ(claimed_at(limits::lease - 1s), 0U);
  EXPECT_EQ(claimed_at(limits::lease), 1U);
}

/// Hears no cancellation.
class DeafChannel final : public Channel {
 public:
  boost::asio::awaitable<Outcome> send(Parcel) override {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    asio::steady_timer never(co_await asio::this_coro::executor,
                             asio::steady_timer::time_point::max());
    co_await never.async_wait(asio::use_awaitable);
    co_return Outcome{};
  }
  std::string preview(const Parcel&) const override { return {}; }
  const RetryCurve& retry_curve() const override { return curve_; }
  std::string address_problem(std::string_view) const override { return {}; }
  double per_second() const override { return 0; }
  int concurrency() const override { return 4; }

 private:
  RetryCurve curve_{{Seconds{60}}, Seconds{7200}, 1};
};

TEST_F(DispatcherTest, AChannelThatDoesNotEndWhenItIsCutOffIsLeftBehind) {
  EXPECT_LT(options_.stop_within + limits::cut_off_within, limits::stop_within);
  options_.stop_within = 0s;
  start();
  dispatcher_->use({{"smtp", std::make_shared<DeafChannel>()}, {"webhook", hook_}}, std::nullopt);
  queue({to("deaf", "ntc_2")});
  ASSERT_EQ(dispatcher_->in_hand(), 1U);
  dispatcher_->stop();
  io_.restart();
  io_.run_for(10 * limits::cut_off_within);
  EXPECT_TRUE(ended_);
}

}  // namespace
}  // namespace duban::delivery
