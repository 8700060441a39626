#pragma once
// How a text stands in another one. Pure.

#include <string>
#include <string_view>

namespace duban::message {

/// As it is, in HTML, inside a JSON string (RFC 8259; what is no control stays UTF-8), or
/// percent-encoded as a part of a URL or a form (RFC 3986).
enum class Escaping { none, html, json, percent };

void append_escaped(std::string& out, std::string_view text, Escaping escaping);
std::string escaped(std::string_view text, Escaping escaping);

}  // namespace duban::message
