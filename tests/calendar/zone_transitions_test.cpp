// Each transition of twelve zones from 1970 to 2037, against Python's reading of the same tzdata.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "calendar/zone.h"

namespace duban::calendar {
namespace {

// How many transitions each has at least: an oracle that finds none shows nothing.
const std::map<std::string, int> least_transitions{
    {"Asia/Shanghai", 12},         // summer time from 1986 to 1991
    {"Asia/Kathmandu", 1},         // by a quarter of an hour, 1986
    {"Asia/Pyongyang", 2},         // by half an hour there and back
    {"America/New_York", 130},     //
    {"America/St_Johns", 130},     // one minute past midnight; by two hours in 1988
    {"America/Sao_Paulo", 60},     // at midnight: a day that begins at one
    {"Europe/London", 130},        // summer time all winter until 1971
    {"Europe/Dublin", 130},        // where winter is the exception
    {"Africa/Casablanca", 80},     // off for the month of fasting
    {"Africa/Monrovia", 1},        // by 44 minutes and 30 seconds, 1972
    {"Australia/Lord_Howe", 110},  // by half an hour
    {"Pacific/Apia", 20},          // a day that never was
};

struct CloseCommand {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

std::string said_by(const std::string& command) {
  std::unique_ptr<std::FILE, CloseCommand> pipe{::popen(command.c_str(), "r")};
  std::string said;
  std::array<char, 4096> part{};
  while (pipe) {
    auto read = std::fread(part.data(), 1, part.size(), pipe.get());
    if (read == 0) break;
    said.append(part.data(), read);
  }
  return said;
}

Civil civil_of(const std::string& text) {
  // As if it were UTC: what is read is the clock's face.
  return Civil{parse_rfc3339(text + "Z").value().time_since_epoch()};
}

TEST(ZoneTransitions, OfTwelveZonesAreWherePythonSeesThem) {
  std::string command = "/usr/bin/python3 " DUBAN_SOURCE_DIR "/tests/calendar/zone_transitions.py "
                        "1970 " + std::to_string(Zone::last_year);
  for (const auto& [name, least] : least_transitions) command += " " + name;
  std::istringstream rows{said_by(command)};
  std::map<std::string, int> seen;
  std::string kind, name, civil;
  long seconds = 0;
  while (rows >> kind >> name >> civil >> seconds) {
    auto zone = Zone::find(name).value();
    Instant at{Seconds{seconds}};
    if (kind == "instant") {
      EXPECT_EQ(zone.to_instant(civil_of(civil)), at) << name << " " << civil;
    } else {
      EXPECT_EQ(zone.to_civil(at), civil_of(civil)) << name << " " << seconds;
      EXPECT_EQ(zone.offset_at(at), civil_of(civil).time_since_epoch() - at.time_since_epoch());
    }
    ++seen[name];
  }
  constexpr int rows_each = 9;
  for (const auto& [zone, least] : least_transitions) {
    EXPECT_GE(seen[zone], least * rows_each) << zone;
  }
  EXPECT_EQ(seen["Asia/Shanghai"], 12 * rows_each);
}

}  // namespace
}  // namespace duban::calendar
