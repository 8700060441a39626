#pragma once
// What the templates of the office's pages may name (web-*.html.mustache), as view.h says it of
// messages: plain structs, each with the one table of its names. Times come in pairs: in words, and
// as RFC 3339 for `<time datetime>`.

#include <concepts>
#include <string>
#include <tuple>
#include <vector>

#include "message/view.h"

namespace duban::message {

/// What stands around every page.
struct WebHead {
  std::string title;
  /// What stands before the pages' paths: `/duban`, or nothing.
  std::string base;
  std::string office;
  std::string as_of, as_of_time;
  /// Lived at a pretended time.
  bool pretended = false;
  /// Which page it is; one of them, or none.
  bool on_today = false, on_status = false, on_report = false, on_notices = false;
};

template <std::same_as<WebHead> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"title", &V::title},         Field{"base", &V::base},
                    Field{"office", &V::office},       Field{"as_of", &V::as_of},
                    Field{"as_of_time", &V::as_of_time}, Field{"pretended", &V::pretended},
                    Field{"on_today", &V::on_today},   Field{"on_status", &V::on_status},
                    Field{"on_report", &V::on_report}, Field{"on_notices", &V::on_notices}};
}

/// Something that is not well, and what mends it.
struct WebProblem {
  std::string problem, mend;
};

template <std::same_as<WebProblem> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"problem", &V::problem}, Field{"mend", &V::mend}};
}

struct WebPlan {
  std::string plan;
  std::string looked, looked_time;
  std::string next, next_time;
  std::string audited, audited_time;
};

template <std::same_as<WebPlan> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"plan", &V::plan},       Field{"looked", &V::looked},
                    Field{"looked_time", &V::looked_time}, Field{"next", &V::next},
                    Field{"next_time", &V::next_time}, Field{"audited", &V::audited},
                    Field{"audited_time", &V::audited_time}};
}

/// Who is left alone, and until when.
struct WebSilence {
  std::string muted, muted_why;
  std::string muted_from, muted_from_time;
  std::string muted_until, muted_until_time;
};

template <std::same_as<WebSilence> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"muted", &V::muted},
                    Field{"muted_why", &V::muted_why},
                    Field{"muted_from", &V::muted_from},
                    Field{"muted_from_time", &V::muted_from_time},
                    Field{"muted_until", &V::muted_until},
                    Field{"muted_until_time", &V::muted_until_time}};
}

/// How duban does: what both the day's page and `status` show.
struct WebHealth {
  bool well = false;
  std::string problem_count;
  std::vector<WebProblem> problems;
  std::string drafted, queued, retrying, failed;
  std::vector<WebSilence> silences;
};

template <std::same_as<WebHealth> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"well", &V::well},       Field{"problem_count", &V::problem_count},
                    Field{"problems", &V::problems}, Field{"drafted", &V::drafted},
                    Field{"queued", &V::queued},   Field{"retrying", &V::retrying},
                    Field{"failed", &V::failed},   Field{"silences", &V::silences}};
}

/// A point at which something is told.
struct WebStage {
  std::string hour, hour_time;
  /// `当日`, `5月月调度表`, `25日17:00`.
  std::string stage, matter, till, till_time;
  std::string audience, state;
  /// One unit's name; or how many, and their names.
  std::string who, who_count, who_all;
  bool provisional = false;
};

template <std::same_as<WebStage> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"hour", &V::hour},         Field{"hour_time", &V::hour_time},
                    Field{"stage", &V::stage},       Field{"matter", &V::matter},
                    Field{"till", &V::till},         Field{"till_time", &V::till_time},
                    Field{"audience", &V::audience}, Field{"state", &V::state},
                    Field{"who", &V::who},           Field{"who_count", &V::who_count},
                    Field{"who_all", &V::who_all},   Field{"provisional", &V::provisional}};
}

struct WebDay {
  std::string day, day_time;
  bool is_today = false;
  std::vector<WebStage> stages;
};

template <std::same_as<WebDay> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"day", &V::day}, Field{"day_time", &V::day_time},
                    Field{"is_today", &V::is_today}, Field{"stages", &V::stages}};
}

/// The office's list of a plan, as it stands: its message's subject and lines.
struct WebList {
  std::string list_title;
  bool nothing_to_do = false;
  std::vector<BlockView> blocks;
};

template <std::same_as<WebList> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"list_title", &V::list_title},
                    Field{"nothing_to_do", &V::nothing_to_do}, Field{"blocks", &V::blocks}};
}

/// web-today.html.mustache: the office's day.
struct WebToday : WebHead, WebHealth {
  std::vector<WebList> lists;
  std::vector<WebDay> days;
  /// How many stages were left off.
  std::string more_stages;
};

template <std::same_as<WebToday> V>
constexpr auto fields(const V*) {
  return std::tuple_cat(fields(static_cast<const WebHead*>(nullptr)),
                        fields(static_cast<const WebHealth*>(nullptr)),
                        std::tuple{Field{"lists", &V::lists}, Field{"days", &V::days},
                                   Field{"more_stages", &V::more_stages}});
}

