#pragma once
// What every Store must do, whatever it stands on. Include in one file of a test binary and
// instantiate with a maker of places.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <csignal>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "contract/store_samples.h"
#include "ledger/fault.h"
#include "ledger/store.h"

namespace duban::contract {

using ledger::FaultPoint;
using ledger::StoreStatus;

/// Where one ledger lives: it can be opened again after its Store has gone.
class LedgerPlace {
 public:
  virtual ~LedgerPlace() = default;
  virtual std::unique_ptr<ledger::Store> open(boost::asio::any_io_executor executor,
                                              ledger::Fault fault) = 0;
};

struct StoreMaker {
  std::string name;
  std::function<std::unique_ptr<LedgerPlace>()> make;
  friend void PrintTo(const StoreMaker& maker, std::ostream* out) { *out << maker.name; }
};

class StoreContract : public testing::TestWithParam<StoreMaker> {
 protected:
  void SetUp() override {
    place_ = GetParam().make();
    open();
  }
  void open() {
    store_.reset();
    store_ = place_->open(io_.get_executor(), [this](FaultPoint point) {
      if (fault_ != point) return false;
      fault_.reset();
      return true;
    });
    ASSERT_TRUE(store_);
  }

  /// Runs one call to its end.
  template <class T>
  T run(boost::asio::awaitable<T> call) {
    std::optional<T> answer;
    boost::asio::co_spawn(io_, std::move(call), [&](std::exception_ptr error, T value) {
      if (error) std::rethrow_exception(error);
      answer = std::move(value);
    });
    io_.restart();
    io_.run();
    return std::move(*answer);
  }
  template <class T>
  T good(boost::asio::awaitable<ledger::StoreResult<T>> call) {
    auto result = run(std::move(call));
    if (!result) throw std::runtime_error("refused: " + result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }
  template <class T>
  StoreStatus bad(boost::asio::awaitable<ledger::StoreResult<T>> call) {
    auto result = run(std::move(call));
    if (result) throw std::runtime_error("an error was expected");
    return result.error().status;
  }

  ledger::Batch claim(std::string token = "t1", std::int64_t at = 0, std::size_t limit = 10,
                      std::vector<ledger::EndpointKey> held_back = {}) {
    return settle({}, std::move(token), at, limit, std::move(held_back));
  }
  ledger::Batch settle(std::vector<ledger::Settlement> settled, std::string token = "t1",
                       std::int64_t at = 0, std::size_t limit = 0,
                       std::vector<ledger::EndpointKey> held_back = {}) {
    return good(store_->settle_and_claim(std::move(settled), std::move(token), limit, 120s,
                                         moment(at), std::move(held_back)));
  }
  void queue(std::vector<ledger::Notice> notices) {
    good(store_->advance(first_step(std::move(notices))));
  }
  /// A step that follows the first.
  ledger::Advance next_step(std::int64_t at = 60) {
    ledger::Advance step;
    const auto cursor = good(store_->cursor("wuhan"));
    step.plan = "wuhan";
    step.expected = cursor.at;
    step.last_fact = cursor.last_fact;
    step.cursor = step.now = moment(at);
    return step;
  }
  std::vector<ledger::Row> rows() { return good(store_->read("wuhan", 0, 10000)).rows; }
  ledger::NoticeView view(const std::string& id) {
    auto views = good(store_->notices({.id = id}));
    if (views.size() != 1) throw std::runtime_error("no notice " + id);
    return views.front();
  }
  NoticeState state(const std::string& id) { return view(id).notice.head.state; }

  boost::asio::io_context io_;
  std::unique_ptr<LedgerPlace> place_;
  std::optional<FaultPoint> fault_;
  std::unique_ptr<ledger::Store> store_;
};

inline std::vector<std::string> ids(const std::vector<ledger::Claimed>& claimed) {
  std::vector<std::string> list;
  for (const auto& each : claimed) list.push_back(each.notice.head.id);
  return list;
}

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// ---- advance -----------------------------------------------------------------------------------

TEST_P(StoreContract, APlanThatWasNeverLookedAtHasNoCursor) {
  const auto cursor = good(store_->cursor("wuhan"));
  EXPECT_EQ(cursor.at, std::nullopt);
  EXPECT_EQ(cursor.last_fact, 0);
  EXPECT_EQ(cursor.epoch, 1);
}

TEST_P(StoreContract, AStepMovesTheCursorAndWritesItsNoticesTogether) {
  queue({notice("ntc_1", {item_key("zongban"), item_key("caizheng")})});
  EXPECT_EQ(good(store_->cursor("wuhan")).at, moment());
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(1));
  const auto& row = std::get<ledger::NoticeRow>(all[0]);
  const auto made = notice("ntc_1", {item_key("zongban"), item_key("caizheng")});
  EXPECT_EQ(row.items, made.items);
  EXPECT_EQ(row.head.items, made.head.items);
  EXPECT_EQ(row.head.state, NoticeState::queued);
  EXPECT_EQ(row.head.expires_at, made.head.expires_at);
  EXPECT_EQ(view("ntc_1").notice.content, made.content);
}

TEST_P(StoreContract, AStepFromACursorThatIsGoneIsFenced) {
  queue({});
  EXPECT_EQ(bad(store_->advance(first_step({notice("ntc_1", {item_key("zongban")})}))),
            StoreStatus::fenced);
  EXPECT_THAT(rows(), IsEmpty());
}

TEST_P(StoreContract, AStepThatDidNotSeeTheLastFactIsFenced) {
  queue({});
  auto step = next_step();
  good(store_->record("wuhan", {received("zongban")}));
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::fenced);
  EXPECT_EQ(good(store_->cursor("wuhan")).at, moment());
}

