#include "message/template_expand.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/limits.h"
#include "message/template_scan.h"

namespace duban::message {
namespace {

void expand_into(std::string& out, const std::string& file, const Templates& templates,
                 std::size_t depth) {
  auto found = templates.find(file);
  if (found == templates.end() || depth > limits::template_depth) return;
  std::string_view text = found->second;
  if (depth > 0 && text.ends_with('\n')) text.remove_suffix(1);
  std::size_t done = 0;
  for (const auto& tag : scan(text).tags) {
    if (tag.kind != Tag::Kind::partial) continue;
    if (out.size() > limits::message_bytes) return;
    out += text.substr(done, tag.begin - done);
    done = tag.end;
    expand_into(out, std::string{tag.name} + std::string{template_suffix}, templates, depth + 1);
  }
  out += text.substr(done);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string mark_blank_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_blank(line)) out += blank_line_mark;
    else out += line;
    out += '\n';
  }
  return out;
}

bool opens(const Tag& tag) {
  return tag.kind == Tag::Kind::section || tag.kind == Tag::Kind::inverted;
}

bool is_shown(const Tag& tag) {
  return tag.kind == Tag::Kind::variable || tag.kind == Tag::Kind::raw;
}

// The start of the line that a tag opens, if only blanks stand before it.
std::optional<std::size_t> opened_line(std::string_view text, const Tag& tag) {
  auto newline = tag.begin == 0 ? std::string_view::npos : text.rfind('\n', tag.begin - 1);
  auto start = newline == std::string_view::npos ? 0 : newline + 1;
  if (!is_blank(text.substr(start, tag.begin - start))) return std::nullopt;
  return start;
}

// The start of the next line, if only blanks stand after a tag.
std::optional<std::size_t> closed_line(std::string_view text, const Tag& tag) {
  auto end = std::min(text.find('\n', tag.end), text.size());
  if (!is_blank(text.substr(tag.end, end - tag.end))) return std::nullopt;
  return std::min(end + 1, text.size());
}

const Tag* closing(const std::vector<Tag>& tags, std::size_t open) {
  int depth = 0;
  for (auto at = open; at < tags.size(); ++at) {
    if (opens(tags[at])) ++depth;
    if (tags[at].kind == Tag::Kind::close && --depth == 0) return &tags[at];
  }
  return nullptr;
}

struct Edit {
  std::size_t begin, end;
  std::string instead;
};

void fold_tag(std::string_view text, const std::vector<Tag>& tags, std::size_t at,
              std::vector<Edit>& edits) {
  const auto& tag = tags[at];
  bool comment = tag.kind == Tag::Kind::comment;
  if (comment) edits.push_back({tag.begin, tag.end, ""});
  auto start = opened_line(text, tag);
  if (!start || is_shown(tag)) return;
  if (auto next = closed_line(text, tag)) {
    if (comment) edits.pop_back();
    auto kept = comment ? std::string{} : std::string{text.substr(tag.begin, tag.end - tag.begin)};
    edits.push_back({*start, *next, kept});
    return;
  }
  const auto* end = opens(tag) ? closing(tags, at) : nullptr;
  if (!end || text.substr(tag.end, end->begin - tag.end).contains('\n')) return;
  auto next = closed_line(text, *end);
  if (!next) return;
  edits.push_back({end->begin, end->begin, "\n"});
  edits.push_back({end->end, *next, ""});
}

// Else empty lines would be left where a section's tags or a section that is not there had lines.
std::string fold_lines(std::string_view text) {
  auto tags = scan(text).tags;
  std::vector<Edit> edits;
  for (std::size_t at = 0; at < tags.size(); ++at) fold_tag(text, tags, at, edits);
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  std::string out;
  std::size_t done = 0;
  for (const auto& edit : edits) {
    if (edit.begin < done) continue;
    out += text.substr(done, edit.begin - done);
    out += edit.instead;
    done = edit.end;
  }
  out += text.substr(done);
  return out;
}

}  // namespace

std::string expand(const std::string& file, const Templates& templates) {
  std::string out;
  expand_into(out, file, templates, 0);
  return fold_lines(mark_blank_lines(out));
}

}  // namespace duban::message
