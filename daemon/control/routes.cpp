#include "control/routes.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "control/document_request.h"
#include "control/edited_request.h"
#include "control/explain_route.h"
#include "control/queries.h"
#include "control/silences.h"
#include "control/submission_request.h"
#include "control/time_words.h"
#include "control/today_document.h"
#include "document/secrecy.h"
#include "settings/report.h"

namespace duban::control {

namespace asio = boost::asio;

using engine::Refusal;
using Words = std::vector<std::string>;

struct Routes::Asked {
  Fields query;
  std::string body, by;
};

struct Routes::Route {
  std::string_view method, path;
  Handler handler;
  /// Parameters of the query that mean something.
  std::span<const std::string_view> parameters;
  std::size_t body = limits::request_bytes;
};

namespace {

constexpr BilingualView plan_gone{"方案已不在", "the plan is no longer there"};

constexpr std::array<std::string_view, 1> of_plan{"plan"};
constexpr std::array<std::string_view, 5> of_agenda{"plan", "from", "to", "unit", "duty"};
constexpr std::array<std::string_view, 4> of_notices{"plan", "unit", "state", "since"};
constexpr std::array<std::string_view, 6> of_explain{"plan", "notice", "unit",
                                                     "duty", "period", "lang"};

constexpr std::array<std::string_view, 7> of_document{"plan", "form", "duty", "period",
                                                      "unit", "at",   "type"};

Reply good(std::string body) { return {.status = 200, .body = std::move(body)}; }

// A code beginning with unknown- is a thing that is not there; a request that cannot be read is the
// asker's fault; a ledger that does not answer is ours.
unsigned status_of(const std::string& code) {
  if (code == "unknown-route" || code.starts_with("unknown-")) return 404;
  if (code == "wrong-method") return 405;
  if (code == "too-large") return 413;
  if (code.starts_with("bad-") || code.starts_with("which-") || code.starts_with("time-")) {
    return 400;
  }
  return code == "ledger" ? 503 : 409;
}

std::optional<Refusal> unknown_parameter(const Fields& query,
                                         std::span<const std::string_view> known) {
  for (const auto& [key, value] : query) {
    if (std::ranges::find(known, key) != known.end()) continue;
    return Refusal{"bad-request",
                   both("没有参数{}", "there is no parameter {}", settings::in_quotes(key)),
                   settings::suggest(key, Words(known.begin(), known.end()))};
  }
  return std::nullopt;
}

// In its query or in its body; empty where neither names one.
std::string plan_named(const Request& request) {
  if (auto target = parse_target(request.target)) {
    if (auto plan = value_of(target->query, "plan"); !plan.empty()) return plan;
  }
  return request.body.size() > limits::request_bytes ? "" : plan_in_body(request.body);
}

}  // namespace

std::span<const Routes::Route> Routes::table() {
  static constexpr std::array routes{
      Route{"GET", "/api/v1/show", &Routes::show, of_plan},
      Route{"GET", "/api/v1/agenda", &Routes::agenda, of_agenda},
      Route{"GET", "/api/v1/notices", &Routes::notices, of_notices},
      Route{"GET", "/api/v1/explain", &Routes::explain, of_explain},
      Route{"GET", "/api/v1/status", &Routes::status, of_plan},
      Route{"GET", "/api/v1/today", &Routes::today, of_plan},
      Route{"GET", "/api/v1/document", &Routes::document, of_document},
      Route{"POST", "/api/v1/facts", &Routes::facts, {}},
      Route{"POST", "/api/v1/files", &Routes::files, {}, limits::submitted_file_bytes},
      Route{"POST", "/api/v1/silence", &Routes::silence, {}},
      Route{"POST", "/api/v1/release", &Routes::release, {}},
      Route{"POST", "/api/v1/defer", &Routes::defer, {}},
      Route{"POST", "/api/v1/resend", &Routes::resend, {}},
      Route{"POST", "/api/v1/reload", &Routes::reload, {}},
      Route{"GET", "/api/v1/texts", &Routes::texts, {}},
      Route{"POST", "/api/v1/diff", &Routes::diff, {}, limits::edited_request_bytes},
      Route{"POST", "/api/v1/send-test", &Routes::send_test, {}},
      Route{"POST", "/api/v1/clock/accept", &Routes::accept_clock, {}},
      Route{"GET", "/api/v1/ledger/backup", &Routes::backup, {}},
  };
  return routes;
}

Reply refused(const Refusal& refusal) {
  return {.status = status_of(refusal.code), .refusal = refusal};
}

std::size_t Routes::body_bound(std::string_view target) const {
  auto path = target.substr(0, target.find('?'));
  auto known = std::ranges::find(table(), path, &Route::path);
  return known == table().end() ? limits::request_bytes : known->body;
}

Reply Routes::refuse(const Refusal& refusal) const { return said(refused(refusal), {}); }

// In the language of the plan, else in that of all plans.
Reply Routes::said(Reply reply, const std::string& plan) const {
  if (!reply.refusal) return reply;
  const auto* run = engine_.find_plan(plan);
  auto language = run ? run->plan().language : engine_.language();
  reply.body = error_document(*reply.refusal, language);
  return reply;
}

asio::awaitable<Reply> Routes::answer(Request request) {
  auto plan = plan_named(request);
  co_return said(co_await routed(std::move(request)), plan);
}

asio::awaitable<Reply> Routes::routed(Request request) {
  auto target = parse_target(request.target);
  if (!target) co_return refused(target.error());
  const Route* chosen = nullptr;
  bool path_known = false;
  for (const auto& route : table()) {
    if (route.path != target->path) continue;
    path_known = true;
    if (route.method == request.method) chosen = &route;
  }
  if (chosen == nullptr && path_known) {
    co_return refused({"wrong-method",
                       both("这个路径不接受 {}", "{} is not for this path", request.method), {}});
  }
  if (chosen == nullptr) {
    Words paths;
    for (const auto& route : table()) paths.emplace_back(route.path);
    co_return refused({"unknown-route",
                       both("没有这个路径{}", "there is no path {}",
                            settings::in_quotes(target->path)),
                       settings::suggest(target->path, paths)});
  }
  if (auto wrong = unknown_parameter(target->query, chosen->parameters)) {
    co_return refused(*wrong);
  }
  Asked asked{std::move(target->query), std::move(request.body), std::move(request.by)};
  co_return co_await (this->*chosen->handler)(std::move(asked));
}

std::vector<const schedule::Timetable*> Routes::timetables() const {
  return timetables_of(engine_.plans());
}

Zones Routes::zones() const {
  Zones zones;
  for (const auto* run : engine_.plans()) zones.emplace(run->plan().id, run->timetable().zone());
  return zones;
}

asio::awaitable<Reply> Routes::show(Asked asked) {
  auto plans = timetables();
  if (auto id = value_of(asked.query, "plan"); !id.empty()) {
    auto one = find_plan(plans, id);
    if (!one) co_return refused(one.error());
    plans = {*one};
  }
  co_return good(show_document(plans));
}

asio::awaitable<Reply> Routes::agenda(Asked asked) {
  auto plans = timetables();
  auto id = value_of(asked.query, "plan");
  if (!id.empty()) {
    auto one = find_plan(plans, id);
    if (!one) co_return refused(one.error());
  }
  std::vector<engine::AgendaRow> rows;
  std::optional<Refusal> refusal;
  bool any = false;
  for (const auto* run : engine_.plans()) {
    if (!id.empty() && run->plan().id != id) continue;
    auto filter = agenda_filter(asked.query, run->timetable(), plans);
    if (!filter) {
      refusal = filter.error();
      continue;
    }
    any = true;
    auto more = engine::agenda(run->timetable(), run->record(), engine_.now(), *filter);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  // A unit that only one plan has is no mistake of the others.
  if (!any && refusal) co_return refused(*refusal);
  co_return good(agenda_document(std::move(rows), zones()));
}

asio::awaitable<Reply> Routes::notices(Asked asked) {
  auto queries = notice_queries(asked.query, timetables(), engine_.now());
  if (!queries) co_return refused(queries.error());
  std::vector<ledger::NoticeView> all;
  const auto most = ledger::NoticeQuery{}.limit;
  bool more = false;
  for (auto& query : *queries) {
    auto found = co_await engine_.notices(std::move(query));
    if (!found) co_return refused(found.error());
    more = more || found->size() >= most;
    std::ranges::move(*found, std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const auto& one) { return one.notice.head.queued_at; });
  // The newest, as of one plan.
  if (all.size() > most) {
    more = true;
    all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
  }
  co_return good(notices_document(all, timetables(), more));
}

asio::awaitable<Reply> Routes::explain(Asked asked) {
  co_return co_await control::explain(engine_, std::move(asked.query));
}

asio::awaitable<Reply> Routes::status(Asked asked) {
  auto id = value_of(asked.query, "plan");
  if (auto plan = find_plan(timetables(), id); !id.empty() && !plan) {
    co_return refused(plan.error());
  }
  auto status = co_await engine_.status(id);
  if (!status) co_return refused(status.error());
  co_return good(status_document(*status, zones(), ::getpid()));
}

asio::awaitable<Reply> Routes::today(Asked asked) {
  auto id = value_of(asked.query, "plan");
  if (auto plan = find_plan(timetables(), id); !id.empty() && !plan) {
    co_return refused(plan.error());
  }
  // Looks at the plans first, so that the list is of now.
  if (auto status = co_await engine_.status(id); !status) co_return refused(status.error());
  auto runs = engine_.plans();
  std::erase_if(runs, [&](const auto* run) { return !id.empty() && run->plan().id != id; });
  co_return good(today_document(runs, engine_.now()));
}

asio::awaitable<Reply> Routes::document(Asked asked) {
  auto request = document_request(asked.query, engine_.plans(), engine_.now());
  if (!request) co_return refused(request.error());
  auto written = co_await engine_.document(request->order);
  if (!written) co_return refused(written.error());
  const auto* run = engine_.find_plan(request->order.plan);
  if (run == nullptr) co_return refused({"unknown-plan", plan_gone, {}});
  co_return good(written_document(*request, *written, run->timetable().zone()));
}

asio::awaitable<Reply> Routes::facts(Asked asked) {
  auto request = parse_fact_request(asked.body);
  if (!request) co_return refused(request.error());
  auto made = make_facts(*request, engine_.plans(), engine_.now(), asked.by);
  if (!made) co_return refused(made.error());
  co_return co_await record(std::move(*made));
}

asio::awaitable<Reply> Routes::files(Asked asked) {
  if (asked.body.empty()) {
    co_return refused({"bad-request", {"文件是空的", "the file is empty"}, {}});
  }
  if (auto secret = refusal_of_mark(document::secrecy_mark_in_file(asked.body))) {
    co_return refused(*secret);
  }
  auto digest = co_await engine_.keep_file(std::move(asked.body));
  if (!digest) co_return refused(digest.error());
  co_return good(file_document(*digest));
}

asio::awaitable<Reply> Routes::silence(Asked asked) {
  auto made = make_silence(asked.body, engine_.plans(), engine_.now(), asked.by);
  if (!made) co_return refused(made.error());
  co_return co_await record(std::move(*made));
}

asio::awaitable<Reply> Routes::record(Facts made) {
  auto plan = made.plan;
  auto written = co_await engine_.record(std::move(made.plan), std::move(made.facts));
  if (!written) co_return refused(written.error());
  const auto* run = engine_.find_plan(plan);
  if (run == nullptr) co_return refused({"unknown-plan", plan_gone, {}});
  co_return good(facts_document(plan, *written, run->timetable().zone()));
}

asio::awaitable<Reply> Routes::release(Asked asked) {
  auto fields = parse_fields(asked.body, {"plan", "notice"}, {"notice"});
  if (!fields) co_return refused(fields.error());
  auto plan = value_of(*fields, "plan");
  auto done = co_await engine_.release((*fields)["notice"], asked.by, std::move(plan));
  if (!done) co_return refused(done.error());
  co_return good(done_document());
}

asio::awaitable<Reply> Routes::defer(Asked asked) {
  auto fields = parse_fields(asked.body, {"notice", "until"}, {"notice", "until"});
  if (!fields) co_return refused(fields.error());
  auto notice = (*fields)["notice"];
  auto found = co_await engine_.notices({.id = notice});
  if (!found) co_return refused(found.error());
  const auto* run = found->empty() ? nullptr : engine_.find_plan(found->front().plan);
  if (run == nullptr) {
    co_return refused({"no-draft",
                       both("没有待点发的 {}", "there is no draft {} to release", notice),
                       {"看 dubanctl notices --state drafted",
                        "see dubanctl notices --state drafted"}});
  }
  auto until = read_coming((*fields)["until"], engine_.now(), run->timetable().zone());
  if (!until) co_return refused(until.error());
  auto done = co_await engine_.defer(notice, *until, asked.by);
  if (!done) co_return refused(done.error());
  co_return good(done_document());
}

asio::awaitable<Reply> Routes::resend(Asked asked) {
  auto fields = parse_fields(asked.body, {"notice"}, {"notice"});
  if (!fields) co_return refused(fields.error());
  auto id = co_await engine_.resend((*fields)["notice"], asked.by);
  if (!id) co_return refused(id.error());
  co_return good(notice_document(*id));
}

asio::awaitable<Reply> Routes::reload(Asked asked) {
  auto fields = parse_fields(asked.body, {"plan", "if"}, {});
  if (!fields) co_return refused(fields.error());
  engine::ReloadOptions options{.plan = value_of(*fields, "plan"),
                                .only_if = value_of(*fields, "if")};
  auto reloaded = co_await engine_.reload(asked.by, std::move(options));
  if (!reloaded) co_return refused(reloaded.error());
  co_return good(reload_document(*reloaded));
}

asio::awaitable<Reply> Routes::texts(Asked) {
  co_return good(texts_document(engine_.texts_in_force()));
}

asio::awaitable<Reply> Routes::diff(Asked asked) {
  auto edited = parse_edited_request(asked.body);
  if (!edited) co_return refused(edited.error());
  auto difference = co_await engine_.diff(std::move(*edited));
  if (!difference) co_return refused(difference.error());
  co_return good(difference_document(*difference));
}

asio::awaitable<Reply> Routes::send_test(Asked asked) {
  auto fields = parse_fields(asked.body, {"plan", "unit", "show"}, {"unit"});
  if (!fields) co_return refused(fields.error());
  auto plans = timetables();
  auto found = find_unit(plans, value_of(*fields, "plan"), (*fields)["unit"]);
  if (!found) co_return refused(found.error());
  if (value_of(*fields, "show") == "request") {
    auto shown = sender_.show_test(found->timetable->plan().id, found->unit);
    co_return shown ? good(shown_document(*shown)) : refused(shown.error());
  }
  auto sent = co_await sender_.send_test(found->timetable->plan().id, found->unit, asked.by);
  if (!sent) co_return refused(sent.error());
  co_return good(sent_document(*sent));
}

asio::awaitable<Reply> Routes::backup(Asked) {
  auto file = co_await engine_.backup();
  if (!file) co_return refused(file.error());
  co_return Reply{.status = 200, .body = {}, .file = std::move(*file)};
}

asio::awaitable<Reply> Routes::accept_clock(Asked asked) {
  auto fields = parse_fields(asked.body, {}, {});
  if (!fields) co_return refused(fields.error());
  auto done = co_await engine_.accept_clock(asked.by);
  if (!done) co_return refused(done.error());
  co_return good(done_document());
}

}  // namespace duban::control