TEST_P(StoreContract, AStepOfAnotherEpochIsFenced) {
  auto step = first_step({});
  step.epoch = 2;
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::fenced);
}

TEST_P(StoreContract, AnItemIsToldOnce) {
  queue({notice("ntc_1", {item_key("zongban")})});
  auto step = next_step();
  step.notices = {notice("ntc_2", {item_key("caizheng"), item_key("zongban")})};
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::refused);
  EXPECT_EQ(good(store_->cursor("wuhan")).at, moment());
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_P(StoreContract, TheSameItemOfALaterTellingIsAnother) {
  queue({notice("ntc_1", {item_key("zongban")})});
  auto step = next_step();
  step.notices = {notice("ntc_2", {item_key("zongban", "remind -3wd 09:00", 2)})};
  good(store_->advance(step));
  EXPECT_THAT(rows(), SizeIs(2));
}

TEST_P(StoreContract, OneItemMayGoToTwoEndpointsInOneStep) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("zongban")}, "hook")});
  EXPECT_THAT(claim().claimed, SizeIs(2));
}

TEST_P(StoreContract, PlansCountTheirRowsEachForItself) {
  queue({notice("ntc_1", {item_key("zongban")})});
  const auto numbers = good(store_->record("other", {received("a"), received("b")}));
  EXPECT_THAT(numbers, ElementsAre(1, 2));
  auto other = first_step({notice("ntc_o", {item_key("zongban")})});
  other.plan = "other";
  other.last_fact = 2;
  good(store_->advance(other));
  EXPECT_THAT(good(store_->read("other", 0, 10)).rows, SizeIs(3));
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_P(StoreContract, TextThatIsNoUtf8IsRefusedAndSpoilsNothing) {
  auto broken = notice("ntc_1", {item_key("zongban")});
  broken.content.subject = "\xd0\xd0";
  EXPECT_EQ(bad(store_->advance(first_step({broken}))), StoreStatus::refused);
  auto with_nul = received("zongban");
  with_nul.note = std::string("a\0b", 3);
  EXPECT_EQ(bad(store_->record("wuhan", {with_nul})), StoreStatus::refused);
  EXPECT_THAT(rows(), IsEmpty());
  EXPECT_EQ(good(store_->cursor("wuhan")).at, std::nullopt);
}

// ---- facts and reading -------------------------------------------------------------------------

TEST_P(StoreContract, AFactIsReadBackAsItWasWritten) {
  auto first = received("zongban");
  auto extension = received("caizheng");
  extension.kind = FactKind::extended;
  extension.time = moment(86400);
  extension.note = "因疫情延期";
  auto voided = received("zongban");
  voided.kind = FactKind::voided;
  voided.refers = 1;
  EXPECT_THAT(good(store_->record("wuhan", {first, extension})), ElementsAre(1, 2));
  EXPECT_THAT(good(store_->record("wuhan", {voided})), ElementsAre(3));
  first.seq = 1;
  extension.seq = 2;
  voided.seq = 3;
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(std::get<ledger::FactRow>(all[0]).fact, first);
  EXPECT_EQ(std::get<ledger::FactRow>(all[1]).fact, extension);
  EXPECT_EQ(std::get<ledger::FactRow>(all[2]).fact, voided);
  EXPECT_EQ(good(store_->cursor("wuhan")).last_fact, 3);
}

TEST_P(StoreContract, WhatWasHandedInIsReadAsItWasWritten) {
  auto submission = received("zongban");
  submission.kind = FactKind::submitted;
  submission.rows = {{.clause = "2.5a", .progress = "签约3所高校", .state = RowState::on_track},
                     {.clause = "九(九)",
                      .unchanged = true,
                      .state = RowState::behind,
                      .problem = "缺两家",
                      .asks_whom = "市财政局",
                      .asks_what = "拨付",
                      .asks_by = "6月底",
                      .lacks = {"caizheng", "某单位"}}};
  submission.files = {{"5月.xlsx", "sha256:00", 12}, {"签字件.pdf", "sha256:01", 0}};
  EXPECT_THAT(good(store_->record("wuhan", {received("caizheng"), submission})),
              ElementsAre(1, 2));
  submission.seq = 2;
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(std::get<ledger::FactRow>(all[1]).fact, submission);
}

TEST_P(StoreContract, AFactThatLacksWhatItsKindNeedsIsRefused) {
  for (auto kind : {FactKind::returned, FactKind::reassigned, FactKind::issued}) {
    auto fact = received("zongban");
    fact.kind = kind;
    EXPECT_EQ(bad(store_->record("wuhan", {fact})), StoreStatus::refused) << to_word(kind);
  }
  EXPECT_THAT(rows(), IsEmpty());
}

TEST_P(StoreContract, AVoidOfAFactThatIsNotThereIsRefused) {
  auto voided = received("zongban");
  voided.kind = FactKind::voided;
  voided.refers = 7;
  EXPECT_EQ(bad(store_->record("wuhan", {received("zongban"), voided})), StoreStatus::refused);
  EXPECT_THAT(rows(), IsEmpty());
}

TEST_P(StoreContract, RowsAreReadInOrderPieceByPiece) {
  auto step = first_step({notice("ntc_1", {item_key("zongban"), item_key("caizheng")}),
                          notice("ntc_2", {item_key("minzheng")}, "hook")});
  step.facts = {received("jiaoyu")};
  good(store_->advance(step));
  claim();
  settle({to_retry("ntc_1", moment(600)), delivered("ntc_2")});
  good(store_->record("wuhan", {received("zongban")}));
  const auto whole = rows();
  ASSERT_THAT(whole, SizeIs(7));
  EXPECT_TRUE(std::holds_alternative<ledger::FactRow>(whole[0]));
  EXPECT_TRUE(std::holds_alternative<ledger::NoticeRow>(whole[1]));
  EXPECT_TRUE(std::holds_alternative<ledger::NoticeRow>(whole[2]));
  EXPECT_EQ(std::get<ledger::AttemptRow>(whole[3]).notice, "ntc_1");
  EXPECT_EQ(std::get<ledger::AttemptRow>(whole[4]).outcome, AttemptOutcome::delivered);
  EXPECT_EQ(std::get<ledger::NoticeEndRow>(whole[5]).state, NoticeState::delivered);
  EXPECT_TRUE(std::holds_alternative<ledger::FactRow>(whole[6]));
  std::int64_t after = 0;
  std::size_t read = 0;
  for (;;) {
    const auto piece = good(store_->read("wuhan", after, 2));
    if (piece.rows.empty()) break;
    for (const auto& row : piece.rows) EXPECT_EQ(row.index(), whole[read++].index());
    EXPECT_GT(piece.last, after);
    after = piece.last;
  }
  EXPECT_EQ(read, whole.size());
}

// ---- endings -----------------------------------------------------------------------------------

TEST_P(StoreContract, AWithdrawnNoticeIsNotSent) {
  queue({notice("ntc_1", {item_key("zongban")})});
  auto step = next_step();
  step.ended_notices = {{"ntc_1", NoticeState::withdrawn, Reason::answered}};
  step.ended_items = {{item_key("zongban"), Reason::answered}};
  EXPECT_THAT(good(store_->advance(step)).in_flight, IsEmpty());
  EXPECT_THAT(claim().claimed, IsEmpty());
  EXPECT_EQ(state("ntc_1"), NoticeState::withdrawn);
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(std::get<ledger::NoticeEndRow>(all[1]).reason, Reason::answered);
  EXPECT_EQ(std::get<ledger::ItemEndRow>(all[2]).item, item_key("zongban"));
}

TEST_P(StoreContract, ANoticeBeingSentGoesOnWhole) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("caizheng")}, "b")});
  claim("t1", 0, 1);
  auto step = next_step();
  step.ended_notices = {{"ntc_1", NoticeState::withdrawn, Reason::answered},
                        {"ntc_2", NoticeState::withdrawn, Reason::answered}};
  step.ended_items = {{item_key("zongban"), Reason::answered},
                      {item_key("caizheng"), Reason::answered}};
  EXPECT_THAT(good(store_->advance(step)).in_flight, ElementsAre("ntc_1"));
  EXPECT_EQ(state("ntc_1"), NoticeState::sending);
  EXPECT_EQ(state("ntc_2"), NoticeState::withdrawn);
  std::size_t ended_items = 0;
  for (const auto& row : rows()) ended_items += std::holds_alternative<ledger::ItemEndRow>(row);
  EXPECT_EQ(ended_items, 1U);
  EXPECT_THAT(settle({delivered("ntc_1")}).stale, IsEmpty());
}

