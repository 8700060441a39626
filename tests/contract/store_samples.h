#pragma once
// Notices, facts and steps to put into a ledger, short to write in a test.

#include <string>
#include <utility>
#include <vector>

#include "ledger/store.h"

namespace duban::contract {

using namespace std::chrono_literals;

/// 2022-03-28T00:59:50Z, and so many seconds after it.
inline Instant moment(std::int64_t seconds = 0) { return Instant{Seconds{1648429190 + seconds}}; }

inline schedule::ItemKey item_key(std::string unit, std::string stage = "remind -3wd 09:00",
                                  int telling = 1) {
  return {{"monthly-table", "2022-05", std::move(unit), ""},
          ItemKind::stage,
          std::move(stage),
          Audience::liaison,
          telling};
}

inline schedule::Item item(schedule::ItemKey key) {
  schedule::Item made;
  made.key = std::move(key);
  made.planned_at = moment();
  made.due = moment(3 * 86400);
  return made;
}

inline ledger::Notice notice(std::string id, std::vector<schedule::ItemKey> keys,
                             std::string endpoint = "zongban-mail") {
  ledger::Notice made;
  made.head.id = std::move(id);
  made.head.endpoint = std::move(endpoint);
  made.head.channel = "smtp";
  made.head.contact = "zongban-liaison";
  made.head.reason = Reason::on_time;
  made.head.queued_at = moment();
  made.head.expires_at = moment(3 * 86400);
  for (auto& key : keys) {
    made.items.push_back(item(key));
    made.head.items.push_back(std::move(key));
  }
  made.content = {"请于5月25日17:00前报送", "正文", "<p>正文</p>", R"({"type":"duban.notice"})"};
  return made;
}

inline schedule::Fact received(std::string unit) {
  schedule::Fact fact;
  fact.kind = FactKind::received;
  fact.about = {"monthly-table", "2022-05", std::move(unit), ""};
  fact.at = moment(-60);
  fact.recorded_at = moment();
  fact.by = "alice";
  fact.way = "dubanctl";
  return fact;
}

/// The first step of the plan `wuhan`, with these notices.
inline ledger::Advance first_step(std::vector<ledger::Notice> notices) {
  ledger::Advance step;
  step.plan = "wuhan";
  step.cursor = moment();
  step.now = moment();
  step.notices = std::move(notices);
  return step;
}

inline ledger::Settlement delivered(std::string id, int number = 1) {
  ledger::Settlement made;
  made.plan = "wuhan";
  made.notice = std::move(id);
  made.at = made.business_at = moment(10);
  made.outcome = AttemptOutcome::delivered;
  made.reason = Reason::accepted;
  made.wire_digest = "sha256:00";
  made.ends = NoticeState::delivered;
  made.end_reason = Reason::accepted;
  made.number = number;
  return made;
}

inline ledger::Settlement to_retry(std::string id, Instant next_at, int number = 1) {
  auto made = delivered(std::move(id), number);
  made.outcome = AttemptOutcome::retry;
  made.reason = Reason::server_error;
  made.ends.reset();
  made.next_at = next_at;
  return made;
}

}  // namespace duban::contract
