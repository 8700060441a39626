#include "engine/resend.h"

#include "base/bilingual.h"

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
  auto marked = [&](const Bilingual& text) { return text.in(run.plan().language); };
  auto& content = copy.content;
  content.subject = marked(both("补发|{}", "Sent again | {}", content.subject));
  content.text = marked(both("(补发,原编号 {})\n{}", "(Sent again; the first was {})\n{}", old,
                             content.text));
  // The webhook's body names its own id; in the HTML the mark stands in the subject alone.
  replace_all(content.json, old, copy.head.id);
  return copy;
}

}  // namespace duban::engine