// ---- what comes back ---------------------------------------------------------------------------

TEST_P(StoreContract, WhatWasDeliveredComesBackOnce) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  settle({delivered("ntc_1")});
  const ledger::Bounce bounce{"ntc_1", Reason::bad_address, moment(900)};
  const auto first = good(store_->bounce(bounce));
  EXPECT_EQ(first.what, ledger::Bounced::written);
  EXPECT_EQ(first.plan, "wuhan");
  EXPECT_THAT(first.items, ElementsAre(item_key("zongban")));
  EXPECT_EQ(good(store_->bounce(bounce)).what, ledger::Bounced::settled);
  EXPECT_EQ(state("ntc_1"), NoticeState::bounced);
  EXPECT_EQ(good(store_->counts("wuhan")).failed, 1);
  const auto all = rows();
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(std::get<ledger::NoticeEndRow>(all[2]).state, NoticeState::delivered);
  const auto& row = std::get<ledger::BounceRow>(all[3]);
  EXPECT_EQ(row.head.id, "ntc_1");
  EXPECT_EQ(row.head.endpoint, "zongban-mail");
  EXPECT_EQ(row.head.expires_at, moment(3 * 86400));
  EXPECT_THAT(row.head.items, ElementsAre(item_key("zongban")));
  EXPECT_EQ(row.reason, Reason::bad_address);
  EXPECT_EQ(row.at, moment(900));
}

TEST_P(StoreContract, OnlyWhatWasDeliveredComesBack) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("caizheng")}, "b")});
  auto come_back = [&](const char* id) {
    return good(store_->bounce({id, Reason::refused, moment(900)})).what;
  };
  EXPECT_EQ(come_back("ntc_1"), ledger::Bounced::not_ended);
  claim();
  EXPECT_EQ(come_back("ntc_1"), ledger::Bounced::not_ended);
  settle({delivered("ntc_1"), to_retry("ntc_2", moment(600))});
  EXPECT_EQ(come_back("ntc_2"), ledger::Bounced::not_ended);
  auto step = next_step();
  step.ended_notices = {{"ntc_2", NoticeState::withdrawn, Reason::answered}};
  good(store_->advance(step));
  EXPECT_EQ(come_back("ntc_2"), ledger::Bounced::settled);
  EXPECT_EQ(come_back("ntc_3"), ledger::Bounced::unknown);
  EXPECT_EQ(state("ntc_2"), NoticeState::withdrawn);
}

