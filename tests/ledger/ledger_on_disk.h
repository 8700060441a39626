#pragma once
// A ledger in a folder of its own, filled by hand, and its bytes as a failing disk would have them.

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "contract/temporary_folder.h"
#include "ledger/backup.h"
#include "ledger/sqlite_store.h"

namespace duban::ledger {

class LedgerOnDisk {
 public:
  explicit LedgerOnDisk(bool pretended = false) : file_(ledger_file(folder_.path(), pretended)) {
    if (auto why = problem(pretended); !why.empty()) throw std::runtime_error(why);
    exec("INSERT INTO plans VALUES ('p', 1653470000, 1, 0, 1000000)");
  }

  const std::filesystem::path& folder() const { return folder_.path(); }
  const std::filesystem::path& file() const { return file_; }

  /// Why the daemon would not open it; empty when it would.
  std::string problem(bool pretended = false) {
    auto store = open_sqlite_store(
        {.path = file_, .pretended = pretended, .executor = loop_.get_executor()});
    return store ? std::string{} : store.error().words;
  }
  void exec(const std::string& sql) {
    SQLite::Database(file_.string(), SQLite::OPEN_READWRITE).exec(sql);
  }
  /// Notices `first` to `last`, of a kilobyte and more.
  void add_notices(int first, int last, int content_bytes = 1000) {
    SQLite::Database db(file_.string(), SQLite::OPEN_READWRITE);
    add_notices(db, first, last, content_bytes);
  }
  static void add_notices(SQLite::Database& db, int first, int last, int content_bytes = 1000) {
    SQLite::Transaction transaction(db);
    SQLite::Statement notice(db, "INSERT INTO notices VALUES ('p',?1,'n'||?1,'e','c','','queued',"
                                 "'on-time',?1,NULL,NULL)");
    SQLite::Statement content(db, "INSERT INTO contents VALUES ('n'||?1,'s',"
                                  "hex(zeroblob(?2 / 2)),'h','{}')");
    for (int seq = first; seq <= last; ++seq) {
      notice.bind(1, seq);
      notice.exec();
      notice.reset();
      content.bind(1, seq);
      content.bind(2, content_bytes);
      content.exec();
      content.reset();
    }
    transaction.commit();
  }

  /// Each file in the folder with its bytes, but what SQLite shares memory by.
  std::map<std::string, std::string> bytes() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator{folder()}) {
      auto name = entry.path().filename().string();
      if (name != "lock" && !name.ends_with("-shm")) all[name] = bytes_of(entry.path());
    }
    return all;
  }
  static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static void write(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
  }

  /// The last byte of the index `notices_by_time`, which is of its first key, becomes another.
  static void flip_in_index(const std::filesystem::path& file) {
    std::size_t page = 0;
    {
      SQLite::Database db(file.string(), SQLite::OPEN_READONLY);
      page = static_cast<std::size_t>(
          db.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'notices_by_time'")
              .getInt());
    }
    auto bytes = bytes_of(file);
    bytes.at(page * page_bytes - 1) ^= 0x40;
    write(file, bytes);
  }
  /// The leaves of the tables with row numbers, of which `contents` is the large one.
  static void spoil_contents(const std::filesystem::path& file) {
    constexpr char leaf = 0x0d;
    auto bytes = bytes_of(file);
    for (std::size_t at = 100 * page_bytes; at < bytes.size(); at += page_bytes) {
      if (bytes[at] == leaf) bytes[at] = 0x7f;
    }
    write(file, bytes);
  }

  static constexpr std::size_t page_bytes = 4096;

 private:
  contract::TemporaryFolder folder_;
  boost::asio::io_context loop_;
  std::filesystem::path file_;
};

}  // namespace duban::ledger
