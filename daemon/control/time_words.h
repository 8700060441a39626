#pragma once
// Times as people type them in commands, in the plan's zone. Pure.

#include <expected>
#include <string_view>

#include "calendar/zone.h"
#include "engine/engine.h"

namespace duban::control {

/// When something happened: `16:40` (today), `05-25 16:40` (this year), `2022-05-25 16:40`, RFC
/// 3339; a day without an hour is its end, or now when it is today. What is not yet past is
/// refused.
std::expected<Instant, engine::Refusal> read_past(std::string_view text, Instant now,
                                                  const calendar::Zone& zone);
/// Until when something is put off: the same words; a day without an hour is its end. What is past
/// is refused.
std::expected<Instant, engine::Refusal> read_coming(std::string_view text, Instant now,
                                                    const calendar::Zone& zone);
/// From when something holds: the same words; a day without an hour is its beginning, or now when
/// it is today. What is past is refused.
std::expected<Instant, engine::Refusal> read_beginning(std::string_view text, Instant now,
                                                       const calendar::Zone& zone);
/// A day: `05-25` (this year) or `2022-05-25`.
std::expected<Day, engine::Refusal> read_day(std::string_view text, int year);

}  // namespace duban::control
