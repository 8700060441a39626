#include "control/pages.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>

#include "base/digest.h"
#include "base/limits.h"
#include "control/document_request.h"
#include "control/notices_page.h"
#include "control/own_host.h"
#include "control/page_parts.h"
#include "control/report_page.h"
#include "control/today_page.h"
#include "message/web_page.h"

namespace duban::control {

namespace asio = boost::asio;

using engine::Refusal;

struct Pages::Page {
  std::string_view path;
  Handler handler;
};

namespace {

std::vector<std::pair<std::string, std::string>> headers_of(const std::string& body) {
  return {{"Content-Security-Policy", content_policy(body)},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

// A name that is not ASCII, by RFC 8187.
std::string attachment_header(std::string_view name) {
  std::string encoded;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return "attachment; filename*=UTF-8''" + encoded;
}

// When not even a page of ours can say it.
Reply plain(unsigned status, const std::string& message) {
  return {.status = status,
          .body = message,
          .type = "text/plain; charset=utf-8",
          .headers = headers_of("")};
}

}  // namespace

std::string content_policy(std::string_view page) {
  constexpr std::string_view opens = "<style>", closes = "</style>";
  std::string digests;
  for (auto at = page.find(opens); at != std::string_view::npos; at = page.find(opens, at)) {
    at += opens.size();
    auto end = page.find(closes, at);
    if (end == std::string_view::npos) break;
    auto digest = sha256(page.substr(at, end - at));
    digests +=
        fmt::format(" 'sha256-{}'",
                    encode_base64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  }
  return fmt::format(
      "default-src 'none'; style-src{}; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      digests.empty() ? " 'none'" : digests);
}

bool Pages::is_ours(std::string_view host) const {
  auto is_name = [&](std::string_view known) { return is_same_name(without_port(host), known); };
  return is_own_host(host) || std::ranges::any_of(settings_.hosts, is_name);
}

// A proxy may leave the base in the path, or take it away.
std::string_view Pages::without_base(std::string_view path) const {
  const auto& base = settings_.base;
  if (base.empty() || !path.starts_with(base)) return path;
  auto rest = path.substr(base.size());
  if (rest.empty()) return "/";
  return rest.starts_with('/') ? rest : path;
}

template <class View>
Reply Pages::shown(View view, const char* title, unsigned status) const {
  const auto& templates = engine_.templates();
  if (!message::missing_web_templates(templates).empty()) {
    return plain(503, "网页的模板不全,请运行 dubanctl check");
  }
  view.title = title;
  view.base = settings_.base;
  view.pretended = engine_.is_pretended();
  if (auto plans = engine_.plans(); !plans.empty()) {
    const auto& first = plans.front()->timetable();
    view.office = first.plan().office.name;
    auto now = moment_of(engine_.now(), first.zone(), first.plan().year);
    view.as_of = now.words;
    view.as_of_time = now.machine;
  }
  auto body = message::web_page(templates, view);
  auto headers = headers_of(body);
  return {.status = status,
          .body = std::move(body),
          .type = "text/html; charset=utf-8",
          .headers = std::move(headers)};
}

Reply Pages::wrong(unsigned status, std::string message, std::string advice) const {
  message::WebWrong view;
  view.message = std::move(message);
  view.advice = std::move(advice);
  return shown(std::move(view), "看不了这一页", status);
}

Reply Pages::wrong(unsigned status, const Refusal& refusal) const {
  return wrong(status, refusal.message.chinese, refusal.mend.chinese);
}

Reply Pages::refuse(const Refusal& refusal) const {
  return wrong(refusal.code == "too-large" ? 413 : 400, refusal);
}

asio::awaitable<Reply> Pages::answer(Request request) {
  static constexpr std::array pages{Page{"/", &Pages::today}, Page{"/status", &Pages::status},
                                    Page{"/report", &Pages::report},
                                    Page{"/document", &Pages::document},
                                    Page{"/notices", &Pages::notices}};
  if (!is_ours(request.host)) {
    // Whoever it is learns not even whose pages these are.
    co_return plain(
        421, "这里不认得浏览器要的主机名。反向代理用的名称写进 duband.toml 的 [page] hosts。");
  }
  if (request.method != "GET" && request.method != "HEAD") {
    auto reply = wrong(405, "这里只能看,不能改", "要登记、放行,用 dubanctl");
    reply.headers.emplace_back("Allow", "GET, HEAD");
    co_return reply;
  }
  std::string_view target{request.target};
  auto path = without_base(target.substr(0, target.find('?')));
  auto found = std::ranges::find(pages, path, &Page::path);
  if (found == pages.end()) co_return wrong(404, "没有这一页", "从上面几页里选");
  auto parsed = parse_target(request.target);
  co_return co_await (this->*found->handler)(parsed ? std::move(parsed->query) : Fields{});
}

asio::awaitable<Reply> Pages::today(Fields) {
  auto status = co_await engine_.status();
  if (!status) co_return wrong(503, status.error());
  Today today{.now = engine_.now(), .lists = {}, .status = std::move(*status), .week = {}};
  auto runs = engine_.plans();
  for (const auto* run : runs) {
    auto list = run->today(today.now);
    today.lists.push_back({std::move(list.words.subject), std::move(list.words.text),
                           list.list.empty()});
    auto first = run->timetable().zone().day_of(today.now);
    engine::AgendaFilter filter{.from = first, .to = first + std::chrono::days{limits::page_days}};
    auto rows = engine::agenda(run->timetable(), run->record(), today.now, filter);
    std::ranges::move(rows, std::back_inserter(today.week));
  }
  auto view = today_page(today, timetables_of(runs));
  view.on_today = true;
  co_return shown(std::move(view), "今日");
}

asio::awaitable<Reply> Pages::status(Fields) {
  auto status = co_await engine_.status();
  if (!status) co_return wrong(503, status.error());
  auto runs = engine_.plans();
  auto plans = timetables_of(runs);
  message::WebStatus view;
  static_cast<message::WebHealth&>(view) = health_of(*status, plans);
  for (const auto& one : status->plans) {
    const auto* plan = timetable_of(plans, one.id);
    if (plan == nullptr) continue;
    auto at = [&](const std::optional<Instant>& time) {
      return moment_of(time, plan->zone(), plan->plan().year);
    };
    auto looked = at(one.cursor), next = at(one.next), audited = at(one.audited_at);
    view.plans.push_back({plan->plan().title, looked.words, looked.machine, next.words,
                          next.machine, audited.words, audited.machine});
    auto since = at(status->since);
    view.since = since.words;
    view.since_time = since.machine;
  }
  view.on_status = true;
  co_return shown(std::move(view), "运行情况");
}

asio::awaitable<Reply> Pages::report(Fields) {
  auto runs = engine_.plans();
  auto view = report_page(runs, engine_.now());
  view.on_report = true;
  co_return shown(std::move(view), "文件");
}

asio::awaitable<Reply> Pages::document(Fields query) {
  query.try_emplace("type", "html");
  auto request = document_request(query, engine_.plans(), engine_.now());
  if (!request) co_return wrong(404, request.error().message.chinese, "从“文件”那一页里选");
  auto written = co_await engine_.document(request->order);
  if (!written) co_return wrong(503, written.error());
  auto& file = written->file;
  auto headers = headers_of(file.type.starts_with("text/html") ? file.bytes : std::string{});
  if (request->order.type != document::FileType::html) {
    headers.emplace_back("Content-Disposition", attachment_header(file.name));
  }
  co_return Reply{.status = 200,
                  .body = std::move(file.bytes),
                  .type = std::move(file.type),
                  .headers = std::move(headers)};
}

asio::awaitable<Reply> Pages::notices(Fields) {
  auto since = engine_.now() - std::chrono::days{limits::page_days};
  auto sent = co_await engine_.notices({.since = since, .limit = limits::page_rows + 1});
  if (!sent) co_return wrong(503, sent.error());
  auto runs = engine_.plans();
  auto view = notices_page(std::move(*sent), timetables_of(runs));
  view.on_notices = true;
  co_return shown(std::move(view), "通知");
}

}  // namespace duban::control
