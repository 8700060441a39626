// What mail systems say after the fact.

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/engine_impl.h"
#include "engine/log_lines.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

constexpr auto returns_unread = "returns-unread";
constexpr auto return_unclear = "return-unclear";

}  // namespace

asio::awaitable<Answer<Engine::Returned>> Engine::note_bounce(std::string notice, Reason reason) {
  auto written = co_await impl_->store.bounce({std::move(notice), reason, impl_->now()});
  if (!written) co_return std::unexpected(from_store(written.error()));
  // The loop sees a row that it has not folded.
  if (written->what == ledger::Bounced::written) nudge();
  co_return Returned{written->what, std::move(written->plan),
                     engine::units_of(written->items)};
}

asio::awaitable<void> Engine::note_unclear_return(std::string notice) {
  auto held = co_await impl_->turn.take();
  auto found = co_await impl_->store.notices({.id = std::move(notice)});
  if (!found || found->empty()) co_return;
  auto run = impl_->runs.find(found->front().plan);
  if (run == impl_->runs.end()) co_return;
  co_await impl_->note_trouble_once_a_day(*run->second, return_unclear);
  nudge();
}

void Engine::note_returns(const std::string& channel, const std::string& why) {
  auto key = fmt::format("{}:{}", returns_unread, channel);
  auto known = impl_->problems.find(key);
  if (why.empty()) {
    if (known == impl_->problems.end()) return;
    impl_->problems.erase(known);
    spdlog::info("the mailbox of {} is read again", channel);
    return;
  }
  if (known == impl_->problems.end()) {
    spdlog::warn("the mailbox of {} cannot be read: {}", channel, why);
  }
  impl_->problems[key] = {returns_unread,
                          both("渠道 {} 收退信的邮箱读不了({}),退回来的邮件不会改走别的渠道",
                               "the bounce mailbox of channel {} cannot be read ({}); mail that "
                               "comes back does not go another way",
                               channel, why),
                          {"核对 duband.toml 里的 bounces、user、password,再 dubanctl reload",
                           "check bounces, user and password in duband.toml, then run dubanctl "
                           "reload"}};
}

}  // namespace duban::engine
