#include "message/template_set.h"

#include <gtest/gtest.h>

#include "message/office_desk.h"

namespace duban::message {
namespace {

TEST(TemplateSet, IsThatOfTheLanguageAndTheFramesOfPages) {
  EXPECT_EQ(known_as("remind.mustache", Tongue::chinese), "remind.mustache");
  EXPECT_EQ(known_as("remind.mustache", Tongue::english), "");
  EXPECT_EQ(known_as("remind.en.mustache", Tongue::english), "remind.mustache");
  EXPECT_EQ(known_as("remind.en.mustache", Tongue::chinese), "");
  for (auto language : {Tongue::chinese, Tongue::english}) {
    EXPECT_EQ(known_as("page.html.mustache", language), "page.html.mustache");
  }
}

TEST(TemplateSet, NamesTheFileOfWhatIsMissing) {
  EXPECT_EQ(file_of("remind.mustache", Tongue::english), "remind.en.mustache");
  EXPECT_EQ(file_of("remind.mustache", Tongue::chinese), "remind.mustache");
  EXPECT_EQ(file_of("page.html.mustache", Tongue::english), "page.html.mustache");
}

TEST(TemplateSet, HasEachShippedTemplateInBothLanguages) {
  for (const auto& [file, text] : shipped_templates()) {
    auto name = known_as(file, Tongue::chinese);
    if (!name.empty()) {
      EXPECT_TRUE(shipped_templates().contains(file_of(name, Tongue::english))) << file;
      continue;
    }
    EXPECT_TRUE(shipped_templates().contains(known_as(file, Tongue::english))) << file;
  }
}

TEST(TemplateSet, ALanguageWithoutItsTemplatesIsNotSpokenInAnother) {
  auto plan = shipped_plan();
  plan.language = Tongue::english;
  auto templates = shipped_templates();
  templates.erase("subject.en.mustache");
  auto found = check_templates(plan, templates, "templates");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().code, "missing-template");
  EXPECT_EQ(found.front().place.file, "templates/subject.en.mustache");
}

}  // namespace
}  // namespace duban::message
