#pragma once
// The loop that joins the steps: looks at every plan when something falls due, when somebody
// records a fact, when files are taken anew; hands what is told to the store. control/ speaks to
// people on its behalf.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/clock.h"
#include "base/diagnostic.h"
#include "base/tongue.h"
#include "document/writing.h"
#include "engine/edited_tree.h"
#include "engine/explain.h"
#include "engine/plan_effect.h"
#include "engine/plan_run.h"
#include "engine/pulse.h"
#include "engine/tree.h"
#include "io/alarm.h"
#include "io/signal.h"
#include "ledger/store.h"

namespace duban::engine {

/// Why something that somebody asked for was not done, and what to do.
struct Refusal {
  std::string code;
  Bilingual message, mend;
};
template <class T>
using Answer = std::expected<T, Refusal>;

/// Something that is not well, until it is.
struct Problem {
  std::string code;
  Bilingual message, mend;
  bool operator==(const Problem&) const = default;
};

struct PlanStatus {
  std::string id;
  std::optional<Instant> cursor, next;
  /// When it was last held against its ledger; nothing: not yet.
  std::optional<Instant> audited_at = std::nullopt;
};

/// A silence that stands or is to come.
struct StandingSilence {
  std::string plan;
  schedule::Silence silence;
};

struct Status {
  /// The most urgent first.
  std::vector<Problem> problems;
  std::vector<PlanStatus> plans;
  std::vector<StandingSilence> silences;
  /// The same plans: what waits, how far their work calendars reach.
  std::vector<PlanPulse> pulses;
  ledger::OutboxCounts outbox;
  /// The ledger's file and its journal; 0 where it is in none.
  std::uintmax_t ledger_bytes = 0;
  Instant since{}, now{};
  bool pretended = false;
  /// As Engine::language().
  Tongue language = Tongue::chinese;
};

/// What a reload came to: the plans that took effect, and every mistake that kept others back.
struct Reloaded {
  std::vector<std::string> taken, kept;
  Diagnostics diagnostics;
  plan::Sources sources;
};

struct ReloadOptions {
  /// The one plan to take; empty: every one.
  std::string plan;
  /// The hash that `diff` showed, of the whole tree or of that plan: files that changed since are
  /// refused (`files-changed`), and what is taken is recorded as diffed. Empty: whatever the files
  /// are.
  std::string only_if;
};

/// What an edit does, or the mistakes in it.
struct Difference {
  Diagnostics diagnostics;
  std::optional<PlanEffect> effect;
};

/// A document that somebody asks for.
struct DocumentOrder {
  std::string plan;
  /// A duty that has a document, and one of its periods. Empty: 一页纸 of the units.
  std::string duty, period;
  /// Ids, in the order of the pages.
  std::vector<std::string> units;
  document::FileType type = document::FileType::word;
  /// What was known then; absent: at the draft's cut-off (document::cut_off_of), of 一页纸 now.
  std::optional<Instant> as_of;
};

struct WrittenDocument {
  document::DocumentFile file;
  Instant as_of{};
};

struct EngineOptions {
  std::filesystem::path config;
  settings::DaemonSettings settings;
  bool pretended = false;
  /// The ledger's file, for backups; empty where it is in none, or another process's (a rehearsal).
  std::filesystem::path ledger = {};
  /// Called after a reload took effect, with the settings now in force.
  std::function<void(const settings::DaemonSettings&)> on_settings;
};

/// One thread: the executor's. Owned by app/, which outlives every call.
class Engine {
 public:
  Engine(boost::asio::any_io_executor executor, const Clock& clock, ledger::Store& store,
         EngineOptions options);
  ~Engine();

  /// Takes the tree that was read at start: plans that checked, or their last good text. The error
  /// says why the daemon cannot start (exit 2).
  boost::asio::awaitable<Answer<void>> start(Tree tree);
  /// Until cancelled: step, wait, step.
  boost::asio::awaitable<void> run();
  /// Until cancelled: every now and then (`audit` in duband.toml) an audit, the first some minutes
  /// after the start. Never while business time runs faster than the machine's.
  boost::asio::awaitable<void> run_audits();
  /// Works out from plan and ledger what must have been told by now, and compares. A difference is
  /// a problem in status (`audit-failed`) until an audit agrees again, and the office of the plan
  /// hears of it once a day. The loop and delivery go on meanwhile.
  boost::asio::awaitable<void> audit();
  /// Something outside may have changed (an attempt was settled): look again. Any thread.
  void nudge();

  // What people ask. Each first looks at the plans, so that the answer is of now.

