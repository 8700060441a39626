#include "delivery/lanes.h"

#include <algorithm>
#include <utility>

namespace duban::delivery {

void Lanes::put(Work work) {
  auto found = lanes_.find(work.route.lane);
  if (found == lanes_.end()) {
    found = lanes_.emplace(work.route.lane, Lane{{}, Pace(work.route.channel->per_second()), 0})
                .first;
  }
  found->second.waiting.push_back(std::move(work));
  ++waiting_;
}

bool Lanes::has_place(const EndpointKey& id, const Lane& lane) const {
  if (lane.waiting.empty() || sending_ >= at_once_) return false;
  const auto& route = lane.waiting.front().route;
  const auto used = sending_by_channel_.find(route.channel_id);
  if (used != sending_by_channel_.end() && used->second >= per_channel_) return false;
  const int width = health_.is_probed(id) ? 1 : std::max(1, route.channel->concurrency());
  return lane.sending < static_cast<std::size_t>(width);
}

std::optional<Work> Lanes::start(Instant now) {
  auto place = lanes_.upper_bound(last_started_);
  for (std::size_t seen = 0; seen < lanes_.size(); ++seen, ++place) {
    if (place == lanes_.end()) place = lanes_.begin();
    auto& [id, lane] = *place;
    if (!has_place(id, lane) || lane.pace.ready_at(now) > now) continue;
    lane.pace.start(now);
    Work work = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    ++lane.sending;
    ++sending_;
    --waiting_;
    ++sending_by_channel_[work.route.channel_id];
    last_started_ = id;
    return work;
  }
  return std::nullopt;
}

void Lanes::done(const Route& route) {
  --lanes_.at(route.lane).sending;
  --sending_;
  --sending_by_channel_.at(route.channel_id);
  drop_idle();
}

void Lanes::drop_idle() {
  // A lane is kept for its pace; with thousands of endpoints gone by, that is no reason any more.
  if (lanes_.size() < 1000) return;
  std::erase_if(lanes_, [](const auto& each) {
    return each.second.waiting.empty() && each.second.sending == 0;
  });
}

std::vector<Work> Lanes::take_waiting(const EndpointKey& lane) {
  const auto found = lanes_.find(lane);
  if (found == lanes_.end()) return {};
  auto taken = std::exchange(found->second.waiting, {});
  waiting_ -= taken.size();
  return {std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end())};
}

std::vector<Work> Lanes::take_all_waiting() {
  std::vector<Work> all;
  for (const auto& id : busy()) {
    auto some = take_waiting(id);
    std::ranges::move(some, std::back_inserter(all));
  }
  return all;
}

std::vector<EndpointKey> Lanes::busy() const {
  std::vector<EndpointKey> ids;
  for (const auto& [id, lane] : lanes_) {
    if (!lane.waiting.empty()) ids.push_back(id);
  }
  return ids;
}

std::optional<Instant> Lanes::ready_at(Instant now) const {
  std::optional<Instant> first;
  for (const auto& [id, lane] : lanes_) {
    if (!has_place(id, lane)) continue;
    const auto ready = lane.pace.ready_at(now);
    first = first ? std::min(*first, ready) : ready;
  }
  return first;
}

}  // namespace duban::delivery
