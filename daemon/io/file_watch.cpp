#include "io/file_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/limits.h"
#include "io/deadline.h"

namespace duban::io {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t saved = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                                IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF;

int make_watch() {
  int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (watch < 0) throw std::system_error(errno, std::generic_category(), "inotify_init1");
  return watch;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (fs::directory_iterator at{folder, failed}, end; !failed && at != end; at.increment(failed)) {
    if (at->is_directory(failed) && !is_editors_own(at->path().filename().string())) {
      found.push_back(at->path());
    }
  }
  return found;
}

}  // namespace

struct FileWatch::State {
  State(boost::asio::any_io_executor executor, std::vector<std::string> which)
      : stream(std::move(executor), make_watch()), endings(std::move(which)) {}

  bool has_ending(std::string_view name) const {
    return std::ranges::any_of(endings, [&](const auto& one) { return name.ends_with(one); });
  }

  // A file that is only begun is told again when it is closed.
  bool matters(const inotify_event& event) const {
    std::string_view name = event.len > 0 ? std::string_view{event.name} : std::string_view{};
    if (is_editors_own(name)) return false;
    if ((event.mask & IN_ISDIR) != 0 || name.empty()) return true;
    return (event.mask & IN_CREATE) == 0 && has_ending(name);
  }

  void add_tree(const fs::path& folder, int depth) {
    for (const auto& inner : folders_in(folder)) {
      add(inner);
      if (depth > 1) add_tree(inner, depth - 1);
    }
  }

  bool add(const fs::path& folder) {
    int watch = inotify_add_watch(stream.native_handle(), folder.c_str(), saved | IN_ONLYDIR);
    if (watch >= 0 && std::ranges::find(watches, watch) == watches.end()) watches.push_back(watch);
    return watch >= 0;
  }

  // Whether anything that matters was among what is there to be read.
  bool take() {
    alignas(inotify_event) std::array<char, 16384> buffer{};
    bool any = false;
    for (;;) {
      auto got = read(stream.native_handle(), buffer.data(), buffer.size());
      if (got <= 0) return any;
      for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const auto* whole = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        bool overflown = (event.mask & IN_Q_OVERFLOW) != 0;
        bool ignored = (event.mask & IN_IGNORED) != 0;
        any |= overflown || (!ignored && matters(*whole));
        at += sizeof event + event.len;
      }
    }
  }

  boost::asio::posix::stream_descriptor stream;
  std::vector<std::string> endings;
  std::vector<int> watches;
};

FileWatch::FileWatch(boost::asio::any_io_executor executor, std::vector<std::string> endings)
    : state_(std::make_shared<State>(std::move(executor), std::move(endings))) {}

FileWatch::~FileWatch() {
  boost::system::error_code ignored;
  state_->stream.cancel(ignored);
}

FileWatch::Folders FileWatch::watch(const Folders& folders, const Folders& trees) {
  Folders missing;
  auto old = std::exchange(state_->watches, {});
  for (const auto* some : {&folders, &trees}) {
    for (const auto& folder : *some) {
      if (!state_->add(folder)) missing.push_back(folder);
    }
  }
  for (const auto& tree : trees) state_->add_tree(tree, 2);
  for (int watch : old) {
    bool kept = std::ranges::find(state_->watches, watch) != state_->watches.end();
    if (!kept) inotify_rm_watch(state_->stream.native_handle(), watch);
  }
  return missing;
}

namespace {

boost::asio::awaitable<void> readable(boost::asio::posix::stream_descriptor& stream) {
  co_await stream.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                             boost::asio::use_awaitable);
}

}  // namespace

boost::asio::awaitable<void> FileWatch::changed(std::chrono::milliseconds settled) {
  auto state = state_;
  bool any = false;
  while (!any) {
    co_await readable(state->stream);
    any = state->take();
  }
  for (int waits = 0; waits < limits::saves_waited_out; ++waits) {
    bool more = co_await ends_within(readable(state->stream), settled);
    if (!more || !state->take()) co_return;
  }
}

bool is_editors_own(std::string_view name) {
  return name.starts_with('.') || name.starts_with('#') || name.ends_with('~') ||
         name.ends_with(".swp") || name.ends_with(".swx") || name == "4913";
}

}  // namespace duban::io
