#include <algorithm>

#include "message/compose.h"

namespace duban::message {
namespace {

using schedule::Telling;

bool is_once_start(const Scene& scene, const Telling& telling) {
  const auto* duty = scene.duty(telling.item.key.about);
  return telling.item.key.kind == ItemKind::start && telling.assignment && duty &&
         duty->origin != plan::Origin::duty;
}

}  // namespace

bool is_added(const Scene& scene, const schedule::NoticePlan& notice, const Telling& telling) {
  return is_once_start(scene, telling) &&
         std::ranges::none_of(notice.tellings, [&](const Telling& other) {
           return other.item.key.kind == ItemKind::start &&
                  other.item.key.about.unit == telling.item.key.about.unit &&
                  !is_once_start(scene, other);
         });
}

bool is_staged(const schedule::NoticePlan& notice, const Telling& telling) {
  return std::ranges::any_of(notice.tellings, [&](const Telling& other) {
    return other.item.key.kind == ItemKind::stage &&
           other.item.key.about == telling.item.key.about;
  });
}

}  // namespace duban::message
