// Messages of a plan with language = "en": tests/golden/messages/english/. No word of them is
// Chinese but what the plan itself would say in Chinese.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "golden/golden.h"
#include "message/english_plan.h"
#include "message/office_desk.h"

namespace duban::message {
namespace {

using duban::testing::expect_golden;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string chinese_in(std::string_view text) {
  std::string found;
  for (char32_t c : decode_utf8(text)) {
    bool is_chinese = (c >= 0x3000 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF);
    if (is_chinese) found += encode_utf8(c);
  }
  return found;
}

void expect_message(const std::string& name, const ledger::Content& content) {
  EXPECT_THAT(chinese_in(content.subject + content.text), IsEmpty()) << content.text;
  expect_golden("messages/english/" + name + ".txt", content.subject + "\n\n" + content.text);
}

class GoldenEnglish : public ::testing::Test {
 protected:
  schedule::Telling table(const char* unit, const char* stage) {
    return desk_.stage(desk_.assign("monthly-table", "2022-05", unit), stage);
  }

  OfficeDesk desk_{english_plan()};
};

TEST_F(GoldenEnglish, IsMadeOfSoundTemplates) {
  EXPECT_THAT(check_templates(english_plan(), shipped_templates(), "templates"), IsEmpty());
}

TEST_F(GoldenEnglish, Remind) {
  auto content = desk_.render({table("transport", "remind -3wd 09:00")}, "2022-05-20 09:00");
  expect_message("remind", content);
  expect_golden("messages/english/remind.html", content.html);
  EXPECT_THAT(content.html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(content.json, HasSubstr("\"due_text\":\"Wed 25 May 17:00\""));
}

TEST_F(GoldenEnglish, RemindOfAPaperAskedForEarly) {
  auto summary = desk_.assign("summary", "2022", "tax");
  expect_message("remind-summary",
                 desk_.render({desk_.stage(summary, "remind -3wd 09:00")}, "2022-09-15 09:00"));
}

TEST_F(GoldenEnglish, OnTheDay) {
  expect_message("due", desk_.render({table("edu", "due 0d 09:00")}, "2022-05-25 09:00"));
}

TEST_F(GoldenEnglish, Overdue) {
  auto overdue = table("medicare", "overdue +1wd 14:00");
  overdue.checked_at = desk_.at("2022-05-26 10:30");
  expect_message("overdue", desk_.render({overdue}, "2022-05-26 14:00"));
}

TEST_F(GoldenEnglish, EscalateToTheLeader) {
  auto draft = table("port", "escalate +2wd 09:00");
  draft.item.key.audience = Audience::leader;
  draft.told_before = {desk_.at("2022-05-20 09:00"), desk_.at("2022-05-25 09:00")};
  expect_message("escalate", desk_.render({draft}, "2022-05-27 09:00"));
}

TEST_F(GoldenEnglish, DraftOfADocument) {
  auto draft =
      desk_.telling(desk_.assign("monthly-dispatch", "2022-05", "office"), ItemKind::document);
  draft.item.key.stage = "draft -2wd 10:00";
  draft.item.key.audience = Audience::office;
  draft.item.planned_at = desk_.at("2022-05-30 10:00");
  expect_message("document", desk_.render({draft}, "2022-05-30 10:00"));
}

TEST_F(GoldenEnglish, Start) {
  expect_message("start", desk_.render(desk_.start("water"), "2022-03-15 09:00"));
}

TEST_F(GoldenEnglish, ChangeCorrectionAndWhatIsGone) {
  auto table = desk_.assign("monthly-table", "2022-05", "edu");
  auto change = desk_.telling(table, ItemKind::change);
  change.item.was_due = desk_.at("2022-05-20 17:00");
  expect_message("change", desk_.render({change}, "2022-05-16 09:00"));
  expect_message("correction",
                 desk_.render({desk_.telling(table, ItemKind::correction)}, "2022-05-27 09:00"));
  auto gone = desk_.telling(table, ItemKind::gone);
  gone.item.reason = Reason::removed;
  expect_message("gone", desk_.render({gone}, "2022-05-16 09:00"));
}

TEST_F(GoldenEnglish, Trouble) {
  for (const char* code : {"bad-files", "calendar-missing"}) {
    schedule::Telling telling;
    telling.item.key = {{"", "2023", "office", code}, ItemKind::trouble, "", Audience::office, 1};
    expect_message(std::string{"trouble-"} + code, desk_.render({telling}, "2022-11-01 09:00"));
  }
  schedule::Telling telling;
  telling.item.key = {{"", "", "office", "edu-mail"}, ItemKind::trouble, "", Audience::office, 1};
  telling.item.reason = Reason::refused;
  expect_message("trouble", desk_.render({telling}, "2022-05-20 09:00"));
}

TEST_F(GoldenEnglish, ListOfTheDay) {
  auto late = desk_.assign("monthly-table", "2022-05", "edu");
  auto other = desk_.assign("monthly-table", "2022-05", "port");
  auto& answered = desk_.assignment(desk_.assign("monthly-table", "2022-05", "water"));
  answered.standing = schedule::Standing::answered;
  answered.answered_at = answered.first_answered_at = desk_.at("2022-05-24 10:00");
  desk_.decision.list.overdue = {
      {.assignment = late,
       .tried = {{desk_.at("2022-05-20 09:00"), NoticeState::failed, Reason::refused}}},
      {.assignment = other, .checked = true}};
  desk_.decision.list.drafts.push_back({"ntc_01G4000000000000000000PORT", std::nullopt, other,
                                        desk_.at("2022-05-27 09:00"),
                                        {desk_.at("2022-05-20 09:00")}});
  desk_.decision.list.by_hand.push_back({late, Reason::group_only});
  desk_.decision.list.storm = 28;
  schedule::Telling telling;
  telling.item.key = {{"", "", "office", ""}, ItemKind::list, "", Audience::office, 1};
  expect_message("list", desk_.render({telling}, "2022-05-26 16:30"));
}

}  // namespace
}  // namespace duban::message