TEST_P(StoreContract, WhatCameBackIsReplacedAndThenIsThatOnesMatter) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  settle({delivered("ntc_1")});
  auto another = notice("ntc_2", {item_key("zongban")}, "zongban-hook");
  another.replaces = "ntc_1";
  auto early = next_step();
  early.notices = {another};
  EXPECT_THAT(good(store_->advance(early)).in_flight, ElementsAre("ntc_1"));
  good(store_->bounce({"ntc_1", Reason::refused, moment(900)}));
  auto step = next_step();
  step.notices = {another};
  EXPECT_THAT(good(store_->advance(step)).in_flight, IsEmpty());
  EXPECT_EQ(state("ntc_1"), NoticeState::bounced);
  EXPECT_EQ(state("ntc_2"), NoticeState::queued);
  EXPECT_EQ(good(store_->counts("wuhan")).failed, 0);
}

// It was worded as if what is being sent had never been told.
TEST_P(StoreContract, NewsOfWhatIsBeingSentWaits) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim("t1", 0, 1);
  auto step = next_step();
  step.ended_notices = {{"ntc_1", NoticeState::withdrawn, Reason::due_moved}};
  step.ended_items = {{item_key("zongban"), Reason::due_moved}};
  auto news = item_key("zongban");
  news.kind = ItemKind::change;
  news.telling = 2;
  step.notices = {notice("ntc_2", {news}), notice("ntc_3", {item_key("caizheng")}, "b")};
  EXPECT_THAT(good(store_->advance(step)).in_flight, ElementsAre("ntc_1"));
  EXPECT_THAT(good(store_->notices({})), SizeIs(2));
  EXPECT_EQ(state("ntc_3"), NoticeState::queued);
}

TEST_P(StoreContract, ANoticeSettledSinceTheStepWasDecidedGoesOnWhole) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("caizheng")}, "b"),
         notice("ntc_3", {item_key("minzheng"), item_key("jiaoyu")}, "c")});
  auto step = next_step();
  step.last_row = good(store_->read("wuhan", 0, 100)).last;
  claim();
  settle({delivered("ntc_1"), to_retry("ntc_2", moment(300)), to_retry("ntc_3", moment(300))});
  step.ended_notices = {{"ntc_1", NoticeState::withdrawn, Reason::answered},
                        {"ntc_2", NoticeState::withdrawn, Reason::answered}};
  step.ended_items = {{item_key("zongban"), Reason::answered},
                      {item_key("caizheng"), Reason::answered},
                      {item_key("minzheng"), Reason::answered}};
  step.notices = {notice("ntc_4", {item_key("jiaoyu")}, "c")};
  step.notices[0].replaces = "ntc_3";
  EXPECT_THAT(good(store_->advance(step)).in_flight, ElementsAre("ntc_1", "ntc_2", "ntc_3"));
  const auto all = rows();
  EXPECT_TRUE(std::ranges::none_of(all, [](const ledger::Row& row) {
    return std::holds_alternative<ledger::ItemEndRow>(row);
  }));
  EXPECT_EQ(state("ntc_2"), NoticeState::retrying);
  // Who has seen that goes by it.
  auto again = next_step(61);
  again.last_row = good(store_->read("wuhan", 0, 100)).last;
  again.ended_notices = {{"ntc_2", NoticeState::withdrawn, Reason::contact_changed}};
  EXPECT_THAT(good(store_->advance(again)).in_flight, IsEmpty());
  EXPECT_EQ(state("ntc_2"), NoticeState::withdrawn);
}

TEST_P(StoreContract, AReplacementSupersedesAndCarriesOnTheRemainingItems) {
  queue({notice("ntc_1", {item_key("zongban"), item_key("caizheng")})});
  auto step = next_step();
  auto rest = notice("ntc_2", {item_key("caizheng")});
  rest.replaces = "ntc_1";
  rest.replaces_reason = Reason::answered;
  step.notices = {rest};
  step.ended_items = {{item_key("zongban"), Reason::answered}};
  EXPECT_THAT(good(store_->advance(step)).in_flight, IsEmpty());
  EXPECT_THAT(ids(claim().claimed), ElementsAre("ntc_2"));
  EXPECT_EQ(state("ntc_1"), NoticeState::superseded);
  EXPECT_EQ(view("ntc_1").notice.head.reason, Reason::answered);
  EXPECT_EQ(view("ntc_1").ended_at, step.now);
  EXPECT_EQ(view("ntc_2").notice.replaces, "ntc_1");
  EXPECT_EQ(view("ntc_2").ended_at, std::nullopt);
}

TEST_P(StoreContract, WhatIsBeingSentOrDeliveredIsNotReplaced) {
  queue({notice("ntc_1", {item_key("zongban"), item_key("caizheng")}),
         notice("ntc_2", {item_key("minzheng"), item_key("jiaoyu")}, "b")});
  claim();
  settle({delivered("ntc_2")});
  auto step = next_step();
  step.notices = {notice("ntc_3", {item_key("zongban")}),
                  notice("ntc_4", {item_key("jiaoyu")}, "b")};
  step.notices[0].replaces = "ntc_1";
  step.notices[1].replaces = "ntc_2";
  EXPECT_THAT(good(store_->advance(step)).in_flight, ElementsAre("ntc_1", "ntc_2"));
  EXPECT_THAT(good(store_->notices({})), SizeIs(2));
}

TEST_P(StoreContract, WhatWasDeliveredCanBeSentAgainOnPurpose) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  settle({delivered("ntc_1")});
  auto step = next_step();
  auto again = notice("ntc_2", {item_key("zongban")});
  again.replaces = "ntc_1";
  again.head.reason = Reason::resent;
  step.notices = {again};
  EXPECT_THAT(good(store_->advance(step)).in_flight, IsEmpty());
  EXPECT_THAT(ids(claim().claimed), ElementsAre("ntc_2"));
  EXPECT_EQ(state("ntc_1"), NoticeState::delivered);
}

