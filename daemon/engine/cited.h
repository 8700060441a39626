#pragma once
// Lines of a plan's files, as the text that was in force has them.

#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "settings/toml_reader.h"

namespace duban::engine {

/// Refers to the text, which must outlive it.
class Citing {
 public:
  explicit Citing(const Text& text) : text_(text) {}

  /// The line of a place, without the blanks at its ends; its file as `plans/<plan>/plan.toml`.
  Cited line(const Place& place) const;
  /// What says which duty it is and when the period is due: its id, due, ask_by, on_day_off, about,
  /// or the period's own change.
  std::vector<Cited> duty(const plan::Duty& duty, const std::string& period) const;
  /// `[office] list`.
  Cited office_list() const;
  /// A contact's id: the line of its channels would show addresses.
  Cited contact(const plan::Contact& contact) const;

 private:
  std::optional<settings::Node> tree_of(const std::string& file) const;

  const Text& text_;
};

}  // namespace duban::engine
