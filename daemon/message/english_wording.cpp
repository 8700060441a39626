#include <fmt/format.h>

#include "base/english_names.h"
#include "message/wording.h"
#include "schedule/missing_calendar.h"

namespace duban::message {
namespace {

const Phrases phrases{
    .comma = ", ",
    .bracketed = " ({})",
    .quoted = "“{}”",
    .no_date = "not dated yet",
    .provisional = " (provisional)",
    .today = "today",
    .by = "by {}",
    .today_at = "today at {}",
    .same_day = "{} on that day",
    .between = "between {} and {}",
    .is_past = "past due",
    .is_today = "due today",
    .working_days_left = {"{} working day left", "{} working days left"},
    .days_left = {"{} day left", "{} days left"},
    .undated = "not dated yet, you will be told",
    .undated_within = "not dated yet ({}), you will be told",
    .also_undated = {"; one more ", "; {} more "},
    .periods = {" ({} date)", " ({} dates)"},
    .all_at = "by {}, each at {}",
    .please = "Please",
    .you = "you",
    .our_office = "our office",
    .lead_units = "the lead units",
    .all_units = "all units",
    .person_of = "{}, {}",
    .leader_of = "{}, leader in charge",
    .and_others = "{0} and {2} others",
    .leads = "{} (lead)",
    .milestone = "milestone “{}”",
    .action = "action “{}”",
    .of_clause = "{} {}",
    .alike = " ({} in all)",
    .others = " (and {} more)",
    .reassigned = "another unit has taken it over",
    .removed = "the plan has changed",
    .missing = "{} not in",
    .by_hand = "{} to tell by hand",
    .decisions = "{} to decide",
    .told = {"told once", "told {} times"},
    .between_counts = " | ",
    .between_tries = "; ",
    .not_delivered = "that of {} did not arrive: {}",
    .called = "called on {}: {}",
    .silenced = "{}: {}",
    .between_words = " ",
    .tally = "{} owed: {}",
    .outcome = "{1} {0}",
    .outcomes = {"on time", "late", "with more time", "excused", "not in"},
    .unit_word = "UNIT",
    .reason_word = "REASON",
    .date_word = "MM-DD",
    .hour_word = "HH:MM",
    .folder_word = "FOLDER",
    .file_word = "FILE",
    .number_word = "NUMBER",
};

std::string_view month_name(unsigned month) {
  constexpr std::array<std::string_view, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return month >= 1 && month <= months.size() ? months.at(month - 1) : std::string_view{};
}

// May, Q2, first-half, week 13: what stands before a name.
std::string within_year(std::string_view part) {
  if (part == "H1") return "first-half";
  if (part == "H2") return "second-half";
  if (part.starts_with('W')) return fmt::format("week {}", number_in(part.substr(1)));
  auto month = part.size() == 2 ? month_name(number_in(part)) : std::string_view{};
  return std::string{month.empty() ? part : month};
}

class English final : public Wording {
 public:
  English() : Wording(phrases) {}

  std::string day(Day day, int year) const override { return english_day(day, year); }
  std::string weekday(Day day, int year) const override { return english_weekday(day, year); }
  std::string day_in_month(Day day, int year) const override { return english_day(day, year); }
  std::string within_month(Day day) const override {
    return fmt::format("in {}", month_name(month_of(day)));
  }

  std::string with_period(std::string_view period, int year,
                          const std::string& name) const override {
    if (auto date = parse_day(period)) return day(*date, year) + " " + name;
    auto [named_year, within] = parts_of(period);
    std::string words;
    if (!within.empty()) words += within_year(within) + " ";
    if (named_year != year) words += fmt::format("{} ", named_year);
    return words + name;
  }

  std::string you(const plan::Unit& /*unit*/, std::string_view /*name*/) const override {
    return std::string{phrases.you};
  }
  // Whom the office cannot order is asked more softly.
  std::string please(const plan::Unit& unit) const override {
    return is_peer(unit) ? "Kindly" : std::string{phrases.please};
  }

  std::string verb(plan::Origin origin) const override {
    switch (origin) {
      case plan::Origin::duty: return "submit";
      case plan::Origin::milestone: return "complete";
      case plan::Origin::action: return "close";
    }
    return {};
  }

  std::string stage(StageKind kind) const override {
    switch (kind) {
      case StageKind::remind: return "reminders";
      case StageKind::due: return "notices of the day";
      case StageKind::overdue: return "overdue notices";
      case StageKind::escalate: return "letters to the leader";
    }
    return {};
  }

  std::string reason(Reason reason) const override {
    switch (reason) {
      case Reason::no_contact: return "no contact";
      case Reason::group_only: return "only a group chat, where this cannot be said";
      case Reason::connect_failed: return "cannot connect";
      case Reason::resolve_failed: return "the host name does not resolve";
      case Reason::tls_failed: return "the encrypted connection failed";
      case Reason::timed_out: return "no answer for a long time";
      case Reason::reply_lost: return "sent, but no answer came";
      case Reason::reply_strange: return "the answer cannot be read; it may have arrived";
      case Reason::server_error: return "an error of the receiver's server";
      case Reason::rate_limited: return "the receiver limits how often it can be sent to";
      case Reason::refused: return "refused by the receiver";
      case Reason::endpoint_gone: return "the address is no longer in use";
      case Reason::bad_address: return "the address is wrong";
      case Reason::bad_configuration: return "the channel is not set up rightly";
      case Reason::tries_exhausted: return "several tries have failed";
      case Reason::time_spent: return "not delivered within the time given";
      case Reason::sense_ended: return "not delivered before it was due";
      default: return "not delivered";
    }
  }

  Met met(std::string_view code, std::string_view period, std::size_t count) const override {
    if (code == "bad-files") {
      return {"The plan's files have mistakes; the edit has not taken effect and the text from "
              "before it still runs", "dubanctl check"};
    }
    if (code == "plan-folder-gone") {
      return {"The plan's folder is gone; the text from before still runs", "dubanctl status"};
    }
    if (code == "plan-not-running") {
      return {"A plan's files have mistakes and it does not run", "dubanctl status"};
    }
    if (code == "clock-step") {
      return {"This machine's clock jumped too far and nothing is sent; please check the time",
              "dubanctl clock accept"};
    }
    if (code == "audit-failed") {
      return {"The ledger is not what it should be; some unit may not have been told: please see "
              "which", "dubanctl status"};
    }
    if (code == "ledger-damaged") {
      return {"The ledger's file is damaged; please restore the last good backup soon, and delete "
              "no backup", "dubanctl ledger restore FILE"};
    }
    if (code == "step-refused") {
      return {"The ledger refuses one notice, which is not sent; all others are. This is a fault "
              "of the program: please hand its log to who maintains it", "dubanctl status"};
    }
    if (code == "return-unclear") {
      return {"Returned mail came in a form that is not known; please open the mailbox and see "
              "which unit did not get it", "dubanctl notices"};
    }
    if (code == schedule::storm_code) {
      return {fmt::format("{} changed, cancelled or late messages would go out at once; they are "
                          "held until you have looked", count), "dubanctl release storm"};
    }
    if (code == schedule::calendar_code) {
      return {fmt::format("The public holidays of {} are not in the work calendar yet; please "
                          "import them once they are published", period),
              "dubanctl calendar import FILE"};
    }
    return {};
  }

 protected:
  std::string_view before_hour() const override { return " "; }
};

}  // namespace

const Wording& english_wording() {
  static const English wording;
  return wording;
}

}  // namespace duban::message
