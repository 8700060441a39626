// A contact's channels in order: what one could not deliver goes by the next, with the same items.

#include <algorithm>
#include <map>

#include "schedule/step.h"

namespace duban::schedule {
namespace {

// Nothing carried it on after this notice.
const Told* carried_last(const Record& record, const ItemKey& key, const std::string& notice) {
  const auto* told = record.told_item(key);
  bool last = told != nullptr && !told->withdrawn && !told->notices.empty() &&
              told->notices.back() == notice;
  return last ? told : nullptr;
}

// A newer stage was told since: it stands for this one.
bool is_overtaken(const Record& record, const Item& item) {
  return std::ranges::any_of(*record.told_about(item.key.about), [&](const Told& other) {
    return !other.withdrawn && other.item.key.kind == ItemKind::stage &&
           other.item.key.audience == item.key.audience &&
           other.item.planned_at > item.planned_at;
  });
}

class Fallbacks {
 public:
  Fallbacks(const Step& step, Decision& decision) : step_(step), decision_(decision) {}

  std::vector<Fallback> all() {
    for (const auto& failure : step_.record.failures()) {
      NoticeHead failed{.id = failure.notice, .endpoint = failure.endpoint, .channel = {},
                        .contact = {}, .queued_at = failure.queued_at,
                        .expires_at = failure.expires_at, .items = failure.items};
      consider(failed, failure.at, failure.reason);
    }
    for (const auto& [id, notice] : step_.record.open_notices()) {
      auto spent = time_spent_at(step_.plan(), notice);
      if (spent && !is_ending(id)) consider_open(notice, *spent);
    }
    return std::move(found_);
  }

 private:
  bool is_ending(const std::string& id) const {
    const auto& ended = decision_.ended_notices;
    const auto& planned = decision_.notices;
    return std::ranges::find(ended, id, &NoticeEnd::id) != ended.end() ||
           std::ranges::find(planned, id, &NoticePlan::replaces) != planned.end();
  }

  std::optional<Route> next_of(const NoticeHead& notice, const ItemKey& key) const {
    // The office hears of its own trouble by another channel, and its list comes every day.
    if (key.audience == Audience::office) return std::nullopt;
    const auto* told = carried_last(step_.record, key, notice.id);
    if (told == nullptr || is_overtaken(step_.record, told->item)) return std::nullopt;
    if (cause_gone(step_, decision_, notice, key) != Reason::none) return std::nullopt;
    return route_after(step_.plan(), key.about.unit, key.audience, is_in_person(key),
                       notice.endpoint);
  }

  // Of what is still under way everything goes over, or nothing: it ends as a whole.
  void consider_open(const NoticeHead& notice, Instant spent) {
    bool all = std::ranges::all_of(notice.items, [&](const ItemKey& key) {
      return next_of(notice, key).has_value();
    });
    if (all) consider(notice, spent, Reason::time_spent);
  }

  void consider(const NoticeHead& notice, Instant since, Reason reason) {
    if (notice.expires_at && *notice.expires_at <= std::max(step_.now, since)) return;
    std::map<Route, Fallback> ways;
    for (const auto& key : notice.items) {
      auto route = next_of(notice, key);
      if (!route) continue;
      auto& way = ways[*route];
      auto heard = step_.quiet().at_once(key.about, route, std::max(step_.now, since),
                                         notice.expires_at);
      way.at = std::max(way.at, heard.at);
      way.planned.tellings.push_back(told_again(step_, decision_, key));
    }
    for (auto& [route, way] : ways) {
      way.planned.endpoint = route.endpoint;
      way.planned.channel = route.channel;
      way.planned.contact = route.contact;
      way.planned.expires_at = notice.expires_at;
      way.planned.replaces = notice.id;
      way.planned.replaces_reason = reason;
      found_.push_back(std::move(way));
    }
  }

  const Step& step_;
  Decision& decision_;
  std::vector<Fallback> found_;
};

}  // namespace

std::optional<Instant> time_spent_at(const plan::Plan& plan, const NoticeHead& notice) {
  bool under_way = notice.state == NoticeState::queued || notice.state == NoticeState::retrying;
  const auto* contact = under_way ? plan.find_contact(notice.contact) : nullptr;
  if (contact == nullptr || contact->within == Seconds{0}) return std::nullopt;
  return notice.queued_at + contact->within / static_cast<int>(contact->endpoints.size());
}

std::vector<Fallback> fallbacks(const Step& step, Decision& decision) {
  return Fallbacks{step, decision}.all();
}

void want_fallbacks(const Step& step, Decision& decision) {
  for (auto& one : fallbacks(step, decision)) {
    if (one.at <= step.now) decision.notices.push_back(std::move(one.planned));
  }
}

}  // namespace duban::schedule
