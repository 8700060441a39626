#pragma once
// Where a verb writes: results to `out`, everything else to `err`. Tables line up under Chinese
// too.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/tongue.h"

namespace duban::ctl {

/// Exit codes, the same for every verb.
enum ExitCode : int {
  well = 0,
  /// Done, and something is wrong.
  wrong = 1,
  /// It could not be asked: usage, bad files, refused.
  not_asked = 2,
  /// The daemon could not be reached.
  unreachable = 3,
};

struct Console {
  std::ostream& out;
  std::ostream& err;
  /// Only on a terminal, and not with NO_COLOR.
  bool colour = false;
  /// `err` is a terminal: what takes more than a second says so there.
  bool progress = false;
  /// In which it is said what is wrong: that of the plans, or the one asked for.
  Tongue language = Tongue::chinese;

  enum class Hue { red, green, yellow, dim };
  std::string paint(Hue hue, std::string_view text) const;
};

/// Columns two blanks apart, as wide as their widest cell on a terminal; the last one is not
/// padded.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }
  void print(const Console& console) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace duban::ctl
