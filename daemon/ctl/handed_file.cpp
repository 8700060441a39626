#include "ctl/handed_file.h"

#include <boost/json/object.hpp>

#include <fstream>
#include <iostream>

#include "base/limits.h"
#include "ctl/client.h"
#include "ctl/json_reading.h"

namespace duban::ctl {

using control::Found;

Found<std::string> bytes_from(const std::string& from) {
  std::ifstream file;
  if (from != "-") file.open(from, std::ios::binary);
  if (from != "-" && !file) {
    return std::unexpected(
        engine::Refusal{"no-file", both("读不了 {}", "cannot read {}", from), {}});
  }
  std::istream& stream = from == "-" ? std::cin : file;
  std::string bytes(limits::submitted_file_bytes + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  if (bytes.size() > limits::submitted_file_bytes) {
    return std::unexpected(engine::Refusal{
        "too-large",
        both("{} 超过 {} MB", "{} is over {} MB", from, limits::submitted_file_bytes >> 20),
        both("压缩图片,或分开报", "compress the pictures, or hand it in in parts")});
  }
  return bytes;
}

std::expected<std::string, int> keep_file(const Command& command, const std::string& bytes,
                                          Console& console) {
  auto reply = ask(command, "POST", "/api/v1/files", bytes, console);
  if (!reply) return std::unexpected(reply.error());
  return text_in(object_of(*reply), "digest");
}

}  // namespace duban::ctl
