// [[contact]] and [[endpoint]] of units.toml and contacts.private.toml. An address never stands in
// a message: an id does.

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "plan/draft.h"
#include "settings/daemon_settings.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;

// What would break a header, an envelope or a command line, or was left by an input method.
BilingualView fault_of(std::string_view address) {
  constexpr char32_t wide_blank = 0x3000, no_break_blank = 0xA0, wide_at = 0xFF20;
  if (address.empty()) return {"是空的", "is empty"};
  if (address.size() > limits::address_bytes) return {"太长", "is too long"};
  if (address.find_first_of("<>") != std::string_view::npos) {
    return {"里有尖括号,只写地址本身", "has angle brackets: write the address alone"};
  }
  for (char32_t c : decode_utf8(address)) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
      return {"里有控制字符", "has a control character"};
    }
    if (c == U' ' || c == wide_blank || c == no_break_blank) return {"里有空格", "has a space"};
    if (c == wide_at) return {"里的“@”是全角的", "has a full-width “@”"};
  }
  return {};
}

void check_address(const std::string& address, const Place& place, Diagnostics& out, bool& broken) {
  auto fault = fault_of(address);
  if (fault.chinese.empty()) return;
  error(out, place, "bad-address", both("地址{}", "the address {}", fault));
  broken = true;
}

void read_endpoint(Section& section, Ids& ids, Draft& draft) {
  EndpointDraft read;
  if (auto id = read_id(section, ids)) read.endpoint.id = id->value;
  read.endpoint.place = section.place();
  if (auto channel = section.required_text("channel")) read.channel = *channel;
  if (auto address = section.required_text("address")) {
    bool broken = false;
    check_address(address->value, address->place, section.diagnostics(), broken);
    read.endpoint.address = address->value;
  }
  read.endpoint.group = section.boolean("group").value_or(false);
  section.finish();
  draft.endpoints.push_back(std::move(read));
}

// `@<endpoint>` or `<channel>:<address>`; the address is checked here, the names later.
void check_entries(ContactDraft& contact, Diagnostics& out) {
  for (const auto& word : contact.channels) {
    if (word.value.starts_with('@')) continue;
    auto colon = word.value.find(':');
    if (colon == std::string::npos || colon == 0) {
      error(out, word.place, "bad-value",
            {"看不出这一项走哪个通道", "this entry does not say which channel it uses"},
            {"写成 \"通道:地址\"(如 \"mail:office@example.org\")或 \"@地址id\"",
             "write \"CHANNEL:ADDRESS\" (such as \"mail:office@example.org\") or \"@ENDPOINT\""});
      contact.broken = true;
      continue;
    }
    check_address(word.value.substr(colon + 1), word.place, out, contact.broken);
  }
}

ContactDraft* find_contact(Draft& draft, std::string_view id) {
  auto found = std::ranges::find(draft.contacts, id,
                                 [](const ContactDraft& c) { return c.contact.id; });
  return found == draft.contacts.end() ? nullptr : &*found;
}

// A private entry with the id of a known contact only adds its channels.
bool adds_to_known(Section& section, Draft& draft) {
  auto id = section.text("id");
  auto* known = id ? find_contact(draft, id->value) : nullptr;
  if (!known) return false;
  ContactDraft added;
  added.channels = section.required_texts("channels").value_or(Words{});
  check_entries(added, section.diagnostics());
  section.finish();
  known->broken = known->broken || added.broken;
  known->channels.insert(known->channels.end(), added.channels.begin(), added.channels.end());
  return true;
}

// By when it must have been delivered by one channel or another.
Seconds read_within(Section& section) {
  auto word = section.text("within");
  if (!word) return Seconds{0};
  auto within = settings::parse_duration(word->value);
  if (within && *within >= limits::within_at_least && *within <= limits::within_at_most) {
    return std::chrono::duration_cast<Seconds>(*within);
  }
  error(section.diagnostics(), word->place, "bad-value",
        both("within 不能写{}", "within cannot be {}", in_quotes(word->value)),
        {"多久之内要送到,10分钟到3天,例如 \"2h\"",
         "write how soon it must be delivered, 10 minutes to 3 days, such as \"2h\""});
  return Seconds{0};
}

void read_contact(Section& section, Ids& ids, Draft& draft) {
  ContactDraft read;
  auto& contact = read.contact;
  if (auto id = read_id(section, ids)) contact.id = id->value;
  contact.place = section.place();
  read.unit = section.required_text("unit");
  auto role = section.choice<Role>("role", {{"liaison", Role::liaison}, {"leader", Role::leader}});
  contact.role = role.value_or(Role::liaison);
  contact.name = read_word(section, "name");
  // Without channels the post is known but cannot be reached yet.
  read.broken = section.has("channels");
  if (auto channels = section.texts("channels")) {
    read.broken = false;
    read.channels = std::move(*channels);
  }
  check_entries(read, section.diagnostics());
  contact.within = read_within(section);
  section.finish();
  draft.contacts.push_back(std::move(read));
}

}  // namespace

void read_contacts(Section& root, Draft& draft, bool is_private) {
  Ids endpoints{Bilingual{"地址", "endpoint"}};
  Ids contacts{Bilingual{"联络员", "contact"}};
  Diagnostics reported_before;
  for (const auto& known : draft.endpoints) {
    endpoints.add({known.endpoint.id, known.endpoint.place}, reported_before);
  }
  for (auto& section : read_entries(root, "endpoint")) read_endpoint(section, endpoints, draft);
  for (auto& section : read_entries(root, "contact")) {
    if (is_private && adds_to_known(section, draft)) continue;
    read_contact(section, contacts, draft);
  }
}

}  // namespace duban::plan