  /// The plans in force. Valid until the next co_await of whoever looks.
  std::vector<const PlanRun*> plans() const;
  const PlanRun* find_plan(const std::string& id) const;
  /// Where a duty id stands in exactly one plan, that plan; else the refusal says which there are.
  Answer<std::string> plan_of_duty(const std::string& duty) const;
  Instant now() const;
  /// In which what concerns no single plan is told: English where every plan speaks it.
  Tongue language() const;
  /// Business time is one that somebody named (`--pretend`).
  bool is_pretended() const;
  /// The shared templates in force. Valid until the next co_await of whoever looks.
  const message::Templates& templates() const;
  /// Whom a notice is about that has not ended, or ended since its plan was looked at; else nobody.
  std::vector<std::string> units_of(const std::string& plan, const std::string& notice) const;
  /// As things stand, without a look at the plans or the ledger: for those who watch the loop.
  Pulse pulse() const;
  /// Of every plan, or of one.
  boost::asio::awaitable<Answer<Status>> status(std::string plan = {});
  boost::asio::awaitable<Answer<std::vector<ledger::NoticeView>>> notices(
      ledger::NoticeQuery query);

  /// Why a notice was sent.
  boost::asio::awaitable<Answer<Page>> explain_notice(std::string id);
  /// Of each stage of an assignment why it was or was not told; see explain.h for what is empty.
  boost::asio::awaitable<Answer<Page>> explain_assignment(std::string plan,
                                                          schedule::AssignmentKey about);

  /// Writes a document by what was known at its moment and by the text that was in force then, so
  /// that the same order gives the same bytes whenever it is asked. Everything else goes on
  /// meanwhile.
  boost::asio::awaitable<Answer<WrittenDocument>> document(DocumentOrder order);

  /// Records facts about a plan (checked against it first: known duty, period, units, a time not in
  /// the future), then tells what follows from them. Answers the facts as written.
  boost::asio::awaitable<Answer<std::vector<schedule::Fact>>> record(
      std::string plan, std::vector<schedule::Fact> facts);
  /// Keeps a file that was handed in, and answers its digest, for a fact to name. Everything else
  /// goes on meanwhile.
  boost::asio::awaitable<Answer<std::string>> keep_file(std::string bytes);
  /// Lets a draft go at its time; `storm`: everything that is held as a storm, of the plan named or
  /// of the only one that holds some.
  boost::asio::awaitable<Answer<void>> release(std::string notice, std::string by,
                                               std::string plan = {});
  boost::asio::awaitable<Answer<void>> defer(std::string notice, Instant until, std::string by);
  /// The same items again under a new id, marked 补发; answers the new id.
  boost::asio::awaitable<Answer<std::string>> resend(std::string notice, std::string by);
  /// A mail system says that a delivered notice came back: its items go the next way there is.
  struct Returned {
    ledger::Bounced what = ledger::Bounced::unknown;
    /// Of the notice, where it was noted now: its plan, and whom it is about.
    std::string plan;
    std::vector<std::string> units;
  };
  boost::asio::awaitable<Answer<Returned>> note_bounce(std::string notice, Reason reason);
  /// What a mail system said of a notice was not understood: the office hears of it, once a day.
  boost::asio::awaitable<void> note_unclear_return(std::string notice);
  /// Why the mailbox of a channel, to which mail comes back, cannot be read: a problem in status
  /// until it can (empty).
  void note_returns(const std::string& channel, const std::string& why);
  /// Reads the files anew; per plan whole or not at all (I4).
  boost::asio::awaitable<Answer<Reloaded>> reload(std::string by, ReloadOptions asked = {});
  /// What an edited plan would do if it were taken now. Nothing changes, and the loop goes on while
  /// it is worked out; one at a time.
  boost::asio::awaitable<Answer<Difference>> diff(Edited edited);
  /// The hash of each plan's text in force (see texts_of_plan), by plan; empty where a reload might
  /// take something else although the hash is the same: other private contacts, a last good text.
  std::map<std::string, std::string> texts_in_force() const;
  /// A copy of the ledger as it is now, whole and examined, in a file that goes with the last who
  /// holds its path. Takes as long as it takes; everything else goes on meanwhile.
  boost::asio::awaitable<Answer<std::shared_ptr<const std::filesystem::path>>> backup();
  /// Damage was found in the ledger: as far as it still takes that, the office of each plan hears
  /// of it, once a day; of what ends the daemon from the next one that runs.
  boost::asio::awaitable<void> note_damage();
  /// Goes on after a clock step that was held.
  boost::asio::awaitable<Answer<void>> accept_clock(std::string by);

  /// Where a plan's endpoint is reached now; nothing when the plan has none of that id.
  struct Address {
    std::string channel, address, recipient_name;
    /// Of the plan.
    Tongue language = Tongue::chinese;
  };
  std::optional<Address> address_of(const std::string& plan, const std::string& endpoint) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace duban::engine
