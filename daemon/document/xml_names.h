#pragma once
// Elements by their names without prefixes: who writes `<x:row>` means the same as `<row>`.

#include <string_view>

namespace pugi {
class xml_document;  // NOLINT(readability-identifier-naming)
class xml_node;      // NOLINT(readability-identifier-naming)
}  // namespace pugi

namespace duban::document {

/// Well-formed XML. No document type is read, no entity but the five of XML and characters.
bool read_xml(pugi::xml_document& document, std::string_view text);
bool is_named(const pugi::xml_node& node, std::string_view name);
/// The first child of a name, or an empty node.
pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view name);
/// An attribute by its name without prefix; empty where there is none.
std::string_view attribute_named(const pugi::xml_node& node, std::string_view name);

}  // namespace duban::document
