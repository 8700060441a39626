#pragma once
// An edited configuration, and dubanctl asked about it.

#include <sstream>
#include <string>
#include <vector>

#include "contract/edited_config.h"
#include "ctl/command.h"

namespace duban::ctl {

class ConfigTree : public contract::EditedConfig {
 public:
  struct Said {
    int code;
    std::string out, err;
  };
  Said ask(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--config", settings_file().string()});
    std::ostringstream out, err;
    Console console{out, err};
    int code = run(words, console);
    return {code, out.str(), err.str()};
  }
};

}  // namespace duban::ctl
