#include "settings/text_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <system_error>

#include "base/text.h"
#include "settings/report.h"

namespace duban::settings {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

Bilingual size_words(std::size_t bytes) {
  if (bytes < 1024) return both("{}字节", "{} bytes", bytes);
  return both("{} KB", "{} KB", (bytes + 1023) / 1024);
}

// The longest well-formed beginning, so that the place of the first bad byte can be named.
Place first_bad_place(std::string_view text, const std::string& shown) {
  Place place{shown, 1, 1};
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    if (!is_utf8_text(line)) {
      unsigned column = 1;
      auto left = line;
      while (!left.empty()) {
        auto character = first_characters(left, 1);
        if (!is_utf8_text(character)) break;
        left.remove_prefix(character.size());
        ++column;
      }
      place.column = column;
      return place;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    ++place.line;
  }
  return place;
}

bool looks_like_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

void refuse_encoding(std::string_view text, const std::string& shown, Diagnostics& out) {
  if (looks_like_utf16(text)) {
    error(out, {shown, 1, 1}, "encoding",
          {"这个文件是UTF-16编码,不是UTF-8", "this file is UTF-16, not UTF-8"},
          {"请用编辑器“另存为”,编码选UTF-8", "save it as UTF-8 in the editor"});
    return;
  }
  auto place = first_bad_place(text, shown);
  if (text.find('\0') != std::string_view::npos) {
    error(out, place, "encoding",
          {"文件里有空字节(NUL),不是文本文件", "a NUL byte stands here: this is no text file"});
    return;
  }
  error(out, place, "encoding",
        {"这里不是UTF-8,多半是用GB18030(GBK)保存的",
         "this is not UTF-8; the file was probably saved as GB18030 (GBK)"},
        {"请用编辑器“另存为”,编码选UTF-8;或用命令 iconv -f GB18030 -t UTF-8 转换",
         "save it as UTF-8 in the editor, or convert it with iconv -f GB18030 -t UTF-8"});
}

// In one piece if the file is as long as it says; one that grows meanwhile is read on. More than
// the bound says only that there is more.
std::string read_at_most(std::istream& file, std::uintmax_t said, std::size_t bound) {
  auto piece = static_cast<std::size_t>(std::min<std::uintmax_t>(said, bound)) + 1;
  std::string bytes;
  while (file && bytes.size() <= bound) {
    auto before = bytes.size();
    bytes.resize(before + piece);
    file.read(bytes.data() + before, static_cast<std::streamsize>(piece));
    bytes.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  return bytes;
}

}  // namespace

std::optional<std::string> check_text(std::string bytes, const std::string& shown,
                                      Diagnostics& out) {
  if (bytes.starts_with(utf8_mark)) bytes.erase(0, utf8_mark.size());
  if (is_utf8_text(bytes)) return bytes;
  refuse_encoding(bytes, shown, out);
  return std::nullopt;
}

std::optional<std::string> read_text_file(const std::filesystem::path& path,
                                          const std::string& shown, std::size_t bound,
                                          Diagnostics& out) {
  std::error_code failure;
  auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    error(out, {shown, 0, 0}, "unreadable", {"没有这个文件", "there is no such file"});
    return std::nullopt;
  }
  // A pipe or device would make the reader wait for ever.
  if (!std::filesystem::is_regular_file(status)) {
    error(out, {shown, 0, 0}, "unreadable", {"不是普通文件", "this is not a regular file"});
    return std::nullopt;
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  auto bytes = read_at_most(file, std::filesystem::file_size(path, failure), bound);
  if (!file.is_open() || file.bad()) {
    auto reason = std::error_code{errno, std::generic_category()}.message();
    error(out, {shown, 0, 0}, "unreadable",
          both("读不了这个文件:{}", "cannot read this file: {}", reason),
          {"请看文件的属主和权限", "look at the file's owner and permissions"});
    return std::nullopt;
  }
  if (bytes.size() > bound) {
    error(out, {shown, 0, 0}, "too-large",
          both("文件超过上限{}", "the file is larger than {}", size_words(bound)),
          {"请确认没有放错文件", "make sure that it is the right file"});
    return std::nullopt;
  }
  return check_text(std::move(bytes), shown, out);
}

}  // namespace duban::settings
