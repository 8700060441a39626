#include "channel/letter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "base/digest.h"
#include "base/text.h"
#include "channel/header_text.h"

namespace duban::channel {
namespace {

const MailSender sender{.from = "duban@wuban.example.org",
                        .from_name = "市长江经济带发展领导小组办公室(督办系统自动发送)",
                        .reply_to = "office@wuban.example.org"};
constexpr Instant at{std::chrono::seconds{1648429190}};  // 2022-03-28T08:59:50+08:00

delivery::Parcel parcel() {
  delivery::Parcel made;
  made.notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D";
  made.address = "liaison@edu.example.org";
  made.recipient_name = "市教育局联络员";
  made.content.subject = "请于5月25日(周三)17:00前报送5月月调度表:四(三)推进机制、三(一)重点任务、"
                         "二(二)协同发展,共三条;另有一条请于5月31日前报送";
  made.content.text = "第一行\n第二行\n";
  made.content.html = "<p>第一行</p>\n";
  return made;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at_line = 0; at_line < text.size();) {
    auto end = text.find("\r\n", at_line);
    lines.push_back(text.substr(at_line, end - at_line));
    at_line = end + 2;
  }
  return lines;
}

std::string header_block(const std::string& mail) {
  return mail.substr(0, mail.find("\r\n\r\n") + 2);
}

std::string header(const std::string& mail, const std::string& name) {
  auto block = "\r\n" + header_block(mail);
  auto begin = block.find("\r\n" + name + ": ");
  if (begin == std::string::npos) return "(none)";
  begin += name.size() + 4;
  auto end = block.find("\r\n", begin);
  while (block[end + 2] == ' ') end = block.find("\r\n", end + 2);
  return block.substr(begin, end - begin);
}

// Decoded by the letter of RFC 2047: each word for itself, blanks between words dropped. Fails the
// test on a word that is too long or splits a character.
std::string decode_words(const std::string& value) {
  static const std::regex word(R"(=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=)");
  std::string out;
  std::size_t end_before = 0;
  for (std::sregex_iterator it(value.begin(), value.end(), word), none; it != none; ++it) {
    EXPECT_LE(it->length(), 75);
    auto between = value.substr(end_before, static_cast<std::size_t>(it->position()) - end_before);
    if (end_before == 0 || between.find_first_not_of("\r\n ") != std::string::npos) out += between;
    auto bytes = decode_base64((*it)[1].str());
    EXPECT_TRUE(bytes && is_utf8_text(*bytes)) << it->str();
    out += bytes.value_or("");
    end_before = static_cast<std::size_t>(it->position() + it->length());
  }
  return out + value.substr(end_before);
}

TEST(Letter, has_every_header_once_and_no_line_over_78) {
  auto mail = compose_letter(parcel(), sender, at);
  for (const auto* name : {"Date", "From", "To", "Reply-To", "Subject", "Message-ID",
                           "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
                           "Content-Type"}) {
    int found = 0;
    for (const auto& line : lines_of(header_block(mail))) {
      if (line.starts_with(std::string{name} + ":")) ++found;
    }
    EXPECT_EQ(found, 1) << name;
  }
  for (const auto& line : lines_of(mail)) EXPECT_LE(line.size(), 78U) << line;
}

TEST(Letter, dates_by_machine_time_with_a_numeric_zone) {
  auto mail = compose_letter(parcel(), sender, at);
  EXPECT_EQ(header(mail, "Date"), "Mon, 28 Mar 2022 08:59:50 +0800");
  auto west = sender;
  west.offset = Seconds{-(3 * 3600 + 1800)};
  EXPECT_EQ(header(compose_letter(parcel(), west, at), "Date"), "Sun, 27 Mar 2022 21:29:50 -0330");
}

TEST(Letter, subject_is_encoded_words_of_whole_characters_within_the_line) {
  auto mail = compose_letter(parcel(), sender, at);
  auto subject = header(mail, "Subject");
  EXPECT_EQ(decode_words(subject), parcel().content.subject);
  auto lines = lines_of("Subject: " + subject + "\r\n");
  ASSERT_GE(lines.size(), 3U);
  for (const auto& line : lines) EXPECT_LE(line.size(), 76U) << line;
}

TEST(Letter, encodes_only_the_display_name_of_from) {
  auto from = header(compose_letter(parcel(), sender, at), "From");
  EXPECT_TRUE(from.ends_with(" <duban@wuban.example.org>")) << from;
  EXPECT_EQ(decode_words(from), sender.from_name + "\r\n <duban@wuban.example.org>");
}

TEST(Letter, message_id_is_the_notice_at_our_own_domain) {
  EXPECT_EQ(header(compose_letter(parcel(), sender, at), "Message-ID"),
            "<ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D@wuban.example.org>");
}

TEST(Letter, a_second_attempt_differs_in_date_and_attempt_only) {
  auto first = compose_letter(parcel(), sender, at);
  auto again = parcel();
  again.attempt = 2;
  auto second = compose_letter(again, sender, at + Seconds{3600});
  std::vector<std::string> changed;
  for (const auto& line : lines_of(second)) {
    auto before = lines_of(first);
    if (std::ranges::find(before, line) == before.end()) changed.push_back(line);
  }
  EXPECT_EQ(changed, (std::vector<std::string>{"Date: Mon, 28 Mar 2022 09:59:50 +0800",
                                               "X-Duban-Attempt: 2"}));
}

TEST(Letter, carries_files_beside_its_text_under_their_own_names) {
  auto with = parcel();
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  with.content.attachments = {{"2022年6月月调度通报(送审稿).docx", "application/x-word", bytes}};
  auto mail = compose_letter(with, sender, at);
  EXPECT_TRUE(header(mail, "Content-Type").starts_with("multipart/mixed"));
  EXPECT_NE(mail.find("Content-Type: multipart/alternative"), mail.npos);
  EXPECT_NE(mail.find("Content-Disposition: attachment;"), mail.npos);
  auto part = mail.substr(mail.find("application/x-word"));
  auto body = part.substr(part.find("\r\n\r\n") + 4);
  body.resize(body.find("\r\n--"));
  std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
  EXPECT_EQ(decode_base64(body), bytes);
  for (const auto& line : lines_of(mail)) EXPECT_LE(line.size(), 78U) << line;
}

TEST(Letter, is_plain_text_alone_where_there_is_no_html) {
  auto bare = parcel();
  bare.content.html.clear();
  auto mail = compose_letter(bare, sender, at);
  EXPECT_TRUE(header(mail, "Content-Type").starts_with("text/plain; charset=utf-8"));
  auto body = mail.substr(mail.find("\r\n\r\n") + 4);
  std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
  EXPECT_EQ(decode_base64(body), "第一行\r\n第二行\r\n");
}

TEST(Letter, ends_every_line_as_mime_wants_whatever_it_was_written_with) {
  auto bare = parcel();
  bare.content.html.clear();
  for (const auto& [written, sent] : std::vector<std::pair<std::string, std::string>>{
           {"a\nb", "a\r\nb"}, {"a\r\nb\r\n", "a\r\nb\r\n"}, {"a\rb\r", "a\r\nb\r\n"},
           {"\r\r\n\n", "\r\n\r\n\r\n"}, {"a\n\rb\n", "a\r\n\r\nb\r\n"}, {"\n", "\r\n"}}) {
    bare.content.text = written;
    auto mail = compose_letter(bare, sender, at);
    auto body = mail.substr(mail.find("\r\n\r\n") + 4);
    std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
    EXPECT_EQ(decode_base64(body), sent);
  }
}

TEST(Letter, stands_as_a_group_to_an_address_that_is_none) {
  auto folder = parcel();
  folder.address = "市教育局";
  folder.recipient_name.clear();
  EXPECT_EQ(decode_words(header(compose_letter(folder, sender, at), "To")), "市教育局 :;");
}

TEST(HeaderText, every_length_and_column_round_trips_within_its_bounds) {
  for (std::size_t column : {0U, 4U, 9U, 40U, 70U, 76U}) {
    std::string text;
    for (int length = 0; length < 120; ++length) {
      auto value = encode_text(text, column);
      // A fold before the first word is white space that no reader keeps.
      auto decoded = decode_words(value);
      EXPECT_EQ(decoded.substr(std::min(decoded.size(), decoded.find_first_not_of("\r\n "))), text);
      auto lines = lines_of(std::string(column, '-') + value + "\r\n");
      for (const auto& line : lines) EXPECT_LE(line.size(), 76U);
      text += length % 7 == 0 ? "😀" : length % 3 == 0 ? "a" : "督";
    }
  }
}

TEST(HeaderText, leaves_plain_ascii_alone_and_encodes_what_looks_encoded) {
  EXPECT_EQ(encode_text("Monthly table", 9), "Monthly table");
  auto forged = encode_text("=?UTF-8?B?YQ==?=", 9);
  EXPECT_EQ(decode_words(forged), "=?UTF-8?B?YQ==?=");
}

TEST(HeaderText, quotes_a_name_with_marks_and_lets_no_line_end_through) {
  EXPECT_EQ(encode_mailbox("Li, Ming", "a@b.cn", 4), "\"Li, Ming\" <a@b.cn>");
  EXPECT_EQ(encode_mailbox("Li Ming", "a@b.cn", 4), "Li Ming <a@b.cn>");
  EXPECT_EQ(encode_mailbox("a\"b\\c", "a@b.cn", 4), "\"a\\\"b\\\\c\" <a@b.cn>");
  EXPECT_EQ(encode_mailbox("x\r\nBcc: y", "a@b.cn", 4), "\"x  Bcc: y\" <a@b.cn>");
  EXPECT_EQ(encode_mailbox("", "a@b.cn", 4), "a@b.cn");
}

}  // namespace
}  // namespace duban::channel
