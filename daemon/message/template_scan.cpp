#include "message/template_scan.h"

#include "base/text.h"

namespace duban::message {
namespace {

Tag::Kind kind_of(char sign) {
  switch (sign) {
    case '#': return Tag::Kind::section;
    case '^': return Tag::Kind::inverted;
    case '/': return Tag::Kind::close;
    case '>': return Tag::Kind::partial;
    case '!': return Tag::Kind::comment;
    case '&': return Tag::Kind::raw;
    case '=': return Tag::Kind::delimiter;
    default: return Tag::Kind::variable;
  }
}

Tag read_tag(std::string_view inside, std::size_t begin, std::size_t end) {
  auto text = trimmed(inside);
  auto kind = text.empty() ? Tag::Kind::variable : kind_of(text.front());
  if (kind != Tag::Kind::variable) text = trimmed(text.substr(1));
  return {kind, text, begin, end};
}

}  // namespace

Scan scan(std::string_view text) {
  Scan found;
  for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    bool triple = text.substr(at).starts_with("{{{");
    std::string_view closing = triple ? "}}}" : "}}";
    auto from = at + closing.size();
    auto close = text.find(closing, from);
    if (close == std::string_view::npos) {
      found.unclosed = at;
      break;
    }
    auto tag = read_tag(text.substr(from, close - from), at, close + closing.size());
    if (triple) tag.kind = Tag::Kind::raw;
    found.tags.push_back(tag);
    at = tag.end;
  }
  return found;
}

}  // namespace duban::message
