#pragma once
// Makes one text of a template and its partials, to be read once.

#include <map>
#include <string>

namespace duban::message {

/// Template texts by file name (`notice.mustache`).
using Templates = std::map<std::string, std::string>;

/// Stands for a line that is empty in the template and is to stay so.
inline constexpr char blank_line_mark = '\x01';

/// The text of a template with its partials in place. A line that holds nothing but one tag of a
/// section, or a comment, is no line of the message; a line that is one whole section stays or goes
/// with it; an empty line is marked. A partial that is not there, or too deep, is left out (the
/// check says so beforehand).
std::string expand(const std::string& file, const Templates& templates);

}  // namespace duban::message
