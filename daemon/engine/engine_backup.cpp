// Handing out a copy of the ledger.

#include <spdlog/spdlog.h>

#include "engine/engine_impl.h"
#include "ledger/sqlite_store.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

constexpr auto ledger_damaged = "ledger-damaged";

Refusal why_no_copy(const ledger::CopyRefused& refused) {
  using enum ledger::CopyRefused::Kind;
  switch (refused.kind) {
    case busy:
      return {"backup-running", {"另一份备份还没有拿完", "another backup is still being taken"},
              {"等它完了再试", "try again once it is done"}};
    case no_room:
      return {"no-room",
              {"状态目录所在的磁盘放不下一份台账",
               "the disk of the state folder has no room for a copy of the ledger"},
              {"腾出地方再试", "make room, then try again"}};
    case damaged:
      return {ledger_damaged,
              both("台账坏了,没有备份:{}", "the ledger is damaged, no backup was made: {}",
                   refused.detail),
              {"别删以前的备份;停下 duband,用最近一份好的恢复:dubanctl ledger restore 文件",
               "delete no earlier backup; stop duband and restore the last good one: dubanctl "
               "ledger restore FILE"}};
    case failed:
      break;
  }
  return {"ledger", both("没有备份成:{}", "no backup was made: {}", refused.detail),
          {"看 duband 的日志,过后再试", "see duband's log, then try again later"}};
}

}  // namespace

asio::awaitable<Answer<std::shared_ptr<const std::filesystem::path>>> Engine::backup() {
  if (!impl_->copies) {
    co_return std::unexpected(
        Refusal{"no-ledger-file",
                {"台账不在文件里,没有可备份的",
                 "the ledger is in no file, so there is nothing to back up"},
                {}});
  }
  auto copy = co_await impl_->copies->make();
  if (copy) co_return std::move(*copy);
  auto refusal = why_no_copy(copy.error());
  if (copy.error().kind == ledger::CopyRefused::Kind::damaged) {
    spdlog::critical("{}", ledger::damage_words(copy.error().detail.english));
    impl_->problems[ledger_damaged] = {refusal.code, refusal.message, refusal.mend};
    co_await note_damage();
    nudge();
  } else {
    spdlog::error("no backup of the ledger: {} {}", refusal.code, copy.error().detail.english);
  }
  co_return std::unexpected(std::move(refusal));
}

// Where it is not written any more, status, the log or the daemon's end have to do.
asio::awaitable<void> Engine::note_damage() {
  auto held = co_await impl_->turn.take();
  for (auto& [id, run] : impl_->runs) {
    co_await impl_->note_trouble_once_a_day(*run, ledger_damaged);
  }
}

}  // namespace duban::engine
