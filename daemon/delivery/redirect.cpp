#include "delivery/redirect.h"

#include "base/bilingual.h"

namespace duban::delivery {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string with_first_paragraph(const std::string& html, const std::string& text) {
  const std::string paragraph = "<p>" + escaped(text) + "</p>\n";
  const auto body = html.find("<body");
  const auto end = body == std::string::npos ? body : html.find('>', body);
  if (end == std::string::npos) return paragraph + html;
  return html.substr(0, end + 1) + "\n" + paragraph + html.substr(end + 1);
}

}  // namespace

ledger::Content redirected(ledger::Content content, const std::string& meant_for,
                           Tongue language) {
  const auto line =
      both("试运行,本应发给:{}", "On trial; this would go to: {}", meant_for).in(language);
  content.subject =
      both("【试运行→{}】{}", "[Trial → {}] {}", meant_for, content.subject).in(language);
  content.text = line + "\n\n" + content.text;
  if (!content.html.empty()) content.html = with_first_paragraph(content.html, line);
  return content;
}

}  // namespace duban::delivery
