#pragma once
// Copies of a running ledger on their way to whoever asked: made and examined on a thread of their
// own, so that the ledger's writer and the loop go on, and gone when nobody reads them any more.

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/bilingual.h"
#include "io/aside.h"

namespace duban::ledger {

/// Why there is no copy.
struct CopyRefused {
  enum class Kind {
    /// Another one is on its way: two at once would want the room of two.
    busy,
    /// The copy would leave the ledger itself too little room.
    no_room,
    /// The copy does not pass examine_ledger, so neither would the ledger.
    damaged,
    failed,
  };
  Kind kind = Kind::failed;
  Bilingual detail;
};

/// Bytes that may still be written in a folder.
using Room = std::function<std::uintmax_t(const std::filesystem::path& folder)>;
/// As the file system says; where it says nothing, the largest number.
std::uintmax_t room_in(const std::filesystem::path& folder);

/// One thread: the executor's.
class HandedCopies {
 public:
  using Copy = std::shared_ptr<const std::filesystem::path>;

  /// Of the ledger at `ledger`, in `folder`, which is nobody else's: what is in it was left by a
  /// daemon that was killed, and is removed.
  HandedCopies(std::filesystem::path ledger, std::filesystem::path folder, Room room = room_in);
  /// Breaks off what is being copied.
  ~HandedCopies();
  HandedCopies(const HandedCopies&) = delete;
  HandedCopies& operator=(const HandedCopies&) = delete;

  /// A copy of what is committed now, whole and examined. The file goes with the last who holds its
  /// path. Takes as long as reading and writing the ledger twice.
  boost::asio::awaitable<std::expected<Copy, CopyRefused>> make();

 private:
  Copy new_file() const;
  bool leaves_room() const;

  const std::filesystem::path ledger_, folder_;
  const Room room_;
  std::weak_ptr<const std::filesystem::path> out_;
  std::stop_source stop_;
  io::Aside aside_;
};

}  // namespace duban::ledger
