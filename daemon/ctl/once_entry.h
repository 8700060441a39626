#pragma once
// A milestone or an action as it was asked for on the command line: what is typed becomes what the
// plan's file says. Internal to ctl.

#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "control/names.h"
#include "ctl/command.h"
#include "ctl/entry_edit.h"

namespace duban::ctl {

/// What the two kinds differ in.
struct OnceKind {
  plan::Origin origin;
  /// As the file has it, and as people say it.
  std::string_view key;
  BilingualView name;
};
inline constexpr OnceKind milestone_kind{plan::Origin::milestone, "milestone",
                                         {"节点", "milestone"}};
inline constexpr OnceKind action_kind{plan::Origin::action, "action", {"交办项", "action"}};

/// What was typed for the fields of an entry, in the order of the file: names have become ids, the
/// date has lost the plan's year.
control::Found<std::vector<EntryField>> typed_fields(const Command& command, const OnceKind& kind,
                                                     const plan::Plan& plan);
/// What a new entry must have and was not given; empty: nothing is missing.
Bilingual missing_options(const Command& command, const OnceKind& kind);
/// The stem of a new id: the task that the clause names, else the kind.
std::string id_stem(const std::vector<EntryField>& fields, const OnceKind& kind,
                    const plan::Plan& plan);

/// Those there are, with their dates, and how they stand where the daemon answers.
int list_once(const Command& command, const OnceKind& kind, Console& console);

}  // namespace duban::ctl
