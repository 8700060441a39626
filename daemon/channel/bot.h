#pragma once
// What the bots of group chats share: a POST to a URL that is a credential, an answer that is
// judged by the code in its body, a pace that keeps below the chat's limit, and no key by which a
// repeat is known, so that what may have arrived is sent at most once more and says so. Each
// protocol is a value: its body, its signature, its codes.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "channel/answer_rules.h"
#include "channel/channel_type.h"
#include "channel/chat_text.h"

namespace duban::channel {

/// What a protocol makes its JSON body of.
struct ChatMessage {
  std::string title, text;
  /// As `mention` of the settings.
  std::vector<std::string> mention;
};

struct BotProtocol {
  /// As `type` in duband.toml.
  std::string_view name;
  /// What the key is put behind.
  std::string_view url;
  ChatStyle style;
  /// Of the text, and of the whole body.
  std::size_t text_bytes = 0, body_bytes = 0;
  /// How people are called in the text; empty: not in the text.
  std::string (*mentions)(const std::vector<std::string>& mention) = nullptr;
  /// What is wrong with a name to call, for a person; empty when nothing is.
  Bilingual (*mention_problem)(std::string_view name) = nullptr;
  std::string (*body)(const ChatMessage& message) = nullptr;
  /// Signs a request; null: the protocol knows no signature.
  void (*sign)(io::HttpRequest& request, const Secret& secret, Instant now) = nullptr;
  AnswerRules rules;
  Pacing pacing;
};

struct BotOptions {
  /// What the key is put behind; empty: the protocol's own.
  std::string url;
  /// Empty: each address is a whole URL.
  Secret key;
  /// Empty: unsigned.
  Secret secret;
  std::vector<std::string> mention;
  std::string ca, proxy;
  bool allow_private = false;
  Pacing pacing;
};

/// The protocol, the transport and the clock must outlive the channel.
std::unique_ptr<delivery::Channel> make_bot(const BotProtocol& protocol, BotOptions options,
                                            io::Transport& transport, const Clock& clock);

/// The body of a notice, unsigned.
std::string bot_body(const BotProtocol& protocol, const std::vector<std::string>& mention,
                     const delivery::Parcel& parcel);

Diagnostics diagnose_bot(const BotProtocol& protocol, const settings::ChannelSettings& settings);
Bilingual bot_address_problem(const settings::ChannelSettings& settings,
                              std::string_view address);
MadeChannel make_bot_channel(const BotProtocol& protocol,
                             const settings::ChannelSettings& settings, const ChannelParts& parts);

/// The type of channel that speaks a protocol.
template <const BotProtocol& (*protocol)()>
constexpr ChannelType bot_type(std::string_view name) {
  using settings::ChannelSettings;
  return {.name = name,
          .diagnose = [](const ChannelSettings& s) { return diagnose_bot(protocol(), s); },
          .address_problem = bot_address_problem,
          .make = [](const ChannelSettings& s, const ChannelParts& parts) {
            return make_bot_channel(protocol(), s, parts);
          },
          .is_chat = true,
          .body = [](const ChannelSettings& s, const delivery::Parcel& parcel) {
            return bot_body(protocol(), s.mention, parcel);
          }};
}

}  // namespace duban::channel
