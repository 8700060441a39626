#include "channel/outcome.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/english_names.h"
#include "base/limits.h"
#include "base/text.h"

namespace duban::channel {
namespace {

Reason reason_of(const io::TransportError& error) {
  switch (error.stage) {
    case io::Stage::target: return Reason::bad_address;
    case io::Stage::resolve: return Reason::resolve_failed;
    case io::Stage::connect: return error.timed_out ? Reason::timed_out : Reason::connect_failed;
    case io::Stage::tls: return Reason::tls_failed;
    case io::Stage::talk: return error.timed_out ? Reason::timed_out : Reason::connect_failed;
    case io::Stage::sent: return error.timed_out ? Reason::timed_out : Reason::reply_lost;
  }
  return Reason::reply_lost;
}

AttemptOutcome outcome_of(io::Stage stage) {
  if (stage == io::Stage::sent) return AttemptOutcome::unknown;
  return stage == io::Stage::target ? AttemptOutcome::rejected : AttemptOutcome::retry;
}

void leave_out(std::string& text, const std::string& hidden) {
  if (hidden.empty()) return;
  for (auto at = text.find(hidden); at != std::string::npos; at = text.find(hidden, at)) {
    text.replace(at, hidden.size(), "…");
    at += std::string_view{"…"}.size();
  }
}

Seconds believed(Seconds wait) { return std::clamp(wait, Seconds{0}, limits::retry_after); }

std::optional<int> number(std::string_view text) {
  int value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that may still be sent (RFC 9110, 5.6.7).
std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(3, 2) != ", " || !text.ends_with(" GMT")) {
    return std::nullopt;
  }
  auto month = std::ranges::find(english_months, text.substr(8, 3)) - english_months.begin();
  auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
  if (month == std::ssize(english_months) || !day || !year) return std::nullopt;
  return parse_rfc3339(
      fmt::format("{:04}-{:02}-{:02}T{}Z", *year, month + 1, *day, text.substr(17, 8)));
}

}  // namespace

delivery::Outcome delivered(std::string_view wire, std::string detail) {
  delivery::Outcome outcome;
  outcome.outcome = AttemptOutcome::delivered;
  outcome.reason = Reason::accepted;
  outcome.detail = std::move(detail);
  outcome.wire_digest = named_digest(sha256(wire));
  return outcome;
}

delivery::Outcome not_delivered(AttemptOutcome outcome, Reason reason, std::string detail) {
  delivery::Outcome made;
  made.outcome = outcome;
  made.reason = reason;
  made.detail = std::move(detail);
  return made;
}

delivery::Outcome unanswered(const io::TransportError& error, std::string_view wire) {
  auto outcome = not_delivered(outcome_of(error.stage), reason_of(error), readable(error.text));
  if (error.stage == io::Stage::sent) outcome.wire_digest = named_digest(sha256(wire));
  return outcome;
}

std::string readable(std::string_view said, const std::vector<std::string>& hidden) {
  std::string text{said};
  for (const auto& part : hidden) leave_out(text, part);
  std::string out;
  bool blank = true;  // leading blanks are left out, others drawn together
  for (char32_t c : decode_utf8(std::string_view{text}.substr(0, 4 * limits::detail_bytes))) {
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    if (control || c == U' ') {
      if (!blank) out += ' ';
      blank = true;
      continue;
    }
    out += encode_utf8(c);
    blank = false;
  }
  out.resize(first_bytes(out, limits::detail_bytes).size());
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::optional<Seconds> parse_retry_after(std::string_view text, Instant now) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  bool digits = !text.empty() && std::ranges::all_of(text, is_digit);
  if (digits) {
    // More digits than an int holds is a long time too.
    auto value = number(text);
    return believed(value ? Seconds{*value} : limits::retry_after);
  }
  if (auto at = parse_http_date(text)) return believed(*at - now);
  return std::nullopt;
}

}  // namespace duban::channel
