#include "channel/returned_mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "channel/enhanced_status.h"
#include "channel/gmime_objects.h"
#include "channel/outcome.h"

namespace duban::channel {
namespace {

// A ULID in Crockford's base 32 follows.
constexpr std::string_view notice_prefix = "ntc_";
constexpr std::size_t ulid_letters = 26;
// A report has three parts; what hides behind more is no report.
constexpr int parts_at_most = 20;

bool is_ulid_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && std::string_view{"ILOU"}.find(c) ==
                                                               std::string_view::npos);
}

// The first notice that a Message-ID, or a list of them, names.
std::string notice_in(std::string_view ids) {
  for (auto at = ids.find(notice_prefix); at != ids.npos; at = ids.find(notice_prefix, at + 1)) {
    auto id = ids.substr(at, notice_prefix.size() + ulid_letters);
    auto ulid = id.substr(notice_prefix.size());
    bool begins = at == 0 || ids[at - 1] == '<' || ids[at - 1] == ' ';
    bool ends = at + id.size() < ids.size() && ids[at + id.size()] == '@';
    if (begins && ends && std::ranges::all_of(ulid, is_ulid_letter)) return std::string{id};
  }
  return {};
}

/// Header fields, their names in small letters; of a name that comes twice the first.
using Fields = std::map<std::string, std::string, std::less<>>;

