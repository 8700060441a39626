#include "channel/answer_rules.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "channel/outcome.h"

namespace duban::channel {
namespace {

namespace json = boost::json;
using settings::OutcomeRule;

bool may_succeed_later(int status) {
  return status >= 500 || status == 408 || status == 425 || status == 429;
}

// 502 and 504 are a gateway's way of saying that its back is overrun (Standard Webhooks).
Reason reason_of(int status) {
  if (status == 429 || status == 502 || status == 504) return Reason::rate_limited;
  return status >= 500 ? Reason::server_error : Reason::refused;
}

std::optional<json::value> parsed(std::string_view body) {
  boost::system::error_code failure;
  auto value = json::parse({body.data(), body.size()}, failure);
  if (failure) return std::nullopt;
  return value;
}

const json::value* step_into(const json::value& value, std::string_view name) {
  const json::string_view key{name.data(), name.size()};
  if (const auto* object = value.if_object()) return object->if_contains(key);
  const auto* array = value.if_array();
  std::size_t place = 0;
  auto [end, failure] = std::from_chars(name.begin(), name.end(), place);
  bool inside = array && failure == std::errc{} && end == name.end() && place < array->size();
  return inside ? &(*array)[place] : nullptr;
}

const json::value* value_at(const json::value& body, std::string_view path) {
  const auto* at = &body;
  while (at != nullptr) {
    auto dot = path.find('.');
    at = step_into(*at, path.substr(0, dot));
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
  }
  return at;
}

std::string scalar_text(const json::value& value) {
  return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
}

bool applies(const OutcomeRule& rule, const io::HttpReply& reply,
             const std::optional<json::value>& body) {
  if (reply.status < rule.status_from || reply.status > rule.status_to) return false;
  if (rule.body && trimmed(reply.body) != *rule.body) return false;
  if (rule.json.empty()) return true;
  const auto* value = body ? value_at(*body, rule.json) : nullptr;
  if (value == nullptr) return false;
  auto text = scalar_text(*value);
  if (!text.contains(rule.contains)) return false;
  return rule.is.empty() || std::ranges::find(rule.is, text) != rule.is.end();
}

const OutcomeRule* rule_for(const AnswerRules& rules, const io::HttpReply& reply) {
  std::optional<json::value> body;
  bool reads_json = std::ranges::any_of(rules, [](const auto& rule) { return !rule.json.empty(); });
  if (reads_json) body = parsed(reply.body);
  auto found = std::ranges::find_if(
      rules, [&](const OutcomeRule& rule) { return applies(rule, reply, body); });
  return found == rules.end() ? nullptr : &*found;
}

Reason reason_of(const OutcomeRule& rule, int status) {
  switch (rule.then) {
    case AttemptOutcome::delivered: return Reason::accepted;
    case AttemptOutcome::retry: return rule.after ? Reason::rate_limited : Reason::server_error;
    case AttemptOutcome::rejected: return rule.gone ? Reason::endpoint_gone : Reason::refused;
    case AttemptOutcome::unknown: break;
  }
  return status >= 500 ? Reason::server_error : Reason::reply_strange;
}

void by_rule(delivery::Outcome& outcome, const OutcomeRule& rule, int status) {
  outcome.outcome = rule.then;
  outcome.reason = reason_of(rule, status);
  outcome.endpoint_gone = rule.gone;
  outcome.retry_after = rule.after;
}

void by_status(delivery::Outcome& outcome, const io::HttpReply& reply, bool has_rules) {
  if (reply.status >= 200 && reply.status < 300) {
    outcome.outcome = has_rules ? AttemptOutcome::unknown : AttemptOutcome::delivered;
    outcome.reason = has_rules ? Reason::reply_strange : Reason::accepted;
    return;
  }
  outcome.outcome =
      may_succeed_later(reply.status) ? AttemptOutcome::retry : AttemptOutcome::rejected;
  outcome.reason = reason_of(reply.status);
  if (reply.status != 410) return;
  outcome.reason = Reason::endpoint_gone;
  outcome.endpoint_gone = true;
}

OutcomeRule rule_of(std::string json, std::vector<std::string> codes, AttemptOutcome then) {
  OutcomeRule rule;
  rule.json = std::move(json);
  rule.is = std::move(codes);
  rule.then = then;
  return rule;
}

}  // namespace

delivery::Outcome judge(const AnswerRules& rules, const io::HttpReply& reply,
                        const std::vector<std::string>& hidden, std::string_view wire,
                        Instant now) {
  delivery::Outcome outcome;
  outcome.detail =
      readable(fmt::format("HTTP {} {}", reply.status, readable(reply.body, hidden)));
  outcome.wire_digest = named_digest(sha256(wire));
  const auto* rule = rule_for(rules, reply);
  if (rule) by_rule(outcome, *rule, reply.status);
  else by_status(outcome, reply, !rules.empty());
  auto asked = parse_retry_after(reply.retry_after, now);
  if (outcome.outcome == AttemptOutcome::retry && asked) {
    outcome.retry_after = std::max(*asked, outcome.retry_after.value_or(Seconds{0}));
  }
  return outcome;
}

OutcomeRule when(std::string json, std::vector<std::string> codes, AttemptOutcome then) {
  return rule_of(std::move(json), std::move(codes), then);
}

OutcomeRule when_status(int from, int to, AttemptOutcome then) {
  OutcomeRule rule;
  rule.status_from = from;
  rule.status_to = to;
  rule.then = then;
  return rule;
}

OutcomeRule when_limited(std::string json, std::vector<std::string> codes, Seconds after) {
  auto rule = rule_of(std::move(json), std::move(codes), AttemptOutcome::retry);
  rule.after = after;
  return rule;
}

OutcomeRule when_gone(std::string json, std::vector<std::string> codes) {
  auto rule = rule_of(std::move(json), std::move(codes), AttemptOutcome::rejected);
  rule.gone = true;
  return rule;
}

std::vector<std::string> hidden_parts(const std::string& url) {
  auto host = url.find("://");
  auto path = host == std::string::npos ? host : url.find('/', host + 3);
  std::vector<std::string> parts{url};
  if (path != std::string::npos && url.size() - path > 1) parts.push_back(url.substr(path));
  return parts;
}

}  // namespace duban::channel
