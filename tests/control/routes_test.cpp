#include "control/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/digest.h"
#include "base/limits.h"
#include "control/daemon_desk.h"
#include "engine/tree_texts.h"

namespace duban::control {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RoutesOfDaemon : public ::testing::Test {
 protected:
  // The shipped plan with one edit of plan.toml, as dubanctl sends it.
  std::string edited_body(const std::string& was, const std::string& is) const {
    const auto tree = desk_.tree();
    boost::json::object texts;
    for (auto& [path, text] :
         engine::texts_of_plan(engine::texts_of(tree), "wuhan-2022-1")) {
      auto edited = text;
      auto at = path.ends_with("plan.toml") ? edited.find(was) : std::string::npos;
      if (at != std::string::npos) edited.replace(at, was.size(), is);
      texts[path] = edited;
    }
    auto channels = tree.settings->channel_ids();
    return boost::json::serialize(
        boost::json::object{{"plan", "wuhan-2022-1"},
                            {"texts", texts},
                            {"channels", boost::json::array(channels.begin(), channels.end())}});
  }

  DaemonDesk desk_;
};

TEST_F(RoutesOfDaemon, each_document_is_served_at_its_path) {
  for (auto [path, word] : {std::pair{"show", "\"plans\""}, std::pair{"agenda", "\"stages\""},
                            std::pair{"notices", "\"notices\""}, std::pair{"status", "\"well\""}}) {
    auto reply = desk_.ask("GET", std::string{"/api/v1/"} + path);
    EXPECT_EQ(reply.status, 200U) << path << reply.body;
    EXPECT_THAT(reply.body, HasSubstr(word));
  }
}

TEST_F(RoutesOfDaemon, an_unknown_path_is_404_with_the_one_that_was_meant) {
  auto reply = desk_.ask("GET", "/api/v1/agend");
  EXPECT_EQ(reply.status, 404U);
  EXPECT_THAT(reply.body, HasSubstr("/api/v1/agenda"));
  EXPECT_EQ(desk_.ask("GET", "/etc/passwd").status, 404U);
}

TEST_F(RoutesOfDaemon, a_document_comes_with_its_name_its_moment_and_its_bytes) {
  auto ask = [&](const std::string& query) {
    return desk_.ask("GET", "/api/v1/document?" + query);
  };
  auto reply = ask("form=dispatch&period=04&type=txt");
  ASSERT_EQ(reply.status, 200U) << reply.body;
  auto written = boost::json::parse(reply.body).as_object();
  EXPECT_EQ(written["duty"], "monthly-dispatch");
  EXPECT_EQ(written["period"], "2022-04");
  EXPECT_EQ(written["types"], (boost::json::array{"docx", "html", "txt"}));
  auto text = decode_base64(std::string{written["bytes"].as_string()});
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("2022年4月"));
  EXPECT_EQ(ask("form=dispatch&period=04&type=txt").body, reply.body) << "the same bytes";
  EXPECT_EQ(ask("form=dispatch&period=04&type=txt&at=2022-05-01").status, 200U);
}

TEST_F(RoutesOfDaemon, a_document_that_nobody_writes_is_refused_with_what_was_meant) {
  auto refusal = [&](const std::string& query) {
    auto reply = desk_.ask("GET", "/api/v1/document?" + query);
    EXPECT_GE(reply.status, 400U) << reply.body;
    return reply.body;
  };
  EXPECT_THAT(refusal("form=dispach"), HasSubstr("dispatch"));
  EXPECT_THAT(refusal("form=dispatch&period=13"), HasSubstr("2022-04"));
  EXPECT_THAT(refusal("form=dispatch&type=pdf"), HasSubstr("docx"));
  EXPECT_THAT(refusal("form=dispatch&duty=monthly-table"), HasSubstr("document"));
  EXPECT_THAT(refusal("form=visit"), HasSubstr("单位"));
  EXPECT_THAT(refusal("form=visit&unit=nobody"), HasSubstr("nobody"));
  EXPECT_THAT(refusal("form=dispatch&at=2030-01-01"), HasSubstr("还没有到"));
}

TEST_F(RoutesOfDaemon, another_method_is_405) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/show").status, 405U);
  EXPECT_EQ(desk_.ask("GET", "/api/v1/facts").status, 405U);
  EXPECT_EQ(desk_.ask("DELETE", "/api/v1/status").status, 405U);
}

TEST_F(RoutesOfDaemon, an_unknown_parameter_is_refused) {
  EXPECT_EQ(desk_.ask("GET", "/api/v1/agenda?form=05-01").status, 400U);
}

TEST_F(RoutesOfDaemon, a_span_of_the_agenda_of_a_unit_by_its_chinese_name) {
  auto reply = desk_.ask(
      "GET", "/api/v1/agenda?from=05-01&to=05-31&unit=%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"units\":[\"edu\"]"));
  EXPECT_THAT(reply.body, Not(HasSubstr("2022-06")));
}

TEST_F(RoutesOfDaemon, what_happened_is_recorded_with_who_said_so) {
  auto reply = desk_.ask("POST", "/api/v1/facts",
                         R"({"kind":"received","duty":"monthly-table","period":"2022-05",)"
                         R"("units":["edu"],"at":"16:40"})");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("2022-05-25T16:40:00+08:00"));
  EXPECT_THAT(reply.body, HasSubstr("\"by\":\"alice\""));
}

