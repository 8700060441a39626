#include "base/states.h"

namespace duban {
namespace {

template <class Set>
struct Words;

template <>
struct Words<NoticeState> {
  static constexpr std::array<std::string_view, 10> list{
      "drafted", "queued", "sending",   "retrying",
      "delivered", "bounced", "failed", "expired", "withdrawn", "superseded"};
};
template <>
struct Words<AttemptOutcome> {
  static constexpr std::array<std::string_view, 4> list{"delivered", "retry", "rejected",
                                                        "unknown"};
};
template <>
struct Words<ItemKind> {
  static constexpr std::array<std::string_view, 10> list{
      "stage",    "change", "gone", "correction", "answer",
      "handover", "start",  "list", "document",   "trouble"};
};
template <>
struct Words<Audience> {
  static constexpr std::array<std::string_view, 4> list{"liaison", "leader", "office", "party"};
};
template <>
struct Words<StageKind> {
  static constexpr std::array<std::string_view, 4> list{"remind", "due", "overdue", "escalate"};
};
template <>
struct Words<FactKind> {
  static constexpr std::array<std::string_view, 24> list{
      "received", "checked", "held",   "extended", "excused",      "released", "deferred",
      "voided",   "called",  "in-force", "out-of-force", "outage", "plan-text",
      "clock-accepted", "trouble", "silenced",
      "submitted", "accepted", "returned", "asked", "declined", "not-ours", "reassigned",
      "issued"};
};
template <>
struct Words<RowState> {
  static constexpr std::array<std::string_view, 5> list{"unsaid", "done", "on-track", "behind",
                                                        "undated"};
};
template <>
struct Words<Reason> {
  static constexpr std::array<std::string_view, 43> list{
      "none", "on-time", "late", "newly-known", "due-moved", "answered", "excused", "removed",
      "contact-changed", "waits-for-hours", "waits-for-check", "waits-for-release", "no-contact",
      "group-only", "before-the-beginning", "not-yet", "plan-over", "newer-stage", "sense-ended",
      "silenced", "storm",
      "asked", "disputed", "reassigned", "returned", "declined", "called", "time-spent",
      "accepted", "connect-failed", "resolve-failed", "tls-failed", "timed-out", "reply-lost",
      "reply-strange", "server-error", "rate-limited", "refused", "endpoint-gone", "bad-address",
      "bad-configuration", "tries-exhausted", "resent"};
};

template <class Set>
std::string_view word_of(Set member) {
  return Words<Set>::list.at(static_cast<std::size_t>(member));
}

}  // namespace

std::string_view to_word(NoticeState state) { return word_of(state); }
std::string_view to_word(AttemptOutcome outcome) { return word_of(outcome); }
std::string_view to_word(ItemKind kind) { return word_of(kind); }
std::string_view to_word(Audience audience) { return word_of(audience); }
std::string_view to_word(StageKind kind) { return word_of(kind); }
std::string_view to_word(FactKind kind) { return word_of(kind); }
std::string_view to_word(Reason reason) { return word_of(reason); }
std::string_view to_word(RowState state) { return word_of(state); }

template <class Set>
std::optional<Set> from_word(std::string_view word) {
  const auto& list = Words<Set>::list;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == word && !word.empty()) return static_cast<Set>(i);
  }
  return std::nullopt;
}

template std::optional<NoticeState> from_word(std::string_view);
template std::optional<AttemptOutcome> from_word(std::string_view);
template std::optional<ItemKind> from_word(std::string_view);
template std::optional<Audience> from_word(std::string_view);
template std::optional<StageKind> from_word(std::string_view);
template std::optional<FactKind> from_word(std::string_view);
template std::optional<Reason> from_word(std::string_view);
template std::optional<RowState> from_word(std::string_view);

}  // namespace duban
