#include "peers/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace duban::testing {
namespace {

pid_t start(const std::vector<std::string>& command, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // Servers log every hostile client at length.
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (output >= 0) posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = -1;
  int failed = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + command.front());
  return pid;
}

}  // namespace

ChildProgram::ChildProgram(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  output_ = ends[0];
  pid_ = start(command, ends[1]);
  close(ends[1]);
}

ChildProgram::~ChildProgram() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  close(output_);
}

std::string ChildProgram::read_line() {
  constexpr int patience_ms = 10'000;
  while (!unread_.contains('\n')) {
    pollfd readable{output_, POLLIN, 0};
    std::array<char, 4096> bytes{};
    if (poll(&readable, 1, patience_ms) <= 0) return {};
    auto count = read(output_, bytes.data(), bytes.size());
    if (count <= 0) return {};
    unread_.append(bytes.data(), static_cast<std::size_t>(count));
  }
  auto end = unread_.find('\n');
  auto line = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return line;
}

bool run_program(const std::vector<std::string>& command) {
  int status = 0;
  return waitpid(start(command, -1), &status, 0) > 0 && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace duban::testing
