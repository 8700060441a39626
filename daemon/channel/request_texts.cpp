#include "channel/request_texts.h"

#include <algorithm>

#include "base/digest.h"
#include "message/escaping.h"

namespace duban::channel {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

std::string hmac_bytes(std::string_view key, std::string_view over) {
  auto digest = hmac_sha256(key, over);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::vector<std::string> all_forms(const std::vector<std::string>& secrets) {
  using message::Escaping;
  std::vector<std::string> forms;
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;
    for (auto escaping : {Escaping::none, Escaping::percent, Escaping::json}) {
      auto form = message::escaped(secret, escaping);
      if (std::ranges::find(forms, form) == forms.end()) forms.push_back(std::move(form));
    }
  }
  std::ranges::sort(forms, std::ranges::greater{}, &std::string::size);
  return forms;
}

std::string shown(const io::HttpRequest& request, const std::vector<std::string>& secrets) {
  auto text = "POST " + request.url + "\n";
  for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
  return without(text + "\n" + request.body, secrets);
}

std::string without(std::string text, const std::vector<std::string>& secrets) {
  for (const auto& form : all_forms(secrets)) replace_all(text, form, "…");
  return text;
}

}  // namespace duban::channel
