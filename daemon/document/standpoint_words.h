#pragma once
// Days and units as a document of a standpoint says them.

#include <string>
#include <string_view>

#include "document/standpoint.h"
#include "message/words.h"

namespace duban::document {

/// `6月30日`.
inline std::string day_words(const Standpoint& standpoint, Instant at) {
  return message::day_words(standpoint.zone().day_of(at), standpoint.plan().year);
}

/// By the name that it bears on the standpoint's day.
inline std::string unit_name(const Standpoint& standpoint, std::string_view id) {
  return standpoint.plan().name_of(id, standpoint.today());
}

}  // namespace duban::document
