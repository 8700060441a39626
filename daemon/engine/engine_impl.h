#pragma once
// What engine.cpp (what people ask) and engine_loop.cpp (step, wait, step) share. Nobody else
// includes it.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/clock_watch.h"
#include "engine/engine.h"
#include "engine/kept_files.h"
#include "engine/last_good.h"
#include "engine/tree_texts.h"
#include "io/aside.h"
#include "io/turn.h"
#include "ledger/handed_copies.h"

namespace duban::engine {

/// In the state folder: where copies of the ledger are while they are handed out.
inline constexpr auto backup_folder = "backup";

/// A fact of the daemon's own: by `duband`, at and recorded `now`.
schedule::Fact own_fact(FactKind kind, Instant now, std::string subject);
/// What a caller is told when the ledger did not take something.
Refusal from_store(const ledger::StoreError& error);
/// What is refused of a file, as a mistake in it.
Diagnostic as_diagnostic(std::string file, const Refusal& refused, Tongue language);
/// Why a text cannot take the place of the one in force although it checks.
std::optional<Refusal> refuses_text(const PlanRun& run, const plan::Plan& next, Instant now);

struct Engine::Impl {
  Impl(boost::asio::any_io_executor on, const Clock& by, ledger::Store& ledger,
       EngineOptions chosen)
      : executor(on), clock(by), store(ledger), options(std::move(chosen)), turn(executor),
        alarm(executor), nudged(executor), watch(clock), reloading(executor),
        looking_ahead(executor), auditing(executor), audit_alarm(executor),
        began(clock.since_boot()) {
    if (!options.ledger.empty()) {
      copies.emplace(options.ledger, options.settings.state / backup_folder);
    }
  }

  // What a step works with.
  boost::asio::any_io_executor executor;
  const Clock& clock;
  ledger::Store& store;
  EngineOptions options;
  std::map<std::string, std::unique_ptr<PlanRun>> runs;
  Tongue language() const;
  std::map<std::string, Problem> problems;  // by code and subject
  /// The last ones without a mistake; null: there were none.
  std::shared_ptr<const document::Forms> forms;
  /// The shared ones that the last plan was taken with.
  message::Templates shared_templates;
  Instant since{};
  bool started = false;
  ReloadTally reloads;
  /// Which files a plan was taken from.
  struct Origin {
    std::string hash, private_digest;
    bool operator==(const Origin&) const = default;
  };
  std::map<std::string, Origin> origins;
  LastGood last_good{options.settings.state};
  KeptFiles files{options.settings.state};

  // Who may step, and when to look again.
  io::Turn turn;
  io::Alarm alarm;
  io::Signal nudged;
  ClockWatch watch;
  std::optional<Instant> held_at;  // business time stands while a clock step is held
  Seconds held_step{0};

  // Reading files and working out what would be: aside, each by one at a time.
  io::Turn reloading;
  io::Turn looking_ahead;
  io::Aside aside;

  // A ledger that does not answer is asked again, ever more slowly.
  int store_failures = 0;
  /// Steps in a row that a plan's ledger refused.
  std::map<std::string, int> refusals;
  /// Texts in force that the ledger did not take: whose edit it was, and whether with its diff.
  std::map<std::string, std::pair<std::string, bool>> unnoted;

  /// Where the ledger is in a file of ours.
  std::optional<ledger::HandedCopies> copies;

  // What the daemon holds against itself: one audit at a time (engine_audit.cpp).
  io::Turn auditing;
  io::Alarm audit_alarm;
  /// Since boot.
  Seconds began;
  /// Since when a plan's text is lived without a break; when it was last audited.
  std::map<std::string, Instant> taken_at, audited_at;

  /// Business time. A step of the clock that meet_clock() has not looked at yet is no time.
  Instant now() const {
    if (held_at) return *held_at;
    auto at = clock.now();
    return options.pretended ? at : at - watch.pending();
  }

