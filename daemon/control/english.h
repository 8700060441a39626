#pragma once
// An explanation in English, plain and short. Names of duties and units are the plan's own.
// Internal to control.

#include "base/english_names.h"
#include "control/language.h"
#include "control/walk_words.h"

namespace duban::control {

/// `waits for check` for `waits-for-check`.
std::string words_of(std::string_view word);

class English final : public Language {
 public:
  using Language::Language;

  std::string label(Label label) const override;
  std::string title(const engine::NoticePart& notice) const override;
  std::string why(const engine::ItemPart& item) const override;
  std::string item(const engine::ItemPart& item) const override;
  std::string waited(Reason reason, const engine::NoticePart& notice) const override;
  std::string route(const engine::RoutePart& route) const override;
  std::string together(const engine::NoticePart& notice) const override;
  std::string attempt(std::size_t number, const ledger::AttemptView& attempt) const override;
  std::string ending(const engine::NoticePart& notice) const override;
  std::string other(const engine::OtherNotice& other) const override;
  std::string title(const engine::Page& page) const override;
  std::string stage(const engine::StageRow& row) const override;
  std::string pending(const engine::PendingRow& row) const override;
  std::string told(const engine::ToldRow& row) const override;
  std::string period(const engine::OtherPeriod& period) const override;
  std::string duty(const engine::DutyPart& duty) const override;
  std::string due(const engine::PeriodPart& period) const override;
  std::string step(const calendar::Step& step) const override;
  std::string walked(const std::vector<calendar::Stride>& strides) const override {
    return walk_in_english(strides);
  }
  std::string counted(const calendar::StageCount& count) const override;
  std::string moved(const engine::StagePart& stage) const override;
  std::string fact(const schedule::Fact& fact) const override;
  std::string text(const engine::TextInForce& text) const override;

 private:
  std::string day(Day day) const { return english_weekday(day, page().year); }
  std::string when(Instant at) const override;
  std::string named(const calendar::NamedDay& day) const;
  std::string own_step(const calendar::Step& step) const;
  std::string happened(const schedule::Fact& fact) const;
  /// Without who recorded it, and when.
  std::string brief(const schedule::Fact& fact) const;
  std::string entered(const schedule::Fact& fact) const;
  std::string why_not(const engine::StageRow& row) const;
  std::string standing(const engine::AssignmentPart& part) const;
  /// By which word or silence it is accepted or will be; empty without any.
  std::string acceptance(const engine::AssignmentPart& part) const;
};

}  // namespace duban::control
