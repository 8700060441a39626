#include "message/words.h"

#include <gtest/gtest.h>

#include "message/office_desk.h"

namespace duban::message {
namespace {

TEST(PeriodWords, AreThoseOfAnOffice) {
  EXPECT_EQ(period_words("2022-05", 2022), "5月");
  EXPECT_EQ(period_words("2022-Q2", 2022), "二季度");
  EXPECT_EQ(period_words("2022-H1", 2022), "上半年");
  EXPECT_EQ(period_words("2022-H2", 2022), "下半年");
  EXPECT_EQ(period_words("2022-W13", 2022), "第13周");
  EXPECT_EQ(period_words("2022-W03", 2022), "第3周");
  EXPECT_EQ(period_words("2022-06-09", 2022), "6月9日");
  EXPECT_EQ(period_words("2022", 2022), "");
  EXPECT_EQ(period_words("2021-12", 2022), "2021年12月");
}

TEST(Address, IsByMannerAndName) {
  auto you = [](const char* id) {
    const auto& unit = *shipped_plan().find_unit(id);
    return you_words(unit, unit.name);
  };
  EXPECT_EQ(you("water"), "贵局");
  EXPECT_EQ(you("port"), "贵委");
  EXPECT_EQ(you("publicity"), "贵部");
  EXPECT_EQ(you("qingshan"), "贵区");
  EXPECT_EQ(you("donghu"), "贵区");
  EXPECT_EQ(you("metro"), "贵集团");
  EXPECT_EQ(you("science-assoc"), "贵单位");
}

TEST(Address, APeerIsAskedAndNotOrdered) {
  auto please = [](const char* id) { return please_words(*shipped_plan().find_unit(id)); };
  EXPECT_EQ(please("water"), "请");
  EXPECT_EQ(please("qingshan"), "请");
  EXPECT_EQ(please("publicity"), "商请");
  EXPECT_EQ(please("tax"), "商请");
  EXPECT_EQ(please("airport"), "商请");
}

}  // namespace
}  // namespace duban::message
