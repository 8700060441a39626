#include "delivery/redirect.h"

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
  const bool english = language == Tongue::english;
  const std::string line =
      (english ? "On trial; this would go to: " : "试运行,本应发给:") + meant_for;
  content.subject = (english ? "[Trial → " + meant_for + "] " : "【试运行→" + meant_for + "】") +
                    content.subject;
  content.text = line + "\n\n" + content.text;
  if (!content.html.empty()) content.html = with_first_paragraph(content.html, line);
  return content;
}

}  // namespace duban::delivery
