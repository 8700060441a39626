// Documents that write themselves: in the notice of their draft, and for who asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "engine/desk.h"
#include "engine/draft_files.h"
#include "schedule/draft_time.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using contract::EditedConfig;

constexpr const char* dispatch = "monthly-dispatch";
constexpr const char* april = "2036-04";

class Documents : public ::testing::Test {
 protected:
  Instant draft_time() const {
    const auto& timetable = desk_.engine->find_plan(Desk::plan)->timetable();
    for (std::size_t index = 0; index < timetable.occurrences().size(); ++index) {
      const auto& one = timetable.occurrences()[index];
      bool found = timetable.plan().duties[one.duty].id == dispatch && one.period == april;
      if (found) return schedule::draft_at(timetable, index).value();
    }
    throw std::logic_error("no dispatch of April");
  }
  void live_to(Instant at) {
    desk_.clock.pass(at - desk_.clock.now());
    desk_.turn();
  }
  const ledger::NoticeView* draft() {
    notices_ = desk_.notices();
    auto found = std::ranges::find_if(notices_, [](const ledger::NoticeView& view) {
      return std::ranges::any_of(view.notice.items, [](const schedule::Item& item) {
        return item.key.kind == ItemKind::document && item.key.about.period == april;
      });
    });
    return found == notices_.end() ? nullptr : &*found;
  }
  DocumentOrder order(document::FileType type = document::FileType::word) const {
    return {.plan = Desk::plan, .duty = dispatch, .period = april, .type = type};
  }
  std::string bytes_of(DocumentOrder asked) {
    auto written = desk_.ask(desk_.engine->document(std::move(asked)));
    EXPECT_TRUE(written) << (written ? "" : written.error().message.chinese);
    return written ? written->file.bytes : "";
  }
  void hand_in(const char* unit) {
    schedule::Fact fact{.kind = FactKind::received, .at = desk_.clock.now()};
    fact.about = {"monthly-table", april, unit, ""};
    fact.by = "tester";
    ASSERT_TRUE(desk_.ask(desk_.engine->record(Desk::plan, {fact})));
  }

  Desk desk_{"04-24T09:00:00"};
  std::vector<ledger::NoticeView> notices_;
};

TEST_F(Documents, ADraftGoesOutWithItsFileAndReportWritesTheSameBytes) {
  hand_in("edu");
  live_to(draft_time());
  const auto* notice = draft();
  ASSERT_NE(notice, nullptr);
  const auto& files = notice->notice.content.attachments;
  ASSERT_THAT(files, SizeIs(2));
  EXPECT_THAT(files[0].name, HasSubstr("月调度通报"));
  EXPECT_TRUE(files[0].bytes.starts_with("PK"));
  EXPECT_THAT(files[1].name, HasSubstr(".html"));
  EXPECT_THAT(notice->notice.content.text, HasSubstr("dubanctl report dispatch 2036-04"));
  auto sent = files[0].bytes;
  live_to(desk_.clock.now() + Seconds{3600});
  hand_in("water");
  EXPECT_EQ(bytes_of(order()), sent) << "what came later changes nothing";
  auto later = order(document::FileType::text);
  later.as_of = desk_.clock.now();
  EXPECT_NE(bytes_of(later), bytes_of(order(document::FileType::text)));
}

TEST_F(Documents, WhatIsRecordedInTheSecondOfADraftIsNotInItEvenWhileThatLasts) {
  live_to(draft_time());
  const auto* notice = draft();
  ASSERT_NE(notice, nullptr);
  auto sent = notice->notice.content.attachments.at(0).bytes;
  hand_in("water");
  ASSERT_EQ(desk_.clock.now(), draft_time());
  EXPECT_EQ(bytes_of(order()), sent);
}

TEST_F(Documents, AreWrittenByTheTextThatWasInForceThen) {
  live_to(draft_time());
  auto then = bytes_of(order(document::FileType::text));
  live_to(desk_.clock.now() + Seconds{3600});
  EditedConfig::edit(desk_.config.plan_folder() / "tasks.toml", "name   = \"推进机制\"",
                     "name   = \"换了名称的一项\"");
  auto reloaded = desk_.ask(desk_.engine->reload("tester"));
  ASSERT_TRUE(reloaded && reloaded->taken.size() == 1U);
  EXPECT_EQ(bytes_of(order(document::FileType::text)), then);
  auto now = order(document::FileType::text);
  now.as_of = desk_.clock.now();
  EXPECT_THAT(bytes_of(now), HasSubstr("换了名称的一项"));
}

TEST_F(Documents, OfAMomentToComeOrThatNobodyWritesAreRefused) {
  auto to_come = order();
  to_come.as_of = desk_.clock.now() + Seconds{60};
  auto refused = desk_.ask(desk_.engine->document(to_come));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "bad-time");
  auto table = order();
  table.duty = "monthly-table";
  refused = desk_.ask(desk_.engine->document(table));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown-document");
}

TEST_F(Documents, ABrokenFormKeepsThePlanBackAndTheOldFormsGoOn) {
  live_to(draft_time());
  auto form = desk_.config.root() / "templates/documents/dispatch.txt.mustache";
  auto before = bytes_of(order(document::FileType::text));
  EditedConfig::write(form, EditedConfig::text(form) + "{{no_such_name}}\n");
  auto reloaded = desk_.ask(desk_.engine->reload("tester"));
  ASSERT_TRUE(reloaded);
  EXPECT_THAT(reloaded->kept, Contains(Desk::plan));
  bool named = std::ranges::any_of(reloaded->diagnostics, [](const Diagnostic& one) {
    return one.message.chinese.find("no_such_name") != std::string::npos;
  });
  EXPECT_TRUE(named);
  EXPECT_EQ(bytes_of(order(document::FileType::text)), before);
}

TEST_F(Documents, AFormThatWasMendedIsTakenWithTheNextReload) {
  live_to(draft_time());
  auto form = desk_.config.root() / "templates/documents/dispatch.txt.mustache";
  EditedConfig::write(form, EditedConfig::text(form) + "本办自用的一行\n");
  ASSERT_TRUE(desk_.ask(desk_.engine->reload("tester")));
  EXPECT_THAT(bytes_of(order(document::FileType::text)), HasSubstr("本办自用的一行"));
}

TEST_F(Documents, MoreThanAMessageCarriesAreLeftToReport) {
  live_to(draft_time());
  const auto* run = desk_.engine->find_plan(Desk::plan);
  auto tree = read_tree(desk_.config.settings_file());
  schedule::NoticePlan notice;
  schedule::Telling telling;
  telling.item.key = {{dispatch, april, "office", ""}, ItemKind::document, "draft -2wd 10:00",
                      Audience::office, 1};
  telling.item.planned_at = draft_time();
  notice.tellings.assign(limits::attachments + 2, telling);
  auto files = draft_files(run->timetable(), run->record(), notice, *tree.forms);
  EXPECT_THAT(files, SizeIs(limits::attachments));
  std::size_t bytes = 0;
  for (const auto& file : files) bytes += file.bytes.size();
  EXPECT_LE(bytes, limits::attachment_bytes);
}

}  // namespace
}  // namespace duban::engine
