#include "document/package.h"

#include <zip.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"

namespace duban::document {
namespace {

TableFault damaged() {
  return {"damaged",
          {"文件坏了,打不开", "the file is damaged and cannot be opened"},
          {"用 Excel 或 WPS 打开看看,另存为 .xlsx 再报",
           "try it in Excel or WPS, save it as .xlsx and hand it in again"}};
}

TableFault too_large(BilingualView why) {
  return {"too-large", both("文件太大:{}", "the file is too large: {}", why),
          {"新建一张表,只把填好的那几行复制过去,存成 .xlsx 再报",
           "copy only the rows that are filled in to a new table and hand in that one as .xlsx"}};
}

TableFault unopened(zip_t* zip) {
  if (zip_error_code_zip(zip_get_error(zip)) != ZIP_ER_NOPASSWD) return damaged();
  return {"encrypted",
          {"文件加了密码,打不开", "the file has a password and cannot be opened"},
          {"去掉密码,另存为 .xlsx 再报",
           "remove the password, save it as .xlsx and hand it in again"}};
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct Package::Archive {
  zip_t* zip = nullptr;
  explicit Archive(zip_t* opened) : zip(opened) {}
  ~Archive() { zip_discard(zip); }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
};

Package::Package(std::unique_ptr<Archive> archive)
    : archive_(std::move(archive)), left_(limits::package_unpacked_bytes) {}
Package::~Package() = default;
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;

std::expected<Package, TableFault> Package::open(std::string_view bytes) {
  if (bytes.size() > limits::package_bytes) {
    return std::unexpected(too_large({"多半贴了图片", "probably because of pictures"}));
  }
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  auto* zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (source && !zip) zip_source_free(source);
  zip_error_fini(&error);
  if (!zip) return std::unexpected(damaged());
  Package package{std::make_unique<Archive>(zip)};
  auto entries = zip_get_num_entries(zip, 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > limits::package_entries) {
    return std::unexpected(too_large({"里面的部件太多", "too many parts inside"}));
  }
  for (zip_int64_t at = 0; at < entries; ++at) {
    const auto* name = zip_get_name(zip, static_cast<zip_uint64_t>(at), ZIP_FL_ENC_RAW);
    package.names_.emplace_back(name ? name : "");
  }
  return package;
}

bool Package::has(std::string_view name) const {
  return std::ranges::find(names_, name) != names_.end();
}

std::expected<std::optional<std::string>, TableFault> Package::part(std::string_view name) {
  auto found = std::ranges::find(names_, name);
  if (found == names_.end()) return std::nullopt;
  auto index = static_cast<zip_uint64_t>(found - names_.begin());
  std::unique_ptr<zip_file_t, CloseFile> file{zip_fopen_index(archive_->zip, index, 0)};
  if (!file) return std::unexpected(unopened(archive_->zip));
  std::string text;
  std::array<char, 16384> piece{};
  for (;;) {
    auto got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return std::unexpected(damaged());
    if (got == 0) return text;
    auto size = static_cast<std::size_t>(got);
    if (size > left_) {
      return std::unexpected(too_large({"展开后超过上限", "over the limit when unpacked"}));
    }
    left_ -= size;
    text.append(piece.data(), size);
  }
}

}  // namespace duban::document
