#include "document/xml_names.h"

#include <pugixml.hpp>

namespace duban::document {
namespace {

std::string_view without_prefix(std::string_view name) {
  auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

bool read_xml(pugi::xml_document& document, std::string_view text) {
  // parse_ws_pcdata_single: a cell may hold nothing but a blank, which <t> keeps.
  constexpr auto how = pugi::parse_default | pugi::parse_ws_pcdata_single;
  return static_cast<bool>(document.load_buffer(text.data(), text.size(), how));
}

bool is_named(const pugi::xml_node& node, std::string_view name) {
  return without_prefix(node.name()) == name;
}

pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view name) {
  for (auto node : parent.children()) {
    if (is_named(node, name)) return node;
  }
  return {};
}

std::string_view attribute_named(const pugi::xml_node& node, std::string_view name) {
  for (auto attribute : node.attributes()) {
    if (without_prefix(attribute.name()) == name) return attribute.value();
  }
  return {};
}

}  // namespace duban::document
