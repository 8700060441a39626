#pragma once
// Tells that files of some folders were saved (inotify): also by editors that write a new file and
// rename it, or write one in pieces. One thread.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace duban::io {

class FileWatch {
 public:
  /// Only files with one of these endings (`.toml`) and folders are told of. Throws
  /// std::system_error where inotify is not to be had.
  FileWatch(boost::asio::any_io_executor executor, std::vector<std::string> endings);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// What is watched from now on: these folders, and of `trees` the folders in them too, two deep.
  /// A folder that cannot be watched (it is not there) is left out; those are returned.
  using Folders = std::vector<std::filesystem::path>;
  Folders watch(const Folders& folders, const Folders& trees);
  /// Until something was saved, and nothing more for `settled`; at the latest after 30 times that.
  boost::asio::awaitable<void> changed(std::chrono::milliseconds settled);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// A name that an editor gives to its own files: hidden, backup, swap.
bool is_editors_own(std::string_view name);

}  // namespace duban::io
