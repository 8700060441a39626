#pragma once
// What a log line is about, beside its words: the journal keeps each as a field of its own, so that
// `journalctl DUBAN_UNIT=edu` answers. Who logs says it here; the sinks (app/logging) ask.

#include <concepts>
#include <string>
#include <vector>

namespace duban {

/// Ids and words of closed sets only, never an address or a name; what is empty is no field.
struct LineFields {
  std::string plan, notice, channel, outcome, reason;
  /// Those that the line is about, each once.
  std::vector<std::string> units;
};

/// The fields of the line that is being written on this thread; null: it has none.
const LineFields* line_fields();

/// ` plan=wuhan-2022-1 unit=edu,water`, for a console; of many units the first and how many more.
std::string fields_in_words(const LineFields& fields);
/// `DUBAN_PLAN=wuhan-2022-1`, one by one; a unit a field.
std::vector<std::string> journal_fields(const LineFields& fields);

/// One scope of fields on this thread. Through log_about() only, so that none spans a co_await.
class LineScope {
 public:
  explicit LineScope(const LineFields& fields);
  ~LineScope();
  LineScope(const LineScope&) = delete;
  LineScope& operator=(const LineScope&) = delete;

 private:
  const LineFields* before_;
};

/// What `say` logs, on this thread, is about these.
void log_about(const LineFields& fields, std::invocable auto&& say) {
  const LineScope scope{fields};
  say();
}

}  // namespace duban
