#include "ctl/json_reading.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace duban::ctl {

namespace json = boost::json;

namespace {

const json::value* find(const json::object& object, std::string_view key) {
  return object.if_contains(json::string_view{key.data(), key.size()});
}

}  // namespace

std::string text_in(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::vector<std::string> texts_in(const json::object& object, std::string_view key) {
  std::vector<std::string> texts;
  const auto* value = find(object, key);
  if (value == nullptr || !value->is_array()) return texts;
  for (const auto& element : value->get_array()) {
    if (element.is_string()) texts.emplace_back(element.get_string());
  }
  return texts;
}

bool flag_in(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::int64_t number_in(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  json::error_code error;
  auto number = value == nullptr ? 0 : value->to_number<std::int64_t>(error);
  return error ? 0 : number;
}

json::object object_in(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  return value != nullptr && value->is_object() ? value->get_object() : json::object{};
}

json::array objects_in(const json::object& object, std::string_view key) {
  json::array objects;
  const auto* value = find(object, key);
  if (value == nullptr || !value->is_array()) return objects;
  for (const auto& element : value->get_array()) {
    if (element.is_object()) objects.push_back(element);
  }
  return objects;
}

json::object object_of(const std::string& document) {
  json::error_code error;
  auto value = json::parse(document, error);
  return !error && value.is_object() ? std::move(value.get_object()) : json::object{};
}

json::array list_of(const std::string& document, std::string_view key) {
  return objects_in(object_of(document), key);
}

Diagnostics diagnostics_in(const json::object& object) {
  Diagnostics diagnostics;
  for (const auto& one : objects_in(object, "diagnostics")) {
    const auto& each = one.as_object();
    auto severity = text_in(each, "severity") == "error" ? Severity::error : Severity::warning;
    diagnostics.push_back({severity,
                           {text_in(each, "file"), static_cast<unsigned>(number_in(each, "line")),
                            static_cast<unsigned>(number_in(each, "column"))},
                           text_in(each, "code"),
                           alike(text_in(each, "message")),
                           alike(text_in(each, "mend"))});
  }
  return diagnostics;
}

}  // namespace duban::ctl
