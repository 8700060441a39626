#pragma once
// The ledger's rows by what they are about, each with the moment it was written, and the texts that
// may have been in force then.

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "sim/model/court.h"
#include "sim/model/duty_dates.h"

namespace duban::sim::model {

/// Something came in from the unit, or the office put out its own paper.
inline bool hands_in(const FactRow& fact) {
  return fact.kind == "received" || fact.kind == "submitted" || fact.kind == "issued";
}

/// How much somebody can have known: the rows with a smaller number, at that moment.
struct Knowing {
  std::int64_t before = 0;
  Second now = 0;
  /// What was withdrawn in this very second is withdrawn.
  bool ended_now = true;
};

/// A stretch in which something is muted.
struct Quiet {
  Second from = 0, until = 0;
  std::vector<std::string> units, duties;  // empty: all
  std::optional<std::string> stage;
  bool mutes(const Owed& owed, const std::optional<std::string>& of_stage) const;
  bool contains(Second at) const { return from <= at && at < until; }
};

/// What an audience knows by what it was told.
struct Known {
  bool told = false;
  std::optional<Second> due;
  /// Since the due time it knows was told.
  std::vector<const ItemRow*> stages;
  std::optional<Second> changed_at;
};

class Records {
 public:
  explicit Records(Court& court);

  struct Use {
    Span span;
    const Text* text;
  };
  /// In order; where nobody knows which one was in force they overlap.
  const std::vector<Use>& uses() const { return uses_; }
  std::vector<const Text*> texts_at(Second since) const;
  /// Where one of them is surely the one.
  std::vector<Use> certain_uses() const;

  /// About exactly this assignment, or its whole period; not voided.
  std::vector<const FactRow*> facts_about(const Owed& owed, const Knowing& knowing) const;
  /// Who owed it before, by the newest fact that handed it on to this unit; nothing: nobody did.
  const FactRow* handed_on(const Owed& owed, const Knowing& knowing) const;
  std::vector<Quiet> silences(const Text& text, const Knowing& knowing) const;
  /// Stretches in which a look was missed, as they were written down.
  std::vector<std::pair<Second, Second>> outages(const Knowing& knowing) const;
  /// Since when all of it is in force.
  Second in_force(const Owed& owed, const Knowing& knowing) const;
  Known known(const Owed& owed, const std::string& audience, const Knowing& knowing) const;
  const std::vector<const ItemRow*>& items_about(const Owed& owed) const;
  const std::map<Owed, std::vector<const ItemRow*>>& items() const { return items_; }
  bool stands(const ItemRow& item, const Knowing& knowing) const;
  /// Who handed in a table, or has asked the office something, whatever became of it.
  std::set<Owed> heard_of() const;

  /// When a row was written.
  Second since_of(std::int64_t seq) const { return written_.at(seq); }
  /// The number that the next row after that moment has.
  std::int64_t number_at(Second since) const;
  Second told_at(const ItemRow& item) const;

 private:
  std::map<std::int64_t, Second> not_before() const;
  void place_rows();
  void place_texts();
  bool is_voided(std::int64_t seq, const Knowing& knowing) const;

  Court& court_;
  std::vector<std::unique_ptr<Text>> texts_;
  std::vector<Use> uses_;
  std::map<std::int64_t, Second> written_;
  std::vector<std::pair<Second, std::int64_t>> by_moment_;
  std::map<Owed, std::vector<const FactRow*>> facts_;
  std::map<std::int64_t, std::vector<std::int64_t>> voids_;
  std::vector<const FactRow*> silenced_, outages_, in_force_, handed_on_;
  std::map<Owed, std::vector<const ItemRow*>> items_;
};

}  // namespace duban::sim::model
