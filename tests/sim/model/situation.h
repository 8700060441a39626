#pragma once
// One assignment at one moment: whether it is open, and when its stages are to be told.

#include "sim/model/records.h"

namespace duban::sim::model {

/// A stage of the ladder, for one assignment.
struct Point {
  const Stage* stage = nullptr;
  /// When it is to be told; absent: it waits for 收件已核.
  std::optional<Second> at;
  /// When it becomes an item: a draft stands on the office's list before.
  std::optional<Second> from;
  /// Not at the ladder's own time.
  bool moved = false;
};

class Situation {
 public:
  enum class Standing { open, answered, excused, silent, not_owed };

  Situation(const Records& records, const Text& text, const Owed& owed, const Knowing& knowing);

  Standing standing() const { return standing_; }
  Second due() const { return due_; }
  std::optional<Second> answered_at() const { return answered_at_; }
  /// Asked in time and not answered: nobody chases.
  bool waits_for_office() const { return !question_.empty() && asked_in_time_; }
  /// What its unit has asked and has no answer to (`asked`, `not-ours`); empty: nothing.
  const std::string& question() const { return question_; }
  /// A table that was handed in last has rows that nobody understands.
  bool has_unclear_rows() const { return unclear_; }
  /// The office's answer, as its item names it (`returned 17`); empty: none, or it was told.
  std::string untold_answer() const;
  /// When the draft of its document is to be told, whether or not it was: its cut-off; absent: it
  /// writes none, or it is not open.
  std::optional<Second> draft_from() const;
  bool draft_is_told() const;
  /// In the ladder's order; empty unless open.
  const std::vector<Point>& points() const { return points_; }
  /// The newest stage that the audience should know.
  const Point* newest(bool leader) const;
  /// What is told at once may be told now.
  bool may_tell_now() const { return first_moment(due_) <= now_; }
  Second first_moment(std::optional<Second> due) const;
  /// Where a stage that was told stands in this ladder.
  bool is_news(const Point& point, const Known& known) const;
  const Known& known() const { return known_; }
  const Known& leader_known() const { return leader_known_; }
  std::string audience() const { return unit() == "office" ? "office" : "liaison"; }
  const std::string& unit() const { return std::get<2>(owed_); }
  std::string why_silent() const;

 private:
  void read_facts();
  void read(const FactRow& fact);
  void read_question(const FactRow& fact);
  void judge_standing();
  void add_points();
  Second chase_base() const;
  Point overdue(const Stage& stage, Second base) const;
  Point escalate(const Stage& stage, Second base, const Point* overdue) const;
  void put_off(Point& point) const;
  Second counted(const Stage& stage, DayNumber from) const;
  std::optional<Second> checked_from(Second base) const;
  Second audible(Second at, const std::optional<std::string>& stage) const;
  std::vector<std::optional<std::size_t>> places_of(const Known& known) const;

  const Records& records_;
  const Text& text_;
  const Owed& owed_;
  Knowing knowing_;
  Second now_;
  const Ladder* ladder_;
  std::vector<Quiet> silences_;
  std::vector<const FactRow*> facts_;
  Standing standing_ = Standing::not_owed;
  Second due_ = 0;
  std::optional<Second> ask_by_, answered_at_;
  bool excused_ = false, handed_on_ = false;
  std::string question_;
  bool asked_in_time_ = false, unclear_ = false;
  /// When a paper was given back, and when the office said no.
  std::optional<Second> returned_at_, declined_at_;
  std::string answer_;
  bool answer_is_no_ = false;
  Known known_, leader_known_;
  std::vector<Point> points_;
};

}  // namespace duban::sim::model