TEST_P(StoreContract, AnItemEndsOnce) {
  queue({notice("ntc_1", {item_key("zongban")})});
  auto step = next_step();
  step.ended_items = {{item_key("zongban"), Reason::answered}};
  good(store_->advance(step));
  auto again = next_step(120);
  again.ended_items = step.ended_items;
  EXPECT_EQ(bad(store_->advance(again)), StoreStatus::refused);
}

TEST_P(StoreContract, EndingWhatIsNotThereIsRefused) {
  queue({});
  auto step = next_step();
  step.ended_notices = {{"ntc_9", NoticeState::withdrawn, Reason::answered}};
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::refused);
}

// ---- claim and settle --------------------------------------------------------------------------

TEST_P(StoreContract, AClaimHandsOutWhatIsDueWithItsContent) {
  queue({notice("ntc_1", {item_key("zongban")})});
  const auto batch = claim();
  ASSERT_THAT(batch.claimed, SizeIs(1));
  EXPECT_EQ(batch.claimed[0].plan, "wuhan");
  EXPECT_EQ(batch.claimed[0].tries, 0);
  EXPECT_FALSE(batch.claimed[0].lease_lost);
  EXPECT_EQ(batch.claimed[0].notice.content, notice("", {}).content);
  EXPECT_EQ(state("ntc_1"), NoticeState::sending);
}

TEST_P(StoreContract, WhatGoesOutBesideAMessageComesBackByteForByte) {
  auto made = notice("ntc_1", {item_key("zongban")});
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  made.content.attachments = {{"6月月调度通报(送审稿).docx", "application/x-a", bytes},
                              {"台账.txt", "text/plain", ""}};
  queue({made, notice("ntc_2", {item_key("caizheng")})});
  const auto batch = claim();
  ASSERT_THAT(batch.claimed, SizeIs(2));
  EXPECT_EQ(batch.claimed[0].notice.content, made.content);
  EXPECT_THAT(batch.claimed[1].notice.content.attachments, IsEmpty());
  EXPECT_EQ(view("ntc_1").notice.content, made.content);
}

TEST_P(StoreContract, NobodyElseGetsWhatIsUnderALease) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim("t1");
  const auto batch = claim("t2", 119);
  EXPECT_THAT(batch.claimed, IsEmpty());
  EXPECT_EQ(batch.next_at, moment(120));
}

TEST_P(StoreContract, ALeaseThatRanOutIsHandedOutAgainAndSaysSo) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim("t1");
  const auto batch = claim("t2", 120);
  ASSERT_THAT(batch.claimed, SizeIs(1));
  EXPECT_TRUE(batch.claimed[0].lease_lost);
}

TEST_P(StoreContract, ALateSettlerChangesNothing) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim("t1");
  claim("t2", 120);
  EXPECT_THAT(settle({delivered("ntc_1")}, "t1").stale, ElementsAre("ntc_1"));
  EXPECT_EQ(state("ntc_1"), NoticeState::sending);
  EXPECT_THAT(settle({delivered("ntc_1")}, "t2").stale, IsEmpty());
  EXPECT_THAT(settle({delivered("ntc_1")}, "t1").stale, ElementsAre("ntc_1"));
  EXPECT_THAT(view("ntc_1").attempts, SizeIs(1));
}

TEST_P(StoreContract, ADeliveredNoticeEndsWithItsAttempt) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  settle({delivered("ntc_1")});
  const auto seen = view("ntc_1");
  EXPECT_EQ(seen.notice.head.state, NoticeState::delivered);
  EXPECT_EQ(seen.notice.head.reason, Reason::accepted);
  ASSERT_THAT(seen.attempts, SizeIs(1));
  EXPECT_EQ(seen.attempts[0].outcome, AttemptOutcome::delivered);
  EXPECT_EQ(seen.attempts[0].wire_digest, "sha256:00");
  EXPECT_EQ(claim("t1", 100000).next_at, std::nullopt);
}

TEST_P(StoreContract, ARetryComesBackAtItsTimeWithItsHistory) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  auto lost = to_retry("ntc_1", moment(600));
  lost.outcome = AttemptOutcome::unknown;
  settle({lost});
  EXPECT_EQ(state("ntc_1"), NoticeState::retrying);
  const auto early = claim("t1", 599);
  EXPECT_THAT(early.claimed, IsEmpty());
  EXPECT_EQ(early.next_at, moment(600));
  const auto batch = claim("t1", 600);
  ASSERT_THAT(batch.claimed, SizeIs(1));
  EXPECT_EQ(batch.claimed[0].tries, 1);
  EXPECT_EQ(batch.claimed[0].unknowns, 1);
  EXPECT_EQ(batch.claimed[0].first_attempt_at, moment(10));
}

TEST_P(StoreContract, ExpiredBeforeItCouldBeSentIsAnEndingWithoutAnAttempt) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  auto expired = delivered("ntc_1");
  expired.attempted = false;
  expired.ends = NoticeState::expired;
  expired.end_reason = Reason::sense_ended;
  EXPECT_THAT(settle({expired}).stale, IsEmpty());
  EXPECT_EQ(state("ntc_1"), NoticeState::expired);
  EXPECT_THAT(view("ntc_1").attempts, IsEmpty());
}

TEST_P(StoreContract, WhatIsGivenBackIsAsItWas) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  auto back = to_retry("ntc_1", moment(30));
  back.attempted = false;
  settle({back});
  EXPECT_EQ(state("ntc_1"), NoticeState::queued);
  EXPECT_THAT(claim("t2", 29).claimed, IsEmpty());
  const auto batch = claim("t2", 30);
  ASSERT_THAT(batch.claimed, SizeIs(1));
  EXPECT_EQ(batch.claimed[0].tries, 0);
  EXPECT_FALSE(batch.claimed[0].lease_lost);
}

