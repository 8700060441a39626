#pragma once
// A plan lived by hand: virtual time, a record, and decide() folded as the engine does, without
// rendering. What is told reads `05-20 09:00 a table remind -3wd 09:00`.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/fixture.h"
#include "schedule/decide.h"

namespace duban::tests {

using Lines = std::vector<std::string>;
using schedule::AssignmentKey;
using schedule::Fact;

/// Units a and b (a mailbox and a leader each), c without any contact, the office with a mailbox
/// and a bot; hours, list and zone as shipped; 2022-03-01 to 2022-12-31. Duties without `who` are
/// owed by a; all climb the ladder.
plan::Plan office_of(std::vector<plan::Duty> duties);
/// remind -3wd 09:00, due 0d 09:00, overdue +1wd 14:00 after 收件已核, escalate +2wd 09:00 to the
/// leader.
plan::Ladder chasing();
/// Happens once; period `2022`.
plan::Duty paper(std::string_view id, unsigned month, unsigned day, std::string_view time = "17:00",
                 std::vector<std::string> who = {"a"});
/// Its date is not set; the office decides by then.
plan::Duty undated(std::string_view id, std::string_view decide_by);
/// The ladder's stages by what is written.
plan::Ladder ladder_of(std::vector<std::pair<StageKind, std::string>> stages);

AssignmentKey of(std::string_view unit, std::string_view duty, std::string_view period = "2022");
/// `05-25 17:00` of 2022 in Shanghai.
Instant at(std::string_view month_day_hour);
Fact fact(FactKind kind, AssignmentKey about, std::string_view happened);

class Life {
 public:
  explicit Life(plan::Plan plan);
  /// The board is of this life's own record, so a moved life gets a new one.
  Life(Life&& other) noexcept;

  /// Looks at the plan then and not before (so what fell due in between was missed).
  Lines step(std::string_view when) { return step(at(when)); }
  Lines step(Instant when);
  /// Lives until then by next_wake.
  Lines run_to(std::string_view when) { return run_to(at(when)); }
  Lines run_to(Instant when);
  /// Lives until then looking every so often, whether or not there is a reason.
  Lines look_every(Seconds stride, Instant until);
  /// Somebody records it at `when`, the plan being looked at before and after; its seq in `last()`.
  Lines record(std::string_view when, Fact fact) { return record(at(when), std::move(fact)); }
  Lines record(Instant when, Fact fact);
  Lines voids(std::string_view when, std::int64_t seq);
  Lines release(std::string_view when, const std::string& notice);
  /// The edited plan is taken at `when`.
  Lines edit(std::string_view when, plan::Plan plan) { return edit(at(when), std::move(plan)); }
  Lines edit(Instant when, plan::Plan plan);

  /// The text was edited while nobody looked at the plan; the next step is the first with it.
  void starts_with(plan::Plan plan);

  /// Nothing is delivered to these until they leave the set; what waits is delivered then.
  std::set<std::string> unreachable;
  bool deliver = true;
  void deliver_all();
  /// Every open notice of an endpoint is tried so often in vain, and at last given up.
  void fail(const std::string& endpoint, int attempts, bool for_good);
  /// An open notice ends so, now: delivered or failed.
  void settle(const std::string& notice, NoticeState state);
  /// A delivered notice comes back now.
  void bounce(const schedule::NoticeHead& notice, Reason reason);
  /// Every open notice of an endpoint is taken by a server, and comes back; their ids.
  std::vector<std::string> come_back(const std::string& endpoint);
  /// What an endpoint was told of a stage and has taken comes back now; its ids.
  std::vector<std::string> come_back_late(const std::string& endpoint, std::string_view stage);

  const plan::Plan& plan() const { return *plan_; }
  schedule::OfficeList list() const { return schedule::office_list(*timetable_, record_, now_); }
  std::optional<Instant> wake() const;
  std::int64_t last() const { return seq_; }
  /// `withdrawn answered`, in order.
  const Lines& endings() const { return endings_; }
  /// Ids of the drafts that wait.
  std::vector<std::string> drafts() const;
  /// Ids of what is written to an endpoint and has not ended.
  std::vector<std::string> open_at(const std::string& endpoint) const;
  /// The notices of the last step that told something.
  const std::vector<schedule::NoticePlan>& notices() const { return notices_; }
  /// Every notice as it was written, by id.
  const std::map<std::string, schedule::NoticeHead>& heads() const { return heads_; }
  /// Every item told, by key, in the order told; the invariants look at these.
  const std::vector<schedule::Item>& items() const { return items_; }
  /// Wake-ups after which nothing was told, drafted or ended.
  const Lines& idle_wakes() const { return idle_wakes_; }
  const schedule::Record& past() const { return record_; }
  const schedule::Timetable& timetable() const { return *timetable_; }
  std::optional<Instant> cursor() const { return cursor_; }

 private:
  void take(const schedule::Decision& decision, Lines& lines);
  void take_notice(const schedule::NoticePlan& notice, Lines& lines);
  void refresh_timetable();
  std::string line(const schedule::NoticePlan& notice, const schedule::Item& item) const;
  std::vector<std::string> summary_of(const schedule::Decision& decision) const;
  std::string clock(Instant when) const;

  std::shared_ptr<const plan::Plan> plan_;
  std::unique_ptr<schedule::Timetable> timetable_;
  schedule::Record record_;
  /// How far it was looked at, and when last.
  std::optional<Instant> cursor_, looked_;
  Instant now_{};
  std::int64_t seq_ = 0;
  int notice_count_ = 0;
  Lines endings_, idle_wakes_;
  std::vector<schedule::NoticePlan> notices_;
  std::map<std::string, schedule::NoticeHead> heads_;
  std::vector<schedule::Item> items_;
  std::set<schedule::ItemKey> keys_;
  /// Kept from step to step as the daemon keeps it; must say what a fresh one says.
  std::unique_ptr<schedule::Board> board_;
};

}  // namespace duban::tests