std::string_view take_line(std::string_view& text) {
  auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// One group of fields, folded lines joined; the text goes on behind the empty line that ends it.
Fields take_fields(std::string_view& text) {
  Fields fields;
  std::string* last = nullptr;
  while (!text.empty()) {
    auto line = take_line(text);
    if (trimmed(line).empty()) {
      if (fields.empty()) continue;
      break;
    }
    if (line.starts_with(' ') || line.starts_with('\t')) {
      if (last != nullptr) last->append(" ").append(trimmed(line));
      continue;
    }
    auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    auto [place, is_new] = fields.try_emplace(small_letters(trimmed(line.substr(0, colon))),
                                              trimmed(line.substr(colon + 1)));
    last = is_new ? &place->second : nullptr;
  }
  return fields;
}

std::string_view field(const Fields& fields, std::string_view name) {
  auto found = fields.find(name);
  return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

/// What a mail is made of, as far as a report needs it.
struct Parts {
  std::string status;
  /// Message-ID of the mail that is returned.
  std::string returned;
  int seen = 0;
};

std::string text_of(GMimeObject* object) {
  if (!GMIME_IS_PART(object)) return {};
  auto* content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return {};
  Owned<GMimeStream> memory{g_mime_stream_mem_new()};
  g_mime_data_wrapper_write_to_stream(content, memory.get());
  auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::string header_of(GMimeObject* object, const char* name) {
  return text_or_empty(g_mime_object_get_header(object, name));
}

bool is_type(GMimeObject* object, const char* type, std::initializer_list<const char*> subtypes) {
  auto* found = g_mime_object_get_content_type(object);
  return found != nullptr && std::ranges::any_of(subtypes, [&](const char* subtype) {
    return g_mime_content_type_is_type(found, type, subtype) != 0;
  });
}

// The mail that is returned, whole or its headers (RFC 6522; RFC 6533 for addresses beyond ASCII).
std::string returned_id(GMimeObject* object) {
  if (GMIME_IS_MESSAGE_PART(object)) {
    auto* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    return inner == nullptr ? "" : "<" + text_or_empty(g_mime_message_get_message_id(inner)) + ">";
  }
  bool headers = is_type(object, "text", {"rfc822-headers"}) ||
                 is_type(object, "message", {"rfc822", "global", "global-headers"});
  if (!headers) return {};
  auto text = text_of(object);
  std::string_view rest = text;
  return std::string{field(take_fields(rest), "message-id")};
}

void look_at(GMimeObject* object, Parts& parts) {
  if (++parts.seen > parts_at_most) return;
  if (GMIME_IS_MULTIPART(object)) {
    auto* many = GMIME_MULTIPART(object);
    const int count = std::min(g_mime_multipart_get_count(many), parts_at_most);
    for (int i = 0; i < count; ++i) look_at(g_mime_multipart_get_part(many, i), parts);
  } else if (is_type(object, "message", {"delivery-status", "global-delivery-status"})) {
    if (parts.status.empty()) parts.status = text_of(object);
  } else if (parts.returned.empty()) {
    parts.returned = returned_id(object);
  }
}

std::vector<Fields> recipients_of(std::string_view status) {
  std::vector<Fields> groups;
  take_fields(status);  // those of the message
  while (!status.empty()) {
    auto group = take_fields(status);
    if (!field(group, "action").empty()) groups.push_back(std::move(group));
  }
  return groups;
}

// `smtp; 550 5.1.1 no such user` without what names its protocol.
std::string_view diagnostic_of(const Fields& recipient) {
  auto said = field(recipient, "diagnostic-code");
  auto semicolon = said.find(';');
  return semicolon == said.npos ? said : trimmed(said.substr(semicolon + 1));
}

Reason reason_of(const Fields& recipient) {
  auto status = field(recipient, "status");
  auto said = diagnostic_of(recipient);
  if (said.size() > 4 && said[3] == ' ') said = said.substr(4);
  if (names_bad_address(status) || names_bad_address(said)) return Reason::bad_address;
  return names_expiry(status) ? Reason::tries_exhausted : Reason::refused;
}

std::string detail_of(const Fields& recipient) {
  auto said = std::string{diagnostic_of(recipient)};
  return readable(said.empty() ? field(recipient, "status") : said);
}

// Each notice goes to one address; where a system split it, one that was not reached is enough.
ReturnedMail judged(std::string notice, const std::vector<Fields>& recipients) {
  for (const auto& recipient : recipients) {
    if (small_letters(field(recipient, "action")) != "failed") continue;
    return {Returned::failed, std::move(notice), reason_of(recipient), detail_of(recipient)};
  }
  return {recipients.empty() ? Returned::unclear : Returned::not_failed, std::move(notice)};
}

// Mail systems write reports as nobody, or by these names (RFC 2142, RFC 5321).
bool is_from_mail_system(GMimeObject* mail) {
  if (trimmed(header_of(mail, "Return-Path")) == "<>") return true;
  auto from = small_letters(header_of(mail, "From"));
  return from.contains("mailer-daemon@") || from.contains("postmaster@");
}

std::string named_above(GMimeObject* mail) {
  for (const auto* name : {"In-Reply-To", "References", "X-Original-Message-ID"}) {
    if (auto notice = notice_in(header_of(mail, name)); !notice.empty()) return notice;
  }
  return {};
}

// Out of office (RFC 3834); reports say so of themselves too.
bool answers_by_itself(GMimeObject* mail, GMimeObject* body) {
  return small_letters(header_of(mail, "Auto-Submitted")).starts_with("auto-replied") &&
         !is_type(body, "multipart", {"report"});
}

Owned<GMimeMessage> parsed(std::string_view message) {
  start_gmime();
  Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(message.data(), message.size())};
  Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
  return Owned<GMimeMessage>{g_mime_parser_construct_message(parser.get(), nullptr)};
}

}  // namespace

ReturnedMail read_returned_mail(std::string_view message) {
  auto mail = parsed(message);
  auto* body = mail ? g_mime_message_get_mime_part(mail.get()) : nullptr;
  if (body == nullptr) return {};
  auto* head = GMIME_OBJECT(mail.get());
  Parts parts;
  look_at(body, parts);
  auto notice = notice_in(parts.returned);
  if (notice.empty()) notice = named_above(head);
  if (notice.empty()) return {};
  if (is_type(body, "multipart", {"report"}) && !parts.status.empty()) {
    return judged(std::move(notice), recipients_of(parts.status));
  }
  bool of_a_system = is_from_mail_system(head) && !answers_by_itself(head, body);
  return of_a_system ? ReturnedMail{Returned::unclear, std::move(notice)} : ReturnedMail{};
}

}  // namespace duban::channel
