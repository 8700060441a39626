#include "control/edited_request.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "control/request_parts.h"
#include "settings/report.h"

namespace duban::control {
namespace {

namespace json = boost::json;

engine::Refusal bad_request(Bilingual message) {
  return {"bad-request", std::move(message), {}};
}

std::optional<engine::Refusal> take_texts(const json::value* value, engine::Edited& edited) {
  const auto* object = value == nullptr ? nullptr : value->if_object();
  if (object == nullptr) {
    return bad_request({"请求里缺 texts:改后的文件", "the request lacks texts: the edited files"});
  }
  if (object->size() > limits::edited_files) {
    return bad_request({"文件太多", "there are too many files"});
  }
  for (const auto& field : *object) {
    std::string path{field.key()};
    if (!engine::is_text_path(path, edited.plan)) {
      return bad_request(
          both("不收这个文件{}", "the file {} is not taken", settings::in_quotes(path)));
    }
    const auto* text = field.value().if_string();
    if (text == nullptr || !is_utf8_text({text->data(), text->size()})) {
      return bad_request(
          both("文件不是文字:{}", "the file {} is not text", settings::in_quotes(path)));
    }
    edited.texts.emplace(std::move(path), std::string{*text});
  }
  return std::nullopt;
}

}  // namespace

Found<engine::Edited> parse_edited_request(std::string_view body) {
  auto object = parse_object(body, {"plan", "texts", "channels"});
  if (!object) return std::unexpected(object.error());
  engine::Edited edited;
  const auto* plan = object->if_contains("plan");
  if (plan == nullptr) {
    return std::unexpected(bad_request({"请求里缺 plan", "the request lacks plan"}));
  }
  auto id = text_of("plan", *plan);
  if (!id) return std::unexpected(id.error());
  if (!engine::is_plan_folder(*id)) {
    return std::unexpected(bad_request(
        both("方案不能叫{}", "a plan cannot be called {}", settings::in_quotes(*id))));
  }
  edited.plan = std::move(*id);
  if (auto wrong = take_texts(object->if_contains("texts"), edited)) return std::unexpected(*wrong);
  if (const auto* channels = object->if_contains("channels")) {
    auto ids = texts_of("channels", *channels);
    if (!ids) return std::unexpected(ids.error());
    edited.channels = std::move(*ids);
  }
  return edited;
}

}  // namespace duban::control
