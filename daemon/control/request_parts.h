#pragma once
// Pieces of a request, each bounded. Internal to control: names Boost.JSON, so only its .cpp files
// include it.

#include <string>
#include <string_view>
#include <vector>

#include "control/names.h"

namespace boost::json {
// NOLINTBEGIN(readability-identifier-naming): their names.
class object;
class value;
// NOLINTEND(readability-identifier-naming)
}  // namespace boost::json

namespace duban::control {

/// A JSON object with fields of these names only.
Found<boost::json::object> parse_object(std::string_view body,
                                        const std::vector<std::string>& allowed);
/// A field that is a text, or a list of texts; null is empty.
Found<std::string> text_of(const std::string& key, const boost::json::value& value);
Found<std::vector<std::string>> texts_of(const std::string& key, const boost::json::value& value);

}  // namespace duban::control
