#pragma once
// What a `[channel.…]` table says of an HTTP request that an in-house gateway wants: its parts as
// Mustache texts, how it is signed, and how its answer is read. Says nothing of whether the texts
// make sense: the channel does.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/states.h"
#include "base/time.h"
#include "settings/secret_ref.h"
#include "settings/section.h"

namespace duban::settings {

/// `sign = { over, key, hash, as }`: an HMAC that texts name as {{signature}}.
struct SignSettings {
  /// Mustache.
  Word over;
  /// Mustache too, of the secret where it is `{{secret}}` (the default).
  Word key;
  enum class Form { base64, hex };
  Form form = Form::base64;
  Place place;
};

/// `token = { … }`: OAuth 2 client credentials (RFC 6749, 4.4); texts name what comes as {{token}}.
struct TokenSettings {
  Word url, client_id, scope;
  std::optional<SecretRef> client_secret;
  Place place;
};

/// `[[channel.….outcome]]`: what an answer means. The first that applies counts.
struct OutcomeRule {
  /// Inclusive; 0 to 999: any.
  int status_from = 0, status_to = 999;
  /// Where in a JSON body: `errcode`, `result.0.code`; empty: not asked.
  std::string json;
  /// What stands there, as JSON writes it without quotes; empty: anything at all.
  std::vector<std::string> is;
  /// What the text there holds somewhere; empty: not asked.
  std::string contains;
  /// The whole body, without blanks around it; absent: not asked.
  std::optional<std::string> body;
  AttemptOutcome then = AttemptOutcome::delivered;
  /// How long the receiver wants to be left alone.
  std::optional<Seconds> after;
  /// The address is no more: nothing is sent there until a reload.
  bool gone = false;
  Place place;
};

struct HttpSettings {
  /// Headers by name, in the file's order.
  std::vector<std::pair<std::string, Word>> headers;
  std::optional<Word> body;
  /// How values stand in the body.
  enum class Form { json, form, text };
  Form form = Form::json;
  std::optional<SignSettings> sign;
  std::optional<TokenSettings> token;
  std::vector<OutcomeRule> outcomes;
};

HttpSettings read_http(Section& channel, const std::filesystem::path& folder);

}  // namespace duban::settings
