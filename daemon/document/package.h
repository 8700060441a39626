#pragma once
// A file in Office's packed form (a zip of XML parts), opened to be read. The bytes are hostile:
// what is unpacked counts against one bound, whatever the file says of itself.

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/table_fault.h"

namespace duban::document {

class Package {
 public:
  /// `bytes` must outlive it.
  static std::expected<Package, TableFault> open(std::string_view bytes);
  ~Package();
  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;

  /// In the order of the file.
  const std::vector<std::string>& names() const { return names_; }
  bool has(std::string_view name) const;
  /// A part, unpacked; nothing where there is none of that name.
  std::expected<std::optional<std::string>, TableFault> part(std::string_view name);

 private:
  struct Archive;
  explicit Package(std::unique_ptr<Archive> archive);

  std::unique_ptr<Archive> archive_;
  std::vector<std::string> names_;
  std::size_t left_;
};

}  // namespace duban::document
