#include "base/line_fields.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace duban {
namespace {

// Of a thread, since a sink is called on the thread that logs.
thread_local const LineFields* current = nullptr;

void put(std::string& words, const char* name, const std::string& value) {
  if (!value.empty()) words += fmt::format(" {}={}", name, value);
}

std::string first_units(const std::vector<std::string>& units) {
  std::string words;
  for (std::size_t i = 0; i < units.size() && i < limits::logged_units; ++i) {
    words += (i == 0 ? "" : ",") + units[i];
  }
  if (units.size() > limits::logged_units) {
    words += fmt::format(",+{}", units.size() - limits::logged_units);
  }
  return words;
}

}  // namespace

const LineFields* line_fields() { return current; }

LineScope::LineScope(const LineFields& fields) : before_(current) { current = &fields; }
LineScope::~LineScope() { current = before_; }

std::string fields_in_words(const LineFields& fields) {
  std::string words;
  put(words, "plan", fields.plan);
  put(words, "unit", first_units(fields.units));
  put(words, "notice", fields.notice);
  put(words, "channel", fields.channel);
  put(words, "outcome", fields.outcome);
  put(words, "reason", fields.reason);
  return words;
}

std::vector<std::string> journal_fields(const LineFields& fields) {
  std::vector<std::string> all;
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) all.push_back(fmt::format("DUBAN_{}={}", name, value));
  };
  add("PLAN", fields.plan);
  for (const auto& unit : fields.units) add("UNIT", unit);
  add("NOTICE", fields.notice);
  add("CHANNEL", fields.channel);
  add("OUTCOME", fields.outcome);
  add("REASON", fields.reason);
  return all;
}

}  // namespace duban
