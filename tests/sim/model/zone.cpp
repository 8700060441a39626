#include "sim/model/zone.h"

#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>

namespace duban::sim::model {
namespace {

constexpr std::size_t header_bytes = 44;

class Reader {
 public:
  explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
  std::int64_t number(std::size_t at, std::size_t width) const {
    std::uint64_t value = 0;
    bool negative = (byte(at) & 0x80U) != 0;
    if (negative) value = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t i = 0; i < width; ++i) value = value << 8U | byte(at + i);
    return static_cast<std::int64_t>(value);
  }
  std::size_t count(std::size_t at) const { return static_cast<std::size_t>(number(at, 4)); }
  std::uint64_t byte(std::size_t at) const {
    return static_cast<unsigned char>(bytes_.at(at));
  }

 private:
  std::string bytes_;
};

// The counts of a header: isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt.
struct Header {
  std::size_t at, times, types, rest;
  Header(const Reader& file, std::size_t start, std::size_t width)
      : at(start), times(file.count(start + 32)), types(file.count(start + 36)) {
    rest = file.count(start + 40) + file.count(start + 28) * (width + 4) +
           file.count(start + 24) + file.count(start + 20);
  }
  std::size_t end(std::size_t width) const {
    return at + header_bytes + times * (width + 1) + types * 6 + rest;
  }
};

std::string file_of(const std::string& name) {
  std::ifstream file{"/usr/share/zoneinfo/" + name, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (bytes.size() < 2 * header_bytes || bytes.substr(0, 4) != "TZif" || bytes[4] < '2') {
    throw std::runtime_error("no zone " + name);
  }
  return bytes;
}

}  // namespace

// The second block has 64-bit times; what its footer says of later years is not read: this system's
// files go to 2037.
Zone::Zone(const std::string& name) {
  Reader file{file_of(name)};
  constexpr std::size_t width = 8;
  Header header{file, Header{file, 0, 4}.end(4), width};
  auto times = header.at + header_bytes;
  auto kinds = times + header.times * width;
  auto types = kinds + header.times;
  auto offset = [&](std::size_t type) { return file.number(types + type * 6, 4); };
  changes_.push_back({std::numeric_limits<Second>::min(), offset(0)});
  for (std::size_t i = 0; i < header.times; ++i) {
    auto type = static_cast<std::size_t>(file.byte(kinds + i));
    changes_.push_back({file.number(times + i * width, width), offset(type)});
  }
}

const Zone& Zone::named(const std::string& name) {
  static std::map<std::string, Zone> known;
  auto found = known.find(name);
  if (found == known.end()) found = known.emplace(name, Zone{name}).first;
  return found->second;
}

Second Zone::offset_at(Second instant) const {
  std::size_t from = 0, to = changes_.size();
  while (to - from > 1) {
    auto middle = (from + to) / 2;
    (changes_[middle].at <= instant ? from : to) = middle;
  }
  return changes_[from].offset;
}

Second Zone::instant_of(WallTime at) const {
  // No offset is larger than a day: only what changes around there can matter.
  constexpr Second near = 2 * day_seconds;
  auto before = offset_at(at - near), after = offset_at(at + near);
  if (before == after) return at - before;
  // By the offset before the change, if the clocks show that time so: the first of two.
  if (wall_at(at - before) == at) return at - before;
  if (wall_at(at - after) == at) return at - after;
  for (const auto& change : changes_) {
    if (change.at > at - near) return change.at;
  }
  return at - after;
}

}  // namespace duban::sim::model
