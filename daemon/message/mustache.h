#pragma once
// Mustache templates, each read once for the view that fills it.

#include <string>

#include "message/template_program.h"
#include "message/view_names.h"

namespace duban::message {

/// One template, read. Empty lines of the result are those of the template, at most one in a row
/// and none at the ends. Rendering changes nothing; may be shared between threads.
template <class View>
class Mustache {
 public:
  /// `text` comes from `expand`: partials are in it.
  Mustache(const std::string& text, Escaping escaping)
      : program_(text, names_of<View>(), escaping) {}

  std::string render(const View& view) const { return program_.render(&view); }
  /// To the letter, blank lines of the values too: for what a program reads.
  std::string fill(const View& view) const { return program_.fill(&view); }

 private:
  TemplateProgram program_;
};

}  // namespace duban::message
