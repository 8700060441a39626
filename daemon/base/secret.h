#pragma once
// A text that must not reach a log, an error, the ledger or a file (I8). It has no stream operator
// and no formatter; whoever needs the bytes says so.

#include <string>
#include <utility>

namespace duban {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  /// The bytes, for the one call that must have them (HMAC key, SMTP password).
  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace duban
