#include "document/package_writing.h"

#include <zip.h>

#include <stdexcept>

namespace duban::document {
namespace {

constexpr zip_uint16_t first_hour = 0, first_day = 0x0021;

struct Memory {
  zip_source_t* source;
  Memory() : source(zip_source_buffer_create(nullptr, 0, 0, nullptr)) {
    if (!source) throw std::runtime_error{"no memory for a document"};
    // The archive frees its source when it is closed.
    zip_source_keep(source);
  }
  ~Memory() { zip_source_free(source); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  std::string bytes() const {
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return {};
    std::string all(stat.size, '\0');
    auto got = zip_source_read(source, all.data(), all.size());
    zip_source_close(source);
    return got == static_cast<zip_int64_t>(all.size()) ? all : std::string{};
  }
};

bool add(zip_t* zip, const std::string& name, const std::string& text) {
  auto* part = zip_source_buffer(zip, text.data(), text.size(), 0);
  auto index = part ? zip_file_add(zip, name.c_str(), part, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    zip_source_free(part);
    return false;
  }
  auto at = static_cast<zip_uint64_t>(index);
  return zip_file_set_dostime(zip, at, first_hour, first_day, 0) == 0 &&
         zip_set_file_compression(zip, at, ZIP_CM_DEFLATE, 0) == 0;
}

}  // namespace

std::string packed(const std::vector<std::pair<std::string, std::string>>& parts) {
  Memory memory;
  auto* zip = zip_open_from_source(memory.source, ZIP_TRUNCATE, nullptr);
  bool well = zip != nullptr;
  for (const auto& [name, text] : parts) well = well && add(zip, name, text);
  if (zip && (!well || zip_close(zip) != 0)) {
    zip_discard(zip);
    well = false;
  }
  auto bytes = well ? memory.bytes() : std::string{};
  if (bytes.empty()) throw std::runtime_error{"a document cannot be packed"};
  return bytes;
}

}  // namespace duban::document
