#include "document/word_tags.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <vector>

#include "document/xml_names.h"
#include "message/template_scan.h"

namespace duban::document {
namespace {

using message::Tag;
using pugi::xml_node;

xml_node enclosing(xml_node node, std::string_view name) {
  for (node = node.parent(); node; node = node.parent()) {
    if (is_named(node, name)) return node;
  }
  return {};
}

// The texts of a part in its order, with the paragraph that each stands in.
struct TextNode {
  xml_node text, paragraph;
};

std::vector<TextNode> texts_of(const xml_node& root) {
  struct Walker : pugi::xml_tree_walker {
    std::vector<TextNode> found;
    bool for_each(xml_node& node) override {
      if (is_named(node, "t")) found.push_back({node, enclosing(node, "p")});
      return true;
    }
  } walker;
  auto top = root;
  top.traverse(walker);
  return walker.found;
}

void set_text(const xml_node& node, const std::string& text) {
  auto here = node;
  here.text().set(text.c_str());
  if (!here.attribute("xml:space")) here.append_attribute("xml:space").set_value("preserve");
}

// The texts of one paragraph: each byte of a tag goes to the text in which the tag begins.
void join_tags(const std::vector<TextNode>& texts) {
  std::string whole;
  std::vector<std::size_t> owner;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    whole += texts[i].text.child_value();
    owner.resize(whole.size(), i);
  }
  for (const auto& tag : message::scan(whole).tags) {
    std::fill(owner.begin() + static_cast<std::ptrdiff_t>(tag.begin),
              owner.begin() + static_cast<std::ptrdiff_t>(tag.end), owner[tag.begin]);
  }
  std::vector<std::string> parts(texts.size());
  for (std::size_t at = 0; at < whole.size(); ++at) parts[owner[at]] += whole[at];
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (parts[i] != texts[i].text.child_value()) set_text(texts[i].text, parts[i]);
  }
}

void join_all_tags(const std::vector<TextNode>& texts) {
  for (auto first = texts.begin(); first != texts.end();) {
    auto last = std::find_if(first, texts.end(), [&](const TextNode& one) {
      return one.paragraph != first->paragraph;
    });
    join_tags({first, last});
    first = last;
  }
}

// One end of a section: its literal text, and where it stands.
struct End {
  std::string literal;
  std::string name;
  TextNode where;
};
struct Pair {
  End open, close;
};

class Sections {
 public:
  /// In the order in which they open: the outer before the inner.
  std::expected<std::vector<Pair>, Bilingual> find(const std::vector<TextNode>& texts) {
    for (const auto& text : texts) {
      std::string value = text.text.child_value();
      auto scanned = message::scan(value);
      if (scanned.unclosed) {
        return std::unexpected(both("{}没有收尾:{}", "{} is not closed: {}", "“{{”", value));
      }
      for (const auto& tag : scanned.tags) {
        auto wrong = visit(tag, {value.substr(tag.begin, tag.end - tag.begin),
                                 std::string{tag.name}, text});
        if (!wrong.empty()) return std::unexpected(wrong);
      }
    }
    if (open_.empty()) return pairs_;
    return std::unexpected(both("{} 没有收尾", "{} is not closed",
                                "{{#" + pairs_[open_.back()].open.name + "}}"));
  }

 private:
  Bilingual visit(const Tag& tag, End end) {
    switch (tag.kind) {
      case Tag::Kind::section:
      case Tag::Kind::inverted:
        open_.push_back(pairs_.size());
        pairs_.push_back({std::move(end), {}});
        return {};
      case Tag::Kind::close:
        if (open_.empty() || pairs_[open_.back()].open.name != end.name) {
          return both("{} 前面没有对应的 {}", "{} has no {} before it", end.literal,
                      "{{#" + end.name + "}}");
        }
        pairs_[open_.back()].close = std::move(end);
        open_.pop_back();
        return {};
      case Tag::Kind::variable:
      case Tag::Kind::comment: return {};
      case Tag::Kind::raw:
      case Tag::Kind::partial:
      case Tag::Kind::delimiter:
        return both("Word 模板里不能用 {}", "{} cannot be used in a Word template", end.literal);
    }
    return {};
  }

  std::vector<Pair> pairs_;
  std::vector<std::size_t> open_;
};

std::vector<xml_node> ancestors(xml_node node) {
  std::vector<xml_node> path;
  for (; node; node = node.parent()) path.push_back(node);
  std::ranges::reverse(path);
  return path;
}

void erase_literal(const End& end, bool first) {
  std::string text = end.where.text.child_value();
  auto at = first ? text.find(end.literal) : text.rfind(end.literal);
  if (at != std::string::npos) set_text(end.where.text, text.erase(at, end.literal.size()));
}

// Puts both ends beside the nodes that they hold whole.
void hoist(const Pair& pair) {
  auto from = ancestors(pair.open.where.text), to = ancestors(pair.close.where.text);
  auto level = static_cast<std::size_t>(std::ranges::mismatch(from, to).in1 - from.begin());
  // Two cells of one row: the row itself.
  if (is_named(from[level - 1], "tr")) --level;
  auto holder = from[level - 1];
  holder.insert_child_before(pugi::node_pcdata, from[level])
      .set_value(pair.open.literal.c_str());
  holder.insert_child_after(pugi::node_pcdata, to[level]).set_value(pair.close.literal.c_str());
  erase_literal(pair.open, true);
  erase_literal(pair.close, false);
}

bool is_bare(const xml_node& paragraph) {
  for (auto child : paragraph.children()) {
    if (is_named(child, "pPr") ? static_cast<bool>(child_named(child, "sectPr"))
                               : !is_named(child, "r") && !is_named(child, "proofErr") &&
                                     !is_named(child, "bookmarkStart") &&
                                     !is_named(child, "bookmarkEnd")) {
      return false;
    }
    if (!is_named(child, "r")) continue;
    for (auto part : child.children()) {
      bool nothing = is_named(part, "rPr") || (is_named(part, "t") && !*part.child_value());
      if (!nothing) return false;
    }
  }
  return true;
}

// A cell must hold a paragraph.
void remove_bare(xml_node paragraph) {
  auto holder = paragraph.parent();
  if (!holder || !is_bare(paragraph)) return;
  auto paragraphs = std::ranges::count_if(holder.children(), [](const xml_node& node) {
    return is_named(node, "p");
  });
  if (!is_named(holder, "tc") || paragraphs > 1) holder.remove_child(paragraph);
}

}  // namespace

std::expected<std::string, Bilingual> template_of_part(std::string_view xml) {
  pugi::xml_document document;
  if (!read_xml(document, xml)) {
    return std::unexpected(Bilingual{"模板文件坏了", "the template is damaged"});
  }
  auto texts = texts_of(document);
  join_all_tags(texts);
  auto sections = Sections{}.find(texts);
  if (!sections) return std::unexpected(sections.error());
  std::vector<xml_node> touched;
  for (const auto& pair : *sections) {
    if (pair.open.where.paragraph == pair.close.where.paragraph) continue;
    hoist(pair);
    touched.push_back(pair.open.where.paragraph);
    touched.push_back(pair.close.where.paragraph);
  }
  std::ranges::sort(touched, {}, [](const xml_node& node) { return node.hash_value(); });
  auto twice = std::ranges::unique(touched);
  touched.erase(twice.begin(), twice.end());
  for (const auto& paragraph : touched) remove_bare(paragraph);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace duban::document