  /// Of a plan's record and calendar; those of the run itself are kept in `problems`.
  std::vector<Problem> problems_of(const PlanRun& run) const;
  void store_answered();
  void well_written(const std::string& plan);
  void store_failed(const ledger::StoreError& error);
  boost::asio::awaitable<bool> refresh(PlanRun& run);
  struct Committed {
    /// The step is in the ledger, or somebody else's is and the next round sees it.
    bool stands = false;
    /// Some of it was not written, since a notice is being sent that it was to end.
    bool waits = false;
    /// The notice for which the ledger refused it.
    std::string refused = {};
  };
  boost::asio::awaitable<Committed> commit(PlanRun& run, ledger::Advance advance);
  boost::asio::awaitable<void> step_plan(PlanRun& run);
  boost::asio::awaitable<void> step_plans(std::vector<PlanRun*> chosen);
  /// The plans for which something has come: a time, a fact, an outcome.
  boost::asio::awaitable<void> step_due();
  boost::asio::awaitable<void> meet_clock();
  boost::asio::awaitable<void> wait();
  using Written = ledger::StoreResult<std::vector<std::int64_t>>;
  /// Appends facts and gives their numbers. What may have been written although nobody said so is
  /// looked up, and stands if it is there.
  boost::asio::awaitable<Written> write_facts(PlanRun& run, std::vector<schedule::Fact> facts);
  /// The loop does not sleep on.
  void look_soon();
  /// For the office of one plan, or of every one.
  boost::asio::awaitable<void> note_trouble(const std::string& plan, const std::string& code);
  boost::asio::awaitable<void> note_trouble_everywhere(const std::string& code);
  /// For the office of one plan, where it was not told of it today.
  boost::asio::awaitable<void> note_trouble_once_a_day(const PlanRun& run, std::string code);
  bool noted_today(const PlanRun& run, std::string_view code) const;
  void take_forms(const Tree& tree);
  void take_plan(const std::string& id, std::shared_ptr<const plan::Plan> plan,
                 const message::Templates& fresh);
  boost::asio::awaitable<void> note_text(PlanRun& run, const std::string& by, bool diffed = false);

  // How a tree takes effect (engine_reload.cpp).
  struct Taking {
    std::string by;
    bool diffed = false;
    std::vector<const plan::LoadedPlan*> chosen;
  };
  boost::asio::awaitable<Tree> read_aside();
  void start_plan(const Tree& tree, const Texts& texts, const plan::LoadedPlan& loaded);
  void start_gone(const Tree& tree);
  boost::asio::awaitable<void> tell_of_bad_start();
  bool run_last_good(const std::string& id);
  boost::asio::awaitable<void> begin_plan(PlanRun& run, bool& readable);
  void keep(const Tree& tree, const Texts& texts, const std::vector<const plan::Plan*>& plans);
  static Origin origin_of(const std::string& id, const Tree& tree, const Texts& texts);
  bool is_in_force(const plan::LoadedPlan& loaded, const Tree& tree, const Texts& texts) const;
  boost::asio::awaitable<void> weigh(const plan::LoadedPlan& loaded, const Tree& tree,
                                     const Texts& texts, Taking& taking, Reloaded& out);
  std::vector<PlanRun*> take(const Tree& tree, const Texts& texts, const Taking& taking,
                             Reloaded& out);
  void well_again(const std::string& id);
  boost::asio::awaitable<void> keep_old(const plan::LoadedPlan& loaded,
                                        std::optional<Refusal> refused, Reloaded& out);
  boost::asio::awaitable<void> keep_all(Reloaded& out);
  boost::asio::awaitable<void> keep_gone(const Tree& tree, Reloaded& out);
  void drop_ended(const Tree& tree);
  void take_settings(settings::DaemonSettings fresh, Reloaded& out);
  void count(const Reloaded& reloaded);

  // How a plan is held against its ledger (engine_audit.cpp).
  struct Audit;
  boost::asio::awaitable<bool> read_on(std::shared_ptr<Audit> audit);
  boost::asio::awaitable<bool> read_outbox(std::shared_ptr<Audit> audit);
  boost::asio::awaitable<bool> read_to(std::shared_ptr<Audit> audit, std::int64_t row);
  boost::asio::awaitable<bool> look_at(std::shared_ptr<Audit> audit, PlanRun& run);
  boost::asio::awaitable<void> audit_plan(std::string id);
  boost::asio::awaitable<void> conclude(std::shared_ptr<Audit> audit, PlanRun& run);

  std::optional<std::pair<PlanRun*, const schedule::NoticeHead*>> find_open(
      const std::string& notice);
  /// Writes what was said of drafts, and tells what follows.
  boost::asio::awaitable<Answer<void>> record_and_step(PlanRun& run, schedule::Fact fact);
  boost::asio::awaitable<Answer<void>> free_storm(schedule::Fact fact, std::string plan);
  boost::asio::awaitable<Answer<void>> record_about_draft(std::string notice, schedule::Fact fact);
};

}  // namespace duban::engine
