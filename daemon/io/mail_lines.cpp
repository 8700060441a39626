#include "io/mail_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/digest.h"

namespace duban::io {
namespace {

using namespace std::chrono_literals;

// Postfix keeps its own no longer; a server may close one after minutes.
constexpr auto waits_at_most = 2s;
// More mails are seldom under way to one server.
constexpr std::size_t lines_at_most = 64;

// What a line may be used again for: everything that its login depended on.
std::string server_of(const MailRequest& request) {
  const auto domain = request.from.substr(request.from.rfind('@') + 1);
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", request.host, request.port,
                     static_cast<int>(request.tls), request.ca, request.proxy, domain, request.user,
                     named_digest(sha256(request.password.reveal())));
}

}  // namespace

MailLines::UnderWay::UnderWay(std::shared_ptr<MailLines> lines) : lines_(std::move(lines)) {
  ++lines_->under_way_;
}

MailLines::UnderWay::~UnderWay() {
  if (--lines_->under_way_ == 0) lines_->close_all();
}

std::unique_ptr<MailLine> MailLines::take(const MailRequest& request) {
  const auto server = server_of(request);
  const auto oldest = std::chrono::steady_clock::now() - waits_at_most;
  while (true) {
    // The last that was put there is the least likely to have been closed.
    auto found = std::ranges::find(waiting_, server, &Waiting::server);
    if (found == waiting_.end()) return nullptr;
    auto one = std::move(*found);
    waiting_.erase(found);
    if (one.since >= oldest && one.line->is_quiet()) return std::move(one.line);
  }
}

void MailLines::put(const MailRequest& request, std::unique_ptr<MailLine> line) {
  // The mail that puts it there is under way itself.
  const bool others = under_way_ > 1;
  if (others && line->may_go_on() && waiting_.size() < lines_at_most) {
    waiting_.push_front({server_of(request), std::chrono::steady_clock::now(), std::move(line)});
  } else {
    line->say_goodbye();
  }
}

void MailLines::close_all() {
  for (auto& one : waiting_) one.line->say_goodbye();
  waiting_.clear();
}

}  // namespace duban::io
