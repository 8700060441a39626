#pragma once
// A desk that is asked why: pages of notices and of assignments, on a real engine.

#include <gtest/gtest.h>

#include <algorithm>

#include "contract/deliver_all.h"
#include "engine/desk.h"

namespace duban::engine {

/// May 2036: the 25th is a Sunday, so that the table is due on Friday the 23rd at 17:00.
class ExplainDesk : public Desk {
 public:
  explicit ExplainDesk(std::string_view now) : Desk(now) { look(); }

  /// Lets the engine do what it can, and delivers what is due.
  void look() {
    turn();
    contract::deliver_all(loop, *store, clock.machine_now());
    turn();
  }
  /// Lets the clock run to `05-20T09:00:00`, looking every hour, as a daemon that never sleeps.
  void run_to(std::string_view when) {
    auto end = *parse_rfc3339(std::string{year} + "-" + std::string{when} + "+08:00");
    while (clock.now() < end) {
      clock.pass(std::min(Seconds{3600}, Seconds{end - clock.now()}));
      look();
    }
  }

  schedule::Fact fact(FactKind kind, const std::string& unit) const {
    schedule::Fact made;
    made.kind = kind;
    made.about = {"monthly-table", std::string{year} + "-05", unit, ""};
    made.at = clock.now();
    made.by = "alice";
    made.way = "test";
    return made;
  }
  /// Its number.
  std::int64_t record(const schedule::Fact& what) {
    auto written = ask(engine->record(plan, {what}));
    if (!written) throw std::runtime_error(written.error().message.chinese);
    look();
    return written->front().seq;
  }
  std::int64_t record(FactKind kind, const std::string& unit) { return record(fact(kind, unit)); }
  Reloaded reload(const std::string& by) {
    auto taken = ask(engine->reload(by));
    if (!taken) throw std::runtime_error(taken.error().message.chinese);
    look();
    return *taken;
  }
  void edit(const std::string& was, const std::string& is) {
    contract::EditedConfig::edit(config.plan_file(), was, is);
  }

  /// The newest notice with an item of the table of May for a unit; fails when there is none.
  std::string notice_of(const std::string& unit, ItemKind kind, const std::string& stage = "") {
    std::string found;
    for (const auto& view : notices()) {
      for (const auto& item : view.notice.items) {
        const auto& key = item.key;
        bool table = key.about.duty.empty() || (key.about.duty == "monthly-table" &&
                                                key.about.period == std::string{year} + "-05");
        bool same = table && key.about.unit == unit && key.kind == kind &&
                    key.stage.starts_with(stage);
        if (same) found = view.notice.head.id;
      }
    }
    EXPECT_FALSE(found.empty()) << unit << " " << to_word(kind) << " " << stage;
    return found;
  }

  Page why(const std::string& notice) {
    auto page = ask(engine->explain_notice(notice));
    if (!page) throw std::runtime_error(page.error().message.chinese);
    return *page;
  }
  /// The table of May, or another duty.
  Page why_of(const std::string& unit, const std::string& duty = "monthly-table",
              const std::string& period = std::string{year} + "-05") {
    auto page = ask(engine->explain_assignment(plan, {duty, period, unit, ""}));
    if (!page) throw std::runtime_error(page.error().message.chinese);
    return *page;
  }
};

/// The item of the table of May on a page; fails when there is none.
inline ItemPart table_item(const Page& page) {
  for (const auto& duty : page.duties) {
    for (const auto& period : duty.periods) {
      bool may = duty.id == "monthly-table" && period.period.ends_with("-05");
      if (may && !period.items.empty()) return period.items.front();
    }
  }
  ADD_FAILURE() << "the table of May is not on the page";
  return {};
}

inline StageRow row_of(const Page& page, std::string_view stage) {
  for (const auto& row : page.assignment.value().stages) {
    if (row.stage.key.starts_with(stage)) return row;
  }
  ADD_FAILURE() << "no stage " << stage;
  return {};
}

}  // namespace duban::engine