TEST_F(RoutesOfDaemon, a_wrong_entry_is_voided_by_naming_it_again) {
  std::string about = R"("duty":"monthly-table","period":"2022-05","units":["edu"]})";
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 404U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"received",)" + about).status, 200U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 200U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/facts", R"({"kind":"voided",)" + about).status, 404U);
}

TEST_F(RoutesOfDaemon, a_time_that_has_not_come_is_400_and_records_nothing) {
  auto reply = desk_.ask("POST", "/api/v1/facts",
                         R"({"kind":"received","duty":"monthly-table","period":"2022-05",)"
                         R"("units":["edu"],"at":"18:00"})");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_THAT(desk_.ask("GET", "/api/v1/agenda?unit=edu&duty=monthly-table").body,
              Not(HasSubstr("answered")));
}

TEST_F(RoutesOfDaemon, a_draft_that_is_not_there_cannot_be_released_put_off_or_sent_again) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/release", R"({"notice":"ntc_x"})").status, 409U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/defer", R"({"notice":"ntc_x","until":"05-27"})").status,
            409U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/resend", R"({"notice":"ntc_x"})").status, 404U);
  EXPECT_EQ(desk_.ask("POST", "/api/v1/release", "{}").status, 400U);
}

TEST_F(RoutesOfDaemon, reload_takes_the_files) {
  auto reply = desk_.ask("POST", "/api/v1/reload");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"taken\":[\"wuhan-2022-1\"]"));
}

TEST_F(RoutesOfDaemon, reload_if_takes_only_the_files_that_were_shown) {
  auto refused = desk_.ask("POST", "/api/v1/reload", R"({"if":"0123456789ab"})");
  EXPECT_EQ(refused.status, 409U);
  EXPECT_THAT(refused.body, HasSubstr("files-changed"));
  EXPECT_THAT(refused.body, HasSubstr("dubanctl diff"));
  auto hash = engine::hash_of(engine::texts_of(desk_.tree()));
  auto taken = desk_.ask("POST", "/api/v1/reload", R"({"if":")" + hash + R"("})");
  EXPECT_EQ(taken.status, 200U) << taken.body;
}

TEST_F(RoutesOfDaemon, the_texts_in_force_are_known_by_their_hashes) {
  auto texts = engine::texts_of_plan(engine::texts_of(desk_.tree()), "wuhan-2022-1");
  auto reply = desk_.ask("GET", "/api/v1/texts");
  EXPECT_EQ(reply.body, R"({"plans":[{"id":"wuhan-2022-1","hash":")" + engine::hash_of(texts) +
                            R"("}]})");
}

TEST_F(RoutesOfDaemon, an_edit_is_answered_with_its_effect_or_its_mistakes) {
  auto good = desk_.ask("POST", "/api/v1/diff", edited_body("25 17:00", "26 17:00"));
  EXPECT_EQ(good.status, 200U);
  auto effect = boost::json::parse(good.body).at("plan").as_object();
  EXPECT_EQ(effect.at("id"), "wuhan-2022-1");
  EXPECT_EQ(effect.at("from"), "2022-05-25T17:30:00+08:00");
  auto changes = effect.at("changes").as_array();
  ASSERT_FALSE(changes.empty());
  for (auto key : {"change", "kind", "duty", "period", "unit", "clause", "audience", "telling",
                   "before", "after"}) {
    EXPECT_TRUE(changes[0].as_object().contains(key)) << key;
  }
  std::size_t items = 0;
  for (const auto& [kind, tally] : effect.at("all").as_object()) {
    if (tally.is_object()) items += tally.at("items").to_number<std::size_t>();
  }
  EXPECT_EQ(items, changes.size());

  auto bad = desk_.ask("POST", "/api/v1/diff", edited_body("25 17:00", "32 17:00"));
  EXPECT_EQ(bad.status, 200U);
  EXPECT_TRUE(boost::json::parse(bad.body).at("plan").is_null());
  EXPECT_THAT(bad.body, HasSubstr("plans/wuhan-2022-1/plan.toml"));
}

TEST_F(RoutesOfDaemon, only_a_request_with_an_edit_may_be_long) {
  EXPECT_EQ(desk_.routes->body_bound("/api/v1/diff"), limits::edited_request_bytes);
  EXPECT_EQ(desk_.routes->body_bound("/api/v1/diff?x=1"), limits::edited_request_bytes);
  EXPECT_EQ(desk_.routes->body_bound("/api/v1/facts"), limits::request_bytes);
  EXPECT_EQ(desk_.routes->body_bound("/api/v1/files"), limits::submitted_file_bytes);
  EXPECT_EQ(desk_.routes->body_bound("/api/v1/nothing"), limits::request_bytes);
}

TEST_F(RoutesOfDaemon, a_test_goes_to_the_unit_that_was_named) {
  auto reply = desk_.ask("POST", "/api/v1/send-test", R"({"unit":"市教育局"})");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(desk_.sender.asked, "wuhan-2022-1/edu/alice");
  EXPECT_EQ(desk_.ask("POST", "/api/v1/send-test", R"({"unit":"nobody"})").status, 404U);
}

TEST_F(RoutesOfDaemon, a_clock_that_is_not_held_cannot_be_accepted) {
  EXPECT_EQ(desk_.ask("POST", "/api/v1/clock/accept").status, 409U);
}

}  // namespace
}  // namespace duban::control
