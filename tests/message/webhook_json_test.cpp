#include "message/webhook_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "message/office_desk.h"

namespace duban::message {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

TEST(WebhookJson, HasTheShapeThatOthersRead) {
  OfficeDesk desk;
  auto content = desk.render(tables(desk, "remind -3wd 09:00", {"transport"}),
                             "2022-05-20 09:00");
  auto body = json::parse(content.json);
  EXPECT_EQ(body.at("type"), "duban.notice");
  EXPECT_EQ(body.at("timestamp"), "2022-05-20T09:00:00+08:00");
  const auto& data = body.at("data");
  EXPECT_EQ(data.at("notice"), "ntc_01G4000000000000000000TEST");
  EXPECT_EQ(data.at("plan"), "wuhan-2022-1");
  EXPECT_EQ(data.at("text").as_string(), content.text);
  EXPECT_TRUE(data.at("reply").is_null());
  EXPECT_EQ(data.at("items").at(0), json::parse(R"({
    "kind": "stage", "unit": "transport", "duty": "monthly-table", "name": "月调度表",
    "clauses": ["1.1", "2.1c", "2.2a", "2.5e"], "period": "2022-05",
    "stage": "remind -3wd 09:00", "audience": "liaison",
    "due": "2022-05-25T17:00:00+08:00", "due_text": "5月25日(周三)17:00", "late": false})"));
}

TEST(WebhookJson, IsRawUtf8) {
  OfficeDesk desk;
  auto content = desk.render(tables(desk, "remind", {"edu"}), "2022-05-20 09:00");
  EXPECT_THAT(content.json, HasSubstr("月调度表"));
  EXPECT_THAT(content.json, Not(HasSubstr("\\u")));
}

TEST(WebhookJson, SaysNullForWhatIsUnknown) {
  OfficeDesk desk;
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-26", "office", ""}, ItemKind::list, "", Audience::office, 1};
  auto item = json::parse(desk.render({telling}, "2022-05-26 16:30").json)
                  .at("data").at("items").at(0);
  for (const auto* name : {"duty", "name", "stage", "due", "due_text"}) {
    EXPECT_TRUE(item.at(name).is_null()) << name;
  }
  EXPECT_EQ(item.at("clauses"), json::array());
}

}  // namespace
}  // namespace duban::message
