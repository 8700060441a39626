#include "control/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "contract/shipped_plan.h"

namespace duban::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(Requests, a_fact_is_read_with_its_words_as_typed) {
  auto request = parse_fact_request(
      R"({"kind":"received","duty":"月调度表","period":"05","units":["edu","市水务局"],)"
      R"("at":"16:40","note":null})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->kind, FactKind::received);
  EXPECT_THAT(request->units, ElementsAre("edu", "市水务局"));
  EXPECT_EQ(request->at, "16:40");
  EXPECT_EQ(request->note, "");
}

TEST(Requests, rows_and_files_are_read_with_their_words_as_typed) {
  auto request = parse_fact_request(
      R"({"kind":"submitted","duty":"d","period":"05","units":["edu"],"rows":[)"
      R"({"clause":"二(二)5","progress":"签约","state":"behind","lacks":["市水务局"]},)"
      R"({"clause":"2.4","unchanged":true}],)"
      R"("files":[{"name":"5月.xlsx","digest":"sha256:00","bytes":12}]})");
  ASSERT_TRUE(request);
  ASSERT_THAT(request->rows, SizeIs(2));
  EXPECT_EQ(request->rows[0].state, RowState::behind);
  EXPECT_THAT(request->rows[0].lacks, ElementsAre("市水务局"));
  EXPECT_TRUE(request->rows[1].unchanged);
  EXPECT_THAT(request->files, ElementsAre(schedule::SubmittedFile{"5月.xlsx", "sha256:00", 12}));
}

TEST(Requests, rows_and_files_that_are_none_are_refused) {
  for (const char* part :
       {R"("rows":{})", R"("rows":[1])", R"("rows":[{}])", R"("rows":[{"clause":"x","y":1}])",
        R"("rows":[{"clause":"x","state":"green"}])", R"("rows":[{"clause":"x","unchanged":1}])",
        R"("rows":[{"clause":"x","lacks":["a
b"]}])", R"("rows":[{"clause":7}])",
        R"("files":[{"name":"f","digest":"sha256:00"}])",
        R"("files":[{"name":"f","digest":"sha256:00","bytes":-1}])",
        R"("files":[{"digest":"sha256:00","bytes":1}])", R"("files":"f")"}) {
    auto body = std::string{R"({"kind":"submitted","duty":"d",)"} + part + "}";
    EXPECT_FALSE(parse_fact_request(body)) << part;
  }
}

TEST(Requests, what_bears_a_secrecy_mark_is_refused) {
  for (const auto* part : {R"("rows":[{"clause":"c","progress":"秘密★1年"}])",
                           R"("rows":[{"clause":"c","problem":"【机密】"}])",
                           R"("files":[{"name":"机密-5月.xlsx","digest":"sha256:00","bytes":1}])",
                           R"("note":"机密★")"}) {
    auto request =
        parse_fact_request(std::string{R"({"kind":"submitted","duty":"d",)"} + part + "}");
    ASSERT_FALSE(request) << part;
    EXPECT_EQ(request.error().code, "secret") << part;
    EXPECT_THAT(request.error().message.chinese, HasSubstr("非涉密平台"));
  }
}

TEST(Requests, rows_and_files_have_a_bound) {
  auto with = [](const std::string& key, const std::string& one, std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + one;
    return parse_fact_request(R"({"kind":"submitted",")" + key + R"(":[)" + list + "]}");
  };
  const std::string row = R"({"clause":"x"})";
  const std::string file = R"({"name":"f","digest":"d","bytes":1})";
  EXPECT_TRUE(with("rows", row, limits::submitted_rows));
  EXPECT_THAT(with("rows", row, limits::submitted_rows + 1).error().message.chinese,
              HasSubstr("太多"));
  EXPECT_TRUE(with("files", file, limits::submitted_files));
  EXPECT_THAT(with("files", file, limits::submitted_files + 1).error().message.chinese,
              HasSubstr("太多"));
}

TEST(Requests, an_unknown_field_is_refused_with_the_one_that_was_meant) {
  auto request = parse_fact_request(R"({"kind":"received","dutty":"x"})");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, "bad-request");
  EXPECT_THAT(request.error().mend.chinese, HasSubstr("duty"));
}

