// When the drafts of documents are made.
#include <gtest/gtest.h>

#include "schedule/draft_time.h"
#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;

plan::Duty dispatch(int count, std::string_view time) {
  auto made = paper("dispatch", 6, 1, "17:00", {"office"});
  plan::Document document;
  document.draft = {.count = count,
                    .unit = plan::Offset::Unit::working_days,
                    .time = parse_time_of_day(time),
                    .text = {}};
  made.document = document;
  return made;
}

std::optional<Instant> draft_of(plan::Duty duty) {
  Life life{office_of({std::move(duty)})};
  return draft_at(life.timetable(), 0);
}

TEST(DraftTime, counts_from_the_due_time_in_working_days) {
  EXPECT_EQ(draft_of(dispatch(-2, "10:00")), at("05-30 10:00"));
  EXPECT_EQ(draft_of(dispatch(-4, "09:00")), at("05-26 09:00")) << "over the weekend";
  EXPECT_EQ(draft_of(dispatch(0, "09:00")), at("06-01 09:00"));
}

TEST(DraftTime, is_not_without_a_document_or_a_date) {
  EXPECT_FALSE(draft_of(paper("paper", 6, 1, "17:00", {"office"})));
  auto undated_one = dispatch(-2, "10:00");
  undated_one.due = tbd();
  EXPECT_FALSE(draft_of(undated_one));
}

}  // namespace
}  // namespace duban::schedule
