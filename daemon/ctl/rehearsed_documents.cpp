#include "ctl/rehearsed_documents.h"

#include <fstream>

namespace duban::ctl {

bool write_documents(const std::filesystem::path& folder,
                     const std::vector<ledger::Notice>& notices) {
  for (const auto& notice : notices) {
    for (const auto& file : notice.content.attachments) {
      // A name leads nowhere else.
      auto path = folder / std::filesystem::path{file.name}.filename();
      std::ofstream stream{path, std::ios::binary | std::ios::trunc};
      stream << file.bytes;
      if (!stream.flush()) return false;
    }
  }
  return true;
}

}  // namespace duban::ctl
