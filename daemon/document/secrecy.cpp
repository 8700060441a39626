#include "document/secrecy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <pugixml.hpp>

#include "document/package.h"
#include "document/separated.h"
#include "document/table_words.h"
#include "document/xml_names.h"

namespace duban::document {
namespace {

constexpr std::array<std::string_view, 3> levels{"绝密", "机密", "秘密"};
constexpr std::array<std::string_view, 3> stars{"★", "☆", "*"};
// How a level with a star stands in an old .doc or .xls, and in text as Windows in China saves it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> raw_marks{{
    {"绝密", "\xDD\x7E\xC6\x5B\x05\x26"}, {"机密", "\x3A\x67\xC6\x5B\x05\x26"},
    {"秘密", "\xD8\x79\xC6\x5B\x05\x26"}, {"绝密", "\xBE\xF8\xC3\xDC\xA1\xEF"},
    {"机密", "\xBB\xFA\xC3\xDC\xA1\xEF"}, {"秘密", "\xC3\xD8\xC3\xDC\xA1\xEF"},
}};

std::string marked(std::string_view level) { return std::string{level} + "★"; }

bool has_star(std::string_view text, std::string_view level) {
  return std::ranges::any_of(stars, [&](std::string_view star) {
    return text.contains(std::string{level} + std::string{star});
  });
}

std::string_view bare(std::string_view text) {
  while (text.starts_with('(')) text.remove_prefix(1);
  while (text.ends_with(')')) text.remove_suffix(1);
  for (std::string_view head : {"密级:", "密级"}) {
    if (text.starts_with(head)) return text.substr(head.size());
  }
  return text;
}

// ASCII that is no letter or digit, or an end of the name.
bool sets_off(std::string_view name, std::size_t at) {
  if (at >= name.size()) return true;
  auto c = static_cast<unsigned char>(name[at]);
  return c < 0x80 && std::isalnum(c) == 0;
}

std::string level_set_off_in(std::string_view name) {
  for (auto level : levels) {
    for (auto at = name.find(level); at != std::string::npos; at = name.find(level, at + 1)) {
      bool begins = at == 0 || sets_off(name, at - 1);
      if (begins && sets_off(name, at + level.size())) return marked(level);
    }
  }
  return {};
}

// Walks without recursion: how deep elements lie is the sender's choice.
class PartScan : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (in_block_ && depth() <= block_depth_) judge();
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (in_block_) text_ += node.value();
    } else if (is_named(node, "sheet")) {
      mark_ = secrecy_mark_in(attribute_named(node, "name"));
    } else if (!in_block_ && is_block(node)) {
      in_block_ = true;
      block_depth_ = depth();
    }
    return mark_.empty();
  }
  bool end(pugi::xml_node& /*root*/) override {
    judge();
    return true;
  }
  const std::string& mark() const { return mark_; }

 private:
  // What a reader sees as one text, which its runs may split anywhere.
  static bool is_block(const pugi::xml_node& node) {
    constexpr std::array names{"si", "is", "v", "p", "text", "oddHeader", "oddFooter",
                               "evenHeader", "evenFooter", "firstHeader", "firstFooter", "title",
                               "subject", "keywords", "category"};
    return std::ranges::any_of(names, [&](auto name) { return is_named(node, name); });
  }

  void judge() {
    if (mark_.empty()) mark_ = secrecy_mark_in(text_);
    text_.clear();
    in_block_ = false;
  }

  std::string mark_, text_;
  bool in_block_ = false;
  int block_depth_ = 0;
};

std::string mark_in_package(std::string_view bytes) {
  auto package = Package::open(bytes);
  if (!package) return {};
  for (const auto& name : std::vector{package->names()}) {
    if (!name.ends_with(".xml")) continue;
    auto part = package->part(name);
    if (!part || !*part) return {};  // too large: the reader of tables says so
    pugi::xml_document document;
    if (!read_xml(document, **part)) continue;
    PartScan scan;
    document.traverse(scan);
    if (!scan.mark().empty()) return scan.mark();
  }
  return {};
}

std::string mark_in_text(std::string_view text) {
  while (!text.empty()) {
    auto end = std::min(text.find_first_of("\r\n\t,;\""), text.size());
    if (auto mark = secrecy_mark_in(text.substr(0, end)); !mark.empty()) return mark;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

std::string mark_in_raw(std::string_view bytes) {
  for (const auto& [level, raw] : raw_marks) {
    if (bytes.contains(raw)) return marked(level);
  }
  return {};
}

}  // namespace

std::string secrecy_mark_in(std::string_view text) {
  auto plain = folded(text);
  for (auto level : levels) {
    if (has_star(plain, level) || bare(plain) == level) return marked(level);
  }
  return {};
}

std::string secrecy_mark_in_name(std::string_view name) {
  if (auto mark = secrecy_mark_in(name); !mark.empty()) return mark;
  auto mark = level_set_off_in(folded(name));
  return mark.empty() ? level_set_off_in(name) : mark;  // a blank sets off too
}

std::string secrecy_mark_in_file(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04")) return mark_in_package(bytes);
  auto text = as_utf8(bytes);
  auto mark = text ? mark_in_text(*text) : std::string{};
  return mark.empty() ? mark_in_raw(bytes) : mark;
}

std::optional<TableFault> secrecy_fault(const std::string& mark) {
  if (mark.empty()) return std::nullopt;
  return TableFault{"secret",
                    both("有密级标志“{}”:本平台为非涉密平台,不得报送涉密材料;"
                         "没有登记,也没有留存",
                         "it bears the secrecy mark “{}”: this platform is not for state secrets; "
                         "nothing was recorded or kept", mark),
                    {"涉密的按保密规定走机要渠道;不涉密的,去掉标志再报",
                     "send what is secret by the confidential channel; if nothing is, remove the "
                     "mark and hand it in again"}};
}

}  // namespace duban::document
