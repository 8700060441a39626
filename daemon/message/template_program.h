#pragma once
// A Mustache text as steps: its names are looked up once, when it is read, so that to render is to
// copy. A library that takes its values in maps costs ten times that for every message.

#include <string>
#include <string_view>
#include <vector>

#include "message/escaping.h"
#include "message/view_names.h"

namespace duban::message {

/// Knows of Mustache what `check_templates` lets through: texts (escaped, and raw), sections,
/// inverted sections, comments. A name that is not known counts as not there; a text whose sections
/// do not close says nothing. Immutable; may be shared between threads.
class TemplateProgram {
 public:
  /// `names` are those of the view that `render` is given.
  TemplateProgram(std::string_view text, const std::vector<Name>& names, Escaping escaping);

  /// `view` points at the view whose names these are.
  std::string render(const void* view) const;
  /// The same to the letter: every blank line and line end as template and values have them.
  std::string fill(const void* view) const;

 private:
  /// A name in sight: which of the views in sight holds it (0 is the outermost), and how.
  struct Place {
    std::size_t level = 0;
    Reach reach;
  };
  struct Step {
    enum class Kind { text, section, inverted, nothing };
    /// What stands before the tag.
    std::string before;
    Kind kind = Kind::nothing;
    bool escaped = false;
    /// The innermost first: what is empty there is looked for further out. More than one only
    /// where a section stands in another of its sort.
    std::vector<Place> places;
    /// Of a section: the step after its last.
    std::size_t end = 0;
  };
  class Reader;
  /// Views, the outermost first.
  using Sight = std::vector<const void*>;

  static const Place* found(const Step& step, const Sight& sight);
  void run(std::size_t from, std::size_t end, Sight& sight, std::string& out) const;
  void enter(std::size_t section, Sight& sight, std::string& out) const;

  Escaping escaping_;
  std::vector<Step> steps_;
};

}  // namespace duban::message
