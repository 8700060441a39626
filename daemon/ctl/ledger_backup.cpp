// `ledger backup FILE`: the daemon copies its ledger while it runs, and we write what comes.

#include <fmt/format.h>

#include <ostream>

#include "ctl/client.h"
#include "ctl/ledger_screen.h"
#include "ctl/part_file.h"
#include "ctl/plan_files.h"

namespace duban::ctl {
namespace {

constexpr BilingualView nothing_left{"没有留下文件", "no file was left"};
constexpr std::size_t told_every = 64U << 20;

int cannot_write(const PartFile& part, Console& console) {
  print_refusal({"not-written",
                 both("{},没有备份", "{}; no backup was made", part.problem()),
                 both("换一个文件名或目录", "choose another file name or folder")},
                console);
  return not_asked;
}

// The whole answer in the file; else the exit code.
int fill(PartFile& part, const std::filesystem::path& socket, Console& console) {
  if (console.progress) console.err << "duband 正在复制台账 …\n";
  std::size_t told = 0;
  auto reply = fetch(socket, "/api/v1/ledger/backup", [&](std::string_view piece) {
    bool written = part.write(piece);
    if (console.progress && part.size() >= told + told_every) {
      told = part.size();
      console.err << fmt::format("已写 {} MB …\n", told >> 20U);
    }
    return written;
  });
  if (!part.problem().empty()) return cannot_write(part, console);
  if (!reply && part.size() > 0) {
    print_refusal({"cut-off",
                   both("备份没有拿完:{},{}", "the backup was cut off: {}; {}", reply.error(),
                        nothing_left),
                   both("看 duband 是否还在运行(dubanctl status),再试一次",
                        "check that duband is still running (dubanctl status), then try again")},
                  console);
    return unreachable;
  }
  auto answer = good_answer(std::move(reply), socket, console);
  return answer ? well : answer.error();
}

void print_done(const ledger::LedgerSummary& summary, const std::filesystem::path& file,
                Console& console) {
  console.out << fmt::format("已备份到 {},查过,完好\n  {}\n", file.string(),
                             summary_words(summary))
              << fmt::format("  要用它:先停下 duband,再 dubanctl ledger restore {}\n",
                             file.string());
}

}  // namespace

int ledger_backup(const Command& command, Console& console) {
  auto settings = read_settings(command, console);
  if (!settings) return not_asked;
  PartFile part(command.file);
  if (!part.problem().empty()) return cannot_write(part, console);
  if (auto code = fill(part, settings->socket, console); code != well) return code;
  if (!part.sync()) return cannot_write(part, console);
  if (console.progress) console.err << "正在检查 …\n";
  auto summary = ledger::examine_ledger(part.path());
  if (!summary) {
    print_refusal({"bad-copy",
                   both("拿到的备份不能用:{},{}", "the backup cannot be used: {}; {}",
                        summary.error().message, nothing_left),
                   both("再试一次;还是这样,看磁盘是不是坏了",
                        "try again; if it fails again, check the disk")},
                  console);
    return not_asked;
  }
  if (!part.put_in_place()) return cannot_write(part, console);
  if (command.json) {
    console.out << summary_document(*summary, command.file, part.size(), {}) << '\n';
  } else {
    print_done(*summary, command.file, console);
  }
  return well;
}

}  // namespace duban::ctl
