#pragma once
// From a decision to what the templates see: who is spoken to, what each is told, in which words.

#include "message/render.h"
#include "message/scene.h"
#include "message/view.h"
#include "schedule/outcome.h"

namespace duban::message {

/// The date that is asked for: `ask_by` while that is ahead, else the due time.
struct Asked {
  std::optional<Instant> at;
  bool has_hour = false;
  /// It is earlier than the due time.
  bool early = false;
};
Asked asked_of(const schedule::Assignment& assignment, Instant now);
std::string asked_words(const Scene& scene, const schedule::Assignment& assignment);

struct Message {
  NoticeView notice;
  SubjectView subject;
  bool group = false;
  /// The dates that a page emphasises.
  std::vector<std::string> strong;
};

Message compose(const PlanFacts& facts, const RenderContext& context,
                const schedule::NoticePlan& notice);

/// The letter of the year for one unit; `told` are its assignments that the letter tells.
StartView compose_start(const Scene& scene, std::string_view unit,
                        const std::vector<const schedule::Assignment*>& told);
/// The year's dates of these assignments, a line a duty.
std::vector<DateView> compose_calendar(const Scene& scene,
                                       const std::vector<const schedule::Assignment*>& told);
/// What was ordered, or a unit's own date, that comes without the letter of the year: no duty of
/// the document begins with it in this notice.
bool is_added(const Scene& scene, const schedule::NoticePlan& notice,
              const schedule::Telling& telling);
/// A stage of the same thing is in the notice and says all of it.
bool is_staged(const schedule::NoticePlan& notice, const schedule::Telling& telling);
/// The office's list of the decision.
ListView compose_list(const Scene& scene);
ListView compose_list(const RenderContext& context, const PlanFacts& facts);
/// What a stage, change or correction says of one assignment.
ItemView compose_item(const Scene& scene, const schedule::Telling& telling);

}  // namespace duban::message
