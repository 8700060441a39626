#pragma once
// Mustache templates: compiled once, filled from the views. The only door to the library.

#include <memory>
#include <string>

#include "message/view.h"

namespace duban::message {

enum class Escaping { none, html };

/// One compiled template. Empty lines of the result are those of the template, at most one in a row
/// and none at the ends. Rendering changes nothing; may be shared between threads.
class Mustache {
 public:
  /// `text` comes from `expand`: partials are in it.
  Mustache(const std::string& text, Escaping escaping);
  ~Mustache();
  Mustache(Mustache&&) noexcept;
  Mustache& operator=(Mustache&&) noexcept;

  std::string render(const NoticeView& view) const;
  std::string render(const SubjectView& view) const;
  std::string render(const PageView& view) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace duban::message
