#include "control/requests.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "control/request_parts.h"
#include "control/submission_request.h"
#include "document/secrecy.h"
#include "settings/report.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using engine::Refusal;
using Words = std::vector<std::string>;

std::unexpected<Refusal> bad(Bilingual message, Bilingual mend = {}) {
  return std::unexpected(Refusal{"bad-request", std::move(message), std::move(mend)});
}

// With nothing thrown, and no deeper than what is asked ever is.
std::optional<json::value> parse_body(std::string_view body, json::error_code& error) {
  json::parse_options options;
  options.max_depth = limits::request_depth;
  auto value = json::parse(json::string_view{body.data(), body.size()}, error, {}, options);
  return error ? std::nullopt : std::optional{std::move(value)};
}

}  // namespace

std::string plan_in_body(std::string_view body) {
  json::error_code error;
  auto value = parse_body(body, error);
  const auto* object = value ? value->if_object() : nullptr;
  const auto* plan = object ? object->if_contains("plan") : nullptr;
  return plan && plan->is_string() ? std::string{plan->get_string()} : std::string{};
}

Found<json::object> parse_object(std::string_view body, const Words& allowed) {
  json::error_code error;
  auto value = parse_body(body, error);
  if (!value) return bad(both("请求不是 JSON:{}", "the request is not JSON: {}", error.message()));
  if (!value->is_object()) {
    return bad({"请求应是一个 JSON 对象", "the request must be a JSON object"});
  }
  for (const auto& field : value->get_object()) {
    std::string key{field.key()};
    if (std::ranges::find(allowed, key) == allowed.end()) {
      return bad(both("请求里有不认识的字段{}", "the request has an unknown field {}",
                      settings::in_quotes(key)),
                 settings::suggest(key, allowed));
    }
  }
  return std::move(value->get_object());
}

Found<std::string> text_of(const std::string& key, const json::value& value) {
  if (value.is_null()) return std::string{};
  if (!value.is_string()) {
    return bad(both("字段{}应是一段文字", "the field {} must be a text", settings::in_quotes(key)));
  }
  std::string text{value.get_string()};
  if (text.size() > limits::request_field_bytes || !is_utf8_text(text)) {
    return bad(both("字段{}太长,或不是文字", "the field {} is too long, or is not text",
                    settings::in_quotes(key)));
  }
  return text;
}

Found<Words> texts_of(const std::string& key, const json::value& value) {
  if (value.is_null()) return Words{};
  if (!value.is_array()) {
    return bad(both("字段{}应是一个列表", "the field {} must be a list", settings::in_quotes(key)));
  }
  if (value.get_array().size() > limits::plan_entries) {
    return bad(both("字段{}太长", "the field {} is too long", settings::in_quotes(key)));
  }
  Words words;
  for (const auto& element : value.get_array()) {
    auto text = text_of(key, element);
    if (!text) return std::unexpected(text.error());
    words.push_back(std::move(*text));
  }
  return words;
}

namespace {

constexpr std::array recordable{
    FactKind::received, FactKind::checked,  FactKind::held,     FactKind::extended,
    FactKind::excused,  FactKind::voided,   FactKind::called,   FactKind::submitted,
    FactKind::accepted, FactKind::returned, FactKind::asked,    FactKind::declined,
    FactKind::not_ours, FactKind::reassigned, FactKind::issued};

Found<FactKind> kind_of(const std::string& word) {
  Words words;
  for (auto kind : recordable) {
    if (to_word(kind) == word) return kind;
    words.emplace_back(to_word(kind));
  }
  return bad(both("不能登记{}", "{} cannot be recorded", settings::in_quotes(word)),
             settings::suggest(word, words));
}

struct TextField {
  std::string_view key;
  std::string FactRequest::* member;
};
constexpr std::array<TextField, 10> text_fields{{{"plan", &FactRequest::plan},
                                                {"duty", &FactRequest::duty},
                                                {"period", &FactRequest::period},
                                                {"clause", &FactRequest::clause},
                                                {"at", &FactRequest::at},
                                                {"until", &FactRequest::until},
                                                {"note", &FactRequest::note},
                                                {"to", &FactRequest::to},
                                                {"number", &FactRequest::number},
                                                {"digest", &FactRequest::digest}}};

Words fact_fields() {
  Words fields{"kind", "units", "seq", "rows", "files"};
  for (const auto& field : text_fields) fields.emplace_back(field.key);
  return fields;
}

}  // namespace

