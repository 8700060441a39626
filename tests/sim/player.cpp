#include "sim/player.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "engine/tree_texts.h"
#include "sim/ledger_dump.h"
#include "sim/plan_text.h"
#include "sim/session.h"
#include "sim/sayings.h"
#include "sim/world.h"

namespace duban::sim {
namespace {

using boost::asio::awaitable;
using Kind = Event::Kind;

/// After a failure of its own the service manager starts it again; after each more in a row it
/// waits longer.
constexpr Second restart_after = 5, restart_at_most = 1800;
/// A ledger on a disk in trouble may refuse to open for a while; longer is a complaint.
constexpr int starts_in_a_row = 500;
/// An operator looks at a clock that was held.
constexpr Second operator_comes = 60;

class Player {
 public:
  Player(const Story& story, const std::filesystem::path& folder,
         const std::filesystem::path& shipped)
      : story_(story), world_(story.begins, story.seed), disk_(world_), network_(world_),
        files_(folder, shipped) {}

  Played play();

 private:
  Millis millis(Second at) const { return (at - story_.begins) * 1000; }
  void note(Kind kind, std::optional<std::size_t> happening = {}, std::size_t text = 0,
            std::int64_t seq = 0) {
    out_.outcome.events.push_back({kind, world_.moment(), happening, text, seq});
    world_.fingerprint.add(static_cast<std::int64_t>(kind));
    world_.fingerprint.add(world_.since());
  }
  void complain(std::string what) {
    out_.complaints.push_back(fmt::format("{} (after {} s)", what, world_.since() / 1000));
  }

  void live_until(Second at);
  void pass_time(Millis until);
  void start();
  void bury();
  void come_back_after(Second wait);
  bool spins();
  void end_session();
  Second next_wait();
  void happen(std::size_t index);
  void end_faults();
  void check_integrity();
  void finish();

  void happen_said(std::size_t index, const Said& said);
  void happen_edited(std::size_t index, const Edited& edited);
  void happen_down(const Down& down);
  void happen_clock(std::size_t index, const ClockSet& set);
  void happen_trouble(const DiskTrouble& trouble);
  void happen_lost(const LostAnswers& lost);
  void look_at_clock();

  awaitable<void> say(std::size_t index, Said said);
  awaitable<void> reload(std::size_t index, std::size_t text, bool diffed);
  awaitable<void> accept_clock();

