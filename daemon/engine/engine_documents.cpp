// Documents asked of a running engine: written beside its loop, from a copy of what is recorded.

#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/engine_impl.h"
#include "engine/kept_texts.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

// The whole line, with its place.
Bilingual line_of(Diagnostic one) {
  one.language = Tongue::chinese;
  auto chinese = format_line(one);
  one.language = Tongue::english;
  return {chinese, format_line(one)};
}

// All that the writing works with; its own, so that it may outlive whoever asked.
struct Writing {
  DocumentOrder order;
  std::filesystem::path state;
  /// Of the present text and what is recorded.
  std::shared_ptr<const schedule::Timetable> timetable;
  std::shared_ptr<const document::Forms> forms;
  schedule::Record record;
  Instant now{};
  Answer<WrittenDocument> answer;

  void write();
  /// One that fails costs the asker its answer, not the office its daemon.
  void write_or_refuse();

 private:
  /// What was recorded before it is in the document.
  Instant cut_off() const;
  std::shared_ptr<const plan::Plan> text_of(Instant as_of) const;
  std::expected<document::DocumentFile, Diagnostics> file_of(
      const document::Standpoint& then) const;
};

// Of now: what was recorded in this very second is in it. Of a draft never, also within its second.
Instant Writing::cut_off() const {
  auto just_now = now + Seconds{1};
  if (order.as_of) return *order.as_of == now ? just_now : *order.as_of;
  if (order.duty.empty()) return just_now;
  return document::cut_off_of(*timetable, record, *timetable->plan().find_duty(order.duty),
                              order.period, just_now);
}

// The text in force at the moment; the present one where that was it, or where it was not kept.
std::shared_ptr<const plan::Plan> Writing::text_of(Instant as_of) const {
  auto plan = timetable->plan_ptr();
  std::string digest;
  for (const auto& fact : record.facts()) {
    if (fact.kind == FactKind::plan_text && fact.at <= as_of) digest = fact.subject;
  }
  if (digest.empty() || digest == plan->digest) return plan;
  auto text = read_kept_text(state, plan->id, digest);
  if (!text) return plan;
  const auto* duty = text->plan->find_duty(order.duty);
  bool writes = order.duty.empty() || (duty != nullptr && duty->document);
  return writes ? text->plan : plan;
}

std::expected<document::DocumentFile, Diagnostics> Writing::file_of(
    const document::Standpoint& then) const {
  if (order.duty.empty()) {
    return document::write_visit(then, order.units, order.type, *forms);
  }
  return document::write_document(then, *then.plan().find_duty(order.duty), order.period,
                                  order.type, *forms);
}

void Writing::write() {
  auto before = cut_off();
  auto moment = std::min(before, now);
  document::Standpoint then{text_of(moment), record, before};
  auto file = file_of(then);
  if (file) {
    answer = WrittenDocument{std::move(*file), moment};
    return;
  }
  const auto& first = file.error().front();
  answer = std::unexpected(
      Refusal{first.code, line_of(first), {"运行 dubanctl check", "run dubanctl check"}});
}

void Writing::write_or_refuse() {
  try {
    write();
  } catch (const std::exception& failed) {
    spdlog::error("document {} {} of plan {}: {}", order.duty, order.period,
                  timetable->plan().id, failed.what());
    answer = std::unexpected(
        Refusal{"document-failed",
                {"没有写成:程序的错", "it was not written: a fault of the program"},
                {"请把 duband 的日志交给维护的人",
                 "give duband's log to whoever maintains duban"}});
  }
}

std::optional<Refusal> problem_with(const DocumentOrder& order, const PlanRun& run, Instant now) {
  if (order.as_of && *order.as_of > now) {
    return Refusal{"bad-time", {"截止的时间还没有到", "the cut-off time is in the future"},
                   {"--at 写已经过去的时间", "give --at a time in the past"}};
  }
  if (order.duty.empty()) return std::nullopt;
  const auto* duty = run.plan().find_duty(order.duty);
  if (duty != nullptr && duty->document) return std::nullopt;
  return Refusal{"unknown-document",
                 both("“{}”没有自己写的文件", "duban writes no document for “{}”", order.duty),
                 {"方案里写了 document 的事项才有",
                  "name a duty that has document in the plan"}};
}

}  // namespace

asio::awaitable<Answer<WrittenDocument>> Engine::document(DocumentOrder order) {
  auto alone = co_await impl_->looking_ahead.take();
  auto writing = std::make_shared<Writing>();
  {
    auto held = co_await impl_->turn.take();
    auto found = impl_->runs.find(order.plan);
    if (found == impl_->runs.end()) {
      co_return std::unexpected(
          Refusal{"unknown-plan", both("没有方案“{}”", "there is no plan “{}”", order.plan), {}});
    }
    auto& run = *found->second;
    co_await impl_->step_plan(run);
    writing->now = impl_->now();
    if (auto problem = problem_with(order, run, writing->now)) co_return std::unexpected(*problem);
    if (!impl_->forms) {
      co_return std::unexpected(
          Refusal{"bad-forms",
                  {"文件的格式(templates/documents)有错",
                   "the forms of documents (templates/documents) have mistakes"},
                  {"运行 dubanctl check", "run dubanctl check"}});
    }
    writing->timetable = run.timetable_ptr();
    writing->record = run.record();
  }
  writing->forms = impl_->forms;
  writing->state = impl_->options.settings.state;
  writing->order = std::move(order);
  co_await impl_->aside.run([writing] { writing->write_or_refuse(); });
  co_return std::move(writing->answer);
}

}  // namespace duban::engine
