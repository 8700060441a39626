// ONCE ON THE WIRE: what arrives is in the ledger, is always the same, and does not come again
// after it was heard that it had come, nor after its notice had ended.

#include <map>
#include <optional>
#include <set>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "ARRIVALS";
/// An attempt takes so long at most, and what is under way when its notice ends is let go.
constexpr Second in_flight = 40;

void judge_notice(Court& court, const NoticeRow& notice,
                  const std::vector<const Arrival*>& arrivals) {
  // By channel: an edit may move an endpoint from the mail to a webhook, which is another form.
  std::map<std::string, std::set<std::string>> contents;
  const Arrival* heard = nullptr;
  bool settled = false;
  for (const auto* one : arrivals) {
    contents[one->channel].insert(one->content);
    auto when = " at " + court.at(one->at.wall);
    if (settled) {
      court.complain(rule, notice.id + " came again" + when +
                               " although it was written down that it had come");
    } else if (heard != nullptr && !court.life.was_hurt(heard->at.since, one->at.since)) {
      court.complain(rule, notice.id + " came again" + when +
                               " although it was heard that it had come at " +
                               court.at(heard->at.wall));
    }
    settled |= one->taken && one->settled;
    if (one->taken && one->answered) heard = one;
    bool ended = notice.ended_at && !court.life.clock_was_set() &&
                 one->at.wall > *notice.ended_at + in_flight;
    if (ended) {
      court.complain(rule, notice.id + " came" + when + " although it was " + *notice.ended +
                               " since " + court.at(*notice.ended_at));
    }
    if (!court.life.clock_was_set() && one->at.wall < notice.queued_at - 1) {
      court.complain(rule, notice.id + " came" + when + " before it was queued");
    }
  }
  for (const auto& [channel, forms] : contents) {
    if (forms.size() > 1) court.complain(rule, notice.id + " came with different contents");
  }
}

}  // namespace

void judge_arrivals(Court& court) {
  for (const auto& [id, arrivals] : court.arrivals_of) {
    auto notice = court.notice_by_id.find(id);
    if (arrivals.empty()) continue;
    if (notice != court.notice_by_id.end()) {
      judge_notice(court, *notice->second, arrivals);
    } else {
      court.complain(rule, '"' + id + "\" came at " + court.at(arrivals.front()->at.wall) +
                               " and is not in the ledger");
    }
  }
}

}  // namespace duban::sim::model