TEST_P(StoreContract, ASettlementThatDecidesNothingIsRefused) {
  queue({notice("ntc_1", {item_key("zongban")})});
  claim();
  auto undecided = delivered("ntc_1");
  undecided.ends.reset();
  EXPECT_EQ(bad(store_->settle_and_claim({undecided}, "t1", 0, 120s, moment(), {})),
            StoreStatus::refused);
  EXPECT_EQ(state("ntc_1"), NoticeState::sending);
}

TEST_P(StoreContract, ADraftIsNotHandedOutUntilSomethingReplacesIt) {
  auto draft = notice("ntc_1", {item_key("zongban")});
  draft.head.state = NoticeState::drafted;
  queue({draft});
  const auto nothing = claim("t1", 1000000);
  EXPECT_THAT(nothing.claimed, IsEmpty());
  EXPECT_EQ(nothing.next_at, std::nullopt);
  EXPECT_EQ(good(store_->counts("wuhan")).drafted, 1);
  auto step = next_step();
  auto released = notice("ntc_2", {item_key("zongban")});
  released.replaces = "ntc_1";
  step.notices = {released};
  good(store_->advance(step));
  EXPECT_THAT(ids(claim().claimed), ElementsAre("ntc_2"));
  EXPECT_EQ(state("ntc_1"), NoticeState::superseded);
}

TEST_P(StoreContract, OneEndpointDoesNotTakeAllPlaces) {
  std::vector<ledger::Notice> many;
  for (int i = 0; i < 40; ++i) {
    many.push_back(notice("ntc_dead" + std::to_string(i), {item_key("u" + std::to_string(i))},
                          "dead"));
  }
  many.push_back(notice("ntc_good", {item_key("zongban")}, "good"));
  queue(many);
  const auto batch = claim("t1", 0, 20);
  EXPECT_LT(batch.claimed.size(), 20U);
  EXPECT_THAT(ids(batch.claimed), testing::Contains("ntc_good"));
  EXPECT_THAT(claim("t2", 1, 20).claimed, IsEmpty());
}

TEST_P(StoreContract, WhatIsHeldBackWaitsAndWakesNobody) {
  queue({notice("ntc_1", {item_key("zongban")}, "slow"),
         notice("ntc_2", {item_key("caizheng")}, "good")});
  EXPECT_THAT(ids(claim("t1", 0, 10, {{"wuhan", "slow"}}).claimed), ElementsAre("ntc_2"));
  settle({delivered("ntc_2")});
  EXPECT_EQ(claim("t1", 0, 10, {{"wuhan", "slow"}}).next_at, std::nullopt);
  EXPECT_THAT(ids(claim().claimed), ElementsAre("ntc_1"));
}

TEST_P(StoreContract, ALimitThatLeavesSomethingDueSaysSo) {
  queue({notice("ntc_1", {item_key("zongban")}, "a"),
         notice("ntc_2", {item_key("caizheng")}, "b")});
  const auto batch = claim("t1", 0, 1);
  EXPECT_THAT(ids(batch.claimed), ElementsAre("ntc_1"));
  ASSERT_TRUE(batch.next_at);
  EXPECT_LE(*batch.next_at, moment());
}

TEST_P(StoreContract, PostponedNoticesOfAnEndpointWait) {
  queue({notice("ntc_1", {item_key("zongban")}, "dead"),
         notice("ntc_2", {item_key("caizheng")}, "good")});
  good(store_->postpone({"wuhan", "dead"}, moment(300)));
  good(store_->postpone({"wuhan", "dead"}, moment(200)));
  EXPECT_THAT(ids(claim("t1", 299).claimed), ElementsAre("ntc_2"));
  EXPECT_THAT(ids(claim("t1", 300).claimed), ElementsAre("ntc_1"));
}

TEST_P(StoreContract, TwoPlansMayCallTwoEndpointsByOneId) {
  queue({notice("ntc_1", {item_key("zongban")}, "desk")});
  auto other = first_step({notice("ntc_2", {item_key("zongban")}, "desk")});
  other.plan = "hefei";
  good(store_->advance(other));
  EXPECT_THAT(ids(claim("t1", 0, 10, {{"wuhan", "desk"}}).claimed), ElementsAre("ntc_2"));
  good(store_->postpone({"hefei", "desk"}, moment(300)));
  EXPECT_THAT(ids(claim("t2", 0).claimed), ElementsAre("ntc_1"));
}

TEST_P(StoreContract, EveryPlanHasItsCursorAndItsNewestRow) {
  EXPECT_THAT(good(store_->cursors()), IsEmpty());
  queue({notice("ntc_1", {item_key("zongban")})});
  const auto rows = good(store_->record("hefei", {received("caizheng"), received("zongban")}));
  const auto cursors = good(store_->cursors());
  ASSERT_THAT(cursors, SizeIs(2));
  EXPECT_EQ(cursors.at("hefei").at, std::nullopt);
  EXPECT_EQ(cursors.at("hefei").last_fact, rows.back());
  EXPECT_EQ(cursors.at("hefei").last_row, rows.back());
  EXPECT_EQ(cursors.at("wuhan").at, moment());
  EXPECT_EQ(cursors.at("wuhan").last_row, good(store_->cursor("wuhan")).last_row);
  claim();
  settle({delivered("ntc_1")});
  EXPECT_GT(good(store_->cursor("wuhan")).last_row, cursors.at("wuhan").last_row);
  EXPECT_EQ(good(store_->cursor("hefei")).last_row, cursors.at("hefei").last_row);
}

TEST_P(StoreContract, AClockStepMovesWhatIsPending) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("caizheng")}, "b")});
  claim("t1", 0, 1);
  settle({to_retry("ntc_1", moment(600))});
  claim("t1", 0, 1);
  good(store_->shift(-3600s));
  EXPECT_THAT(ids(claim("t2", 600 - 3600).claimed), ElementsAre("ntc_2", "ntc_1"));
}

