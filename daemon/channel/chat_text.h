#pragma once
// A notice as one message in a chat: a title and its lines, cut where the chat takes no more. Pure.

#include <cstddef>
#include <string>
#include <string_view>

#include "delivery/channel.h"

namespace duban::channel {

/// How a chat shows what it is given.
struct ChatStyle {
  /// What makes a title of a line; the title is left out where both are empty.
  std::string_view title_before, title_after;
  /// What ends a line so that it is seen as one.
  std::string_view line_end = "\n";
  /// Signs of Markdown in the words are shown as words.
  bool markdown = true;
};

/// What the chat's title says: 补发 where this may be a repeat.
std::string chat_title(const delivery::Parcel& parcel);

/// The whole text, at most `bytes` of UTF-8 and never cut inside a character. Where not all entries
/// fit, the last ones go and a line says how many there were and how many are left out. It ends
/// with `mentions` and the notice's id.
std::string chat_text(const delivery::Parcel& parcel, const ChatStyle& style,
                      std::string_view mentions, std::size_t bytes);

/// Words that hold signs of Markdown, with full-width ones in their place; addresses of the web
/// stay as they are.
std::string plain_words(std::string_view text);

}  // namespace duban::channel
