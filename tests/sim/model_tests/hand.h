#pragma once
// A story and its outcome written by hand: what a daemon that does all well would leave behind.

#include <string>
#include <vector>

#include "sim/outcome.h"

namespace duban::sim {

/// Unit a owes p by Thursday 16 May 2030 17:00 in Shanghai (1 to 3 May are off, Saturday 11 May is
/// worked); the ladder is -2wd, 0d, +1wd after a check, +2wd to the leader.
Plan plan_by_hand();

class Hand {
 public:
  explicit Hand(Plan plan = plan_by_hand(), int offset_hours = 8);

  /// An instant by the plan's clocks.
  Second at(int month, int day, int hour, int minute = 0) const;

  void up(Second at);
  void down(Second at);
  void ends(Second at);
  void say(Second at, Said said);
  void edit(Second at, Plan plan);
  FactRow& fact(std::string kind, Second at, std::string duty = "", std::string unit = "");

  /// Told, and delivered at once.
  ItemRow& tell(const std::string& kind, const std::string& stage, Second planned, Second told,
                Second due);
  ItemRow& draft(const std::string& stage, Second planned, Second told, Second due);
  /// What the office reads in it.
  ItemRow& list(Second planned, std::string text);
  /// The last notice, a draft, goes on as one that is sent.
  NoticeRow& release(Second at);
  /// Of the last item.
  NoticeRow& last_notice() { return outcome.notices.back(); }
  std::vector<std::string> complaints() const { return judge(story, outcome); }

  /// The year as it goes when unit a never answers, up to 18 May; the office checks on the 17th.
  static Hand unanswered();

  Story story;
  Outcome outcome;

 private:
  static ItemRow of_the_duty(const std::string& kind, const std::string& stage,
                             const std::string& audience, Second planned, Second due);
  void write(ItemRow item, NoticeRow notice);
  void look(Second at);

  int offset_;
  std::int64_t seq_ = 0;
};

}  // namespace duban::sim