TEST_P(StoreContract, WhatIsInHandIsKnownByItsToken) {
  queue({notice("ntc_1", {item_key("zongban")}), notice("ntc_2", {item_key("caizheng")}, "b")});
  claim("t1", 0, 1);
  claim("t2", 0, 1);
  EXPECT_THAT(ids(good(store_->leased("t1"))), ElementsAre("ntc_1"));
  EXPECT_THAT(ids(good(store_->leased("t2"))), ElementsAre("ntc_2"));
  settle({delivered("ntc_1")}, "t1");
  EXPECT_THAT(good(store_->leased("t1")), IsEmpty());
}

TEST_P(StoreContract, NoticesAreFoundByPlanUnitStateAndTime) {
  auto late = notice("ntc_2", {item_key("caizheng")});
  late.head.queued_at = moment(3600);
  queue({notice("ntc_1", {item_key("zongban")}), late});
  claim("t1", 0, 1);
  settle({delivered("ntc_1")});
  const auto found = [this](ledger::NoticeQuery query) {
    std::vector<std::string> list;
    for (const auto& each : good(store_->notices(query))) list.push_back(each.notice.head.id);
    return list;
  };
  EXPECT_THAT(found({}), ElementsAre("ntc_1", "ntc_2"));
  EXPECT_THAT(found({.plan = "other"}), IsEmpty());
  EXPECT_THAT(found({.unit = "caizheng"}), ElementsAre("ntc_2"));
  EXPECT_THAT(found({.state = NoticeState::delivered}), ElementsAre("ntc_1"));
  EXPECT_THAT(found({.since = moment(1)}), ElementsAre("ntc_2"));
  EXPECT_THAT(found({.limit = 1}), ElementsAre("ntc_2"));
}

TEST_P(StoreContract, TheOutboxIsCounted) {
  auto draft = notice("ntc_1", {item_key("a")});
  draft.head.state = NoticeState::drafted;
  queue({draft, notice("ntc_2", {item_key("b")}), notice("ntc_3", {item_key("c")}, "x"),
         notice("ntc_4", {item_key("d")}, "y")});
  claim();
  auto failed = delivered("ntc_3");
  failed.outcome = AttemptOutcome::rejected;
  failed.reason = failed.end_reason = Reason::bad_address;
  failed.ends = NoticeState::failed;
  settle({failed, to_retry("ntc_4", moment(60))});
  const auto counts = good(store_->counts("wuhan"));
  EXPECT_EQ(counts.drafted, 1);
  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(counts.retrying, 1);
  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(good(store_->counts("other")).failed, 0);
  auto again = notice("ntc_5", {item_key("c")}, "x");
  again.replaces = "ntc_3";
  again.replaces_reason = Reason::resent;
  auto step = next_step();
  step.notices = {again};
  good(store_->advance(step));
  EXPECT_EQ(good(store_->counts("wuhan")).failed, 0) << "something was sent in its place";
}

TEST_P(StoreContract, TheOutboxIsReadPieceByPieceWithWhatMoves) {
  auto draft = notice("ntc_1", {item_key("a")});
  draft.head.state = NoticeState::drafted;
  queue({draft, notice("ntc_2", {item_key("b")}), notice("ntc_3", {item_key("c")}, "x"),
         notice("ntc_4", {item_key("d")}, "y")});
  claim();
  settle({delivered("ntc_3"), to_retry("ntc_4", moment(60))});
  const auto first = good(store_->outbox("wuhan", 0, 2));
  ASSERT_THAT(first.rows, SizeIs(2));
  EXPECT_EQ(first.rows[0].notice, "ntc_1");
  EXPECT_FALSE(first.rows[0].next_at) << "a draft is not handed out";
  EXPECT_EQ(first.rows[1].notice, "ntc_2");
  EXPECT_EQ(first.rows[1].lease, moment(120));
  const auto rest = good(store_->outbox("wuhan", first.last, 2));
  ASSERT_THAT(rest.rows, SizeIs(1)) << "what was delivered has left it";
  EXPECT_EQ(rest.rows[0].notice, "ntc_4");
  EXPECT_EQ(rest.rows[0].next_at, moment(60));
  EXPECT_FALSE(rest.rows[0].lease);
  EXPECT_EQ(rest.rows[0].tries, 1);
  EXPECT_THAT(good(store_->outbox("wuhan", rest.last, 2)).rows, IsEmpty());
  EXPECT_THAT(good(store_->outbox("other", 0, 2)).rows, IsEmpty());
}

// ---- lasting, waiting --------------------------------------------------------------------------

TEST_P(StoreContract, AllIsThereAfterOpeningAgain) {
  const std::string salt = store_->salt();
  EXPECT_FALSE(salt.empty());
  queue({notice("ntc_1", {item_key("zongban")})});
  open();
  EXPECT_EQ(store_->salt(), salt);
  EXPECT_EQ(good(store_->cursor("wuhan")).at, moment());
  EXPECT_THAT(ids(claim().claimed), ElementsAre("ntc_1"));
}

TEST_P(StoreContract, WaitReturnsWhenSomethingIsQueued) {
  claim();
  bool woken = false;
  boost::asio::co_spawn(io_, store_->wait(), [&](std::exception_ptr) { woken = true; });
  io_.restart();
  io_.poll();
  EXPECT_FALSE(woken);
  queue({notice("ntc_1", {item_key("zongban")})});
  EXPECT_TRUE(woken);
}

