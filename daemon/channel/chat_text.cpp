#include "channel/chat_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "base/bilingual.h"
#include "base/text.h"
#include "channel/controls.h"

namespace duban::channel {
namespace {

// Chats know no backslash that takes a sign's meaning: its full-width form has none.
constexpr std::string_view signs = "*_`#<>[]~\\";
constexpr char32_t to_full_width = 0xFEE0;

std::size_t length_of_address(std::string_view text) {
  if (!text.starts_with("https://") && !text.starts_with("http://")) return 0;
  auto part_of_it = [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F && !std::string_view{"<>[]()\"'`|\\"}.contains(c);
  };
  auto end = std::ranges::find_if_not(text, part_of_it);
  return static_cast<std::size_t>(end - text.begin());
}

std::string shown(std::string_view line, const ChatStyle& style) {
  return style.markdown ? plain_words(line) : std::string{line};
}

std::vector<std::string> lines_of(std::string_view text, const ChatStyle& style) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    std::string line{text.substr(0, end)};
    text.remove_prefix(std::min(end + 1, text.size()));
    std::erase_if(line, is_control);
    if (!line.empty()) lines.push_back(shown(line, style));
  }
  return lines;
}

// `· ` or `12. `: one thing told.
bool is_entry(std::string_view line) {
  if (line.starts_with("· ")) return true;
  auto digits = line.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && line.substr(digits).starts_with(". ");
}

/// Lines of a message: what leads to the entries, the entries with what belongs to each, the rest.
struct Parts {
  std::vector<std::string> head, entries, tail;
};

Parts parts_of(std::vector<std::string> lines) {
  Parts parts;
  std::size_t last = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_entry(lines[i])) last = i + 1;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    bool begins = is_entry(lines[i]);
    auto& part = i >= last ? parts.tail
                 : begins || !parts.entries.empty() ? parts.entries
                                                    : parts.head;
    part.push_back(std::move(lines[i]));
  }
  return parts;
}

std::string joined(const std::vector<std::string>& lines, std::string_view line_end) {
  std::string text;
  for (const auto& line : lines) {
    text += line;
    text += line_end;
  }
  return text;
}

std::string last_lines(const delivery::Parcel& parcel, std::string_view mentions,
                       const ChatStyle& style) {
  std::string text;
  if (!mentions.empty()) text = fmt::format("{}{}", mentions, style.line_end);
  // An id has an underscore, which is a sign of Markdown: between letters it is none.
  return both("{}编号 {}", "{}No. {}", text, parcel.notice).in(parcel.language);
}

// As many of the entries as there is room for, and a line for those left out.
std::string entries_within(const std::vector<std::string>& entries, std::string_view line_end,
                           std::size_t room, Tongue language) {
  auto whole = joined(entries, line_end);
  if (whole.size() <= room) return whole;
  auto total = std::ranges::count_if(entries, [](const auto& line) { return is_entry(line); });
  auto note = [&](std::ptrdiff_t left) {
    return both("…(共{}条,余{}条见工作方案){}", "… ({} in all, {} more in the work plan){}", total,
                left, line_end)
        .in(language);
  };
  const auto spare = note(total).size();
  std::string text;
  auto left = total;
  for (const auto& line : entries) {
    if (text.size() + line.size() + line_end.size() + spare > room) break;
    if (is_entry(line)) --left;
    text += line;
    text += line_end;
  }
  return text + note(left);
}

}  // namespace

std::string plain_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto address = length_of_address(text);
    if (address > 0) {
      out += text.substr(0, address);
      text.remove_prefix(address);
      continue;
    }
    const char c = text.front();
    if (signs.contains(c)) out += encode_utf8(static_cast<char32_t>(c) + to_full_width);
    else out += c;
    text.remove_prefix(1);
  }
  return out;
}

std::string chat_title(const delivery::Parcel& parcel) {
  std::string title = parcel.content.subject;
  std::erase_if(title, is_control);
  if (!parcel.after_unknown) return title;
  return both("(补发){}", "(Sent again) {}", title).in(parcel.language);
}

std::string chat_text(const delivery::Parcel& parcel, const ChatStyle& style,
                      std::string_view mentions, std::size_t bytes) {
  auto parts = parts_of(lines_of(parcel.content.text, style));
  bool titled = !style.title_before.empty() || !style.title_after.empty();
  auto title = fmt::format("{}{}{}{}", style.title_before, shown(chat_title(parcel), style),
                           style.title_after, style.line_end);
  auto head = (titled ? title : std::string{}) + joined(parts.head, style.line_end);
  auto end = last_lines(parcel, mentions, style);
  auto tail = joined(parts.tail, style.line_end) + end;
  if (head.size() + tail.size() <= bytes) {
    auto entries = entries_within(parts.entries, style.line_end,
                                  bytes - head.size() - tail.size(), parcel.language);
    if (head.size() + entries.size() + tail.size() <= bytes) return head + entries + tail;
  }
  // Not even what stands around the entries fits: the beginning is what matters.
  auto rest = fmt::format("…{}{}", style.line_end, end);
  if (rest.size() >= bytes) return std::string{first_bytes(head, bytes)};
  return std::string{first_bytes(head + joined(parts.entries, style.line_end) + tail,
                                 bytes - rest.size())} +
         rest;
}

}  // namespace duban::channel
