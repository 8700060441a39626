#pragma once
// A Mustache text as steps: its names are looked up once, when it is read, so that to render is to
// copy. A library that takes its values in maps costs ten times that for every message.

#include <string>
#include <string_view>
#include <vector>

#include "message/view_names.h"

namespace duban::message {

enum class Escaping { none, html };

/// Knows of Mustache what `check_templates` lets through: texts (escaped, and raw), sections,
/// inverted sections, comments. A name that is not known counts as not there; a text whose sections
/// do not close says nothing. Immutable; may be shared between threads.
class TemplateProgram {
 public:
  /// `names` are those of the view that `render` is given.
  TemplateProgram(std::string_view text, const std::vector<Name>& names, Escaping escaping);

  /// `view` points at the view whose names these are.
  std::string render(const void* view) const;

 private:
  struct Step {
    enum class Kind { text, section, inverted, nothing };
    /// What stands before the tag.
    std::string before;
    Kind kind = Kind::nothing;
    bool escaped = false;
    Reach reach;
    /// Which of the views in sight holds the name: 0 is the outermost.
    std::size_t level = 0;
    /// Of a section: the step after its last.
    std::size_t end = 0;
  };
  class Reader;

  void run(std::size_t from, std::size_t end, std::vector<const void*>& sight,
           std::string& out) const;
  void enter(std::size_t section, std::vector<const void*>& sight, std::string& out) const;

  std::vector<Step> steps_;
};

}  // namespace duban::message