TEST_P(StoreContract, WhatWasQueuedSinceTheLastClaimIsNotMissed) {
  claim();
  queue({notice("ntc_1", {item_key("zongban")})});
  bool woken = false;
  boost::asio::co_spawn(io_, store_->wait(), [&](std::exception_ptr) { woken = true; });
  io_.restart();
  io_.run();
  EXPECT_TRUE(woken);
}

TEST_P(StoreContract, CallsThatShareATransactionDoNotSpoilEachOther) {
  int done = 0;
  std::vector<StoreStatus> errors;
  const auto count = [&](std::exception_ptr,
                         ledger::StoreResult<std::vector<std::int64_t>> result) {
    ++done;
    if (!result) errors.push_back(result.error().status);
  };
  auto broken = received("x");
  broken.note = "\xff";
  for (int i = 0; i < 50; ++i) {
    boost::asio::co_spawn(io_, store_->record("wuhan", {i % 10 == 3 ? broken : received("x")}),
                          count);
  }
  io_.restart();
  io_.run();
  EXPECT_EQ(done, 50);
  EXPECT_THAT(errors, SizeIs(5));
  EXPECT_THAT(errors, testing::Each(StoreStatus::refused));
  EXPECT_THAT(rows(), SizeIs(45));
  EXPECT_EQ(good(store_->cursor("wuhan")).last_fact, 45);
}

// ---- unknown, and the proof each call carries --------------------------------------------------

TEST_P(StoreContract, AfterAnUnknownAdvanceTheCursorTells) {
  const auto step = first_step({notice("ntc_1", {item_key("zongban")})});
  fault_ = FaultPoint::before_commit;
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::unknown);
  EXPECT_EQ(good(store_->cursor("wuhan")).at, std::nullopt);
  fault_ = FaultPoint::after_commit;
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::unknown);
  EXPECT_EQ(good(store_->cursor("wuhan")).at, step.cursor);
  EXPECT_EQ(bad(store_->advance(step)), StoreStatus::fenced);
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_P(StoreContract, AWaitEndsWhenACommitWasNotHeardOf) {
  good(store_->settle_and_claim({}, "t1", 10, 120s, moment(), {}));
  bool woken = false;
  boost::asio::co_spawn(io_, store_->wait(), [&](std::exception_ptr) { woken = true; });
  io_.restart();
  io_.poll();
  ASSERT_FALSE(woken);
  fault_ = FaultPoint::after_commit;
  EXPECT_EQ(bad(store_->advance(first_step({notice("ntc_1", {item_key("zongban")})}))),
            StoreStatus::unknown);
  io_.restart();
  io_.poll();
  EXPECT_TRUE(woken);
}

TEST_P(StoreContract, AfterAnUnknownRecordTheLastFactTells) {
  fault_ = FaultPoint::before_commit;
  EXPECT_EQ(bad(store_->record("wuhan", {received("zongban")})), StoreStatus::unknown);
  EXPECT_EQ(good(store_->cursor("wuhan")).last_fact, 0);
  fault_ = FaultPoint::after_commit;
  EXPECT_EQ(bad(store_->record("wuhan", {received("zongban")})), StoreStatus::unknown);
  EXPECT_EQ(good(store_->cursor("wuhan")).last_fact, 1);
}

TEST_P(StoreContract, AfterAnUnknownClaimTheTokenTells) {
  queue({notice("ntc_1", {item_key("zongban")})});
  fault_ = FaultPoint::before_commit;
  EXPECT_EQ(bad(store_->settle_and_claim({}, "t1", 10, 120s, moment(), {})), StoreStatus::unknown);
  EXPECT_THAT(good(store_->leased("t1")), IsEmpty());
  fault_ = FaultPoint::after_commit;
  EXPECT_EQ(bad(store_->settle_and_claim({}, "t1", 10, 120s, moment(), {})), StoreStatus::unknown);
  EXPECT_THAT(ids(good(store_->leased("t1"))), ElementsAre("ntc_1"));
}

TEST_P(StoreContract, AfterAnUnknownSettlementRepeatingItWritesItOnce) {
  for (const auto point : {FaultPoint::before_commit, FaultPoint::after_commit}) {
    const std::string id = point == FaultPoint::before_commit ? "ntc_1" : "ntc_2";
    auto step = point == FaultPoint::before_commit ? first_step({}) : next_step();
    step.notices = {notice(id, {item_key(id)})};
    good(store_->advance(step));
    claim();
    const auto retry = to_retry(id, moment(600));
    fault_ = point;
    EXPECT_EQ(bad(store_->settle_and_claim({retry}, "t1", 0, 120s, moment(), {})),
              StoreStatus::unknown);
    EXPECT_THAT(settle({retry}).stale, IsEmpty());
    EXPECT_THAT(view(id).attempts, SizeIs(1));
    EXPECT_EQ(state(id), NoticeState::retrying);
  }
}

TEST_P(StoreContract, AProcessKilledAtACommitLeavesAllOrNothing) {
  store_.reset();
  for (const auto point : {FaultPoint::before_commit, FaultPoint::after_commit}) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      boost::asio::io_context io;
      const auto store = place_->open(io.get_executor(), [point](FaultPoint here) {
        if (here == point) ::raise(SIGKILL);
        return false;
      });
      boost::asio::co_spawn(io, store->advance(first_step({notice("ntc_1", {item_key("a")})})),
                            [](std::exception_ptr, ledger::StoreResult<ledger::Advanced>) {});
      io.run();
      ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    open();
    const bool committed = point == FaultPoint::after_commit;
    EXPECT_EQ(good(store_->cursor("wuhan")).at,
              committed ? std::optional(moment()) : std::nullopt);
    EXPECT_EQ(rows().size(), committed ? 1U : 0U);
    EXPECT_EQ(good(store_->counts("wuhan")).queued, committed ? 1 : 0);
    store_.reset();
  }
}

}  // namespace duban::contract
