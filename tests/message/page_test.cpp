#include "message/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "message/office_desk.h"

namespace duban::message {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

TEST(Page, SaysWhatTheTextSays) {
  OfficeDesk desk;
  auto content = desk.render(tables(desk, "remind", {"transport"}), "2022-05-20 09:00");
  auto html = content.html;
  for (const auto* tag : {"<b style=\"white-space:nowrap\">", "</b>"}) {
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag)) {
      html.erase(at, std::string_view{tag}.size());
    }
  }
  std::istringstream lines{content.text};
  for (std::string line; std::getline(lines, line);) {
    if (line != "————") EXPECT_THAT(html, HasSubstr(line));
  }
  EXPECT_THAT(content.html, HasSubstr("<b style=\"white-space:nowrap\">5月25日(周三)17:00</b>"));
}

TEST(Page, EscapesEverything) {
  auto plan = shipped_plan();
  for (auto& duty : plan.duties) {
    if (duty.id == "monthly-table") duty.name = "<script>alert('表')</script>&\"";
  }
  OfficeDesk desk{plan};
  auto content = desk.render(tables(desk, "remind", {"edu"}), "2022-05-20 09:00");
  EXPECT_THAT(content.html, Not(HasSubstr("<script>")));
  EXPECT_THAT(content.html, HasSubstr("&lt;script&gt;alert(&apos;表&apos;)&lt;/script&gt;&amp;"));
  EXPECT_THAT(content.text, HasSubstr("<script>"));
  EXPECT_EQ(json::parse(content.json).at("data").at("items").at(0).at("name").as_string(),
            "<script>alert('表')</script>&\"");
}

}  // namespace
}  // namespace duban::message