  const Story& story_;
  World world_;
  Disk disk_;
  Network network_;
  Files files_;
  std::unique_ptr<Session> session_;
  Played out_;
  std::size_t text_on_disk_ = 0;
  /// Asked and not yet answered.
  std::set<std::size_t> facts_pending_, edits_pending_;
  int lost_percent_ = 0, troubles_ = 0;
  Second back_after_ = restart_after;
  World::Ticket comes_back_{-1, 0};
  std::optional<Millis> up_since_;
  int failures_in_a_row_ = 0;
  bool faults_over_ = false;
  bool told_of_spinning_ = false;
};

bool is_up(const std::unique_ptr<Session>& session) { return session != nullptr; }

void Player::start() {
  session_ = std::make_unique<Session>(
      world_, disk_, network_, files_.settings(),
      Session::Hooks{
          .fault =
              [this](ledger::FaultPoint) {
                bool lost = !faults_over_ && world_.dice().in_hundred(lost_percent_);
                if (lost) world_.count("fault answer-lost");
                return lost;
              },
          .on_look = [this] { note(Kind::looked); },
          .on_idle_look = [this] { out_.outcome.idle_wakes.push_back(world_.moment()); }});
  if (session_->start()) {
    up_since_ = world_.since();
    return note(Kind::up, {}, text_on_disk_);
  }
  end_session();
}

// Dead, or failed, or could not start: it comes back in a while.
void Player::end_session() {
  bool died = world_.is_dead();
  auto wait = next_wait();
  bury();
  bool without_cause = !died && failures_in_a_row_ > 3 && troubles_ == 0;
  if (without_cause || failures_in_a_row_ > starts_in_a_row) {
    return complain("does not start any more");
  }
  come_back_after(wait);
}

Second Player::next_wait() {
  auto up_since = std::exchange(up_since_, std::nullopt);
  if (up_since && world_.since() - *up_since > 1000 * restart_at_most) failures_in_a_row_ = 0;
  if (world_.is_dead()) return std::exchange(back_after_, restart_after);
  return std::min(restart_after << std::min(failures_in_a_row_++, 20), restart_at_most);
}

// What is left of a dead or failed daemon goes; the disk keeps what it would keep.
void Player::bury() {
  note(Kind::down);
  if (session_->has_failed() && !world_.is_dead() && troubles_ == 0) {
    complain("failed: " + session_->failure());
  }
  if (!world_.is_dead()) session_->stop();
  session_.reset();
  if (world_.is_dead() && world_.death().power_lost) disk_.lose_power();
  disk_.forget_shared_memory();
  world_.revive();
  for (auto fact : std::exchange(facts_pending_, {})) note(Kind::fact_unknown, fact);
  for (auto edit : std::exchange(edits_pending_, {})) note(Kind::edit_unknown, edit);
}

void Player::pass_time(Millis until) {
  bool over = false;
  world_.after(until - world_.since(), [&over] { over = true; });
  while (!over && !spins()) {
    if (session_ && (world_.is_dead() || session_->has_failed())) {
      end_session();
    }
    if (!world_.turn()) return;
  }
}

// Something is done again and again although nothing happens.
bool Player::spins() {
  if (!world_.spins()) return false;
  if (!std::exchange(told_of_spinning_, true)) complain("the daemon spins");
  return true;
}

void Player::come_back_after(Second wait) {
  world_.cancel(comes_back_);
  comes_back_ = world_.after(wait * 1000, [this] { start(); });
}

void Player::live_until(Second at) { pass_time(millis(at)); }

awaitable<void> Player::say(std::size_t index, Said said) {
  auto answer = co_await say_to(session_->engine(), said, world_.now());
  facts_pending_.erase(index);
  if (answer.refused.empty()) {
    note(Kind::fact_taken, index, 0, answer.seq);
  } else {
    note(answer.unknown ? Kind::fact_unknown : Kind::fact_refused, index);
  }
}

void Player::happen_said(std::size_t index, const Said& said) {
  if (!is_up(session_)) return note(Kind::fact_refused, index);
  facts_pending_.insert(index);
  session_->store().excuse_next_look();
  session_->ask(say(index, said));
}

awaitable<void> Player::reload(std::size_t index, std::size_t text, bool diffed) {
  engine::ReloadOptions options;
  if (diffed) {
    options.only_if = engine::hash_of(engine::texts_of(engine::read_tree(files_.settings())));
  }
  auto answer = co_await session_->engine().reload("admin", options);
  edits_pending_.erase(index);
  session_->store().excuse_next_look();
  bool taken = answer && std::ranges::find(answer->taken, story_.plan.id) != answer->taken.end();
  note(taken ? Kind::edit_taken : Kind::edit_refused, index, text);
}

void Player::happen_edited(std::size_t index, const Edited& edited) {
  files_.write(edited.plan);
  out_.outcome.plans.push_back(edited.plan);
  text_on_disk_ = out_.outcome.plans.size() - 1;
  if (!is_up(session_)) return;
  edits_pending_.insert(index);
  session_->store().excuse_next_look();
  session_->ask(reload(index, text_on_disk_, edited.diffed));
}

void Player::happen_down(const Down& down) {
  if (!is_up(session_)) return;
  back_after_ = down.back_after;
  if (down.how == Down::How::stopped) {
    session_->stop();
    bury();
    return come_back_after(std::exchange(back_after_, restart_after));
  }
  bool power = down.how == Down::How::power_lost;
  if (down.at_await == 0 && down.at_disk == 0 && down.at_fsync == 0) {
    world_.count("death at once");
    world_.die(power);
  } else {
    world_.doom({.awaits = down.at_await,
                 .step = down.at_step,
                 .disk = down.at_disk,
                 .fsyncs = down.at_fsync,
                 .power_lost = power});
  }
}

awaitable<void> Player::accept_clock() {
  auto answer = co_await session_->engine().accept_clock("operator");
  if (answer) note(Kind::clock_accepted);
}

// The daemon holds: its business time stands.
void Player::look_at_clock() {
  if (!is_up(session_)) return;
  if (session_->engine().now() == world_.now()) return;
  note(Kind::clock_held);
  world_.after(operator_comes * 1000, [this] {
    if (!is_up(session_)) return;
    session_->store().excuse_next_look();
    session_->ask(accept_clock());
  });
}

void Player::happen_clock(std::size_t index, const ClockSet& set) {
  world_.set_wall(set.by);
  note(Kind::clock_set, index);
  if (is_up(session_)) session_->store().excuse_next_look();
  // Engine::now may be a second behind while nothing is held.
  world_.after(2500, [this] { look_at_clock(); });
}

void Player::happen_trouble(const DiskTrouble& trouble) {
  disk_.trouble(trouble.kind, trouble.percent);
  if (troubles_++ == 0) note(Kind::trouble_begins);
  world_.after(trouble.how_long * 1000, [this, kind = trouble.kind] {
    disk_.trouble(kind, 0);
    if (--troubles_ == 0) note(Kind::trouble_ends);
  });
}

void Player::happen_lost(const LostAnswers& lost) {
  lost_percent_ = lost.percent;
  if (troubles_++ == 0) note(Kind::trouble_begins);
  world_.after(lost.how_long * 1000, [this] {
    lost_percent_ = 0;
    if (--troubles_ == 0) note(Kind::trouble_ends);
  });
}

void Player::happen(std::size_t index) {
  const auto& what = story_.happenings[index].what;
  world_.count(fmt::format("happening {}", what.index()));
  if (const auto* said = std::get_if<Said>(&what)) happen_said(index, *said);
  if (const auto* edited = std::get_if<Edited>(&what)) happen_edited(index, *edited);
  if (const auto* down = std::get_if<Down>(&what)) happen_down(*down);
  if (const auto* set = std::get_if<ClockSet>(&what)) happen_clock(index, *set);
  if (const auto* drift = std::get_if<ClockDrift>(&what)) world_.drift(drift->ppm);
  if (const auto* weather = std::get_if<Weather>(&what)) network_.set_weather(*weather);
  if (const auto* trouble = std::get_if<DiskTrouble>(&what)) happen_trouble(*trouble);
  if (const auto* lost = std::get_if<LostAnswers>(&what)) happen_lost(*lost);
  if (const auto* slept = std::get_if<Suspended>(&what)) {
    note(Kind::suspended, index);
    world_.suspend(slept->how_long);
    note(Kind::resumed, index);
    if (is_up(session_)) session_->store().excuse_next_look();
  }
}

void Player::end_faults() {
  faults_over_ = true;
  world_.doom({});
  world_.drift(0);
  network_.clear();
  // Somebody starts it, if nobody has.
  if (!is_up(session_)) come_back_after(0);
}

void Player::check_integrity() {
  SQLite::Database db{"ledger.sqlite", SQLite::OPEN_READWRITE};
  auto check = db.execAndGet("PRAGMA integrity_check").getString();
  if (check != "ok") complain("integrity_check: " + check);
}

void Player::finish() {
  if (network_.most_at_once() > limits::attempts_in_flight) complain("too many attempts at once");
  if (!is_up(session_)) {
    complain("is down at the end");
  } else {
    session_->stop();
    if (!session_->ended_cleanly()) complain("tasks did not end when they were told to");
    if (session_->most_in_hand() > limits::claims_in_hand) complain("too many claims in hand");
    session_.reset();
  }
  try {
    check_integrity();
    dump_ledger("ledger.sqlite", out_.outcome);
  } catch (const SQLite::Exception& error) {
    complain(std::string{"the ledger cannot be read: "} + error.what());
  }
  for (const auto& notice : out_.outcome.notices) {
    world_.fingerprint.add(notice.id);
    world_.fingerprint.add(notice.content);
    world_.fingerprint.add(notice.ended.value_or("open"));
    world_.fingerprint.add(static_cast<std::int64_t>(notice.attempts.size()));
  }
  for (const auto& fact : out_.outcome.facts) {
    world_.fingerprint.add(fact.kind);
    world_.fingerprint.add(fact.seq);
  }
}

Played Player::play() {
  out_.outcome.plans.push_back(story_.plan);
  files_.write(story_.plan);
  start();
  for (std::size_t index = 0; index < story_.happenings.size(); ++index) {
    live_until(story_.happenings[index].at);
    happen(index);
  }
  live_until(story_.faults_end);
  end_faults();
  live_until(story_.ends);
  finish();
  out_.outcome.arrivals = network_.arrivals();
  out_.outcome.exchanges = network_.exchanges();
  out_.counts = world_.counts();
  out_.digest = world_.fingerprint.value();
  return std::move(out_);
}

}  // namespace

Played play(const Story& story, const std::filesystem::path& folder,
            const std::filesystem::path& shipped) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return Player{story, folder, shipped}.play();
}

}  // namespace duban::sim
