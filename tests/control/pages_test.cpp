#include "control/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/limits.h"
#include "control/daemon_desk.h"
#include "control/notices_page.h"
#include "control/today_page.h"

namespace duban::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Browser : public ::testing::Test {
 protected:
  Reply get(std::string target, std::string host = "127.0.0.1:8622", std::string method = "GET") {
    return duban::testing::run(
        desk_.loop, pages_.answer({std::move(method), std::move(target), "", "", std::move(host)}));
  }
  static std::string header(const Reply& reply, std::string_view name) {
    for (const auto& [known, value] : reply.headers) {
      if (known == name) return value;
    }
    return "";
  }

  DaemonDesk desk_;
  Pages pages_{*desk_.engine, {.address = "127.0.0.1", .port = 8622, .base = "/duban",
                               .hosts = {"duban.example.org"}}};
};

TEST_F(Browser, every_page_answers_with_and_without_the_base) {
  for (std::string page : {"/", "/status", "/report", "/notices"}) {
    for (const std::string& target : {page, "/duban" + page, page + "?x=1"}) {
      auto reply = get(target);
      EXPECT_EQ(reply.status, 200U) << target;
      EXPECT_EQ(reply.type, "text/html; charset=utf-8");
      EXPECT_THAT(reply.body, HasSubstr("<html lang=\"zh-Hans\">"));
      EXPECT_THAT(reply.body, HasSubstr("aria-current=\"page\"")) << target;
      EXPECT_THAT(reply.body, Not(HasSubstr("<script")));
    }
  }
  EXPECT_EQ(get("/duban").status, 200U);
  EXPECT_EQ(get("/dubanx").status, 404U);
}

TEST_F(Browser, the_draft_of_a_document_is_a_page_and_a_file) {
  EXPECT_THAT(get("/report").body, HasSubstr("document?form=register&amp;plan=wuhan-2022-1"));
  const std::string register_ = "/document?form=register&plan=wuhan-2022-1&period=2022";
  auto page = get(register_);
  EXPECT_EQ(page.status, 200U) << page.body;
  EXPECT_EQ(page.type, "text/html; charset=utf-8");
  EXPECT_THAT(header(page, "Content-Security-Policy"), HasSubstr("sha256-"));
  EXPECT_THAT(page.body, HasSubstr("台账"));
  EXPECT_THAT(page.body, HasSubstr("截至2022年5月25日")) << "of the day it is asked for";
  auto file = get("/duban" + register_ + "&type=xlsx");
  EXPECT_EQ(file.status, 200U);
  EXPECT_TRUE(file.body.starts_with("PK"));
  EXPECT_THAT(header(file, "Content-Disposition"), HasSubstr("attachment; filename*=UTF-8''%"));
  EXPECT_EQ(get(register_ + "&type=exe").status, 404U);
  EXPECT_EQ(get("/document?form=%3Cb%3E").status, 404U);
  EXPECT_THAT(get("/document?form=%3Cb%3E").body, Not(HasSubstr("<b>")));
}

TEST_F(Browser, only_get_and_head_are_heard) {
  EXPECT_EQ(get("/", "localhost", "HEAD").status, 200U);
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
    auto reply = get("/", "localhost", method);
    EXPECT_EQ(reply.status, 405U) << method;
    EXPECT_EQ(header(reply, "Allow"), "GET, HEAD");
  }
}

TEST_F(Browser, what_is_not_there_is_said_in_chinese_and_never_repeated) {
  for (const auto* target : {"/api/v1/status", "/../etc", "//", "*", "", "http://127.0.0.1/",
                             "/<b>", "/status/"}) {
    auto reply = get(target);
    EXPECT_EQ(reply.status, 404U) << target;
    EXPECT_THAT(reply.body, HasSubstr("没有这一页"));
    EXPECT_THAT(reply.body, Not(HasSubstr("<b>")));
  }
}

TEST_F(Browser, a_name_that_is_not_ours_gets_nothing) {
  for (const auto* host : {"localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8622", "[::1]",
                           "Duban.Example.ORG", "duban.example.org:443"}) {
    EXPECT_EQ(get("/", host).status, 200U) << host;
  }
  for (const auto* host : {"", "evil.example.org", "duban.example.org.evil.example.org",
                           "127.0.0.1.example.org", "::1", "192.0.2.1"}) {
    auto reply = get("/", host);
    EXPECT_EQ(reply.status, 421U) << host;
    EXPECT_THAT(reply.body, HasSubstr("hosts"));
    EXPECT_THAT(reply.body, Not(HasSubstr("办公室"))) << "not even whose pages these are";
  }
}

