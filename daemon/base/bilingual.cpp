#include "base/bilingual.h"

#include <vector>

namespace duban {

const std::string& Bilingual::in(Tongue tongue) const {
  return tongue == Tongue::english ? english : chinese;
}

Bilingual alike(std::string_view text) { return {text, text}; }

Bilingual both_filled(std::string_view chinese, std::string_view english,
                      std::initializer_list<SaidValue> values) {
  std::vector<std::string> in_chinese, in_english;
  for (const auto& value : values) {
    in_chinese.push_back(value.said().chinese);
    in_english.push_back(value.said().english);
  }
  return {filled(chinese, in_chinese), filled(english, in_english)};
}

}  // namespace duban
