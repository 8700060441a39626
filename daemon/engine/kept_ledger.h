#pragma once
// A rehearsed life in a ledger on the disk, row by row as a daemon's: facts, notices, attempts and
// endings. Of a pretended time, so that no daemon takes it for its own.

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/bilingual.h"
#include "engine/life_book.h"

namespace duban::engine {

/// Of several plans, one after the other.
class KeptLedger : public LifeBook {
 public:
  /// Why something was not written, for a person; empty: all was.
  virtual const std::string& trouble() const = 0;
};

/// A new ledger at `file`, its journal beside it. The ledger of an
/// earlier rehearsal there is replaced; any other file is left as it is, and the error says so.
std::expected<std::unique_ptr<KeptLedger>, Bilingual> make_kept_ledger(
    const std::filesystem::path& file);

}  // namespace duban::engine
