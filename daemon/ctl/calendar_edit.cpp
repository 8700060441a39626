#include "ctl/calendar_edit.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "ctl/year_section.h"

namespace duban::ctl {
namespace {

using calendar::HolidayNotice;
using engine::Refusal;
using settings::Node;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Refusal by_hand(int year) {
  return {"edit-by-hand",
          both("{}年那一段不是按 [[year]] 逐行写的,不能替你改",
               "the section of {} is not written line by line as [[year]]; it cannot be edited for "
               "you",
               year),
          both("请直接改文件,照别的年份的样子写",
               "edit the file yourself, as the other years are written")};
}

// Lines with their ends, so that put together they are the text.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto size = end == std::string_view::npos ? text.size() : end + 1;
    lines.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::string_view trimmed(std::string_view line) {
  auto begin = line.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view{} : line.substr(begin);
}

bool is_remark(std::string_view line) {
  auto rest = trimmed(line);
  return rest.empty() || rest.starts_with('#');
}

// Lines from `begin` up to `end`, from 0.
struct Span {
  std::size_t begin = 0, end = 0;
};

class SectionEdit {
 public:
  SectionEdit(Lines lines, const Node& section, std::size_t end, const HolidayNotice& notice)
      : lines_(std::move(lines)), section_(section), end_(end), notice_(notice) {}

  std::expected<Lines, Refusal> run();

 private:
  bool find_spans();
  bool has_remark_for_number() const;
  Lines rewritten(SectionKey key) const;
  const std::optional<Span>& span_of(SectionKey key) const {
    return spans_.at(static_cast<std::size_t>(key));
  }

  Lines lines_;
  const Node& section_;
  /// Where the next section begins.
  std::size_t end_;
  const HolidayNotice& notice_;
  std::array<std::optional<Span>, section_keys.size()> spans_;
};

bool SectionEdit::find_spans() {
  std::size_t head = section_.place.line - 1;
  if (!trimmed(lines_[head]).starts_with("[[year]]")) return false;
  for (const auto& member : section_.members) {
    auto known = std::ranges::find(section_keys, member.key);
    if (known == section_keys.end()) return false;
    Span span{member.place.line - 1, end_};
    if (!trimmed(lines_[span.begin]).starts_with(member.key)) return false;
    for (const auto& other : section_.members) {
      std::size_t line = other.place.line - 1;
      if (line > span.begin) span.end = std::min(span.end, line);
    }
    // What is said after it, and before the next key, is no part of it.
    while (span.end > span.begin + 1 && is_remark(lines_[span.end - 1])) --span.end;
    spans_.at(static_cast<std::size_t>(known - section_keys.begin())) = span;
  }
  return span_of(SectionKey::year).has_value();
}

bool SectionEdit::has_remark_for_number() const {
  auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(section_.place.line);
  auto end = lines_.begin() + static_cast<std::ptrdiff_t>(end_);
  return std::any_of(begin, end, [](const std::string& line) {
    return trimmed(line).starts_with(number_unknown);
  });
}

// The lines of a key as they should be; none where nothing is to be written.
Lines SectionEdit::rewritten(SectionKey key) const {
  const auto& span = span_of(key);
  if (span && says_so(key, section_, notice_)) {
    return {lines_.begin() + static_cast<std::ptrdiff_t>(span->begin),
            lines_.begin() + static_cast<std::ptrdiff_t>(span->end)};
  }
  bool remarked = key == SectionKey::notice && notice_.number.empty() && has_remark_for_number();
  return remarked ? Lines{} : lines_for(key, notice_);
}

std::expected<Lines, Refusal> SectionEdit::run() {
  if (!find_spans()) return std::unexpected(by_hand(notice_.year));
  auto says = [&](SectionKey key) { return says_so(key, section_, notice_); };
  if (std::ranges::all_of(all_keys, says)) return lines_;
  // Each key that is there, with those that are to come right after it.
  std::map<std::size_t, Lines> written;
  std::size_t at = 0;
  for (auto key : all_keys) {
    if (span_of(key)) at = span_of(key)->begin;
    auto lines = rewritten(key);
    written[at].insert(written[at].end(), lines.begin(), lines.end());
  }
  Lines result;
  for (std::size_t line = 0; line < lines_.size();) {
    auto own = std::ranges::find_if(spans_, [&](const auto& s) { return s && s->begin == line; });
    if (own != spans_.end()) {
      auto& lines = written[line];
      result.insert(result.end(), lines.begin(), lines.end());
      line = (*own)->end;
      continue;
    }
    bool in_section = line >= section_.place.line && line < end_;
    bool outdated = in_section && !notice_.number.empty() &&
                    trimmed(lines_[line]).starts_with(number_unknown);
    if (!outdated) result.push_back(lines_[line]);
    ++line;
  }
  return result;
}

Lines added(Lines lines, const HolidayNotice& notice) {
  if (!lines.empty() && !trimmed(lines.back()).empty()) lines.emplace_back("");
  lines.emplace_back("[[year]]");
  for (auto key : all_keys) {
    for (auto& line : lines_for(key, notice)) lines.push_back(std::move(line));
  }
  return lines;
}

// New lines have no end yet, and the last old one may have none.
std::string joined(const Lines& lines, std::string_view end) {
  std::string text;
  for (const auto& line : lines) {
    text += line;
    if (!line.ends_with('\n')) text += end;
  }
  return text;
}

std::expected<Lines, Refusal> edit_lines(Lines lines, const Node& root,
                                         const HolidayNotice& notice) {
  const auto* years = root.find("year");
  if (years == nullptr) return added(std::move(lines), notice);
  const Node* section = nullptr;
  for (const auto& one : years->elements) {
    const auto* own = one.find("year");
    if (own != nullptr && own->number == notice.year) section = &one;
  }
  if (section == nullptr) return added(std::move(lines), notice);
  auto end = lines.size();
  for (const auto& one : years->elements) {
    std::size_t line = one.place.line - 1;
    if (line >= section->place.line) end = std::min(end, line);
  }
  return SectionEdit{std::move(lines), *section, end, notice}.run();
}

}  // namespace

std::expected<std::string, Refusal> edit_year(const std::string& text,
                                              const HolidayNotice& notice) {
  bool marked = text.starts_with(byte_order_mark);
  std::string body = marked ? text.substr(byte_order_mark.size()) : text;
  Diagnostics wrong;
  auto root = settings::parse_toml(body, "", wrong);
  if (!root) {
    return std::unexpected(Refusal{
        "bad-file",
        both("工作日历的文件有错,没有改",
             "the work calendar's file has mistakes; nothing was changed"),
        both("先运行 dubanctl check", "run dubanctl check first")});
  }
  auto lines = lines_of(body);
  auto edited = edit_lines(lines, *root, notice);
  if (!edited) return std::unexpected(edited.error());
  if (*edited == lines) return text;
  std::string_view end = body.contains("\r\n") ? "\r\n" : "\n";
  return std::string{marked ? byte_order_mark : ""} + joined(*edited, end);
}

}  // namespace duban::ctl
