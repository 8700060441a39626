#include "engine/plan_run.h"

#include <algorithm>

#include "base/digest.h"
#include "engine/draft_files.h"
#include "schedule/wake.h"

namespace duban::engine {
namespace {

void append_key(std::string& text, const schedule::ItemKey& key) {
  const char separator = '\x1f';
  for (std::string_view part :
       {std::string_view{key.about.duty}, std::string_view{key.about.period},
        std::string_view{key.about.unit}, std::string_view{key.about.slice}, to_word(key.kind),
        std::string_view{key.stage}, to_word(key.audience)}) {
    text += part;
    text += separator;
  }
  text += std::to_string(key.telling);
  text += '\n';
}

std::size_t times_carried(const schedule::Record& record, const schedule::ItemKey& key) {
  const auto* told = record.told_item(key);
  return told == nullptr ? 0 : told->notices.size();
}

ledger::Notice to_notice(const std::string& id, const schedule::NoticePlan& planned, Instant now,
                         ledger::Content content) {
  ledger::Notice notice;
  notice.head = {.id = id,
                 .endpoint = planned.endpoint,
                 .channel = planned.channel,
                 .contact = planned.contact,
                 .state = planned.state,
                 .reason = planned.storm ? Reason::storm : planned.tellings.front().item.reason,
                 .queued_at = now,
                 .expires_at = planned.expires_at};
  for (const auto& telling : planned.tellings) {
    notice.head.items.push_back(telling.item.key);
    notice.items.push_back(telling.item);
  }
  notice.content = std::move(content);
  notice.replaces = planned.replaces;
  notice.replaces_reason = planned.replaces_reason;
  return notice;
}

}  // namespace

std::string notice_id(const std::string& salt, const std::string& plan,
                      const schedule::NoticePlan& notice, const schedule::Record& record) {
  std::string text = plan + '\n' + notice.endpoint + '\n';
  Instant latest{};
  std::size_t carried = 0;
  for (const auto& telling : notice.tellings) {
    append_key(text, telling.item.key);
    latest = std::max(latest, telling.item.planned_at);
    carried = std::max(carried, times_carried(record, telling.item.key));
  }
  text += std::to_string(carried);
  return "ntc_" + make_ulid(latest, hmac_sha256(salt, text));
}

PlanRun::PlanRun(std::shared_ptr<const plan::Plan> plan, const message::Templates& shared)
    : PlanRun(std::make_shared<const schedule::Timetable>(plan, schedule::Bearings{}),
              std::make_shared<const message::Renderer>(*plan, shared), {}) {}

PlanRun::PlanRun(std::shared_ptr<const schedule::Timetable> timetable,
                 std::shared_ptr<const message::Renderer> renderer, schedule::Record record)
    : timetable_(std::move(timetable)),
      renderer_(std::move(renderer)),
      record_(std::move(record)),
      board_(std::make_unique<schedule::Board>(*timetable_, record_)) {}

std::unique_ptr<PlanRun> PlanRun::branch() const {
  std::unique_ptr<PlanRun> copy{new PlanRun{timetable_, renderer_, record_}};
  copy->tally_ = tally_;
  copy->before_ = before_;
  copy->cursor_ = cursor_;
  copy->looked_ = looked_;
  copy->epoch_ = epoch_;
  copy->last_row_ = last_row_;
  copy->last_fact_ = last_fact_;
  return copy;
}

std::unique_ptr<PlanRun> PlanRun::afresh() const {
  auto bare = std::make_shared<const schedule::Timetable>(timetable_->plan_ptr(),
                                                          schedule::Bearings{});
  return std::unique_ptr<PlanRun>{new PlanRun{std::move(bare), renderer_, {}}};
}

void PlanRun::look_at(std::shared_ptr<const schedule::Timetable> timetable) {
  next_wake_.reset();
  decided_ = false;
  board_.reset();
  timetable_ = std::move(timetable);
  board_ = std::make_unique<schedule::Board>(*timetable_, record_);
}

void PlanRun::replace_plan(std::shared_ptr<const plan::Plan> plan,
                           const message::Templates& shared) {
  auto recorded = schedule::bearings_of(*plan, record_);
  before_ = timetable_->plan_ptr();
  renderer_ = std::make_shared<const message::Renderer>(*plan, shared);
  look_at(std::make_shared<const schedule::Timetable>(std::move(plan), std::move(recorded)));
}

void PlanRun::bearings_may_have_changed() {
  auto recorded = schedule::bearings_of(plan(), record_);
  if (recorded == timetable_->recorded()) return;
  look_at(std::make_shared<const schedule::Timetable>(timetable_->plan_ptr(),
                                                      std::move(recorded)));
}

void PlanRun::fold(const ledger::Rows& rows) {
  next_wake_.reset();
  if (!rows.rows.empty()) decided_ = false;
  for (const auto& row : rows.rows) {
    engine::fold(row, record_);
    tally_.add(row);
  }
  last_row_ = std::max(last_row_, rows.last);
  bearings_may_have_changed();
}

void PlanRun::set_cursor(const ledger::Cursor& cursor) {
  if (cursor_ != cursor.at) {
    next_wake_.reset();
    looked_ = cursor.at;
  }
  cursor_ = cursor.at;
  epoch_ = cursor.epoch;
  last_fact_ = cursor.last_fact;
  last_row_ = std::max(last_row_, cursor.last_row);
}

void PlanRun::set_looked(Instant at) {
  if (looked_ != at) next_wake_.reset();
  looked_ = at;
}

bool PlanRun::is_due(const ledger::Cursor& cursor, Instant now) const {
  bool looked = cursor_ && cursor_ == cursor.at && epoch_ == cursor.epoch;
  // What waits for the hours may be told at the hour to which the clock was put back.
  bool put_back = looked_ && now < *looked_;
  if (!looked || put_back || !decided_ || last_row_ != cursor.last_row) return true;
  auto wake = next_wake();
  return wake && *wake <= now;
}

ledger::Content PlanRun::content_of(const message::RenderContext& context,
                                    const schedule::NoticePlan& notice,
                                    const std::string& id) const {
  auto content = renderer_->render(context, notice, id);
  if (forms_) content.attachments = draft_files(*timetable_, record_, notice, *forms_);
  return content;
}

Step PlanRun::prepare(Instant now, Instant machine_now, const std::string& salt) const {
  auto look = cursor_ ? std::max(*cursor_, now) : now;
  Step step;
  step.decision = decide(now);
  auto& decision = step.decision;
  std::vector<std::string> ids;
  for (const auto& planned : decision.notices) {
    ids.push_back(notice_id(salt, plan().id, planned, record_));
  }
  for (auto& draft : decision.list.drafts) {
    if (draft.planned) draft.notice = ids[*draft.planned];
  }
  message::RenderContext context{*timetable_, decision, now, before_.get()};
  step.advance = {.plan = plan().id,
                  .expected = cursor_,
                  .last_fact = last_fact_,
                  .epoch = epoch_,
                  .last_row = last_row_,
                  .cursor = look,
                  .facts = decision.facts,
                  .ended_notices = decision.ended_notices,
                  .ended_items = decision.ended_items,
                  .now = now,
                  .machine_now = machine_now};
  for (std::size_t index = 0; index < ids.size(); ++index) {
    const auto& planned = decision.notices[index];
    step.advance.notices.push_back(
        to_notice(ids[index], planned, now, content_of(context, planned, ids[index])));
  }
  return step;
}

void PlanRun::commit(const Step& step) {
  next_wake_.reset();
  const auto& advance = step.advance;
  for (const auto& fact : advance.facts) record(fact);
  for (const auto& end : advance.ended_items) record_.end_item(end.key, end.reason);
  for (const auto& end : advance.ended_notices) {
    record_.end_notice(end.id, end.state, end.reason, advance.now);
  }
  for (const auto& notice : advance.notices) {
    if (!notice.replaces.empty()) {
      record_.end_notice(notice.replaces, NoticeState::superseded, notice.replaces_reason,
                         advance.now);
    }
    record_.apply(notice.head, notice.items);
  }
  cursor_ = advance.cursor;
  looked_ = advance.now;
}

void PlanRun::record(schedule::Fact fact) {
  next_wake_.reset();
  fact.seq = ++last_row_;
  last_fact_ = fact.seq;
  record_.apply(fact);
  bool bears = fact.kind == FactKind::held || fact.kind == FactKind::voided ||
               fact.kind == FactKind::reassigned;
  if (bears) bearings_may_have_changed();
}

void PlanRun::delivered(const std::string& notice, Instant at) {
  next_wake_.reset();
  record_.attempted(notice, AttemptOutcome::delivered, Reason::accepted, at);
  record_.end_notice(notice, NoticeState::delivered, Reason::accepted, at);
}

PlanRun::Today PlanRun::today(Instant now) const {
  schedule::Decision decision;
  decision.assignments = schedule::assignments(*timetable_, record_, now);
  decision.list = schedule::office_list(*timetable_, record_, now);
  auto words = renderer_->list({*timetable_, decision, now, before_.get()});
  return {now, std::move(decision.assignments), std::move(decision.list), std::move(words)};
}

std::optional<Instant> PlanRun::next_wake() const {
  if (!cursor_) return std::nullopt;
  if (!next_wake_) next_wake_ = schedule::next_wake(*board_, *cursor_, *looked_);
  return *next_wake_;
}

}  // namespace duban::engine
