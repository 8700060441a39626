#include "settings/http_settings.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "settings/daemon_settings.h"
#include "settings/report.h"

namespace duban::settings {
namespace {

void wrong(Section& section, const Place& place, Bilingual message, Bilingual mend) {
  error(section.diagnostics(), place, "bad-value", std::move(message), std::move(mend));
}

std::vector<std::pair<std::string, Word>> read_headers(Section& channel) {
  std::vector<std::pair<std::string, Word>> headers;
  auto section = channel.table("headers");
  const auto* node = channel.any("headers");
  if (!section) return headers;
  if (node->members.size() > limits::channel_headers) {
    wrong(*section, node->place,
          both("headers 超过{}个", "more than {} headers", limits::channel_headers),
          {"只留对方要的", "keep only those that the receiver wants"});
  }
  for (const auto& member : node->members) {
    auto value = section->text(member.key);
    if (value) headers.emplace_back(member.key, *value);
  }
  section->finish();
  return headers;
}

std::optional<SignSettings> read_sign(Section& channel) {
  auto section = channel.table("sign");
  if (!section) return std::nullopt;
  SignSettings sign;
  sign.place = section->place();
  if (auto over = section->required_text("over")) sign.over = *over;
  sign.key = section->text("key").value_or(Word{"{{secret}}", sign.place});
  sign.form = section
                  ->choice<SignSettings::Form>("as", {{"base64", SignSettings::Form::base64},
                                                      {"hex", SignSettings::Form::hex}})
                  .value_or(SignSettings::Form::base64);
  section->finish();
  return sign;
}

std::optional<TokenSettings> read_token(Section& channel, const std::filesystem::path& folder) {
  auto section = channel.table("token");
  if (!section) return std::nullopt;
  TokenSettings token;
  token.place = section->place();
  if (auto url = section->required_text("url")) token.url = *url;
  if (auto id = section->required_text("client_id")) token.client_id = *id;
  token.scope = section->text("scope").value_or(Word{});
  token.client_secret = read_secret(*section, "client_secret", folder);
  if (!section->has("client_secret")) section->missing("client_secret");
  section->finish();
  return token;
}

// `200`, `2xx`, `200..299`.
std::optional<std::pair<int, int>> parse_status(std::string_view text) {
  auto number = [](std::string_view digits) -> std::optional<int> {
    int value = 0;
    auto [end, failure] = std::from_chars(digits.begin(), digits.end(), value);
    bool whole = failure == std::errc{} && end == digits.end();
    return whole && value >= 100 && value <= 599 ? std::optional{value} : std::nullopt;
  };
  if (text.size() == 3 && text.ends_with("xx") && text[0] >= '1' && text[0] <= '5') {
    int hundreds = (text[0] - '0') * 100;
    return std::pair{hundreds, hundreds + 99};
  }
  auto dots = text.find("..");
  auto from = number(text.substr(0, dots));
  auto to = dots == std::string_view::npos ? from : number(text.substr(dots + 2));
  if (!from || !to || *from > *to) return std::nullopt;
  return std::pair{*from, *to};
}

void read_status(Section& section, OutcomeRule& rule) {
  const auto* node = section.any("status");
  if (node == nullptr) return;
  bool number = node->kind == Node::Kind::integer;
  auto read = parse_status(number ? std::to_string(node->number) : node->text);
  if (read) {
    rule.status_from = read->first;
    rule.status_to = read->second;
    return;
  }
  wrong(section, node->place, {"status 要写 HTTP 状态码", "status must be an HTTP status"},
        {R"(例如 200、"2xx"、"500..599")", R"(write for example 200, "2xx" or "500..599")"});
}

// As JSON would write it, without quotes; nothing of what is none of its scalars.
std::optional<std::string> scalar_text(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text: return node.text;
    case Node::Kind::integer: return std::to_string(node.number);
    case Node::Kind::boolean: return node.truth ? "true" : "false";
    default: return std::nullopt;
  }
}

void read_is(Section& section, OutcomeRule& rule) {
  const auto* node = section.any("is");
  if (node == nullptr) return;
  std::vector<const Node*> values;
  if (node->kind != Node::Kind::array) values.push_back(node);
  for (const auto& element : node->elements) values.push_back(&element);
  for (const auto* value : values) {
    auto text = scalar_text(*value);
    if (text) {
      rule.is.push_back(std::move(*text));
      continue;
    }
    wrong(section, value->place,
          {"is 只能写数字、文字、true、false", "is takes only numbers, texts, true and false"},
          {"例如 is = [0, \"ok\"]", "write for example is = [0, \"ok\"]"});
  }
}

void check_place(Section& section, const OutcomeRule& rule) {
  bool asks = !rule.is.empty() || !rule.contains.empty();
  if (!asks || !rule.json.empty()) return;
  wrong(section, rule.place,
        {"写了 is 或 contains,没有写 json:不知道看应答的哪一处",
         "is or contains stands without json: where to look in the answer is not known"},
        {"例如 json = \"errcode\"", "write for example json = \"errcode\""});
}

OutcomeRule read_outcome(Section& section) {
  OutcomeRule rule;
  rule.place = section.place();
  read_status(section, rule);
  if (auto json = section.text("json")) rule.json = json->value;
  read_is(section, rule);
  if (auto contains = section.text("contains")) rule.contains = contains->value;
  check_place(section, rule);
  if (auto body = section.text("body")) rule.body = body->value;
  auto then = section.choice<AttemptOutcome>("then", {{"delivered", AttemptOutcome::delivered},
                                                      {"retry", AttemptOutcome::retry},
                                                      {"rejected", AttemptOutcome::rejected},
                                                      {"unknown", AttemptOutcome::unknown}});
  if (then) {
    rule.then = *then;
  } else if (!section.has("then")) {
    section.missing("then", {"写 delivered、retry、rejected、unknown",
                             "write delivered, retry, rejected or unknown"});
  }
  if (auto after = section.text("after")) {
    auto wait = parse_duration(after->value);
    bool fits = wait && *wait <= limits::retry_after && rule.then == AttemptOutcome::retry;
    if (fits) {
      rule.after = std::chrono::ceil<Seconds>(*wait);
    } else {
      wrong(section, after->place,
            {"after 是 retry 要等多久,最多一天", "after is how long a retry waits, at most a day"},
            {"例如 after = \"10m\"", "write for example after = \"10m\""});
    }
  }
  rule.gone = section.boolean("gone").value_or(false);
  if (rule.gone && rule.then != AttemptOutcome::rejected) {
    wrong(section, section.place(),
          {"gone = true 只用在 then = \"rejected\"",
           "gone = true goes only with then = \"rejected\""},
          {"改 then 或去掉 gone", "change then or remove gone"});
  }
  section.finish();
  return rule;
}

std::vector<OutcomeRule> read_outcomes(Section& channel) {
  std::vector<OutcomeRule> rules;
  for (auto& section : channel.tables("outcome")) rules.push_back(read_outcome(section));
  if (rules.size() > limits::channel_outcomes) {
    wrong(channel, rules[limits::channel_outcomes].place,
          both("outcome 超过{}条", "more than {} outcome tables", limits::channel_outcomes),
          {"合并结果相同的几条", "merge those with the same outcome"});
  }
  return rules;
}

// A folder has a `format` too: which words a channel takes it says itself.
HttpSettings::Form form_of(Section& channel) {
  using Form = HttpSettings::Form;
  const auto* format = channel.any("format");
  if (format != nullptr && format->text == "form") return Form::form;
  if (format != nullptr && format->text == "text") return Form::text;
  return Form::json;
}

}  // namespace

HttpSettings read_http(Section& channel, const std::filesystem::path& folder) {
  HttpSettings http;
  http.headers = read_headers(channel);
  http.body = channel.text("body");
  http.form = form_of(channel);
  http.sign = read_sign(channel);
  http.token = read_token(channel, folder);
  http.outcomes = read_outcomes(channel);
  return http;
}

}  // namespace duban::settings
