#include "settings/page_settings.h"

#include "base/limits.h"
#include "base/text.h"
#include "settings/local_address.h"
#include "settings/report.h"
#include "settings/section.h"

namespace duban::settings {
namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

void read_listen(Section& section, PageSettings& page) {
  auto address = read_local_address(section, "listen", "127.0.0.1:8622", {"网页", "the pages"});
  if (!address) return;
  page.address = std::move(address->host);
  page.port = address->port;
}

bool is_base(std::string_view text) {
  if (text.empty()) return true;
  std::string known{letters_and_digits};
  known += "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_/";
  return text.size() <= limits::page_base_bytes && text.starts_with('/') && !text.ends_with('/') &&
         !text.contains("//") && text.find_first_not_of(known) == std::string_view::npos;
}

void read_base(Section& section, PageSettings& page) {
  auto word = section.text("base");
  if (!word) return;
  page.base = word->value == "/" ? "" : word->value;
  if (is_base(page.base)) return;
  error(section.diagnostics(), word->place, "bad-value",
        both("base 不能写{}", "base cannot be {}", in_quotes(word->value)),
        {"写路径,以 / 开头、不以 / 结尾,例如 \"/duban\"",
         "write a path that starts with / and does not end with it, for example \"/duban\""});
}

bool is_host(std::string_view text) {
  constexpr std::size_t longest_name = 253;
  return !text.empty() && text.size() <= longest_name &&
         text.find_first_not_of(std::string{letters_and_digits} + "-.") == std::string_view::npos;
}

void read_hosts(Section& section, PageSettings& page) {
  auto words = section.texts("hosts");
  if (!words) return;
  if (words->size() > limits::page_hosts) {
    error(section.diagnostics(), words->at(limits::page_hosts).place, "too-many",
          both("hosts 超过{}个", "more than {} hosts", limits::page_hosts),
          {"只留反向代理现用的名称", "keep only the names that the reverse proxy uses now"});
    return;
  }
  for (auto& word : *words) {
    auto name = small_letters(word.value);
    if (!is_host(name)) {
      error(section.diagnostics(), word.place, "bad-value",
            both("hosts 不能写{}", "hosts cannot name {}", in_quotes(word.value)),
            {"只写主机名,不带 http:// 和端口,例如 \"duban.example.org\"",
             "write a bare host name without http:// and port, for example "
             "\"duban.example.org\""});
    }
    page.hosts.push_back(std::move(name));
  }
}

}  // namespace

std::optional<PageSettings> read_page(Section& root) {
  auto section = root.table("page");
  if (!section) return std::nullopt;
  PageSettings page;
  page.place = section->place();
  read_listen(*section, page);
  read_base(*section, page);
  read_hosts(*section, page);
  section->finish();
  if (page.port == 0) return std::nullopt;
  return page;
}

}  // namespace duban::settings
