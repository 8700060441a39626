#pragma once
// One request to the daemon over its Unix socket.

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "ctl/command.h"

namespace duban::ctl {

struct HttpReply {
  long status = 0;
  std::string body;
};

using Query = std::map<std::string, std::string>;
/// `path?a=1&b=2`, encoded; empty values are left out.
std::string with_query(std::string_view path, const Query& query);

/// `method` GET or POST; `target` from /api/v1 on. The error says why nobody answered. Blocks for a
/// minute at most.
std::expected<HttpReply, std::string> request(const std::filesystem::path& socket,
                                              std::string_view method, const std::string& target,
                                              const std::string& body = {});

/// Asks the daemon that `--config` names. Anything but a good answer is printed to err, and the
/// exit code says which: 3 not reached, 2 refused.
std::expected<std::string, int> ask(const Command& command, std::string_view method,
                                    const std::string& target, const std::string& body,
                                    Console& console);

}  // namespace duban::ctl
