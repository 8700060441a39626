// A published list of holidays from the web, as JSON or iCalendar, through what `calendar import`
// reads it with.
#include <ranges>

#include "base/limits.h"
#include "ctl/holiday_list.h"
#include "fuzz/input.h"
#include "fuzz/scratch.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

void check_notice(const calendar::HolidayNotice& notice) {
  require(notice.address.size() <= limits::holiday_address_bytes, "an address is bounded");
  const calendar::HolidayNotice::Off* before = nullptr;
  for (const auto& off : notice.off) {
    require(off.from <= off.to, "days off have an order", off.name);
    require(off.to - off.from < std::chrono::days{limits::holiday_days}, "and are not too many",
            off.name);
    require(before == nullptr || before->to < off.from, "they follow each other", off.name);
    require(is_utf8_text(off.name) && off.name.size() <= limits::holiday_name_bytes,
            "a name is a short text", off.name);
    before = &off;
  }
  for (const auto& [day, name] : notice.work) {
    auto weekday = std::chrono::weekday{day};
    require(weekday == std::chrono::Saturday || weekday == std::chrono::Sunday,
            "a worked day is a weekend's", name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Scratch scratch;
  std::string text{text_of(data, size)};
  scratch.put("list", text);
  for (auto only : {std::optional<int>{}, std::optional{2022}}) {
    Diagnostics wrong;
    auto read = ctl::read_holiday_file(scratch.root() / "list", only, wrong);
    require(read.has_value() != has_errors(wrong), "it is read, or it says why not");
    for (const auto& one : wrong | std::views::take(20)) check_diagnostic(one, text);
    if (!read) continue;
    for (const auto& notice : read->notices) check_notice(notice);
    for (const auto& name : read->set_aside) require(is_utf8_text(name), "a name is text", name);
  }
  return 0;
}
