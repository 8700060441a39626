#pragma once
// Lamps stand on tasks, never on units: a word, its colour, and when it applies. Plan data: places
// differ in what their colours mean.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/states.h"
#include "base/time.h"

namespace duban::plan {

enum class Colour { green, blue, yellow, orange, red, grey };

/// `3..30`, `31..`, `..3`: whole numbers, both ends included; an absent end is open.
struct NumberSpan {
  std::optional<int> from, to;
  bool contains(int number) const {
    return (!from || *from <= number) && (!to || number <= *to);
  }
  bool operator==(const NumberSpan&) const = default;
};

/// All that is written here must hold. What a task lacks (a milestone, a date) fulfils nothing that
/// asks about it.
struct LampCondition {
  /// It has a dated milestone, or has none.
  std::optional<bool> milestone;
  /// Its milestones are done, all of them; or not.
  std::optional<bool> done;
  /// An approved extension stands.
  std::optional<bool> extended;
  /// Days to its next milestone (0 on the day itself), and days behind the earliest that is open.
  std::optional<NumberSpan> left, behind;
  /// How often it was given a new date, and how many written reminders were sent.
  std::optional<NumberSpan> moved, reminders;
  /// What its reporter said of it last: any of these.
  std::vector<RowState> reported;
  /// The office has set this lamp by hand.
  bool by_hand = false;
  /// Only these tasks.
  std::vector<std::string> tasks;
};

struct Lamp {
  /// Never colour alone: unlike every other lamp's of the plan.
  std::string word;
  Colour colour = Colour::grey;
  /// It applies where any of these does; none: always (only the last lamp of a plan).
  std::vector<LampCondition> when;
  /// What is set by hand holds to the end of the month it was set in.
  bool by_month = false;
  Place place;
};

/// What applies where a plan has no lamps: 灰 等上级 (by hand), 红 滞后超过30日, 黄 滞后,
/// 绿 按序时, and 灰 未定节点 for the rest. Who is more than 30 days behind and was never reminded
/// in writing, or has an extension, stays yellow.
std::vector<Lamp> usual_lamps();
/// 灰 未定节点, always: what stands where no other lamp applies.
Lamp last_lamp();
/// When it applies, as an office reads it: `滞后31日以上、无批准延期、已书面提醒`.
std::string lamp_rule(const Lamp& lamp);

/// `green`, and 绿.
std::string_view to_word(Colour colour);
std::string_view colour_name(Colour colour);
/// `31..`, as the plan's file has it.
std::string format_span(const NumberSpan& span);

}  // namespace duban::plan
