#include "delivery/redirect.h"

#include <gtest/gtest.h>

namespace duban::delivery {
namespace {

TEST(Redirect, SubjectTextAndHtmlSayWhomItWasFor) {
  const auto made = redirected({"请报送", "正文", "<p>正文</p>", "{}"}, "市财政局<联络员>");
  EXPECT_EQ(made.subject, "【试运行→市财政局<联络员>】请报送");
  EXPECT_EQ(made.text, "试运行,本应发给:市财政局<联络员>\n\n正文");
  EXPECT_EQ(made.html, "<p>试运行,本应发给:市财政局&lt;联络员&gt;</p>\n<p>正文</p>");
  EXPECT_EQ(made.json, "{}");
}

TEST(Redirect, AWholeHtmlDocumentStaysOne) {
  const auto made = redirected(
      {"", "", "<!DOCTYPE html><html><body class=\"a\"><p>x</p></body>", ""},
                               "甲");
  EXPECT_EQ(made.html,
            "<!DOCTYPE html><html><body class=\"a\">\n<p>试运行,本应发给:甲</p>\n<p>x</p></body>");
}

TEST(Redirect, SaysItInThePlansLanguage) {
  const auto made = redirected({"Reminder", "Text", "", ""}, "Water Bureau", Tongue::english);
  EXPECT_EQ(made.subject, "[Trial → Water Bureau] Reminder");
  EXPECT_EQ(made.text, "On trial; this would go to: Water Bureau\n\nText");
}

TEST(Redirect, WhatHasNoHtmlGetsNone) {
  EXPECT_EQ(redirected({"", "", "", ""}, "甲").html, "");
}

}  // namespace
}  // namespace duban::delivery
