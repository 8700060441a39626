#include "channel/gmime_objects.h"

#include <gmime/gmime.h>

#include <mutex>

namespace duban::channel {

void Unref::operator()(void* object) const { g_object_unref(object); }

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

}  // namespace duban::channel
