#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace duban {
namespace {

Diagnostic at(unsigned line, unsigned column) {
  return {Severity::error,
          {"a.toml", line, column},
          "code",
          {"错了", "wrong"},
          {"改好", "mend it"}};
}

TEST(Diagnostic, is_one_line_with_its_place) {
  EXPECT_EQ(format_line(at(3, 7)), "a.toml:3:7: error: 错了; 改好");
  EXPECT_EQ(format_line({Severity::warning, {"a.toml", 0, 0}, "c", {"错了", "wrong"}, {}}),
            "a.toml: warning: 错了");
}

TEST(Diagnostic, is_told_in_its_language) {
  Diagnostics all{at(3, 7), at(4, 1)};
  tell_in(Tongue::english, all);
  EXPECT_EQ(format_line(all[0]), "a.toml:3:7: error: wrong; mend it");
  EXPECT_EQ(format_line(all[1]), "a.toml:4:1: error: wrong; mend it");
}

TEST(Diagnostic, has_its_caret_under_the_place) {
  EXPECT_EQ(format_with_caret(at(2, 5), "a = 1\nb = x\n"),
            "a.toml:2:5: error: 错了; 改好\n"
            "    2 | b = x\n"
            "      |     ^");
}

TEST(Diagnostic, has_its_caret_right_under_wide_characters) {
  // Before the place stand `who = ["` (8 columns), 市教育局 (8) and `", ` (3).
  EXPECT_EQ(format_with_caret(at(1, 16), "who = [\"市教育局\", x]"),
            "a.toml:1:16: error: 错了; 改好\n"
            "    1 | who = [\"市教育局\", x]\n"
            "      | " +
                std::string(19, ' ') + "^");
}

TEST(Diagnostic, shows_tabs_as_one_column_and_drops_carriage_returns) {
  EXPECT_EQ(format_with_caret(at(1, 2), "\tx\r\n"),
            "a.toml:1:2: error: 错了; 改好\n"
            "    1 |  x\n"
            "      |  ^");
}

TEST(Diagnostic, without_a_source_or_a_line_has_no_excerpt) {
  EXPECT_EQ(format_with_caret(at(2, 5), ""), format_line(at(2, 5)));
  EXPECT_EQ(format_with_caret(at(0, 0), "a = 1\n"), format_line(at(0, 0)));
}

TEST(Diagnostic, beyond_the_end_of_the_source_does_no_harm) {
  EXPECT_NE(format_with_caret(at(99, 99), "a = 1\n").find("^"), std::string::npos);
}

TEST(Diagnostics, sort_by_place_and_keep_the_order_of_equals) {
  Diagnostics list{at(2, 1), at(1, 9), at(1, 2)};
  list.push_back(at(1, 2));
  list.back().code = "second";
  sort_by_place(list);
  EXPECT_EQ(list[0].code, "code");
  EXPECT_EQ(list[1].code, "second");
  EXPECT_EQ(list[2].place.column, 9U);
  EXPECT_EQ(list[3].place.line, 2U);
}

TEST(Diagnostics, that_only_warn_are_no_errors) {
  Diagnostics list{at(1, 1)};
  EXPECT_TRUE(has_errors(list));
  list[0].severity = Severity::warning;
  EXPECT_FALSE(has_errors(list));
}

TEST(DidYouMean, finds_one_slip_in_a_short_word) {
  std::vector<std::string> known{"ndrc", "edu", "water", "monthly-table"};
  EXPECT_EQ(did_you_mean("edc", known), "edu");
  EXPECT_EQ(did_you_mean("ndcr", known), "ndrc");
  EXPECT_EQ(did_you_mean("watr", known), "water");
  EXPECT_EQ(did_you_mean("watter", known), "water");
  EXPECT_EQ(did_you_mean("montly-tabel", known), "monthly-table");
  EXPECT_EQ(did_you_mean("finance", known), "");
  EXPECT_EQ(did_you_mean("", known), "");
  EXPECT_EQ(did_you_mean("edu", {}), "");
}

TEST(DidYouMean, counts_characters_not_bytes) {
  EXPECT_EQ(did_you_mean("市教局", {"市教育局"}), "市教育局");
  EXPECT_EQ(did_you_mean("市医保局", {"市教育局"}), "");
}

TEST(DidYouMean, gives_ties_to_the_earlier) {
  EXPECT_EQ(did_you_mean("cat", {"bat", "car"}), "bat");
}

TEST(DidYouMean, AWordThatIsNoSlipIsNotGuessedAt) {
  std::string word(limits::guessed_characters, 'x');
  EXPECT_EQ(did_you_mean(word, {word + "x"}), word + "x");
  EXPECT_EQ(did_you_mean(word + "xx", {word + "x"}), "");
}

// A megabyte of nonsense against a plan's units took minutes.
TEST(DidYouMean, ALongWordCostsNothing) {
  std::vector<std::string> units(limits::plan_entries, std::string(limits::id_bytes, 'u'));
  EXPECT_EQ(did_you_mean(std::string(limits::plan_file_bytes, 'u'), units), "");
}

}  // namespace
}  // namespace duban
