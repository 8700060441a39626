#pragma once
// Who answers what a server hears: the routes of the socket, the pages.

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/engine.h"

namespace duban::control {

struct Request {
  std::string method, target, body;
  /// Who speaks: the user name of a Unix socket's peer.
  std::string by;
  /// The Host header; empty where there is none, or more than one.
  std::string host = {};
};

struct Reply {
  unsigned status = 200;
  std::string body;
  /// In place of a body: a file whose bytes are the answer.
  std::shared_ptr<const std::filesystem::path> file = nullptr;
  std::string type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};
  /// In place of a body too: the routes say it in the language of the plan that was asked about.
  std::optional<engine::Refusal> refusal = std::nullopt;
};

class Answerer {
 public:
  virtual ~Answerer() = default;
  /// Never throws for what was asked.
  virtual boost::asio::awaitable<Reply> answer(Request request) = 0;
  /// How long a request's body may be, by its target.
  virtual std::size_t body_bound(std::string_view target) const = 0;
  /// To what is no request, or too long: `bad-request` or `too-large`.
  virtual Reply refuse(const engine::Refusal& refusal) const = 0;
};

}  // namespace duban::control
