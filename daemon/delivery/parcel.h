#pragma once
// What a channel is given of a claimed notice. Pure.

#include "delivery/channel.h"
#include "delivery/lanes.h"

namespace duban::delivery {

/// One attempt at what was claimed, on its route; in pilot mode it says whom it was for.
Parcel parcel_of(const Work& work);

}  // namespace duban::delivery
