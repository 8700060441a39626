#include "control/notices_page.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/limits.h"
#include "control/page_parts.h"
#include "control/state_words.h"
#include "message/words.h"

namespace duban::control {
namespace {

// A contact's unit; an endpoint's id where it serves several.
std::string receiver_words(const schedule::NoticeHead& head, const plan::Plan& plan) {
  const auto* contact = plan.find_contact(head.contact);
  if (contact == nullptr) return head.contact.empty() ? head.endpoint : head.contact;
  auto name = plan.name_of(contact->unit);
  return contact->role == plan::Role::leader ? name + "分管负责同志" : name;
}

void tell_outcome(const ledger::NoticeView& notice, message::WebNotice& view) {
  auto state = notice.notice.head.state;
  view.outcome = state_words(to_word(state));
  auto tries = notice.attempts.size();
  if (tries > 1) view.outcome += fmt::format("(发了{}次)", tries);
  view.undelivered = state == NoticeState::failed || state == NoticeState::bounced ||
                     state == NoticeState::retrying;
  if (view.undelivered && tries > 0) {
    view.hindrance = message::reason_words(notice.attempts.back().reason);
  }
}

message::WebNotice notice_view(const ledger::NoticeView& notice, Timetables plans) {
  message::WebNotice view;
  const auto& head = notice.notice.head;
  view.subject = notice.notice.content.subject;
  view.receiver = head.endpoint;
  if (const auto* timetable = timetable_of(plans, notice.plan)) {
    auto at = moment_of(head.queued_at, timetable->zone(), timetable->plan().year);
    view.sent = at.words;
    view.sent_time = at.machine;
    view.receiver = receiver_words(head, timetable->plan());
  }
  tell_outcome(notice, view);
  return view;
}

// One line of the page, and everybody it stands for.
struct Line {
  message::WebNotice view;
  std::vector<std::string> receivers;
};

bool tell_the_same(const message::WebNotice& one, const message::WebNotice& other) {
  return one.sent == other.sent && one.subject == other.subject && one.outcome == other.outcome &&
         one.hindrance == other.hindrance;
}

void add(message::WebNotice view, std::vector<Line>& lines) {
  // Lines of another minute are behind us.
  for (auto line = lines.rbegin(); line != lines.rend() && line->view.sent == view.sent; ++line) {
    if (!tell_the_same(line->view, view)) continue;
    line->receivers.push_back(view.receiver);
    return;
  }
  lines.push_back({view, {view.receiver}});
}

message::WebNotice whole(Line line) {
  if (line.receivers.size() == 1) return std::move(line.view);
  line.view.receiver.clear();
  line.view.receiver_count = fmt::format("{}处", line.receivers.size());
  for (const auto& name : line.receivers) message::append_joined(line.view.receiver_all, name);
  return std::move(line.view);
}

}  // namespace

message::WebNotices notices_page(std::vector<ledger::NoticeView> sent, Timetables plans) {
  message::WebNotices page;
  page.span_days = std::to_string(limits::page_days);
  std::ranges::stable_sort(sent, std::ranges::greater{},
                           [](const auto& one) { return one.notice.head.queued_at; });
  page.more = sent.size() > limits::page_rows;
  if (page.more) sent.resize(limits::page_rows);
  page.notice_count = std::to_string(sent.size());
  std::vector<Line> lines;
  for (const auto& one : sent) add(notice_view(one, plans), lines);
  for (auto& line : lines) page.notices.push_back(whole(std::move(line)));
  return page;
}

}  // namespace duban::control
