#pragma once
// The sentences of an explanation, once for each language. What is shown, and in which order, is
// explain_text.cpp's alone. Internal to control.

#include <memory>
#include <string>
#include <string_view>

#include "engine/explain.h"

namespace duban::control {

/// What stands before the lines of a part.
enum class Label {
  why, duty, due, what, cause, waited, route, together, tries, ending, before, after, text,
  stages, pending, told, others
};

class Language {
 public:
  /// Refers to the page, which must outlive it.
  explicit Language(const engine::Page& page) : page_(page) {}
  virtual ~Language() = default;
  virtual std::string label(Label label) const = 0;

  // Of a notice.

  virtual std::string title(const engine::NoticePart& notice) const = 0;
  /// Why it was told, in a line.
  virtual std::string why(const engine::ItemPart& item) const = 0;
  /// Who was told what, and when.
  virtual std::string item(const engine::ItemPart& item) const = 0;
  virtual std::string waited(Reason reason, const engine::NoticePart& notice) const = 0;
  virtual std::string route(const engine::RoutePart& route) const = 0;
  virtual std::string together(const engine::NoticePart& notice) const = 0;
  virtual std::string attempt(std::size_t number, const ledger::AttemptView& attempt) const = 0;
  virtual std::string ending(const engine::NoticePart& notice) const = 0;
  /// The notice that it replaces, or that replaced it.
  virtual std::string other(const engine::OtherNotice& other) const = 0;

  // Of an assignment.

  virtual std::string title(const engine::Page& page) const = 0;
  virtual std::string stage(const engine::StageRow& row) const = 0;
  virtual std::string pending(const engine::PendingRow& row) const = 0;
  virtual std::string told(const engine::ToldRow& row) const = 0;
  virtual std::string period(const engine::OtherPeriod& period) const = 0;

  // Of both.

  virtual std::string duty(const engine::DutyPart& duty) const = 0;
  virtual std::string due(const engine::PeriodPart& period) const = 0;
  virtual std::string step(const calendar::Step& step) const = 0;
  /// Working days counted out: `-1wd 24日,-2wd 23日,-3wd 20日(21、22日周末)`.
  virtual std::string walked(const std::vector<calendar::Stride>& strides) const = 0;
  /// The same for a ladder's stage, with what it counts from.
  virtual std::string counted(const calendar::StageCount& count) const = 0;
  /// The stage is heard at another time than the ladder's.
  virtual std::string moved(const engine::StagePart& stage) const = 0;
  /// What happened, its number, when it was recorded, by whom.
  virtual std::string fact(const schedule::Fact& fact) const = 0;
  virtual std::string text(const engine::TextInForce& text) const = 0;

 protected:
  const engine::Page& page() const { return page_; }
  virtual std::string when(Instant at) const = 0;
  std::string when_or(std::optional<Instant> at, std::string_view absent) const {
    return at ? when(*at) : std::string{absent};
  }
  /// A duty's name; its id where the plan does not have it any more.
  std::string duty_name(const std::string& id) const;

 private:
  const engine::Page& page_;
};

/// Refer to the page, which must outlive them.
std::unique_ptr<Language> chinese(const engine::Page& page);
std::unique_ptr<Language> english(const engine::Page& page);

/// `sha256:3f2c9a0b1d4e`: enough of a digest to tell texts apart on a screen.
std::string short_digest(std::string_view digest);

}  // namespace duban::control
