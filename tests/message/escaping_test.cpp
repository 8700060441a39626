#include "message/escaping.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "message/mustache.h"
#include "message/template_check.h"

namespace duban::message {
namespace {

struct TwoTexts {
  std::string text, other;
};
template <std::same_as<TwoTexts> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"text", &V::text}, Field{"other", &V::other}};
}

TEST(Escaping, OfAPartOfAUrlLeavesTheUnreservedOnly) {
  EXPECT_EQ(escaped("aZ09-._~", Escaping::percent), "aZ09-._~");
  EXPECT_EQ(escaped("a b/c?d=e&f#中\n", Escaping::percent), "a%20b%2Fc%3Fd%3De%26f%23%E4%B8%AD%0A");
}

TEST(Escaping, OfAJsonStringKeepsChineseAndIsReadBack) {
  std::string all;
  for (int byte = 1; byte < 0x80; ++byte) all += static_cast<char>(byte);
  all += "督办“”𠀀";
  auto text = escaped(all, Escaping::json);
  EXPECT_TRUE(text.contains("督办“”𠀀")) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos);
  auto parsed = boost::json::parse("\"" + text + "\"");
  EXPECT_EQ(std::string{parsed.get_string()}, all);
}

TEST(Escaping, OfNothingChangesNothing) {
  EXPECT_EQ(escaped("<a> & \"b\"\n", Escaping::none), "<a> & \"b\"\n");
}

TEST(Fill, KeepsEveryBlankLineAndAddsNone) {
  TwoTexts view{"一\n\n二", ""};
  Mustache<TwoTexts> text{"[{{text}}]\n\n{{#other}}x{{/other}}.", Escaping::none};
  EXPECT_EQ(text.fill(view), "[一\n\n二]\n\n.");
  EXPECT_EQ(Mustache<TwoTexts>("{\"a\":\"{{text}}\"}", Escaping::json).fill(view),
            "{\"a\":\"一\\n\\n二\"}");
}

TEST(CheckTemplateText, NamesThePlaceOfTheValueAndWhatWasMeant) {
  const Place place{"duband.toml", 7, 9};
  auto names = names_of<TwoTexts>();
  EXPECT_TRUE(check_template_text("{{text}}{{^other}}-{{/other}}", names, place).empty());
  auto wrong = check_template_text("{{txet}}", names, place);
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0].place, place);
  EXPECT_EQ(wrong[0].code, "unknown-name");
  EXPECT_TRUE(wrong[0].mend.english.contains("text")) << wrong[0].mend.english;
  EXPECT_EQ(check_template_text("{{#text}}", names, place)[0].code, "unclosed-section");
  EXPECT_EQ(check_template_text("{{text", names, place)[0].code, "unclosed-tag");
  EXPECT_EQ(check_template_text("{{> rows}}", names, place)[0].code, "unknown-partial");
}

}  // namespace
}  // namespace duban::message