TEST(Requests, what_only_the_daemon_may_record_is_refused) {
  for (auto kind : {"in-force", "outage", "plan-text", "released", "clock-accepted", "", "x"}) {
    auto body = std::string{R"({"kind":")"} + kind + R"(","duty":"d"})";
    EXPECT_FALSE(parse_fact_request(body)) << kind;
  }
}

TEST(Requests, hostile_bodies_are_refused) {
  std::string deep = R"({"kind":)" + std::string(100, '[') + std::string(100, ']') + "}";
  std::string wide = R"({"kind":"received","note":")" + std::string(5000, 'x') + R"("})";
  for (const std::string& body :
       {std::string{}, std::string{"[]"}, std::string{"{"}, std::string{"null"}, deep, wide,
        std::string{R"({"kind":7})"}, std::string{R"({"kind":"received","units":"edu"})"},
        std::string{R"({"kind":"received","units":[1]})"},
        std::string{R"({"kind":"received","duty":{}})"},
        std::string{R"({"kind":"voided","seq":-1})"},
        std::string{R"({"kind":"voided","seq":1.5})"},
        std::string{R"({"kind":"received","note":"\u0000"})"},
        std::string{"{\"kind\":\"received\",\"note\":\"\xff\"}"}}) {
    EXPECT_FALSE(parse_fact_request(body)) << body.substr(0, 60);
  }
}

TEST(Requests, a_missing_field_is_named) {
  auto fields = parse_fields("{}", {"notice"}, {"notice"});
  ASSERT_FALSE(fields);
  EXPECT_THAT(fields.error().message.chinese, HasSubstr("notice"));
}

TEST(Requests, a_target_is_decoded_and_a_parameter_stands_once) {
  auto target = parse_target("/api/v1/agenda?unit=%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80&from=05-01");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/agenda");
  EXPECT_EQ(target->query.at("unit"), "市教育局");
  for (auto bad :
       {"/a?x=1&x=2", "/a?x=%ff", "/a?x=%00", "http://elsewhere/a", "", "/a b", "/%zz"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

class MakingFacts : public ::testing::Test {
 protected:
  Found<Facts> make(const FactRequest& request) {
    std::vector<const engine::PlanRun*> runs{&run_};
    return make_facts(request, runs, now_, "alice");
  }
  static FactRequest about(FactKind kind, std::vector<std::string> units) {
    FactRequest request;
    request.kind = kind;
    request.duty = "monthly-table";
    request.period = "05";
    request.units = std::move(units);
    return request;
  }
  Instant now_ = *parse_rfc3339("2022-05-25T17:30:00+08:00");
  engine::PlanRun run_{contract::shipped_plan(), contract::shipped_tree().templates};
};

TEST_F(MakingFacts, many_units_are_recorded_in_one_request_each_once) {
  auto request = about(FactKind::received, {"edu", "市水务局", "市教育局"});
  request.at = "16:40";
  auto made = make(request);
  ASSERT_TRUE(made);
  ASSERT_THAT(made->facts, SizeIs(2));
  EXPECT_EQ(made->facts[0].about, (schedule::AssignmentKey{"monthly-table", "2022-05", "edu", ""}));
  EXPECT_EQ(made->facts[0].at, *parse_rfc3339("2022-05-25T16:40:00+08:00"));
  EXPECT_EQ(made->facts[0].recorded_at, now_);
  EXPECT_EQ(made->facts[0].by, "alice");
}

TEST_F(MakingFacts, a_check_is_of_the_period_and_names_no_unit) {
  EXPECT_TRUE(make(about(FactKind::checked, {})));
  EXPECT_FALSE(make(about(FactKind::checked, {"edu"})));
}

TEST_F(MakingFacts, what_is_missing_is_asked_for) {
  EXPECT_FALSE(make(about(FactKind::received, {})));
  EXPECT_FALSE(make(about(FactKind::extended, {"edu"})));
  EXPECT_FALSE(make(about(FactKind::excused, {"edu"})));
  auto extended = about(FactKind::extended, {"edu"});
  extended.until = "05-27 17:00";
  auto made = make(extended);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->facts[0].time, *parse_rfc3339("2022-05-27T17:00:00+08:00"));
}

TEST_F(MakingFacts, one_unknown_unit_refuses_all_of_them) {
  auto made = make(about(FactKind::received, {"edu", "edux"}));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "unknown-unit");
}

TEST_F(MakingFacts, void_takes_the_newest_entry_about_the_unit_or_the_one_of_a_number) {
  EXPECT_EQ(make(about(FactKind::voided, {"edu"})).error().code, "unknown-fact");
  auto written = make(about(FactKind::received, {"edu"}))->facts[0];
  written.seq = 7;
  run_.fold({{ledger::FactRow{written}}, 7});
  auto newest = make(about(FactKind::voided, {"edu"}));
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->facts[0].refers, 7);
  FactRequest numbered;
  numbered.kind = FactKind::voided;
  numbered.seq = 7;
  EXPECT_EQ(make(numbered)->facts[0].refers, 7);
  auto voided = newest->facts[0];
  voided.seq = 8;
  run_.fold({{ledger::FactRow{voided}}, 8});
  EXPECT_EQ(make(numbered).error().code, "unknown-fact");
  EXPECT_EQ(make(about(FactKind::voided, {"edu"})).error().code, "unknown-fact");
}

TEST(Requests, a_text_has_a_bound) {
  auto with_note = [](std::size_t bytes) {
    return parse_fact_request(R"({"kind":"received","note":")" + std::string(bytes, 'x') + R"("})");
  };
  EXPECT_TRUE(with_note(limits::request_field_bytes));
  EXPECT_THAT(with_note(limits::request_field_bytes + 1).error().message.chinese,
              HasSubstr("太长"));
}

TEST(Requests, brackets_inside_each_other_have_a_bound) {
  auto nested = [](std::size_t depth) {
    return parse_fields(R"({"plan":)" + std::string(depth, '[') + std::string(depth, ']') + "}",
                        {"plan"}, {}).error().message.chinese;
  };
  EXPECT_THAT(nested(limits::request_depth - 1), HasSubstr("应是一段文字"));
  EXPECT_THAT(nested(limits::request_depth), HasSubstr("不是 JSON"));
}

}  // namespace
}  // namespace duban::control
