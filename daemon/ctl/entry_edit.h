#pragma once
// A [[milestone]] or an [[action]] written into a plan's tasks.toml as its admin would: a new one
// at the end of its kind in the style of the lines around, a known one changed where it stands.
// Every other byte stays.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace duban::ctl {

/// `due = "06-30"`; a list where there are several words.
struct EntryField {
  std::string key;
  std::vector<std::string> words;
};

/// The whole text with a new entry of that kind (`milestone`, `action`): after the last one; where
/// there is none yet after a commented-out sample of it, else before what follows it in a tasks
/// file. `text` may have CRLF and a byte order mark. Refused where the entries of that kind are not
/// written as [[tables]].
std::expected<std::string, engine::Refusal> add_entry(const std::string& text,
                                                      std::string_view kind,
                                                      const std::vector<EntryField>& fields);

/// The whole text with these values of the entry changed; a key it does not have yet is written as
/// its last line. Refused where the text has no such entry, or a value cannot be changed in place.
std::expected<std::string, engine::Refusal> change_entry(const std::string& text,
                                                         std::string_view kind,
                                                         std::string_view id,
                                                         const std::vector<EntryField>& fields);

/// `2.2a-3`: the stem and the number after the highest that stands in the text behind it, comments
/// too, so that the id of an entry that was commented out is not given again.
std::string next_id(std::string_view text, std::string_view stem);

}  // namespace duban::ctl
