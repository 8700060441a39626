#include "channel/http_texts.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include "channel/webhook.h"
#include "message/template_check.h"
#include "message/template_scan.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

using message::Escaping;
using settings::ChannelSettings;
using settings::HttpSettings;
using settings::Word;

const std::vector<message::Name>& names() {
  static const auto all = message::names_of<RequestView>();
  return all;
}

// Texts as bad as people write them, so that what holds them is seen to escape.
RequestView sample() {
  RequestView view;
  view.notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D";
  view.plan = "plan";
  view.endpoint = "desk";
  view.address = "https://gateway.example.org/1";
  view.recipient = "联络员";
  view.subject = "请于5月25日前报送";
  view.text = "“一”\"二\"\\\n三";
  view.html = "<p class=\"x\">一</p>";
  view.json = R"({"type":"duban.notice"})";
  view.attempt = view.timestamp = "1";
  view.timestamp_ms = "1000";
  view.nonce = view.secret = view.signature = view.token = "x";
  return view;
}

bool uses(const std::string& text, std::string_view name) {
  return std::ranges::any_of(message::scan(text).tags,
                             [&](const message::Tag& tag) { return tag.name == name; });
}

struct Given {
  std::string_view name;
  bool there;
  BilingualView mend;
};

class Check {
 public:
  explicit Check(const ChannelSettings& settings) : settings_(settings) {}

  Diagnostics all() {
    Word url{settings_.url, settings_.place_of("url")};
    text(url);
    for (const auto& [name, value] : settings_.http.headers) header(name, value);
    if (settings_.http.body) text(*settings_.http.body);
    if (settings_.http.sign) {
      text(settings_.http.sign->over);
      text(settings_.http.sign->key);
    }
    if (has_errors(found_)) return std::move(found_);
    check_url(url);
    check_body();
    return std::move(found_);
  }

 private:
  void report(const Place& place, std::string_view code, Bilingual message, Bilingual mend) {
    settings::error(found_, place, code, std::move(message), std::move(mend));
  }

  void text(const Word& word) {
    auto wrong = message::check_template_text(word.value, names(), word.place);
    found_.insert(found_.end(), wrong.begin(), wrong.end());
    const std::array given{
        Given{"secret", settings_.secret.has_value(),
              {"加一行 secret = { file = \"…\" }", "add a line secret = { file = \"…\" }"}},
        Given{"signature", settings_.http.sign.has_value(),
              {"加一行 sign = { over = \"{{timestamp}}\" }",
               "add a line sign = { over = \"{{timestamp}}\" }"}},
        Given{"token", settings_.http.token.has_value(),
              {"加一张表 [channel.….token]", "add a table [channel.….token]"}}};
    for (const auto& each : given) {
      if (each.there || !uses(word.value, each.name)) continue;
      report(word.place, "missing-key",
             both("用了 {},这个渠道却没有写 {}", "{} is used, but this channel has no {}",
                  fmt::format("{{{{{}}}}}", each.name),
                  each.name == "signature" ? std::string_view{"sign"} : each.name),
             each.mend);
    }
  }

  void header(const std::string& name, const Word& value) {
    auto fits = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '-' || c == '_';
    };
    if (name.empty() || !std::ranges::all_of(name, fits)) {
      report(value.place, "bad-value",
             both("请求头不能叫{}", "a header cannot be called {}", settings::in_quotes(name)),
             {"只用字母、数字和短横线,例如 X-Api-Key",
              "use only letters, digits and hyphens, for example X-Api-Key"});
    }
    text(value);
  }

  void check_url(const Word& url) {
    auto made = RequestText{url.value, Escaping::percent}.fill(sample());
    auto fault = webhook_url_problem(made, settings_.allow_private);
    if (fault.empty()) return;
    report(url.place, "bad-value", both("url:{}", "url: {}", fault), url_mend(url.value));
  }

  static Bilingual url_mend(const std::string& url) {
    bool whole = url.starts_with("{{address}}") || url.starts_with("{{ address }}");
    if (!whole) return {};
    return {"整个网址写在联络人地址里时,用三层括号 {{{address}}}",
            "where the contact's address is the whole URL, write three braces: {{{address}}}"};
  }

  void check_body() {
    const auto& http = settings_.http;
    if (!http.body || http.form != HttpSettings::Form::json) return;
    auto made = RequestText{http.body->value, Escaping::json}.fill(sample());
    boost::system::error_code failure;
    auto parsed = boost::json::parse(made, failure);
    if (!failure) return;
    report(http.body->place, "bad-json",
           {"body 填好以后不是 JSON", "body is not JSON once it is filled in"},
           {"文字写在双引号里,如 {\"text\":\"{{text}}\"};不是 JSON 的,"
            "format 写 \"form\" 或 \"text\"",
            "put texts in double quotes, as in {\"text\":\"{{text}}\"}; where it is to be no JSON, "
            "write format = \"form\" or \"text\""});
  }

  const ChannelSettings& settings_;
  Diagnostics found_;
};

}  // namespace

message::Escaping body_escaping(HttpSettings::Form form) {
  switch (form) {
    case HttpSettings::Form::json: return Escaping::json;
    case HttpSettings::Form::form: return Escaping::percent;
    case HttpSettings::Form::text: break;
  }
  return Escaping::none;
}

std::string_view media_type(HttpSettings::Form form) {
  switch (form) {
    case HttpSettings::Form::json: return "application/json; charset=utf-8";
    case HttpSettings::Form::form: return "application/x-www-form-urlencoded";
    case HttpSettings::Form::text: break;
  }
  return "text/plain; charset=utf-8";
}

Diagnostics diagnose_texts(const ChannelSettings& settings) { return Check{settings}.all(); }

}  // namespace duban::channel