TEST_F(Browser, the_policy_lets_nothing_in_but_the_style_of_the_page) {
  auto reply = get("/");
  auto policy = header(reply, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  auto begin = reply.body.find("<style>") + 7;
  auto digest = sha256(reply.body.substr(begin, reply.body.find("</style>") - begin));
  auto shown = encode_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
  EXPECT_THAT(policy, HasSubstr("style-src 'sha256-" + shown + "'"));
  EXPECT_EQ(header(reply, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(reply, "Referrer-Policy"), "no-referrer");
  EXPECT_THAT(content_policy("<style>never ends"), HasSubstr("style-src 'none'"));
}

TEST_F(Browser, the_day_shows_what_comes_and_whom_it_is_for) {
  auto body = get("/").body;
  EXPECT_THAT(body, HasSubstr("运行正常"));
  EXPECT_THAT(body, HasSubstr("5月26日(周四)"));
  EXPECT_THAT(body, HasSubstr("逾期:5月月调度表"));
  EXPECT_THAT(body, HasSubstr("市教育局"));
}

TEST_F(Browser, the_offices_list_stands_on_the_day_with_its_commands) {
  auto body = get("/").body;
  EXPECT_THAT(body, HasSubstr("<section class=\"list\">"));
  EXPECT_THAT(body, HasSubstr("日期未定"));
  EXPECT_THAT(body, HasSubstr("<code>dubanctl "));
}

TEST_F(Browser, what_is_answered_does_not_stand_on_the_day) {
  auto edu_is_there = [&] {
    auto body = get("/").body;
    return body.find("市教育局", body.find("今天和以后七天")) != std::string::npos;
  };
  ASSERT_TRUE(edu_is_there());
  auto said = desk_.ask("POST", "/api/v1/facts",
                        R"({"kind":"received","duty":"monthly-table","period":"2022-05",
                            "units":["edu"],"at":"16:40"})");
  ASSERT_EQ(said.status, 200U) << said.body;
  EXPECT_FALSE(edu_is_there());
}

TEST_F(Browser, the_documents_of_the_office_stand_with_date_and_state) {
  auto body = get("/report").body;
  EXPECT_THAT(body, HasSubstr("5月月调度通报"));
  EXPECT_THAT(body, HasSubstr("6月1日(周三)"));
  EXPECT_THAT(body, HasSubstr("待办"));
  EXPECT_THAT(body, Not(HasSubstr("月调度表</th>"))) << "owed by units";
}

TEST_F(Browser, a_silence_is_told_with_its_end) {
  auto said = desk_.ask("POST", "/api/v1/silence",
                        R"({"unit":"water","until":"05-27","why":"防汛"})");
  ASSERT_EQ(said.status, 200U) << said.body;
  for (const auto* page : {"/", "/status"}) {
    EXPECT_THAT(get(page).body, HasSubstr("市水务局"));
    EXPECT_THAT(get(page).body, HasSubstr("防汛"));
  }
}

TEST(BrowserInOfficeHours, sees_no_address_and_no_telephone_number) {
  DaemonDesk desk{"2022-05-25T10:00:00+08:00"};
  auto said = desk.ask("POST", "/api/v1/silence",
                       R"({"unit":"water","until":"05-27","why":"防汛"})");
  ASSERT_EQ(said.status, 200U) << said.body;
  Pages pages{*desk.engine, {}};
  auto get = [&](std::string page) {
    auto asked = pages.answer({"GET", std::move(page), "", "", "localhost"});
    return duban::testing::run(desk.loop, std::move(asked)).body;
  };
  ASSERT_THAT(get("/notices"), HasSubstr("全年日历")) << "letters went out";
  const auto& plan = desk.engine->plans().front()->plan();
  for (const auto* page : {"/", "/status", "/report", "/notices"}) {
    auto body = get(page);
    for (const auto& endpoint : plan.endpoints) {
      if (endpoint.address == endpoint.id) continue;
      EXPECT_EQ(body.find(endpoint.address), std::string::npos) << page << endpoint.address;
    }
    EXPECT_EQ(body.find(plan.office.phone), std::string::npos) << page;
  }
}

TEST_F(Browser, without_the_templates_it_says_so_in_plain_words) {
  DaemonDesk bare;
  std::filesystem::remove(bare.config.root() / "templates/web-today.html.mustache");
  auto reloaded = bare.ask("POST", "/api/v1/reload", "{}");
  ASSERT_EQ(reloaded.status, 200U);
  Pages pages{*bare.engine, {}};
  auto reply = duban::testing::run(bare.loop, pages.answer({"GET", "/", "", "", "localhost"}));
  EXPECT_EQ(reply.status, 503U);
  EXPECT_THAT(reply.body, HasSubstr("dubanctl check"));
}

/// What the pages make of rows that no plan brings about in a line of a test.
class PageRows : public ::testing::Test {
 protected:
  std::vector<const engine::PlanRun*> runs() const { return desk_.engine->plans(); }
  ledger::NoticeView notice(std::string subject, std::string contact, std::string_view at) const {
    ledger::NoticeView view;
    view.plan = runs().front()->plan().id;
    view.notice.head.contact = std::move(contact);
    view.notice.head.endpoint = "an-endpoint";
    view.notice.head.state = NoticeState::delivered;
    view.notice.head.queued_at = *parse_rfc3339(at);
    view.notice.content.subject = std::move(subject);
    return view;
  }
  DaemonDesk desk_;
};

TEST_F(PageRows, a_week_of_more_than_a_pages_rows_says_how_many_are_left_off) {
  engine::AgendaRow row{.at = desk_.clock.now(), .plan = runs().front()->plan().id,
                        .duty = "monthly-table", .period = "2022-05", .stage = "due 0d 09:00",
                        .due = {}, .units = {"edu"}, .state = "planned"};
  Today today{.now = desk_.clock.now(), .lists = {}, .status = {},
              .week = std::vector(limits::page_rows + 3, row)};
  auto page = today_page(today, timetables_of(runs()));
  ASSERT_THAT(page.days, SizeIs(1));
  EXPECT_TRUE(page.days.front().is_today);
  EXPECT_THAT(page.days.front().stages, SizeIs(limits::page_rows));
  EXPECT_EQ(page.more_stages, "3");
}

TEST_F(PageRows, the_list_of_the_day_stands_without_its_small_print) {
  Today today{.now = desk_.clock.now(),
              .lists = {{"日清单", "· 请定:一件\n  dubanctl extend x\n————\n027-1234", false},
                        {"另一个", "· 旧", true}},
              .status = {}, .week = {}};
  auto page = today_page(today, timetables_of(runs()));
  ASSERT_THAT(page.lists, SizeIs(2));
  EXPECT_EQ(page.lists[0].list_title, "日清单");
  ASSERT_THAT(page.lists[0].blocks, SizeIs(2));
  EXPECT_TRUE(page.lists[0].blocks[0].entry);
  EXPECT_TRUE(page.lists[0].blocks[1].command);
  EXPECT_TRUE(page.lists[1].nothing_to_do);
  EXPECT_THAT(page.lists[1].blocks, IsEmpty());
}

TEST_F(PageRows, a_page_looks_as_many_days_ahead_as_it_looks_back) {
  EXPECT_EQ(notices_page({}, timetables_of(runs())).span_days, std::to_string(limits::page_days));
}

TEST_F(PageRows, what_went_to_several_at_once_is_one_line_the_newest_first) {
  auto page = notices_page({notice("甲", "edu-liaison", "2022-05-24T09:00:00+08:00"),
                            notice("甲", "water-liaison", "2022-05-24T09:00:20+08:00"),
                            notice("乙", "", "2022-05-25T09:00:00+08:00")},
                           timetables_of(runs()));
  ASSERT_THAT(page.notices, SizeIs(2));
  EXPECT_EQ(page.notices[0].receiver, "an-endpoint");
  EXPECT_THAT(page.notices[0].receiver_count, IsEmpty());
  EXPECT_EQ(page.notices[1].subject, "甲");
  EXPECT_EQ(page.notices[1].receiver_count, "2处");
  EXPECT_EQ(page.notices[1].receiver_all, "市水务局、市教育局");
  EXPECT_EQ(page.notice_count, "3");
}

TEST_F(PageRows, what_did_not_arrive_says_what_hinders_it_in_our_words_only) {
  auto failed = notice("甲", "edu-liaison", "2022-05-24T09:00:00+08:00");
  failed.notice.head.state = NoticeState::failed;
  failed.attempts = std::vector<ledger::AttemptView>(2);
  failed.attempts.back().reason = Reason::refused;
  failed.attempts.back().detail = "550 liaison@edu.example.org unknown";
  auto page = notices_page({failed}, timetables_of(runs()));
  ASSERT_THAT(page.notices, SizeIs(1));
  EXPECT_TRUE(page.notices[0].undelivered);
  EXPECT_EQ(page.notices[0].outcome, "未送达(发了2次)");
  EXPECT_EQ(page.notices[0].hindrance, "对方拒收");
}

TEST_F(PageRows, more_notices_than_a_page_takes_are_the_newest) {
  std::vector many(limits::page_rows + 1, notice("甲", "", "2022-05-24T09:00:00+08:00"));
  many.front() = notice("旧", "", "2022-05-20T09:00:00+08:00");
  auto page = notices_page(many, timetables_of(runs()));
  EXPECT_TRUE(page.more);
  ASSERT_THAT(page.notices, SizeIs(1));
  EXPECT_EQ(page.notices[0].subject, "甲");
}

}  // namespace
}  // namespace duban::control
