#include "engine/cited.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace duban::engine {
namespace {

using settings::Node;

std::string_view line_at(std::string_view text, unsigned line) {
  for (unsigned at = 1; at < line && !text.empty(); ++at) {
    auto end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return text.substr(0, text.find('\n'));
}

const Node* entry_at(const Node& root, const Place& id) {
  for (auto kind : {"duty", "milestone", "action"}) {
    const auto* entries = root.find(kind);
    if (entries == nullptr) continue;
    for (const auto& entry : entries->elements) {
      const auto* found = entry.find("id");
      if (found != nullptr && found->place == id) return &entry;
    }
  }
  return nullptr;
}

// `[duty.period."09"]` of 2022-09.
const Node* change_of(const Node& entry, std::string_view period) {
  const auto* changes = entry.find("period");
  if (changes == nullptr) return nullptr;
  for (const auto& member : changes->members) {
    bool whole = member.key == period || (member.key == "year" && period.size() == 4);
    bool tail = period.size() > member.key.size() && period.ends_with(member.key) &&
                period[period.size() - member.key.size() - 1] == '-';
    if (whole || tail) return &member.value;
  }
  return nullptr;
}

}  // namespace

Cited Citing::line(const Place& place) const {
  Cited cited{.file = place.file, .line = place.line, .text = {}};
  auto shown = std::filesystem::path{place.file}.lexically_relative(text_.plans);
  if (!shown.empty() && *shown.begin() != "..") cited.file = "plans/" + shown.generic_string();
  auto source = text_.sources.find(place.file);
  if (source != text_.sources.end()) cited.text = trimmed(line_at(source->second, place.line));
  return cited;
}

std::optional<Node> Citing::tree_of(const std::string& file) const {
  auto source = text_.sources.find(file);
  if (source == text_.sources.end()) return std::nullopt;
  Diagnostics known;  // it was read before
  return settings::parse_toml(source->second, file, known);
}

std::vector<Cited> Citing::duty(const plan::Duty& duty, const std::string& period) const {
  std::vector<Place> places{duty.place};
  auto tree = tree_of(duty.place.file);
  const auto* entry = tree ? entry_at(*tree, duty.place) : nullptr;
  const auto* change = entry == nullptr ? nullptr : change_of(*entry, period);
  auto cite = [&](const Node* from, std::string_view key) {
    const auto* found = from == nullptr ? nullptr : from->find(key);
    if (found != nullptr) places.push_back(found->place);
    return found != nullptr;
  };
  bool excused = cite(change, "excused");
  if (!excused && !cite(change, "due") && !cite(entry, "due")) places.push_back(duty.due_place);
  if (!excused && !cite(change, "ask_by")) cite(entry, "ask_by");
  if (!excused) {
    for (auto key : {"on_day_off", "about"}) cite(entry, key);
  }
  std::vector<Cited> lines;
  for (const auto& place : places) {
    if (place.line != 0) lines.push_back(line(place));
  }
  std::ranges::sort(lines, {}, &Cited::line);
  return lines;
}

Cited Citing::office_list() const {
  const auto& office = text_.plan->office.place;
  auto tree = tree_of(office.file);
  const auto* table = tree ? tree->find("office") : nullptr;
  const auto* list = table == nullptr ? nullptr : table->find("list");
  return line(list == nullptr ? office : list->place);
}

Cited Citing::contact(const plan::Contact& contact) const {
  auto tree = tree_of(contact.place.file);
  const auto* contacts = tree ? tree->find("contact") : nullptr;
  if (contacts == nullptr) return line(contact.place);
  for (const auto& entry : contacts->elements) {
    const auto* id = entry.place == contact.place ? entry.find("id") : nullptr;
    if (id != nullptr) return line(id->place);
  }
  return line(contact.place);
}

}  // namespace duban::engine
