#include "message/web_page.h"

namespace duban::message {

std::vector<std::string> missing_web_templates(const Templates& templates) {
  std::vector<std::string> missing;
  for_each_web_view([&]<class View>() {
    if (!templates.contains(web_template<View>)) missing.emplace_back(web_template<View>);
  });
  return missing;
}

}  // namespace duban::message
