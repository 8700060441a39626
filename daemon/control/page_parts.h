#pragma once
// What several of the office's pages show: times, names, how duban does. Pure. Internal to control.

#include <optional>
#include <string>

#include "control/names.h"
#include "message/web_view.h"

namespace duban::control {

/// A time in words, and for `<time datetime>`.
struct Moment {
  std::string words, machine;
};
/// `5月25日(周三)17:00`; the end of a day without its hour, the year where it is not `year`.
Moment moment_of(Instant at, const calendar::Zone& zone, int year);
/// `—` where there is none.
Moment moment_of(const std::optional<Instant>& at, const calendar::Zone& zone, int year);

/// The plan of that id, or null.
const schedule::Timetable* timetable_of(Timetables plans, const std::string& id);
/// Where several plans run: `<title>:` before what is said of one. Else nothing.
std::string plan_prefix(Timetables plans, const schedule::Timetable& plan);

/// Problems, silences, and what is on its way.
message::WebHealth health_of(const engine::Status& status, Timetables plans);

}  // namespace duban::control
