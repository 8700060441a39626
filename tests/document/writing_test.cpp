// The files of documents: their names and types, by which moment they are written, the office's own
// forms.
#include "document/writing.h"

#include <gmock/gmock.h>

#include <fstream>

#include "base/limits.h"
#include "document/headline.h"
#include "document/kept_record.h"

namespace duban::document {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const fs::path shipped = DUBAN_SOURCE_DIR "/config/templates/documents";

Forms shipped_forms() {
  Diagnostics out;
  auto forms = read_forms(shipped, out);
  EXPECT_THAT(out, IsEmpty());
  return forms;
}

class OwnForms : public ::testing::Test {
 protected:
  OwnForms() {
    fs::remove_all(folder_);
    fs::create_directories(folder_.parent_path());
    fs::copy(shipped, folder_);
  }
  ~OwnForms() override { fs::remove_all(folder_); }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream{folder_ / name, std::ios::binary} << bytes;
  }
  Diagnostics wrong() const {
    Diagnostics out;
    auto found = check_forms(read_forms(folder_, out));
    out.insert(out.end(), found.begin(), found.end());
    return out;
  }
  fs::path folder_ = fs::path{DUBAN_BUILD_DIR} / "forms" /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

class Writing : public ::testing::Test {
 protected:
  static const plan::Duty& duty(const Standpoint& standpoint, const std::string& id) {
    return *standpoint.plan().find_duty(id);
  }
  KeptRecord kept_;
};

TEST_F(Writing, EveryTypeOfEveryDocumentIsWrittenAndNamed) {
  auto forms = shipped_forms();
  auto standpoint = kept_.standpoint("2022-07-06 09:00");
  std::vector<std::string> names;
  for (const auto& [id, period] : {std::pair{"monthly-dispatch", "2022-06"},
                                   std::pair{"quarterly-briefing", "2022-Q2"},
                                   std::pair{"milestone-register", "2022"}}) {
    const auto& of = duty(standpoint, id);
    for (auto type : types_of(of.document->form)) {
      auto file = write_document(standpoint, of, period, type, forms);
      ASSERT_TRUE(file) << id << format_line(file.error().front());
      EXPECT_FALSE(file->bytes.empty());
      EXPECT_FALSE(file->type.empty());
      names.push_back(file->name);
      EXPECT_EQ(write_document(standpoint, of, period, type, forms)->bytes, file->bytes);
    }
  }
  EXPECT_THAT(names, ::testing::ElementsAre(
                         "月调度通报(2022年6月)送审稿.docx", "月调度通报(2022年6月)送审稿.html",
                         "月调度通报(2022年6月)送审稿.txt", "季通报(2022年二季度)送审稿.docx",
                         "季通报(2022年二季度)送审稿.html", "季通报(2022年二季度)送审稿.txt",
                         "任务分解台账(2022年)送审稿.xlsx", "任务分解台账(2022年)送审稿.html",
                         "任务分解台账(2022年)送审稿.txt"));
  for (auto type : types_of_visit()) {
    auto file = write_visit(standpoint, {"edu"}, type, forms);
    ASSERT_TRUE(file);
    EXPECT_THAT(file->name, HasSubstr("一页纸(2022年7月6日)送审稿."));
  }
}

TEST_F(Writing, ATypeThatADocumentIsNotWrittenAsIsRefused) {
  auto forms = shipped_forms();
  auto standpoint = kept_.standpoint("2022-07-06 09:00");
  auto sheet = write_document(standpoint, duty(standpoint, "monthly-dispatch"), "2022-06",
                              FileType::sheet, forms);
  ASSERT_FALSE(sheet);
  EXPECT_THAT(sheet.error().front().message.chinese, HasSubstr("xlsx"));
  EXPECT_FALSE(write_document(standpoint, duty(standpoint, "milestone-register"), "2022",
                              FileType::word, forms));
  EXPECT_FALSE(write_visit(standpoint, {"edu"}, FileType::sheet, forms));
}

TEST_F(Writing, TheNewestDraftThatStandsSaysByWhichMomentItIsWritten) {
  auto cut_off = [&](const std::string& now) {
    auto standpoint = kept_.standpoint(now);
    return cut_off_of(standpoint.timetable(), kept_.record(),
                      duty(standpoint, "monthly-dispatch"), "2022-06", KeptRecord::at(now));
  };
  EXPECT_EQ(cut_off("2022-06-20 10:00"), KeptRecord::at("2022-06-20 10:00")) << "not yet drafted";
  EXPECT_EQ(cut_off("2022-09-01 10:00"), KeptRecord::at("2022-06-29 10:00"));
  kept_.told("monthly-dispatch", "2022-06", "office", ItemKind::document, "draft -2wd 10:00",
             "2022-06-29 10:05");
  EXPECT_EQ(cut_off("2022-09-01 10:00"), KeptRecord::at("2022-06-29 10:05"));
  kept_.told("monthly-dispatch", "2022-06", "office", ItemKind::document, "draft again",
             "2022-06-30 15:00");
  EXPECT_EQ(cut_off("2022-09-01 10:00"), KeptRecord::at("2022-06-30 15:00"));
}

TEST_F(OwnForms, ThoseThatAreShippedAreRight) { EXPECT_THAT(wrong(), IsEmpty()); }

TEST_F(OwnForms, WhatIsWrongWithOneIsSaidWithItsPath) {
  fs::remove(folder_ / "visit.docx");
  put("dispatch.docx", "no package");
  put("briefing.txt.mustache", "{{titel}}");
  put("~$dispatch.docx", "Word's own");
  auto found = wrong();
  ASSERT_THAT(found, SizeIs(3));
  for (const auto& one : found) {
    EXPECT_THAT(one.place.file, ::testing::StartsWith(folder_.lexically_normal().string()));
  }
  EXPECT_EQ(found[0].code, "unknown-name");
  EXPECT_THAT(found[0].mend.chinese, HasSubstr("title"));
  EXPECT_EQ(found[1].code, "bad-form");
  EXPECT_EQ(found[2].code, "missing-template");
}

TEST_F(OwnForms, AreBounded) {
  put("dispatch.docx", std::string(limits::package_bytes + 1, 'x'));
  auto found = wrong();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().code, "too-large");
}

TEST(Headline, ALongTitleBreaksWhereAPersonWould) {
  EXPECT_EQ(headline_of("1号建议案办理工作月调度通报"), "1号建议案办理工作月调度通报");
  EXPECT_EQ(headline_of("市政协十四届一次会议1号建议案办理工作月调度通报"),
            "市政协十四届一次会议1号建议案\n办理工作月调度通报");
  EXPECT_EQ(headline_of("市政协十四届一次会议1号建议案办理工作季通报"),
            "市政协十四届一次会议1号建议案\n办理工作季通报");
  EXPECT_EQ(headline_of("一二三四五六七八九十一二三四五六七八九十一二"),
            "一二三四五六七八九十一\n二三四五六七八九十一二");
}

}  // namespace
}  // namespace duban::document
