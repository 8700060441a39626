#pragma once
// What the `ledger` verbs say of a ledger.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ctl/console.h"
#include "ledger/backup.h"

namespace duban::ctl {

/// `方案 wuhan-2022-1,看到2022年5月25日(周三)17:30;通知 123 件,登记 45 条`.
std::string summary_words(const ledger::LedgerSummary& summary);
/// One document: `file` is where the ledger is, `moved` what was put aside for it.
std::string summary_document(const ledger::LedgerSummary& summary,
                             const std::filesystem::path& file, std::uintmax_t bytes,
                             const std::vector<std::filesystem::path>& moved);

}  // namespace duban::ctl
