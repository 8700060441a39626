#include "delivery/parcel.h"

#include <utility>

#include "delivery/redirect.h"

namespace duban::delivery {

Parcel parcel_of(const Work& work) {
  const auto& [claimed, route, lease_until] = work;
  Parcel parcel;
  parcel.plan = claimed.plan;
  parcel.notice = claimed.notice.head.id;
  parcel.endpoint = claimed.notice.head.endpoint;
  parcel.address = route.address;
  parcel.recipient_name = route.recipient_name;
  parcel.attempt = claimed.tries + 1;
  parcel.after_unknown = claimed.unknowns > 0 || claimed.lease_lost;
  parcel.language = route.language;
  parcel.content = claimed.notice.content;
  if (!route.meant_for.empty()) {
    parcel.content = redirected(std::move(parcel.content), route.meant_for, route.language);
  }
  parcel.queued_at = claimed.notice.head.queued_at;
  parcel.meant_for = route.meant_for;
  return parcel;
}

}  // namespace duban::delivery
