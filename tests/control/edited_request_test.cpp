#include "control/edited_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace duban::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string refusal(std::string_view body) {
  auto parsed = parse_edited_request(body);
  return parsed ? "" : parsed.error().code + " " + parsed.error().message.chinese;
}

TEST(EditedRequest, is_a_plan_its_texts_and_the_channels) {
  auto parsed = parse_edited_request(
      R"({"plan":"p","texts":{"plans/p/plan.toml":"year = 2022"},"channels":["folder"]})");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->plan, "p");
  EXPECT_THAT(parsed->texts, ElementsAre(Pair("plans/p/plan.toml", "year = 2022")));
  EXPECT_THAT(parsed->channels, ElementsAre("folder"));
}

TEST(EditedRequest, a_path_that_leads_elsewhere_is_refused) {
  for (const auto* path :
       {"plans/p/../../../../etc/duban/duband.toml", "/etc/passwd", "plans/q/plan.toml",
        "plans/p/contacts.private.toml", "duband.toml", "", "templates/a\\u0000.mustache"}) {
    auto body = R"({"plan":"p","texts":{")" + std::string{path} + R"(":""}})";
    EXPECT_THAT(refusal(body), HasSubstr("bad-request")) << path;
  }
}

TEST(EditedRequest, a_plan_whose_name_leads_elsewhere_is_refused) {
  for (const auto* id : {"..", "", "a/b", "."}) {
    auto body = R"({"plan":")" + std::string{id} + R"(","texts":{}})";
    EXPECT_THAT(refusal(body), HasSubstr("bad-request")) << id;
  }
}

TEST(EditedRequest, what_is_missing_too_many_or_no_text_is_refused) {
  EXPECT_THAT(refusal("[]"), HasSubstr("bad-request"));
  EXPECT_THAT(refusal(R"({"texts":{}})"), HasSubstr("plan"));
  EXPECT_THAT(refusal(R"({"plan":"p"})"), HasSubstr("texts"));
  EXPECT_THAT(refusal(R"({"plan":"p","texts":{"plans/p/plan.toml":1}})"), HasSubstr("不是文字"));
  EXPECT_THAT(refusal(R"({"plan":"p","texts":{"plans/p/plan.toml":"a\u0000b"}})"),
              HasSubstr("不是文字"));
  EXPECT_THAT(refusal(R"({"plan":"p","texts":{},"more":1})"), HasSubstr("more"));
  std::string many;
  for (std::size_t i = 0; i <= limits::edited_files; ++i) {
    many += (many.empty() ? "" : ",") + ("\"templates/" + std::to_string(i) + ".mustache\":\"\"");
  }
  EXPECT_THAT(refusal(R"({"plan":"p","texts":{)" + many + "}}"), HasSubstr("太多"));
}

TEST(EditedRequest, a_name_longer_than_a_file_may_have_is_refused) {
  auto with_name = [](std::size_t bytes) {
    std::string name = ".mustache";
    name.insert(0, bytes - name.size(), 'x');
    return refusal(R"({"plan":"p","texts":{"templates/)" + name + R"(":""}})");
  };
  EXPECT_EQ(with_name(limits::file_name_bytes), "");
  EXPECT_THAT(with_name(limits::file_name_bytes + 1), HasSubstr("不收这个文件"));
}

}  // namespace
}  // namespace duban::control
