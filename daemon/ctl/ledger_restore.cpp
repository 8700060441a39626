// `ledger restore FILE`: a backup becomes the ledger, while no daemon is on the state folder.

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <ostream>

#include "base/clock.h"
#include "ctl/client.h"
#include "ctl/ledger_screen.h"
#include "ctl/plan_files.h"
#include "ledger/restore.h"
#include "ledger/state_lock.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
using engine::Refusal;

// On a new machine the daemon has not made it yet, and must not be started to: without its ledger
// it would tell everybody everything.
void make_state(const fs::path& state) {
  std::error_code refused_when_locked;
  if (!fs::create_directories(state, refused_when_locked)) return;
  fs::permissions(state, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec,
                  refused_when_locked);
  // dubanctl has one thread.  NOLINTNEXTLINE(concurrency-mt-unsafe)
  const auto* user = ::geteuid() == 0 ? ::getpwnam("duban") : nullptr;
  if (user != nullptr) {
    [[maybe_unused]] const int given = ::chown(state.c_str(), user->pw_uid, user->pw_gid);
  }
}

Refusal why_not_locked(const ledger::LockRefused& refused, const fs::path& state) {
  if (refused.held) {
    return {"running",
            both("duband 还在用 {},没有恢复", "duband still uses {}; nothing was restored",
                 state.string()),
            both("先停下:systemctl stop duband;恢复后再 systemctl start duband",
                 "stop it first: systemctl stop duband; afterwards: systemctl start duband")};
  }
  return {"no-state",
          both("进不了状态目录:{},没有恢复",
               "cannot use the state folder: {}; nothing was restored", refused.message),
          both("用 root 或 duban 用户运行", "run it as root or duban")};
}

void print_done(const ledger::Restored& restored, const Command& command, Console& console) {
  console.out << fmt::format("已用 {} 恢复台账 {}\n  {}\n", command.file.string(),
                             restored.ledger.string(), summary_words(restored.summary));
  if (!restored.moved.empty()) {
    console.out << fmt::format("  原来的移到 {},没有删\n", restored.moved.front().string());
  }
  console.out << "  备份以后发出的通知可能再发一次,编号不变,收件方凭编号认得出重复\n"
                 "  备份以后登记的(收到、核对、延期等)要重新登记,免得再催\n"
                 "  现在可以启动:systemctl start duband\n";
}

}  // namespace

int ledger_restore(const Command& command, Console& console) {
  auto settings = read_settings(command, console);
  if (!settings) return not_asked;
  make_state(settings->state);
  auto lock = ledger::StateLock::take(settings->state);
  if (!lock) {
    print_refusal(why_not_locked(lock.error(), settings->state), console);
    return not_asked;
  }
  if (console.progress) console.err << "正在复制、检查 …\n";
  auto restored = ledger::restore_ledger(*lock, settings->state, command.file,
                                         SystemClock{}.machine_now());
  if (!restored) {
    const auto& refused = restored.error();
    print_refusal({refused.code, refused.message, refused.mend}, console);
    return not_asked;
  }
  if (command.json) {
    std::error_code unknown;
    auto bytes = fs::file_size(restored->ledger, unknown);
    console.out << summary_document(restored->summary, restored->ledger, bytes, restored->moved)
                << '\n';
  } else {
    print_done(*restored, command, console);
  }
  return well;
}

}  // namespace duban::ctl
