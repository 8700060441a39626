#include "document/word_cells.h"

#include <pugixml.hpp>
#include <sstream>
#include <vector>

#include "document/punctuation.h"
#include "document/xml_names.h"

namespace duban::document {
namespace {

using pugi::xml_node;

void break_lines(xml_node text) {
  std::string value = text.child_value();
  auto run = text.parent();
  auto put = [](xml_node node, const std::string& line) {
    node.text().set(line.c_str());
    if (!node.attribute("xml:space")) node.append_attribute("xml:space").set_value("preserve");
  };
  auto last = text;
  for (std::size_t begin = 0; begin <= value.size();) {
    auto end = std::min(value.find('\n', begin), value.size());
    auto line = value.substr(begin, end - begin);
    if (begin > 0) {
      last = run.insert_child_after("w:br", last);
      last = run.insert_child_after("w:t", last);
    }
    put(last, line);
    begin = end + 1;
  }
}

std::string text_of(const xml_node& cell) {
  struct Walker : pugi::xml_tree_walker {
    std::string text;
    bool for_each(xml_node& node) override {
      if (is_named(node, "t")) text += node.child_value();
      return true;
    }
  } walker;
  auto top = cell;
  top.traverse(walker);
  return walker.text;
}

void clear_text(xml_node cell) {
  struct Walker : pugi::xml_tree_walker {
    bool for_each(xml_node& node) override {
      if (is_named(node, "t")) node.text().set("");
      return true;
    }
  } walker;
  cell.traverse(walker);
}

// Width and span stand before it, in the order that the form's standard wants.
xml_node merge_mark(xml_node cell) {
  auto properties = child_named(cell, "tcPr");
  if (!properties) properties = cell.prepend_child("w:tcPr");
  if (auto known = child_named(properties, "vMerge")) return known;
  xml_node before;
  for (auto child : properties.children()) {
    if (is_named(child, "tcW") || is_named(child, "gridSpan")) before = child;
  }
  return before ? properties.insert_child_after("w:vMerge", before)
                : properties.prepend_child("w:vMerge");
}

std::vector<xml_node> cells_of(const xml_node& row) {
  std::vector<xml_node> cells;
  for (auto cell : row.children()) {
    if (is_named(cell, "tc")) cells.push_back(cell);
  }
  return cells;
}

void merge_cells(const xml_node& table) {
  std::vector<xml_node> above;
  std::vector<bool> continued;
  for (auto row : table.children()) {
    if (!is_named(row, "tr")) continue;
    auto cells = cells_of(row);
    std::vector<bool> continues(cells.size());
    for (std::size_t at = 0; at < cells.size() && at < above.size(); ++at) {
      if (text_of(cells[at]) != ditto) continue;
      clear_text(cells[at]);
      merge_mark(cells[at]);
      continues[at] = true;
      if (continued[at]) continue;
      auto first = merge_mark(above[at]);
      if (!first.attribute("w:val")) first.append_attribute("w:val").set_value("restart");
    }
    above = std::move(cells);
    continued = std::move(continues);
  }
}

}  // namespace

std::optional<std::string> finished_part(const std::string& xml) {
  pugi::xml_document document;
  if (!read_xml(document, xml)) return std::nullopt;
  struct Walker : pugi::xml_tree_walker {
    std::vector<xml_node> texts, tables;
    bool for_each(xml_node& node) override {
      if (is_named(node, "t")) texts.push_back(node);
      if (is_named(node, "tbl")) tables.push_back(node);
      return true;
    }
  } walker;
  document.traverse(walker);
  for (auto text : walker.texts) {
    text.text().set(full_width(text.child_value()).c_str());
    if (std::string_view{text.child_value()}.contains('\n')) break_lines(text);
  }
  for (const auto& table : walker.tables) merge_cells(table);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace duban::document
