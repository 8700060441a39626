#include "channel/mail_address.h"

#include <glib.h>

#include <algorithm>
#include <memory>

#include "channel/controls.h"

namespace duban::channel {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_local_part(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
  auto allowed = [&](char c) { return is_alphanumeric(c) || marks.contains(c); };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed) &&
         !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
}

bool is_label(std::string_view text) {
  auto allowed = [](char c) { return is_alphanumeric(c) || c == '-'; };
  return !text.empty() && text.size() <= 63 && std::ranges::all_of(text, allowed) &&
         !text.starts_with('-') && !text.ends_with('-');
}

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    auto dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string to_ascii(std::string_view domain) {
  std::unique_ptr<char, decltype(&g_free)> ascii{
      g_hostname_to_ascii(std::string{domain}.c_str()), &g_free};
  return ascii ? std::string{ascii.get()} : std::string{};
}

}  // namespace

std::expected<std::string, Bilingual> wire_address(std::string_view text) {
  auto at = text.rfind('@');
  if (at == std::string_view::npos) {
    return std::unexpected(both("邮件地址中没有 @", "there is no @ in the mail address"));
  }
  if (has_controls(text)) {
    return std::unexpected(
        both("邮件地址中有控制字符", "there are control characters in the mail address"));
  }
  if (text.find_first_of("<> \"") != std::string_view::npos) {
    return std::unexpected(
        both("只写邮件地址本身,不带姓名、空格、引号和尖括号",
             "write the bare mail address without name, spaces, quotes and angle brackets"));
  }
  auto local = text.substr(0, at);
  if (!is_local_part(local)) {
    return std::unexpected(
        both("@ 之前只能用英文字母、数字和 . _ - + 等符号,最长 64 个字符",
             "before the @ only ASCII letters, digits and marks such as . _ - + can stand, at most "
             "64 characters"));
  }
  auto domain = to_ascii(text.substr(at + 1));
  if (!is_domain(domain)) {
    return std::unexpected(both("@ 之后不是一个域名", "what follows the @ is not a domain"));
  }
  return std::string{local} + "@" + domain;
}

std::string_view domain_of(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

}  // namespace duban::channel
