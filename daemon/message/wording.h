#pragma once
// What the messages of one language say by themselves, beside the templates: dates, names of what
// duban knows, and the short phrases that stand between them. Internal to message.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/phrase.h"
#include "base/states.h"
#include "base/time.h"
#include "base/tongue.h"
#include "message/words.h"
#include "plan/plan.h"
#include "schedule/outcome.h"

namespace duban::message {

/// A phrase with places for its values; that it asks for no more is seen when it is compiled.
template <class... Values>
class Phrase {
 public:
  template <std::size_t size>
  consteval Phrase(const char (&text)[size]) : text_(text) {
    if (places_in(text_) > sizeof...(Values)) throw "more places than values";
  }
  std::string operator()(const Values&... values) const {
    return filled(text_, std::array<std::string, sizeof...(Values)>{said(values)...});
  }

 private:
  static std::string said(std::string_view text) { return std::string{text}; }
  static std::string said(std::size_t number) { return std::to_string(number); }

  std::string_view text_;
};

/// A phrase with a number in it; one for 1 and another for any other number, where they differ.
class Counted {
 public:
  template <std::size_t size>
  consteval Counted(const char (&text)[size]) : one_(text), more_(text) {}
  template <std::size_t size, std::size_t longer>
  consteval Counted(const char (&one)[size], const char (&more)[longer])
      : one_(one), more_(more) {}
  std::string operator()(std::size_t count) const { return (count == 1 ? one_ : more_)(count); }

 private:
  Phrase<std::size_t> one_, more_;
};

using One = Phrase<std::string>;
using Two = Phrase<std::string, std::string>;

/// Everything that is the same sentence in each language. One table a language, in its own file.
struct Phrases {
  /// Between the entries of a list; `(…)` after a name; `“…”`.
  std::string_view comma;
  One bracketed, quoted;

  // Of dates.
  std::string_view no_date, provisional, today;
  One by, today_at, same_day;
  Two between;
  /// How long there is left.
  std::string_view is_past, is_today;
  Counted working_days_left, days_left;
  /// What is dated later, and within what; so many more of a duty.
  std::string_view undated;
  One undated_within;
  Counted also_undated, periods;
  /// Dates that share an hour.
  Two all_at;

  // Of who and what.
  std::string_view please, you, our_office, lead_units, all_units;
  /// Somebody at a unit; its leader, whose name is not known.
  Two person_of;
  One leader_of;
  /// The first of some units, how many they are, how many others.
  Phrase<std::string, std::size_t, std::size_t> and_others;
  One leads, milestone, action;
  /// A clause and the name of its task.
  Two of_clause;
  /// How many where all are alike, and how many beside the first where they are not.
  Counted alike, others;
  std::string_view reassigned, removed;

  // Of the office's list.
  Counted missing, by_hand, decisions, told;
  std::string_view between_counts, between_tries;
  /// A day and why; a day and what was said; a unit and what it is left alone with.
  Two not_delivered, called, silenced;
  /// Between a duty and the stages of it.
  std::string_view between_words;
  Phrase<std::size_t, std::string> tally;
  Phrase<std::string_view, std::size_t> outcome;
  /// By schedule::Outcome.
  std::array<std::string_view, schedule::outcomes> outcomes;

  // What stands in a command for what people fill in.
  std::string_view unit_word, reason_word, date_word, hour_word, folder_word, file_word,
      number_word;
};

class Wording {
 public:
  explicit Wording(const Phrases& phrases) : phrases_(phrases) {}
  virtual ~Wording() = default;
  const Phrases& say() const { return phrases_; }

  /// `5月25日`, `25 May`; with the year where it is not `year`.
  virtual std::string day(Day day, int year) const = 0;
  /// `5月25日(周三)`, `Wed 25 May`.
  virtual std::string weekday(Day day, int year) const = 0;
  /// Of the month of the period that is spoken of: `25日`, `25 May`.
  virtual std::string day_in_month(Day day, int year) const = 0;
  /// `5月内`, `in May`.
  virtual std::string within_month(Day day) const = 0;
  /// What a duty is called with its period: `5月月调度表`, `May table`.
  virtual std::string with_period(std::string_view period, int year,
                                  const std::string& name) const = 0;
  /// How a unit is spoken to, and asked.
  virtual std::string you(const plan::Unit& unit, std::string_view name) const = 0;
  virtual std::string please(const plan::Unit& unit) const = 0;
  /// What is done with a duty, a milestone, an action: 报, 完成, 办结; submit, complete, close.
  virtual std::string verb(plan::Origin origin) const = 0;
  virtual std::string stage(StageKind kind) const = 0;
  virtual std::string reason(Reason reason) const = 0;
  /// As met_words.
  virtual Met met(std::string_view code, std::string_view period, std::size_t count) const = 0;

  /// A day with an hour: `5月26日14:00`, `26 May 14:00`.
  std::string moment(Civil at, int year) const;
  std::string weekday_moment(Civil at, int year) const;
  /// A due time; without its hour where that is the end of a day, 待定 when absent.
  std::string due(std::optional<Civil> at, bool has_hour, bool provisional, int year) const;
  void append(std::string& list, std::string_view entry) const;

 protected:
  /// What stands between a day and its hour.
  virtual std::string_view before_hour() const = 0;

 private:
  const Phrases& phrases_;
};

/// Live as long as the program; may be shared between threads.
const Wording& wording_of(Tongue tongue);
const Wording& chinese_wording();
const Wording& english_wording();

}  // namespace duban::message
