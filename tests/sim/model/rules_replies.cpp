// REPLY: what a receiver said is what stands in the ledger: taken, never, later, or nobody knows.
// WRITTEN: an outcome that was heard is written, unless the daemon died over it.

#include <algorithm>

#include "sim/model/tries.h"

namespace duban::sim::model {
namespace {

/// From an outcome until it is written, when nothing is in the way.
constexpr Second writes_within = 90;

bool may_succeed_later(const Exchange& one) {
  if (one.channel == "mail") return one.reply < 500;
  return one.reply >= 500 || one.reply == 408 || one.reply == 425 || one.reply == 429;
}

std::string meaning_of(const Exchange& one) {
  if (one.reply == 0) return one.handed_over ? "unknown" : "retry";
  if (one.reply >= 200 && one.reply < 300) return "delivered";
  return may_succeed_later(one) ? "retry" : "rejected";
}

std::string text_of(const Exchange& one) {
  if (one.reply != 0) return "the receiver said " + std::to_string(one.reply);
  return one.handed_over ? "no reply came" : "it was never handed over";
}

void judge_reply(Court& court, const NoticeRow& notice, const AttemptRow& row,
                 const Exchange* exchange) {
  auto complain = [&](const std::string& why) {
    court.complain("REPLY", notice.id + " attempt " + std::to_string(row.number) + " at " +
                                court.at(row.at) + " is " + row.outcome + " (" + row.reason +
                                "), and " + why);
  };
  if (exchange == nullptr) {
    if (row.outcome == "delivered") complain("nobody was asked");
    return;
  }
  if (!exchange->whole) return;
  bool gone = exchange->channel == "hook" && exchange->reply == 410;
  bool same = row.outcome == meaning_of(*exchange) && (row.reason == "endpoint-gone") == gone;
  if (!same) complain(text_of(*exchange));
}

// The first calm stretch after an outcome that is long enough, if the daemon lives until then.
void judge_written(Court& court, const Exchange& one) {
  const auto& life = court.life;
  auto heard = one.ended.since;
  for (const auto& calm : life.calm()) {
    auto from = std::max(calm.from, heard);
    if (from + writes_within > calm.to) continue;
    bool lived = std::ranges::none_of(life.down(), [&](const Span& span) {
      return span.from <= from + writes_within && span.to >= heard;
    });
    if (!lived) return;
    court.complain("WRITTEN", "what came of " + one.notice + " at " + court.at(one.ended.wall) +
                                  " (" + text_of(one) + ") is not in the ledger");
    return;
  }
}

}  // namespace

void judge_replies(Court& court, const Tries& tries) {
  for (const auto& notice : court.outcome.notices) {
    for (const auto& row : notice.attempts) {
      judge_reply(court, notice, row, tries.exchange_of(row));
    }
    for (const auto& [exchange, row] : tries.of(notice.id)) {
      if (exchange->whole && row == nullptr) judge_written(court, *exchange);
    }
  }
}

}  // namespace duban::sim::model
