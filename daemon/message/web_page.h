#pragma once
// The office's pages as HTML, by templates that an office may change. Pure.

#include <string>
#include <vector>

#include "message/mustache.h"
#include "message/template_expand.h"
#include "message/web_view.h"

namespace duban::message {

/// The templates of the pages that are not there; empty: all are. They are wanted only where
/// duband.toml has a `[page]`.
std::vector<std::string> missing_web_templates(const Templates& templates);

/// The page, by templates of which none is missing and that passed `check_templates`.
template <class View>
std::string web_page(const Templates& templates, const View& view) {
  return Mustache<View>{expand(web_template<View>, templates), Escaping::html}.render(view);
}

}  // namespace duban::message
