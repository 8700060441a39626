#pragma once
// Makes one text of a template and its partials, as the library wants it.

#include <map>
#include <string>

namespace duban::message {

/// Template texts by file name (`notice.mustache`).
using Templates = std::map<std::string, std::string>;

/// The text of a template with its partials in place. A line that holds nothing but one tag of a
/// section, or a comment, is no line of the message; a line that is one whole section stays or goes
/// with it. A partial that is not there, or too deep, is left out (the check says so beforehand).
std::string expand(const std::string& file, const Templates& templates);

}  // namespace duban::message
