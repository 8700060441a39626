#pragma once
// Reading the daemon's documents for the screen: what is missing or of another type reads as empty.
// Internal to ctl: its .cpp files that print documents include Boost.JSON.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace boost::json {
// NOLINTBEGIN(readability-identifier-naming): their names.
class array;
class object;
class value;
// NOLINTEND(readability-identifier-naming)
}  // namespace boost::json

namespace duban::ctl {

std::string text_in(const boost::json::object& object, std::string_view key);
std::vector<std::string> texts_in(const boost::json::object& object, std::string_view key);
bool flag_in(const boost::json::object& object, std::string_view key);
std::int64_t number_in(const boost::json::object& object, std::string_view key);
/// An object in an object; empty when there is none.
boost::json::object object_in(const boost::json::object& object, std::string_view key);
/// The objects of a list in an object.
boost::json::array objects_in(const boost::json::object& object, std::string_view key);
/// The document as an object; empty when it is none.
boost::json::object object_of(const std::string& document);
/// The objects of a document's one list.
boost::json::array list_of(const std::string& document, std::string_view key);

/// Those of a document's `diagnostics`.
Diagnostics diagnostics_in(const boost::json::object& object);

}  // namespace duban::ctl
