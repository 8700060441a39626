#pragma once
// Looks now and then into the mailboxes to which undeliverable mail comes back, and has the ledger
// know of it.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/watching.h"
#include "engine/engine.h"
#include "io/alarm.h"
#include "io/mailbox.h"
#include "settings/daemon_settings.h"

namespace duban::app {

/// How long after a look the next one comes, the later the more failed before it: a server locks
/// the account of who logs in wrongly again and again.
Seconds pause_after_look(int failures);

class ReturnedMails {
 public:
  /// What it refers to must outlive it. One thread: the executor's.
  ReturnedMails(boost::asio::any_io_executor executor, engine::Engine& engine, Watching& watching,
                const Clock& clock);

  /// At the start and after each reload: the mailboxes of duband.toml, each looked into at once.
  /// One that was well and is named as before is read on from where it was. What is wrong is
  /// logged.
  void use(const settings::DaemonSettings& settings);
  /// Until cancelled.
  boost::asio::awaitable<void> run();

 private:
  struct Box {
    std::string channel;
    /// What the settings say of it.
    std::string named;
    std::unique_ptr<io::Mailbox> mailbox;
    /// The next look, since boot: a clock that is set brings none nearer and puts none off.
    /// Nothing: one goes on, and nobody has asked for another.
    std::optional<Seconds> next = Seconds{0};
    /// Looks in a row that came to nothing.
    int failures = 0;
  };
  /// As before where nothing is wrong with it, else made anew; null: there is none.
  std::shared_ptr<Box> box_for(const settings::ChannelSettings& channel) const;
  boost::asio::awaitable<void> look_into(Box& box);
  bool is_in_force(const Box& box) const;
  /// Whether the mail need not be shown again.
  boost::asio::awaitable<bool> take(std::string channel, std::string mail);

  boost::asio::any_io_executor executor_;
  engine::Engine& engine_;
  Watching& watching_;
  const Clock& clock_;
  io::Alarm alarm_;
  std::vector<std::shared_ptr<Box>> boxes_;
};

}  // namespace duban::app
