#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <vector>

#include "io/aside.h"
#include "io/mailbox.h"

namespace duban::io {
namespace {

namespace fs = std::filesystem;
using Looked = std::expected<void, std::string>;

// What its name has before the flags, which a reader changes while it moves the mail to `cur`.
std::string id_of(const fs::path& file) {
  auto name = file.filename().string();
  return name.substr(0, name.find(':'));
}

struct Found {
  std::string id;
  fs::path file;
};

/// A Maildir as the thread aside sees it; shared with it.
struct Shelf {
  fs::path folder;
  /// Mails that need not be shown again.
  std::set<std::string> known;
  std::vector<Found> found;
  std::string problem;

  void list(Instant oldest);
  void list_folder(const fs::path& part, Instant oldest);
  void note_unread(const fs::path& file, int failed);
};

void Shelf::list(Instant oldest) {
  found.clear();
  problem.clear();
  for (const char* part : {"new", "cur"}) list_folder(folder / part, oldest);
  std::ranges::sort(found, {}, &Found::id);
  if (found.size() > limits::mails_at_once) found.resize(limits::mails_at_once);
}

void Shelf::list_folder(const fs::path& part, Instant oldest) {
  std::error_code failed;
  std::size_t seen = 0;
  for (auto at = fs::directory_iterator(part, failed); !failed && at != fs::directory_iterator();
       at.increment(failed)) {
    if (++seen > limits::mailbox_entries) {
      problem = fmt::format("{} holds more than {} mails", part.string(), limits::mailbox_entries);
      return;
    }
    auto id = id_of(at->path());
    if (id.starts_with('.') || known.contains(id)) continue;
    struct stat about {};
    // It may have been moved, or read and deleted, since it was listed.
    if (lstat(at->path().c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
    if (Instant{Seconds{about.st_mtime}} < oldest) {
      known.insert(std::move(id));
    } else {
      found.push_back({std::move(id), at->path()});
    }
  }
  if (failed) problem = fmt::format("{}: {}", part.string(), failed.message());
}

void Shelf::note_unread(const fs::path& file, int failed) {
  if (failed == ENOENT) return;
  problem = fmt::format("{}: {}", file.string(), std::generic_category().message(failed));
}

// The error is an errno: one that was moved meanwhile is found again where it went.
std::expected<std::string, int> beginning_of(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::unexpected(errno);
  std::string bytes(limits::mail_read_bytes, '\0');
  std::size_t have = 0;
  ssize_t count = 1;
  while (have < bytes.size() && count > 0) {
    count = read(descriptor, bytes.data() + have, bytes.size() - have);
    if (count > 0) have += static_cast<std::size_t>(count);
    if (count < 0 && errno == EINTR) count = 1;
  }
  const int failed = count < 0 ? errno : 0;
  close(descriptor);
  if (failed != 0) return std::unexpected(failed);
  bytes.resize(have);
  return bytes;
}

class Maildir final : public Mailbox {
 public:
  Maildir(std::string folder, const Clock& clock)
      : shelf_(std::make_shared<Shelf>()), clock_(clock) {
    shelf_->folder = std::move(folder);
  }

  boost::asio::awaitable<Looked> look(Take take) override {
    auto shelf = shelf_;
    const auto oldest = clock_.machine_now() - limits::mailbox_back;
    co_await aside_.run([shelf, oldest] { shelf->list(oldest); });
    for (const auto& one : shelf->found) {
      auto mail = std::make_shared<std::expected<std::string, int>>();
      co_await aside_.run([mail, file = one.file] { *mail = beginning_of(file); });
      if (!*mail) {
        shelf->note_unread(one.file, mail->error());
      } else if (co_await take(std::move(**mail))) {
        shelf->known.insert(one.id);
      }
    }
    if (!shelf->problem.empty()) co_return std::unexpected(shelf->problem);
    co_return Looked{};
  }

 private:
  std::shared_ptr<Shelf> shelf_;
  const Clock& clock_;
  Aside aside_;
};

}  // namespace

std::unique_ptr<Mailbox> make_maildir(std::string folder, const Clock& clock) {
  return std::make_unique<Maildir>(std::move(folder), clock);
}

}  // namespace duban::io
