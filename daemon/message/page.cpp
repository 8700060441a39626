#include "message/page.h"

#include <algorithm>

#include "base/text.h"

namespace duban::message {
namespace {

constexpr std::string_view small_print = "————";

std::string_view without_blanks(std::string_view line) {
  auto first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : line.substr(first);
}

bool is_entry(std::string_view line) {
  auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return line.starts_with("· ") || (digits > 0 && line.substr(digits).starts_with(". "));
}

bool is_heading(std::string_view line) {
  constexpr std::size_t columns = 60;
  return line.ends_with(':') && !line.contains(',') && display_width(line) <= columns;
}

bool BlockView::*kind_of(std::string_view line, bool in_small_print) {
  if (line == small_print) return &BlockView::rule;
  if (in_small_print) return &BlockView::note;
  if (line.starts_with("dubanctl ")) return &BlockView::command;
  if (is_entry(line)) return &BlockView::entry;
  return is_heading(line) ? &BlockView::heading : &BlockView::paragraph;
}

std::vector<SpanView> spans_of(std::string_view line, const std::vector<std::string>& strong) {
  std::vector<SpanView> spans;
  while (!line.empty()) {
    auto at = std::string_view::npos;
    std::string_view found;
    for (const auto& word : strong) {
      auto here = line.find(word);
      bool better = here < at || (here == at && word.size() > found.size());
      if (here != std::string_view::npos && better) at = here, found = word;
    }
    if (at != 0) spans.push_back({{}, std::string{line.substr(0, at)}});
    if (at == std::string_view::npos) break;
    spans.push_back({std::string{found}, {}});
    line.remove_prefix(at + found.size());
  }
  return spans;
}

}  // namespace

PageView page_of(const std::string& subject, std::string_view text,
                 const std::vector<std::string>& strong, Tongue language) {
  PageView page{subject, language == Tongue::english, {}};
  bool in_small_print = false;
  const std::vector<std::string> none;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    auto line = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == small_print) in_small_print = true;
    if (line.empty()) continue;
    BlockView block;
    block.*kind_of(line, in_small_print) = true;
    if (!block.rule) block.spans = spans_of(line, in_small_print || block.command ? none : strong);
    page.blocks.push_back(std::move(block));
  }
  return page;
}

}  // namespace duban::message