/// web-status.html.mustache: how the daemon does.
struct WebStatus : WebHead, WebHealth {
  std::vector<WebPlan> plans;
  std::string since, since_time;
};

template <std::same_as<WebStatus> V>
constexpr auto fields(const V*) {
  return std::tuple_cat(fields(static_cast<const WebHead*>(nullptr)),
                        fields(static_cast<const WebHealth*>(nullptr)),
                        std::tuple{Field{"plans", &V::plans}, Field{"since", &V::since},
                                   Field{"since_time", &V::since_time}});
}

/// A paper of the office's own.
struct WebPaper {
  std::string paper, paper_clause;
  std::string paper_due, paper_due_time;
  /// `已办 5月30日16:00`.
  std::string standing, standing_time;
  bool open = false, overdue = false, paper_provisional = false;
  /// Where duban writes it and its draft is due by now: what the page of it is asked for with, and
  /// the ending of the file to edit.
  std::string draft, draft_type;
};

template <std::same_as<WebPaper> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"paper", &V::paper},
                    Field{"paper_clause", &V::paper_clause},
                    Field{"paper_due", &V::paper_due},
                    Field{"paper_due_time", &V::paper_due_time},
                    Field{"standing", &V::standing},
                    Field{"standing_time", &V::standing_time},
                    Field{"open", &V::open},
                    Field{"overdue", &V::overdue},
                    Field{"paper_provisional", &V::paper_provisional},
                    Field{"draft", &V::draft},
                    Field{"draft_type", &V::draft_type}};
}

struct WebShelf {
  std::string shelf;
  std::vector<WebPaper> papers;
};

template <std::same_as<WebShelf> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"shelf", &V::shelf}, Field{"papers", &V::papers}};
}

/// web-report.html.mustache: the documents, plan by plan.
struct WebReport : WebHead {
  std::vector<WebShelf> shelves;
};

template <std::same_as<WebReport> V>
constexpr auto fields(const V*) {
  return std::tuple_cat(fields(static_cast<const WebHead*>(nullptr)),
                        std::tuple{Field{"shelves", &V::shelves}});
}

/// What went out, without its text: what went to several at one time, and came to the same, is one.
struct WebNotice {
  std::string sent, sent_time;
  std::string subject, outcome;
  /// One receiver; or how many, and their names.
  std::string receiver, receiver_count, receiver_all;
  /// What hinders it, where it did not arrive.
  std::string hindrance;
  bool undelivered = false;
};

template <std::same_as<WebNotice> V>
constexpr auto fields(const V*) {
  return std::tuple{Field{"sent", &V::sent},           Field{"sent_time", &V::sent_time},
                    Field{"subject", &V::subject},     Field{"outcome", &V::outcome},
                    Field{"receiver", &V::receiver},
                    Field{"receiver_count", &V::receiver_count},
                    Field{"receiver_all", &V::receiver_all},
                    Field{"hindrance", &V::hindrance}, Field{"undelivered", &V::undelivered}};
}

/// web-notices.html.mustache: what went out in the last days, the newest first.
struct WebNotices : WebHead {
  std::string span_days, notice_count;
  /// Older ones were left off.
  bool more = false;
  std::vector<WebNotice> notices;
};

template <std::same_as<WebNotices> V>
constexpr auto fields(const V*) {
  return std::tuple_cat(fields(static_cast<const WebHead*>(nullptr)),
                        std::tuple{Field{"span_days", &V::span_days},
                                   Field{"notice_count", &V::notice_count},
                                   Field{"more", &V::more}, Field{"notices", &V::notices}});
}

/// web-wrong.html.mustache: why there is nothing to see.
struct WebWrong : WebHead {
  std::string message, advice;
};

template <std::same_as<WebWrong> V>
constexpr auto fields(const V*) {
  return std::tuple_cat(fields(static_cast<const WebHead*>(nullptr)),
                        std::tuple{Field{"message", &V::message}, Field{"advice", &V::advice}});
}

/// Each view with the template that shows it, for those who go through all of them.
template <class View>
inline constexpr const char* web_template = nullptr;
template <>
inline constexpr const char* web_template<WebToday> = "web-today.html.mustache";
template <>
inline constexpr const char* web_template<WebStatus> = "web-status.html.mustache";
template <>
inline constexpr const char* web_template<WebReport> = "web-report.html.mustache";
template <>
inline constexpr const char* web_template<WebNotices> = "web-notices.html.mustache";
template <>
inline constexpr const char* web_template<WebWrong> = "web-wrong.html.mustache";

/// Calls `each.operator()<View>()` for each.
template <class Each>
void for_each_web_view(Each each) {
  each.template operator()<WebToday>();
  each.template operator()<WebStatus>();
  each.template operator()<WebReport>();
  each.template operator()<WebNotices>();
  each.template operator()<WebWrong>();
}

}  // namespace duban::message
