#include "ledger/handed_copies.h"

#include <limits>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "ledger/backup.h"

namespace duban::ledger {

namespace fs = std::filesystem;
using boost::asio::awaitable;

namespace {

std::optional<CopyRefused> copy_and_examine(const fs::path& from, const fs::path& to,
                                            const std::stop_token& stop) {
  using enum CopyRefused::Kind;
  if (auto copied = copy_ledger(from, to, stop); !copied) {
    return CopyRefused{failed, alike(copied.error())};
  }
  auto whole = examine_ledger(to, stop);
  if (whole) return std::nullopt;
  using Problem = LedgerProblem::Kind;
  const auto found = whole.error().kind;
  auto kind = found == Problem::damaged || found == Problem::not_ours ? damaged : failed;
  return CopyRefused{kind, std::move(whole.error().message)};
}

}  // namespace

std::uintmax_t room_in(const fs::path& folder) {
  std::error_code unknown;
  const auto room = fs::space(folder, unknown);
  return unknown ? std::numeric_limits<std::uintmax_t>::max() : room.available;
}

HandedCopies::HandedCopies(fs::path ledger, fs::path folder, Room room)
    : ledger_(std::move(ledger)), folder_(std::move(folder)), room_(std::move(room)) {
  std::error_code nothing_there;
  fs::remove_all(folder_, nothing_there);
}

HandedCopies::~HandedCopies() { stop_.request_stop(); }

HandedCopies::Copy HandedCopies::new_file() const {
  std::error_code refused_when_written;
  fs::create_directories(folder_, refused_when_written);
  fs::permissions(folder_, fs::perms::owner_all, refused_when_written);
  auto remove = [](const fs::path* path) {
    std::error_code left_for_the_next_start;
    fs::remove(*path, left_for_the_next_start);
    delete path;
  };
  return {new fs::path(folder_ / "copy.sqlite"), remove};
}

bool HandedCopies::leaves_room() const {
  std::error_code unknown;
  const auto size = fs::file_size(ledger_, unknown);
  return unknown || room_(folder_) >= size + limits::backup_spares_bytes;
}

awaitable<std::expected<HandedCopies::Copy, CopyRefused>> HandedCopies::make() {
  using enum CopyRefused::Kind;
  if (!out_.expired()) co_return std::unexpected(CopyRefused{busy, {}});
  auto file = new_file();
  out_ = file;
  if (!leaves_room()) co_return std::unexpected(CopyRefused{no_room, {}});
  // The thread holds the file too: whoever asked may have gone before it is done.
  auto refused = std::make_shared<std::optional<CopyRefused>>();
  co_await aside_.run([from = ledger_, file, refused, stop = stop_.get_token()] {
    *refused = copy_and_examine(from, *file, stop);
  });
  if (*refused) co_return std::unexpected(std::move(**refused));
  co_return file;
}

}  // namespace duban::ledger
