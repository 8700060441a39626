#include "app/returned.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "channel/returned_mail.h"
#include "channel/returns.h"

namespace duban::app {

namespace asio = boost::asio;

ReturnedMails::ReturnedMails(asio::any_io_executor executor, engine::Engine& engine,
                             Watching& watching, const Clock& clock)
    : executor_(executor),
      engine_(engine),
      watching_(watching),
      clock_(clock),
      alarm_(std::move(executor)) {}

Seconds pause_after_look(int failures) {
  auto pause = limits::mailbox_every;
  for (int i = 0; i < failures && pause < limits::mailbox_at_most; ++i) pause *= 2;
  return std::min<Seconds>(pause, limits::mailbox_at_most);
}

auto ReturnedMails::box_for(const settings::ChannelSettings& channel) const
    -> std::shared_ptr<Box> {
  auto named = channel::describe_returns(channel);
  for (const auto& box : boxes_) {
    // Another password may stand in the same place: one that works may go on working.
    bool goes_on = box->channel == channel.id && box->named == named && box->failures == 0;
    if (goes_on) return box;
  }
  auto made = channel::make_returns(channel, executor_, clock_);
  if (!made) {
    tell_in(Tongue::english, made.error());
    for (const auto& diagnostic : made.error()) spdlog::error("{}", format_line(diagnostic));
    return nullptr;
  }
  if (!*made) return nullptr;
  return std::make_shared<Box>(channel.id, std::move(named), std::move(*made));
}

void ReturnedMails::use(const settings::DaemonSettings& settings) {
  std::vector<std::shared_ptr<Box>> boxes;
  for (const auto& channel : settings.channels) {
    auto box = box_for(channel);
    if (!box) continue;
    box->next = Seconds{0};
    boxes.push_back(std::move(box));
  }
  auto before = std::exchange(boxes_, std::move(boxes));
  // What is wrong with the others is so until a look has shown that it is not.
  for (const auto& box : before) {
    bool goes_on = std::ranges::any_of(
        boxes_, [&](const auto& other) { return other->channel == box->channel; });
    if (!goes_on) engine_.note_returns(box->channel, {});
  }
  alarm_.cancel();
}

asio::awaitable<void> ReturnedMails::run() {
  for (;;) {
    // A reload meanwhile takes others in their place; what is being read is read to its end.
    const auto boxes = boxes_;
    for (const auto& box : boxes) {
      if (box->next.value_or(Seconds{0}) <= clock_.since_boot()) co_await look_into(*box);
    }
    std::optional<Instant> next;
    for (const auto& box : boxes_) {
      auto at = clock_.machine_now() + (box->next.value_or(Seconds{0}) - clock_.since_boot());
      next = std::min(next.value_or(at), at);
    }
    co_await alarm_.wait(next);
  }
}

bool ReturnedMails::is_in_force(const Box& box) const {
  return std::ranges::any_of(boxes_, [&](const auto& one) { return one.get() == &box; });
}

asio::awaitable<void> ReturnedMails::look_into(Box& box) {
  box.next.reset();
  auto looked = co_await box.mailbox->look(
      [&](std::string mail) { return take(box.channel, std::move(mail)); });
  box.failures = looked ? 0 : box.failures + 1;
  // A reload meanwhile wants another one at once.
  if (!box.next) box.next = clock_.since_boot() + pause_after_look(box.failures);
  if (is_in_force(box)) engine_.note_returns(box.channel, looked ? "" : looked.error());
}

asio::awaitable<bool> ReturnedMails::take(std::string channel, std::string mail) {
  const auto read = channel::read_returned_mail(mail);
  if (read.what == channel::Returned::unclear) {
    spdlog::warn("the mailbox of {} has a mail system's word on {} that is no report: look at it",
                 channel, read.notice);
    co_await engine_.note_unclear_return(read.notice);
  }
  if (read.what != channel::Returned::failed) co_return true;
  auto noted = co_await engine_.note_bounce(read.notice, read.reason);
  if (!noted) {
    spdlog::warn("that {} came back is not noted yet: {}", read.notice,
                 noted.error().message.english);
    co_return false;
  }
  if (noted->what == ledger::Bounced::written) {
    watching_.bounced({.about = {.plan = noted->plan,
                                 .notice = read.notice,
                                 .channel = channel,
                                 .units = noted->units},
                       .reason = read.reason,
                       .said = read.detail});
  }
  co_return noted->what != ledger::Bounced::not_ended;
}

}  // namespace duban::app
