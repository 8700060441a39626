#pragma once
// The shipped plan with what was recorded of it, fact by fact: what the views are made from.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/standpoint.h"

namespace duban::document {

class KeptRecord {
 public:
  /// The shipped plan, in force since 2022-03-15 9:00.
  KeptRecord();

  /// To the plan, in force from that day on: a milestone of a unit, an action.
  void milestone(const std::string& id, const std::string& unit, const std::string& task,
                 const std::string& name, unsigned month, unsigned day,
                 const std::string& since = "2022-04-02 10:00");
  void action(const std::string& id, const std::string& unit, const std::string& name,
              const std::string& source, unsigned month, unsigned day,
              const std::string& since = "2022-06-02 10:00");
  plan::Plan& plan() { return plan_; }
  const plan::Plan& plan() const { return plan_; }

  /// `2022-06-24 17:00` in the plan's zone.
  static Instant at(const std::string& civil);
  /// Recorded a minute after it happened unless said otherwise; returns it to be changed.
  schedule::Fact& fact(FactKind kind, const std::string& duty, const std::string& period,
                       const std::string& unit, const std::string& happened,
                       const std::string& recorded = {});
  /// A month's table with its rows.
  void table(const std::string& period, const std::string& unit, const std::string& happened,
             std::vector<schedule::SubmittedRow> rows);
  /// The same by every reporter that is not among `but`, each row 无变化.
  void tables(const std::string& period, const std::string& happened,
              const std::vector<std::string>& but = {});
  /// Something told that arrived.
  void told(const std::string& duty, const std::string& period, const std::string& unit,
            ItemKind kind, const std::string& stage, const std::string& arrived);

  const std::vector<schedule::Fact>& facts() const { return facts_; }
  schedule::Record record() const;
  Standpoint standpoint(const std::string& civil) const;

 private:
  struct Telling {
    schedule::Item item;
    Instant arrived;
  };

  void in_force(const std::string& duty, const std::string& unit, const std::string& since);

  plan::Plan plan_;
  std::vector<schedule::Fact> facts_;
  std::vector<Telling> tellings_;
};

/// A row with words.
schedule::SubmittedRow row(const std::string& task, const std::string& progress,
                           RowState state = RowState::on_track, const std::string& problem = {});
/// Who fills the monthly table, in the document's order.
const std::vector<std::string>& table_reporters();

}  // namespace duban::document
