#include "message/wording.h"

#include <algorithm>

namespace duban::message {

std::string Wording::moment(Civil at, int year) const {
  auto out = day(day_of(at), year);
  out += before_hour();
  return out += hour_words(time_of(at));
}

std::string Wording::weekday_moment(Civil at, int year) const {
  auto out = weekday(day_of(at), year);
  out += before_hour();
  return out += hour_words(time_of(at));
}

std::string Wording::due(std::optional<Civil> at, bool has_hour, bool provisional,
                         int year) const {
  if (!at) return std::string{phrases_.no_date};
  auto out = has_hour ? weekday_moment(*at, year) : weekday(day_of(*at), year);
  if (provisional) out += phrases_.provisional;
  return out;
}

void Wording::append(std::string& list, std::string_view entry) const {
  if (!list.empty()) list += phrases_.comma;
  list += entry;
}

const Wording& wording_of(Tongue tongue) {
  return tongue == Tongue::english ? english_wording() : chinese_wording();
}

}  // namespace duban::message
