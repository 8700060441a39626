#pragma once
// A program that runs beside a test and speaks by lines on its standard output.

#include <sys/types.h>

#include <string>
#include <vector>

namespace duban::testing {

/// Killed and waited for when this ends.
class ChildProgram {
 public:
  /// Throws std::runtime_error when it cannot be started.
  explicit ChildProgram(const std::vector<std::string>& command);
  ~ChildProgram();
  ChildProgram(const ChildProgram&) = delete;
  ChildProgram& operator=(const ChildProgram&) = delete;

  /// The next line; waits for it at most ten seconds. Empty at the end.
  std::string read_line();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string unread_;
};

/// Runs a program to its end; true when it exits with 0.
bool run_program(const std::vector<std::string>& command);

}  // namespace duban::testing
