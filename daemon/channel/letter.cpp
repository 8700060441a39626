#include "channel/letter.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include "base/english_names.h"
#include "channel/gmime_objects.h"
#include "channel/header_text.h"
#include "channel/mail_address.h"

namespace duban::channel {
namespace {

// The canonical form of text in MIME.
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  while (true) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    if (end != text.npos && line.ends_with('\r')) line.remove_suffix(1);
    for (auto lone = line.find('\r'); lone != line.npos; lone = line.find('\r')) {
      out.append(line.substr(0, lone)).append("\r\n");
      line.remove_prefix(lone + 1);
    }
    out += line;
    if (end == text.npos) return out;
    out += "\r\n";
    text.remove_prefix(end + 1);
  }
}

// Always Base64: the texts are Chinese, and nothing on the way can touch a line of them.
Owned<GMimeObject> text_part(const char* subtype, std::string_view text) {
  auto bytes = with_crlf(text);
  Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
  Owned<GMimeDataWrapper> content{
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
  auto* part = g_mime_part_new_with_type("text", subtype);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_part_set_content(part, content.get());
  return Owned<GMimeObject>{GMIME_OBJECT(part)};
}

// Fixed by the notice, so that two attempts say the same; `=_` cannot stand in Base64.
void set_boundary(GMimeMultipart* parts, const delivery::Parcel& parcel, std::string_view mark) {
  auto id = std::string_view{parcel.notice};
  auto ulid = id.substr(id.rfind('_') + 1);
  g_mime_multipart_set_boundary(parts, fmt::format("=_{}{}", mark, ulid).c_str());
}

Owned<GMimeObject> body_of(const delivery::Parcel& parcel) {
  auto text = text_part("plain", parcel.content.text);
  if (parcel.content.html.empty()) return text;
  auto html = text_part("html", parcel.content.html);
  auto* both = g_mime_multipart_new_with_subtype("alternative");
  set_boundary(both, parcel, "");
  g_mime_multipart_add(both, text.get());
  g_mime_multipart_add(both, html.get());
  return Owned<GMimeObject>{GMIME_OBJECT(both)};
}

// The name in both ways (RFC 2231 by GMime, as Outlook reads it too).
Owned<GMimeObject> file_part(const ledger::Attachment& file) {
  Owned<GMimeStream> stream{
      g_mime_stream_mem_new_with_buffer(file.bytes.data(), file.bytes.size())};
  Owned<GMimeDataWrapper> content{
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
  auto slash = file.type.find('/');
  auto* part = g_mime_part_new_with_type(file.type.substr(0, slash).c_str(),
                                         file.type.substr(slash + 1).c_str());
  g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
  g_mime_part_set_filename(part, file.name.c_str());
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_part_set_content(part, content.get());
  return Owned<GMimeObject>{GMIME_OBJECT(part)};
}

Owned<GMimeObject> with_files(Owned<GMimeObject> body, const delivery::Parcel& parcel) {
  if (parcel.content.attachments.empty()) return body;
  auto* parts = g_mime_multipart_new_with_subtype("mixed");
  set_boundary(parts, parcel, "f");
  g_mime_multipart_add(parts, body.get());
  for (const auto& file : parcel.content.attachments) {
    g_mime_multipart_add(parts, file_part(file).get());
  }
  return Owned<GMimeObject>{GMIME_OBJECT(parts)};
}

std::string printed(GMimeObject* object) {
  std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> options{
      g_mime_format_options_new(), &g_mime_format_options_free};
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  std::unique_ptr<char, decltype(&g_free)> text{g_mime_object_to_string(object, options.get()),
                                                &g_free};
  return with_crlf(text.get());
}

std::string date_header(Instant at, Seconds offset) {
  Civil civil{at.time_since_epoch() + offset};
  auto day = day_of(civil);
  auto weekday = std::chrono::weekday{day}.c_encoding();
  std::chrono::hh_mm_ss time{time_of(civil)};
  auto minutes = offset.count() / 60;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}",
                     english_weekdays.at(weekday), day_of_month(day),
                     english_months.at(month_of(day) - 1), year_of(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(),
                     minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string to_header(const delivery::Parcel& parcel) {
  if (auto address = wire_address(parcel.address)) {
    return encode_mailbox(parcel.recipient_name, *address, 4);
  }
  auto name = parcel.recipient_name.empty() ? parcel.address : parcel.recipient_name;
  auto group = encode_mailbox(name, "", 4);
  return group.substr(0, group.rfind('<')) + ":;";
}

}  // namespace

std::string compose_letter(const delivery::Parcel& parcel, const MailSender& sender, Instant at) {
  start_gmime();
  std::string out;
  auto header = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  header("Date", date_header(at, sender.offset));
  header("From", encode_mailbox(sender.from_name, sender.from, 6));
  header("To", to_header(parcel));
  if (!sender.reply_to.empty()) header("Reply-To", sender.reply_to);
  header("Subject", encode_text(parcel.content.subject, 9));
  header("Message-ID", fmt::format("<{}@{}>", parcel.notice, domain_of(sender.from)));
  header("Auto-Submitted", "auto-generated");
  header("X-Auto-Response-Suppress", "All");
  if (parcel.attempt > 1) header("X-Duban-Attempt", fmt::format("{}", parcel.attempt));
  header("MIME-Version", "1.0");
  return out + printed(with_files(body_of(parcel), parcel).get());
}

}  // namespace duban::channel
