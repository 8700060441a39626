#pragma once
// One plan being lived: its text, what is recorded of it, and how far it has been looked at.
// Prepares each step as one batch for the ledger; daemon and rehearsal do the same.

#include <memory>
#include <optional>
#include <string>

#include "document/forms.h"
#include "engine/ledger_fold.h"
#include "ledger/store.h"
#include "message/render.h"
#include "plan/plan.h"
#include "schedule/decide.h"

namespace duban::engine {

/// What one step comes to.
struct Step {
  ledger::Advance advance;
  schedule::Decision decision;
};

/// Not thread-safe.
class PlanRun {
 public:
  PlanRun(std::shared_ptr<const plan::Plan> plan, const message::Templates& shared);
  /// The same text, record and cursor, to be lived on beside this one: another thread may. Shares
  /// only what never changes.
  std::unique_ptr<PlanRun> branch() const;
  /// The same text with nothing recorded.
  std::unique_ptr<PlanRun> afresh() const;

  const plan::Plan& plan() const { return timetable_->plan(); }
  const schedule::Timetable& timetable() const { return *timetable_; }
  std::shared_ptr<const schedule::Timetable> timetable_ptr() const { return timetable_; }
  const schedule::Record& record() const { return record_; }
  /// Of the rows that were folded.
  const RowTally& tally() const { return tally_; }
  std::optional<Instant> cursor() const { return cursor_; }
  /// When it was looked at last: before the cursor where the clock was put back since.
  std::optional<Instant> looked() const { return looked_; }
  std::int64_t epoch() const { return epoch_; }
  /// The sequence number up to which the record has been folded.
  std::int64_t last_row() const { return last_row_; }

  /// The forms that its documents are written by; without any, drafts are told without their files.
  /// A branch has none: what would be needs no files.
  void use_forms(std::shared_ptr<const document::Forms> forms) { forms_ = std::move(forms); }

  /// Another text of the same plan; what is recorded stays.
  void replace_plan(std::shared_ptr<const plan::Plan> plan, const message::Templates& shared);

  /// The past, as the store has it.
  void fold(const ledger::Rows& rows);
  /// Once all rows up to the cursor's last one are folded. Where it moved to, somebody looked.
  void set_cursor(const ledger::Cursor& cursor);
  /// A step at that moment is written, or came to nothing.
  void set_looked(Instant at);
  /// All that is folded was decided upon, by the present text, when it was looked at last.
  void decided() { decided_ = true; }
  /// There is something to read or to decide upon, or the time has come: another step may come to
  /// something.
  bool is_due(const ledger::Cursor& cursor, Instant now) const;

  /// What a step at `now` would decide.
  schedule::Decision decide(Instant now) const {
    return schedule::decide(*board_, cursor_, now);
  }
  /// Decides, renders, and packs what is to be told by `now` (business time); what is queued may be
  /// sent from `machine_now` on. `salt` makes the notice ids (I7).
  Step prepare(Instant now, Instant machine_now, const std::string& salt) const;
  // What a rehearsal does in place of a store.

  void commit(const Step& step);
  void record(schedule::Fact fact);
  void delivered(const std::string& notice, Instant at);

  /// The office's list as it stands, whether or not it is time for it.
  struct Today {
    Instant at{};
    schedule::Assignments assignments;
    schedule::OfficeList list;
    message::Renderer::List words;
  };
  Today today(Instant now) const;

  /// When to look again.
  std::optional<Instant> next_wake() const;

 private:
  PlanRun(std::shared_ptr<const schedule::Timetable> timetable,
          std::shared_ptr<const message::Renderer> renderer, schedule::Record record);

  void bearings_may_have_changed();
  ledger::Content content_of(const message::RenderContext& context,
                             const schedule::NoticePlan& notice, const std::string& id) const;

  void look_at(std::shared_ptr<const schedule::Timetable> timetable);

  std::shared_ptr<const schedule::Timetable> timetable_;
  /// The text before the last edit, for the names of what the edit removed.
  std::shared_ptr<const plan::Plan> before_;
  /// Of the timetable's plan, which keeps it alive.
  std::shared_ptr<const message::Renderer> renderer_;
  std::shared_ptr<const document::Forms> forms_;
  schedule::Record record_;
  RowTally tally_;
  /// Of timetable_ and record_.
  std::unique_ptr<schedule::Board> board_;
  /// What next_wake found; nothing: to be looked for again.
  mutable std::optional<std::optional<Instant>> next_wake_;
  std::optional<Instant> cursor_, looked_;
  std::int64_t epoch_ = 1;
  std::int64_t last_row_ = 0;
  std::int64_t last_fact_ = 0;
  /// Not known at a start: the last life may have died between a fact and the step that follows.
  bool decided_ = false;
};

/// `ntc_` and a ULID: the latest planned time among the items, and an HMAC over item keys, endpoint
/// and how often these items went there before.
std::string notice_id(const std::string& salt, const std::string& plan,
                      const schedule::NoticePlan& notice, const schedule::Record& record);

}  // namespace duban::engine
