// An explanation as people read it, in both languages, and as JSON.
#include "control/explain_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "contract/deliver_all.h"
#include "control/daemon_desk.h"
#include "golden/golden.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

// The tables of May 2022 are due on Wednesday the 25th at 17:00.
class ExplainPages : public ::testing::Test {
 protected:
  static std::string asked(std::string_view period = "2022-05") {
    return "unit=edu&duty=monthly-table&period=" + std::string{period};
  }
  void look(Instant now) {
    desk_.clock.set(now);
    ASSERT_EQ(page(asked()).status, 200U);
    deliver();
  }
  // Lives until then, looking whenever there is a reason; what is queued is delivered.
  void live_to(std::string_view when) {
    auto end = *parse_rfc3339("2022-" + std::string{when} + "+08:00");
    look(desk_.clock.now());
    while (desk_.clock.now() < end) {
      auto status = duban::testing::run(desk_.loop, desk_.engine->status());
      look(std::min(status->plans.front().next.value_or(end), end));
    }
  }
  void deliver() {
    contract::deliver_all(desk_.loop, *desk_.store, desk_.clock.machine_now());
  }
  Reply page(const std::string& query) { return desk_.ask("GET", "/api/v1/explain?" + query); }
  json::object document(const std::string& query) {
    auto reply = page(query);
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return json::parse(reply.body).as_object();
  }
  // Ids and digests are of this run and this text: `ntc_…`.
  std::string text(const std::string& query) {
    std::string said{document(query).at("text").as_string()};
    said = std::regex_replace(said, std::regex{"ntc_[0-9A-Z]{26}"}, "ntc_…");
    return std::regex_replace(said, std::regex{"sha256:[0-9a-f]{12}"}, "sha256:…");
  }
  std::string notice_of(const std::string& stage) {
    auto rows = document(asked()).at("explanation").at("assignment").at("stages").as_array();
    for (const auto& row : rows) {
      bool own = row.at("stage").at("key").as_string().starts_with(stage);
      if (own && row.at("notice").is_string()) return std::string{row.at("notice").as_string()};
    }
    ADD_FAILURE() << "no notice tells " << stage;
    return {};
  }
  void golden(const std::string& name, const std::string& query) {
    duban::testing::expect_golden("explain/" + name + ".txt", text(query));
  }
  void record(const std::string& body) {
    auto reply = desk_.ask("POST", "/api/v1/facts", body);
    ASSERT_EQ(reply.status, 200U) << reply.body;
    deliver();
  }
  DaemonDesk desk_{"2022-05-19T10:00:00+08:00"};
};

TEST_F(ExplainPages, a_reminder_that_was_sent) {
  live_to("05-20T09:00:00");
  auto id = notice_of("remind");
  golden("remind", "notice=" + id);
  golden("remind.en", "notice=" + id + "&lang=en");
}

TEST_F(ExplainPages, the_letter_of_the_year) {
  live_to("05-19T10:00:00");
  auto told = document(asked()).at("explanation").at("assignment").at("told").as_array();
  ASSERT_FALSE(told.empty());
  golden("start", "notice=" + std::string{told.front().at("notice").as_string()});
}

TEST_F(ExplainPages, an_overdue_that_waits_for_the_check) {
  live_to("05-26T15:00:00");
  golden("overdue-waits", asked());
  golden("overdue-waits.en", asked() + "&lang=en");
}

TEST_F(ExplainPages, a_draft_that_waits_for_release) {
  live_to("05-26T09:00:00");
  record(R"({"kind":"checked","duty":"monthly-table","period":"2022-05"})");
  live_to("05-26T17:00:00");
  golden("draft", "notice=" + notice_of("escalate"));
}

TEST_F(ExplainPages, what_was_not_sent_because_it_was_handed_in) {
  live_to("05-20T09:00:00");
  live_to("05-24T17:00:00");
  record(R"({"kind":"received","duty":"monthly-table","period":"2022-05",)"
         R"("units":["edu"],"at":"05-24 16:40"})");
  live_to("05-25T09:00:00");
  golden("handed-in", asked());
  golden("handed-in.en", asked() + "&lang=en");
}

TEST_F(ExplainPages, both_languages_tell_the_same_lines) {
  live_to("05-26T09:00:00");
  auto lines = [](const std::string& said) { return std::ranges::count(said, '\n'); };
  EXPECT_EQ(lines(text(asked())), lines(text(asked() + "&lang=en")));
  auto id = notice_of("remind");
  EXPECT_EQ(lines(text("notice=" + id)), lines(text("notice=" + id + "&lang=en")));
}

TEST_F(ExplainPages, the_document_carries_the_page) {
  live_to("05-20T09:00:00");
  auto whole = document("notice=" + notice_of("remind")).at("explanation");
  const auto& notice = whole.at("notice");
  EXPECT_EQ(notice.at("state").as_string(), "delivered");
  EXPECT_EQ(notice.at("attempts").at(0).at("detail").as_string(), "250 2.0.0 Ok: queued");
  EXPECT_EQ(notice.at("route").at("choice").as_string(), "first");
  const auto& duty = whole.at("duties").at(0);
  EXPECT_EQ(duty.at("lines").at(0).at("file").as_string(), "plans/wuhan-2022-1/plan.toml");
  const auto& item = duty.at("periods").at(0).at("items").at(0);
  EXPECT_EQ(item.at("stage").at("counted").at(2).at("day").as_string(), "2022-05-20");
  EXPECT_EQ(item.at("stage").at("counted").at(2).at("skipped").at(0).at("from").as_string(),
            "2022-05-21");
  EXPECT_TRUE(whole.at("assignment").is_null());
}