Found<FactRequest> parse_fact_request(std::string_view body) {
  auto object = parse_object(body, fact_fields());
  if (!object) return std::unexpected(object.error());
  FactRequest request;
  for (const auto& field : text_fields) {
    const auto* value = object->if_contains(json::string_view{field.key.data(), field.key.size()});
    if (value == nullptr) continue;
    auto text = text_of(std::string{field.key}, *value);
    if (!text) return std::unexpected(text.error());
    request.*field.member = std::move(*text);
  }
  if (auto secret = refusal_of_mark(document::secrecy_mark_in(request.note))) {
    return std::unexpected(*secret);
  }
  const auto* kind = object->if_contains("kind");
  if (kind == nullptr || !kind->is_string()) {
    return bad({"没有写 kind:登记的是什么", "the request lacks kind: what is recorded"});
  }
  auto known = kind_of(std::string{kind->get_string()});
  if (!known) return std::unexpected(known.error());
  request.kind = *known;
  if (const auto* units = object->if_contains("units")) {
    auto words = texts_of("units", *units);
    if (!words) return std::unexpected(words.error());
    request.units = std::move(*words);
  }
  if (const auto* rows = object->if_contains("rows")) {
    auto taken = rows_of(*rows);
    if (!taken) return std::unexpected(taken.error());
    request.rows = std::move(*taken);
  }
  if (const auto* files = object->if_contains("files")) {
    auto taken = files_of(*files);
    if (!taken) return std::unexpected(taken.error());
    request.files = std::move(*taken);
  }
  const auto* seq = object->if_contains("seq");
  if (seq != nullptr && !seq->is_null()) {
    if (!seq->is_int64() || seq->get_int64() <= 0) {
      return bad({"seq 应是一个正整数", "seq must be a positive whole number"});
    }
    request.seq = seq->get_int64();
  }
  return request;
}

Found<Fields> parse_fields(std::string_view body, const Words& allowed, const Words& required) {
  Fields fields;
  if (!body.empty()) {
    auto object = parse_object(body, allowed);
    if (!object) return std::unexpected(object.error());
    for (const auto& field : *object) {
      std::string key{field.key()};
      auto text = text_of(key, field.value());
      if (!text) return std::unexpected(text.error());
      if (!text->empty()) fields[key] = std::move(*text);
    }
  }
  for (const auto& key : required) {
    if (!fields.contains(key)) {
      return bad(both("请求里缺字段{}", "the request lacks field {}", settings::in_quotes(key)));
    }
  }
  return fields;
}

std::string value_of(const Fields& fields, const std::string& key) {
  auto found = fields.find(key);
  return found == fields.end() ? std::string{} : found->second;
}

Found<Target> parse_target(std::string_view target) {
  auto url = boost::urls::parse_origin_form({target.data(), target.size()});
  if (!url) return bad({"看不懂请求的路径", "the request's path cannot be read"});
  Target parsed{.path = std::string{url->path()}, .query = {}};
  for (const auto& parameter : url->params()) {
    bool text = is_utf8_text(parameter.key) && is_utf8_text(parameter.value);
    if (!text) return bad({"路径里的参数不是文字", "a parameter in the path is not text"});
    auto [place, added] = parsed.query.emplace(parameter.key, parameter.value);
    if (!added) {
      return bad(both("路径里的参数写了两次:{}", "the parameter {} is written twice in the path",
                      settings::in_quotes(place->first)));
    }
  }
  return parsed;
}

}  // namespace duban::control
