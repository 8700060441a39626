#include "engine/resend.h"

#include <fmt/format.h>

namespace duban::engine {
namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

ledger::Notice resent_copy(const ledger::NoticeView& view, const PlanRun& run,
                           const std::string& salt, Instant now) {
  auto copy = view.notice;
  const auto old = copy.head.id;
  schedule::NoticePlan planned;
  planned.endpoint = copy.head.endpoint;
  for (const auto& item : copy.items) {
    schedule::Telling telling;
    telling.item = item;
    planned.tellings.push_back(std::move(telling));
  }
  copy.head.id = notice_id(salt, view.plan, planned, run.record());
  copy.head.state = NoticeState::queued;
  copy.head.reason = Reason::resent;
  copy.head.queued_at = now;
  copy.head.attempted = false;
  copy.replaces = old;
  copy.replaces_reason = Reason::resent;
  const bool english = run.plan().language == Tongue::english;
  copy.content.subject = (english ? "Sent again | " : "补发|") + copy.content.subject;
  copy.content.text = fmt::format("{}\n{}",
                                  english ? fmt::format("(Sent again; the first was {})", old)
                                          : fmt::format("(补发,原编号 {})", old),
                                  copy.content.text);
  // The webhook's body names its own id; in the HTML the mark stands in the subject alone.
  replace_all(copy.content.json, old, copy.head.id);
  return copy;
}

}  // namespace duban::engine
