#include "sim/sayings.h"

#include <algorithm>

#include "base/digest.h"

namespace duban::sim {
namespace {

using boost::asio::awaitable;
using schedule::Fact;
using What = Said::What;

constexpr const char* plan_id = "p";
constexpr const char* office = "office-desk";

Instant instant(Second at) { return Instant{Seconds{at}}; }

FactKind kind_of(What what) {
  switch (what) {
    case What::received: return FactKind::received;
    case What::checked: return FactKind::checked;
    case What::extended: return FactKind::extended;
    case What::excused: return FactKind::excused;
    case What::silenced: return FactKind::silenced;
    case What::submitted: return FactKind::submitted;
    case What::accepted: return FactKind::accepted;
    case What::asked: return FactKind::asked;
    case What::declined: return FactKind::declined;
    case What::returned: return FactKind::returned;
    case What::not_ours: return FactKind::not_ours;
    case What::reassigned: return FactKind::reassigned;
    case What::called: return FactKind::called;
    case What::issued: return FactKind::issued;
    default: return FactKind::voided;
  }
}

Answered refused(const engine::Refusal& refusal) {
  return {.refused = refusal.code, .unknown = refusal.code == "ledger"};
}

Fact fact_of(const Said& said, Instant now) {
  Fact fact;
  fact.kind = kind_of(said.what);
  fact.about = {said.duty, said.period, said.unit, ""};
  fact.at = now - Seconds{said.ago};
  fact.by = office;
  fact.way = "socket";
  if (said.what == What::checked) fact.about.unit.clear();
  if (said.what == What::extended || said.what == What::silenced) fact.time = instant(said.until);
  if (said.what == What::excused || fact.kind == FactKind::called) fact.note = "原因";
  bool answers = fact.kind == FactKind::asked || fact.kind == FactKind::declined ||
                 fact.kind == FactKind::returned || fact.kind == FactKind::not_ours ||
                 fact.kind == FactKind::reassigned;
  if (answers) {
    fact.note = "原因";
    fact.subject = said.to;
    if (said.until != 0) fact.time = instant(said.until);
  }
  if (said.what == What::issued) fact.subject = named_digest(sha256("通报"));
  if (said.what == What::submitted) {
    fact.rows = {{.clause = "1.1", .progress = "有进展", .state = RowState::on_track},
                 {.clause = "九(九)", .unchanged = true, .lacks = {"x"}}};
  }
  if (said.what == What::silenced) {
    fact.at = now;
    fact.about.period.clear();
    if (said.stage) fact.subject = word_of(*said.stage);
    fact.note = "静默";
  }
  return fact;
}

const Fact* last_received(const schedule::Record& record) {
  const Fact* last = nullptr;
  for (const auto& fact : record.facts()) {
    if (fact.kind == FactKind::received && !record.is_voided(fact.seq)) last = &fact;
  }
  return last;
}

std::string first_open(const schedule::Record& record, bool draft) {
  for (const auto& [id, notice] : record.open_notices()) {
    bool storm = schedule::is_storm_draft(notice);
    if (draft == (notice.state == NoticeState::drafted) && !storm) return id;
  }
  return "";
}

awaitable<Answered> record(engine::Engine& engine, Fact fact) {
  std::vector<Fact> facts{std::move(fact)};
  auto answer = co_await engine.record(plan_id, std::move(facts));
  if (!answer) co_return refused(answer.error());
  co_return Answered{.seq = answer->front().seq};
}

}  // namespace

awaitable<Answered> say_to(engine::Engine& engine, Said said, Instant now) {
  const auto* run = engine.find_plan(plan_id);
  if (run == nullptr) co_return Answered{.refused = "no-plan"};
  if (said.what == What::release_storm) {
    auto answer = co_await engine.release(std::string{schedule::storm_code}, office);
    co_return answer ? Answered{} : refused(answer.error());
  }
  if (said.what == What::release_draft || said.what == What::defer_draft) {
    auto draft = first_open(run->record(), true);
    if (draft.empty()) co_return Answered{.refused = "no-draft"};
    bool defers = said.what == What::defer_draft;
    auto answer = defers ? co_await engine.defer(draft, instant(said.until), office)
                         : co_await engine.release(draft, office);
    co_return answer ? Answered{} : refused(answer.error());
  }
  if (said.what == What::resend) {
    // The newest notice that has gone out.
    auto sent = co_await engine.notices({.plan = plan_id});
    if (!sent || sent->empty()) co_return Answered{.refused = "nothing-sent"};
    auto answer = co_await engine.resend(sent->back().notice.head.id, office);
    co_return answer ? Answered{} : refused(answer.error());
  }
  auto fact = fact_of(said, now);
  if (said.what == What::void_last_received) {
    const auto* wrong = last_received(run->record());
    if (wrong == nullptr) co_return Answered{.refused = "no-fact"};
    fact.refers = wrong->seq;
    fact.about = wrong->about;
    fact.at = now;
  }
  co_return co_await record(engine, std::move(fact));
}

}  // namespace duban::sim