TEST_F(ExplainPages, names_are_as_people_type_them) {
  live_to("05-19T10:00:00");
  auto said = text(
      "unit=%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80&duty=%E6%9C%88%E8%B0%83%E5%BA%A6%E8%A1%A8&"
      "period=5");
  EXPECT_THAT(said, HasSubstr("市教育局"));
  EXPECT_THAT(said, HasSubstr("2022-05"));
}

TEST_F(ExplainPages, what_cannot_be_asked_is_refused_with_a_way) {
  EXPECT_EQ(page("notice=ntc_x").status, 404U);
  EXPECT_THAT(page("notice=ntc_x").body, HasSubstr("dubanctl notices"));
  EXPECT_EQ(page("unit=edu").status, 400U);
  EXPECT_EQ(page("").status, 400U);
  EXPECT_EQ(page("notice=ntc_x&lang=fr").status, 400U);
  EXPECT_EQ(page("unit=edux&duty=monthly-table").status, 404U);
  EXPECT_EQ(page("unit=edu&duty=monthly-tabel").status, 404U);
  EXPECT_EQ(page("unit=edu&duty=monthly-dispatch").status, 404U);
  EXPECT_EQ(page("unit=edu&duty=monthly-table&period=2022-13").status, 404U);
}

TEST_F(ExplainPages, no_address_stands_on_a_page) {
  live_to("05-20T09:00:00");
  auto body = page("notice=" + notice_of("remind")).body;
  EXPECT_THAT(body, Not(HasSubstr("@example.org")));
}

// A table that was handed in on May 24 at 16:40, and whether it is accepted.
class AcceptancePage : public ::testing::Test {
 protected:
  AcceptancePage() {
    page_.plan = "wuhan-2022-1";
    page_.year = 2022;
    page_.zone = calendar::Zone::find("Asia/Shanghai").value();
    page_.now = at("05-31T10:00:00");
    page_.duties.push_back({.id = "monthly-table", .name = "月调度表"});
    page_.duties.front().periods.push_back({.period = "2022-05"});
    page_.assignment = engine::AssignmentPart{.unit = "edu", .unit_name = "市教育局"};
    part().standing = schedule::Standing::answered;
    part().settled_by = fact(FactKind::received, 7, "05-24T16:40:00");
  }
  static Instant at(std::string_view when) {
    return *parse_rfc3339("2022-" + std::string{when} + "+08:00");
  }
  static schedule::Fact fact(FactKind kind, std::int64_t seq, std::string_view when) {
    schedule::Fact made{.seq = seq, .kind = kind};
    made.at = made.recorded_at = at(when);
    made.by = "alice";
    return made;
  }
  engine::AssignmentPart& part() { return *page_.assignment; }
  std::string zh() const { return explain_text(page_, Tongue::chinese); }
  std::string en() const { return explain_text(page_, Tongue::english); }
  json::value assignment() const {
    return json::parse(explain_document(page_, "")).at("explanation").at("assignment");
  }
  engine::Page page_;
};

TEST_F(AcceptancePage, says_until_when_the_office_may_still_give_it_back) {
  part().accepted_from = at("05-30T10:00:00");
  EXPECT_THAT(zh(), HasSubstr(";到5月30日(周一)10:00截稿还没有退回的,视同采用"));
  EXPECT_THAT(en(), HasSubstr("; accepted unless given back by the cut-off, "));
  EXPECT_EQ(assignment().at("accepted_from").as_string(), "2022-05-30T10:00:00+08:00");
  EXPECT_TRUE(assignment().at("accepted_at").is_null());
}

TEST_F(AcceptancePage, says_that_silence_accepted_it) {
  part().accepted_at = at("05-30T10:00:00");
  EXPECT_THAT(zh(), HasSubstr(";到5月30日(周一)10:00截稿没有退回,视同采用"));
  EXPECT_THAT(en(), HasSubstr("; accepted: not given back by the cut-off, "));
  EXPECT_EQ(assignment().at("accepted_at").as_string(), "2022-05-30T10:00:00+08:00");
  EXPECT_TRUE(assignment().at("accepted_by").is_null());
}

TEST_F(AcceptancePage, says_whose_word_accepted_it) {
  part().accepted_at = at("05-25T09:00:00");
  part().accepted_by = fact(FactKind::accepted, 9, "05-25T09:00:00");
  EXPECT_THAT(zh(), HasSubstr("已采用"));
  EXPECT_THAT(en(), HasSubstr("; accepted "));
  EXPECT_EQ(assignment().at("accepted_by").at("seq").as_int64(), 9);
}

TEST_F(AcceptancePage, without_a_cut_off_says_nothing_of_it) {
  EXPECT_THAT(zh(), Not(HasSubstr("采用")));
  EXPECT_THAT(en(), Not(HasSubstr("accepted")));
  EXPECT_TRUE(assignment().at("accepted_from").is_null());
}

}  // namespace
}  // namespace duban::control
