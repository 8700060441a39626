#pragma once
// The drafts of a rehearsed year's documents, as the office gets them: documents/.

#include <filesystem>
#include <vector>

#include "ledger/store.h"

namespace duban::ctl {

/// Every file that went out with a message, by its name.
bool write_documents(const std::filesystem::path& folder,
                     const std::vector<ledger::Notice>& notices);

}  // namespace duban::ctl
