// One page of diagnostics as an admin reads it.

#include <gtest/gtest.h>

#include "golden/golden.h"
#include "plan/load.h"

namespace duban::plan {
namespace {

namespace fs = std::filesystem;

void add(std::string& page, Diagnostics found, const Sources& sources, Tongue language) {
  tell_in(language, found);
  for (const auto& d : found) {
    auto source = sources.find(d.place.file);
    page += format_with_caret(d, source == sources.end() ? "" : source->second) + "\n";
  }
}

std::string page_of(const fs::path& root, Tongue language) {
  auto loaded = load({root / "plans", root / "calendars", root / "templates", {"mail", "folder"}});
  std::string page;
  add(page, loaded.diagnostics, loaded.sources, language);
  for (const auto& plan : loaded.plans) add(page, plan.diagnostics, plan.sources, language);
  auto prefix = root.generic_string() + "/";
  for (auto at = page.find(prefix); at != std::string::npos; at = page.find(prefix)) {
    page.erase(at, prefix.size());
  }
  return page;
}

TEST(Golden, the_page_of_diagnostics) {
  auto broken = fs::path{DUBAN_SOURCE_DIR} / "tests/golden/diagnostics/broken";
  duban::testing::expect_golden("diagnostics/expected.txt", page_of(broken, Tongue::chinese));
  duban::testing::expect_golden("diagnostics/expected.en.txt", page_of(broken, Tongue::english));
}

}  // namespace
}  // namespace duban::plan
