#include "delivery/lanes.h"

#include <algorithm>
#include <utility>

namespace duban::delivery {

void Lanes::put(Work work) {
  auto found = lanes_.find(work.route.lane);
  if (found == lanes_.end()) {
    found = lanes_.emplace(work.route.lane, Lane{{}, pace_for(work.route), 0}).first;
  }
  busy_.insert(work.route.lane);
  ++channels_[work.route.channel_id].waiting;
  found->second.waiting.push_back(std::move(work));
  ++waiting_;
}

std::shared_ptr<Pace> Lanes::pace_for(const Route& route) {
  auto fresh = std::make_shared<Pace>(route.channel->per_second(), began_);
  auto with = route.channel->paced_with(route.address);
  if (with.empty()) return fresh;
  return shared_paces_.try_emplace({route.channel_id, std::move(with)}, fresh).first->second;
}

bool Lanes::has_place(const EndpointKey& id, const Lane& lane) const {
  const auto& route = lane.waiting.front().route;
  const auto& load = channels_.at(route.channel_id);
  if (sending_ >= at_once_ || load.sending >= per_channel_) return false;
  const auto for_suspects = std::max<std::size_t>(1, per_channel_ / 2);
  if (load.suspect >= for_suspects && health_.is_suspect(id)) return false;
  const int width = health_.is_probed(id) ? 1 : std::max(1, route.channel->concurrency());
  return lane.sending < static_cast<std::size_t>(width);
}

bool Lanes::some_channel_has_place() const {
  return sending_ < at_once_ && std::ranges::any_of(channels_, [this](const auto& each) {
    return each.second.waiting > 0 && each.second.sending < per_channel_;
  });
}

Work Lanes::take(const EndpointKey& id, Lane& lane, Instant now) {
  lane.pace->start(now);
  Work work = std::move(lane.waiting.front());
  lane.waiting.pop_front();
  ++lane.sending;
  ++sending_;
  --waiting_;
  work.route.is_suspect = health_.is_suspect(id);
  auto& load = channels_.at(work.route.channel_id);
  --load.waiting;
  ++load.sending;
  if (work.route.is_suspect) ++load.suspect;
  last_started_ = id;
  return work;
}

std::optional<Work> Lanes::start(Instant now) {
  if (!some_channel_has_place()) return std::nullopt;
  auto place = busy_.upper_bound(last_started_);
  for (std::size_t seen = 0; seen < busy_.size(); ++seen, ++place) {
    if (place == busy_.end()) place = busy_.begin();
    auto& lane = lanes_.at(*place);
    if (!has_place(*place, lane) || lane.pace->ready_at(now) > now) continue;
    auto work = take(*place, lane, now);
    if (lane.waiting.empty()) busy_.erase(place);
    return work;
  }
  return std::nullopt;
}

void Lanes::done(const Route& route) {
  --lanes_.at(route.lane).sending;
  --sending_;
  auto& load = channels_.at(route.channel_id);
  --load.sending;
  if (route.is_suspect) --load.suspect;
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
  for (const auto& work : taken) --channels_.at(work.route.channel_id).waiting;
  busy_.erase(lane);
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

std::optional<Instant> Lanes::ready_at(Instant now) const {
  std::optional<Instant> first;
  for (const auto& id : busy_) {
    const auto& lane = lanes_.at(id);
    if (!has_place(id, lane)) continue;
    const auto ready = lane.pace->ready_at(now);
    first = first ? std::min(*first, ready) : ready;
  }
  return first;
}

}  // namespace duban::delivery
