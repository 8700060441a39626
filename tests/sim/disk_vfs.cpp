#include "sim/disk_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

#include "sim/disk.h"
#include "sim/world.h"

namespace duban::sim {
namespace {

Disk* the_disk = nullptr;
constexpr int sector = 4096;

struct OpenFile {
  sqlite3_file base;
  std::shared_ptr<Disk::File>* file;
  std::string* name;
};

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
Disk::File& content(sqlite3_file* file) { return **of(file).file; }

int close(sqlite3_file* file) {
  delete of(file).file;
  delete of(file).name;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
  auto& bytes = content(file);
  if (the_disk->read(bytes) != Disk::Result::done) return SQLITE_IOERR_READ;
  auto size = static_cast<sqlite3_int64>(bytes.seen.size());
  auto there = std::clamp<sqlite3_int64>(size - offset, 0, count);
  if (there > 0) {
    std::memcpy(into, bytes.seen.data() + offset, static_cast<std::size_t>(there));
  }
  if (there == count) return SQLITE_OK;
  std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(count - there));
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  auto result = the_disk->write(content(file), static_cast<const char*>(bytes), count, offset);
  if (result == Disk::Result::full) return SQLITE_FULL;
  return result == Disk::Result::done ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  auto result = the_disk->truncate(content(file), size);
  return result == Disk::Result::done ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* file, int) {
  auto result = the_disk->sync(content(file));
  return result == Disk::Result::done ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(content(file).seen.size());
  return SQLITE_OK;
}

// One process, one connection: every lock is free.
int lock(sqlite3_file*, int) { return SQLITE_OK; }
int unlock(sqlite3_file*, int) { return SQLITE_OK; }
int check_reserved(sqlite3_file*, int* is_reserved) {
  *is_reserved = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return sector; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shared_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  auto& shared = content(file).shared;
  auto index = static_cast<std::size_t>(region);
  *out = nullptr;
  if (shared.size() <= index && extend == 0) return SQLITE_OK;
  while (shared.size() <= index) {
    shared.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  }
  *out = shared[index].get();
  return SQLITE_OK;
}
int shared_lock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void shared_barrier(sqlite3_file*) {}
int shared_unmap(sqlite3_file* file, int remove) {
  if (remove != 0) content(file).shared.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  auto path = name == nullptr ? std::string{"temporary"} : std::string{name};
  auto opened = name == nullptr ? std::make_shared<Disk::File>()
                                : the_disk->open(path, (flags & SQLITE_OPEN_CREATE) != 0);
  if (!opened) return SQLITE_CANTOPEN;
  of(file).file = new std::shared_ptr<Disk::File>{std::move(opened)};
  of(file).name = new std::string{std::move(path)};
  file->pMethods = &methods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int) {
  the_disk->remove(name);
  return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* name, int, int* result) {
  *result = the_disk->exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int count, char* out) {
  for (int i = 0; i < count; ++i) {
    out[i] = static_cast<char>(the_disk->world().dice().between(0, 255));
  }
  return count;
}

int wait_a_while(sqlite3_vfs*, int microseconds) { return microseconds; }
int last_error(sqlite3_vfs*, int, char*) { return 0; }

int current_time(sqlite3_vfs*, double* julian) {
  constexpr double epoch = 2440587.5, day = 86'400'000.0;
  *julian = epoch + static_cast<double>(the_disk->world().wall_millis()) / day;
  return SQLITE_OK;
}

sqlite3_vfs vfs{
    .iVersion = 1,
    .szOsFile = sizeof(OpenFile),
    .mxPathname = 1024,
    .pNext = nullptr,
    .zName = "sim",
    .pAppData = nullptr,
    .xOpen = open,
    .xDelete = remove,
    .xAccess = access,
    .xFullPathname = full_path,
    .xDlOpen = nullptr,
    .xDlError = nullptr,
    .xDlSym = nullptr,
    .xDlClose = nullptr,
    .xRandomness = randomness,
    .xSleep = wait_a_while,
    .xCurrentTime = current_time,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = nullptr,
    .xSetSystemCall = nullptr,
    .xGetSystemCall = nullptr,
    .xNextSystemCall = nullptr,
};

}  // namespace

namespace {

int leaves_the_cache(void*, int action, const char* name, const char* value, const char*,
                     const char*) {
  bool sized = action == SQLITE_PRAGMA && value != nullptr &&
               std::string_view{name} == "cache_size";
  return sized ? SQLITE_IGNORE : SQLITE_OK;
}

// A year's ledger does not fit in memory, a story's would: then nothing is ever read back, and a
// transaction meets the disk only when it commits.
int remember_little(sqlite3* db, const char**, const sqlite3_api_routines*) {
  auto made = sqlite3_exec(db, "PRAGMA cache_size = 10", nullptr, nullptr, nullptr);
  return made == SQLITE_OK ? sqlite3_set_authorizer(db, leaves_the_cache, nullptr) : made;
}

}  // namespace

void register_disk(Disk& disk) {
  the_disk = &disk;
  sqlite3_vfs_register(&vfs, 1);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(&remember_little));
  // Its own generator is seeded from the VFS when it is first asked after this.
  sqlite3_randomness(0, nullptr);
}

void unregister_disk() {
  sqlite3_vfs_unregister(&vfs);
  the_disk = nullptr;
}

}  // namespace duban::sim
