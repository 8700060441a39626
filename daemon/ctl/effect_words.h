#pragma once
// The words and numbers of an effect (see control/effect_document.h) that its screens share.
// Internal to ctl: names Boost.JSON.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boost::json {
// NOLINTNEXTLINE(readability-identifier-naming): their name.
class object;
}  // namespace boost::json

namespace duban::ctl {

/// `再告知` for told_again.
std::string_view change_words(std::string_view change);
/// How many items of a tally have this kind of change.
std::int64_t items_of(const boost::json::object& tally, std::string_view change);
/// The kinds of change that an effect has: only these get a column.
std::vector<std::string_view> kinds_in(const boost::json::object& effect);
/// `提醒` for a stage, else what the item tells.
std::string item_words(const boost::json::object& change);
/// `7月` for `2022-07`, with the year where it is not `year`.
std::string month_words(const std::string& month, int year);
/// `a → b`, or `a` where they are the same.
std::string from_to(const std::string& before, const std::string& after);
/// The same of {"before","after"}: times, and numbers.
std::string times(const boost::json::object& pair, int year);
std::string numbers(const boost::json::object& pair);

}  // namespace duban::ctl
