#include "base/phrase.h"

#include <gtest/gtest.h>

#include <array>

namespace duban {
namespace {

TEST(Phrase, TakesItsValuesInTurnOrByNumber) {
  const std::array<std::string, 2> values{"edu", "05"};
  EXPECT_EQ(filled("{} owes {}", values), "edu owes 05");
  EXPECT_EQ(filled("{1}: {0}", values), "05: edu");
  EXPECT_EQ(filled("{} alone", values), "edu alone");
  EXPECT_EQ(filled("nothing", {}), "nothing");
}

TEST(Phrase, TakesAValueAsItIs) {
  const std::array<std::string, 1> braces{"{{#items}}{1}"};
  EXPECT_EQ(filled("in {}", braces), "in {{#items}}{1}");
}

TEST(Phrase, SaysHowManyValuesItAsksFor) {
  static_assert(places_in("none") == 0);
  static_assert(places_in("{} and {}") == 2);
  static_assert(places_in("{1}") == 2);
  static_assert(places_in("{0} {0}") == 1);
}

}  // namespace
}  // namespace duban
