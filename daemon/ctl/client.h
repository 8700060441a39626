#pragma once
// One request to the daemon over its Unix socket.

#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/limits.h"
#include "ctl/command.h"
#include "settings/daemon_settings.h"

namespace duban::ctl {

struct HttpReply {
  long status = 0;
  std::string body;
};

using Query = std::map<std::string, std::string>;
/// `path?a=1&b=2`, encoded; empty values are left out.
std::string with_query(std::string_view path, const Query& query);

/// `method` GET or POST; `target` from /api/v1 on. The error says why nobody answered. Blocks for
/// `within` at most; an answer beyond limits::answer_bytes is an error.
std::expected<HttpReply, Bilingual> request(
    const std::filesystem::path& socket, std::string_view method, const std::string& target,
    const std::string& body = {}, std::chrono::milliseconds within = limits::answer_within);

/// Takes a piece of an answer; false: it cannot, and the rest is not wanted.
using Sink = std::function<bool(std::string_view piece)>;
/// GET of what may be long and may take long: the pieces of a good answer go to `sink`, the body of
/// any other is in the reply. An answer that was cut off is an error. Blocks for `within` at most.
std::expected<HttpReply, Bilingual> fetch(
    const std::filesystem::path& socket, const std::string& target, const Sink& sink,
    std::chrono::milliseconds within = limits::backup_within);

/// What a reply says when all went well. Anything else is printed to err, and the exit code says
/// which: 3 not reached, 2 refused.
std::expected<std::string, int> good_answer(std::expected<HttpReply, Bilingual> reply,
                                            const std::filesystem::path& socket, Console& console);
/// What `--config` says of the daemon; without it the mistakes are printed (exit 2).
std::optional<settings::DaemonSettings> read_settings(const Command& command, Console& console);

/// Asks the daemon that `--config` names. Anything but a good answer is printed to err, and the
/// exit code says which: 3 not reached, 2 refused.
std::expected<std::string, int> ask(const Command& command, std::string_view method,
                                    const std::string& target, const std::string& body,
                                    Console& console);

}  // namespace duban::ctl
