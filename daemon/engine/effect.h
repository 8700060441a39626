#pragma once
// What differs for people between two futures of one plan, item by item: pure, from two lists of
// what each is to get.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/forecast.h"

namespace duban::engine {

/// An item that somebody is to get.
struct Prospect {
  schedule::Item item;
  /// When it goes out; for a draft when it would if it is released.
  Instant at{};
  /// The notice that carries it first.
  std::string notice;
  std::string endpoint, contact;
  bool drafted = false;
  /// A digest of what the notice says; empty where it was written before.
  std::string words;
};

/// What people are to get by a forecast that began at `from` with `record`: the notices that had
/// not ended by then and were not ended at once, then those of the forecast. A draft that is
/// written anew is there once.
std::vector<Prospect> prospects(const schedule::Record& record, Instant from,
                                const Forecast& forecast);

enum class ChangeKind {
  /// Told once more to somebody who was told before: another due time, or a withdrawn thing that is
  /// wanted again.
  told_again,
  moved,
  added,
  gone,
  /// At the same moment, to another address or person.
  rerouted,
  /// Told at the same moment in other words, or with another date. What explains a message's other
  /// words is listed (an item that it gains or loses, or that has another date), not the rest of
  /// its items; where nothing does (a template), all of them.
  reworded,
};
constexpr std::size_t change_kinds = 6;
std::string_view to_word(ChangeKind kind);

/// One difference. `from` is absent for what is added or told again, `to` for what is gone.
struct Change {
  ChangeKind kind = ChangeKind::added;
  std::optional<Prospect> from, to;

  const Prospect& shown() const { return to ? *to : *from; }
  const schedule::ItemKey& key() const { return shown().item.key; }
};

/// In the order of time. `told` is what was recorded when both began. An item is the same when its
/// key is; of what is left over, items of one assignment, audience, kind and kind of stage are the
/// same in their order (an edit of the ladder changes a stage's key).
std::vector<Change> compare(std::vector<Prospect> before, std::vector<Prospect> after,
                            const schedule::Record& told);

}  // namespace duban::engine
