#include "message/template_set.h"

#include "message/template_scan.h"

namespace duban::message {
namespace {

constexpr std::string_view english_suffix = ".en.mustache";
constexpr std::string_view page_suffix = ".html.mustache";

}  // namespace

std::string known_as(std::string_view file, Tongue language) {
  bool is_english = file.ends_with(english_suffix);
  if (!is_english && file.ends_with(page_suffix)) return std::string{file};
  if (is_english != (language == Tongue::english)) return {};
  if (!is_english) return std::string{file};
  file.remove_suffix(english_suffix.size());
  return std::string{file} + std::string{template_suffix};
}

std::string file_of(std::string_view name, Tongue language) {
  bool has_tongue = language == Tongue::english && name.ends_with(template_suffix) &&
                    !name.ends_with(page_suffix);
  if (!has_tongue) return std::string{name};
  name.remove_suffix(template_suffix.size());
  return std::string{name} + std::string{english_suffix};
}

}  // namespace duban::message
