#pragma once
// GMime's objects as values that let go of them, and its one start. For channel/*.cpp only.

#include <memory>

namespace duban::channel {

struct Unref {
  void operator()(void* object) const;
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// Before anything of GMime is used; any number of times, from any thread.
void start_gmime();

}  // namespace duban::channel
