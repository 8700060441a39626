#pragma once
// What an HTTP answer means where its status alone does not say: rules over status and body, of a
// gateway's settings or of a bot's protocol. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "delivery/channel.h"
#include "io/transport.h"
#include "settings/http_settings.h"

namespace duban::channel {

using AnswerRules = std::vector<settings::OutcomeRule>;

/// What came of an exchange that was answered. The first rule that applies counts. Without one: by
/// the status, as of any web server; but a 2xx of a receiver that has rules is unknown, since a
/// gateway or a login page in between says 200 too. `hidden`: parts of the request that are secret
/// and may come back in the answer. The digest of `wire` is kept.
delivery::Outcome judge(const AnswerRules& rules, const io::HttpReply& reply,
                        const std::vector<std::string>& hidden, std::string_view wire, Instant now);

/// A rule of a protocol: these codes, at this place of the body, mean this.
settings::OutcomeRule when(std::string json, std::vector<std::string> codes, AttemptOutcome then);
/// Answers of these statuses mean this, whatever the body says.
settings::OutcomeRule when_status(int from, int to, AttemptOutcome then);
/// The receiver asks to be left alone so long.
settings::OutcomeRule when_limited(std::string json, std::vector<std::string> codes, Seconds after);
/// The address is no more.
settings::OutcomeRule when_gone(std::string json, std::vector<std::string> codes);

/// Parts of a URL that is a credential as a whole, as `readable` leaves them out.
std::vector<std::string> hidden_parts(const std::string& url);

}  // namespace duban::channel
