#pragma once
// The words of a table that people fill in: what its columns are called, how a state is said, how
// 无变化 is.

#include <optional>
#include <string>
#include <string_view>

#include "base/states.h"

namespace duban::document {

enum class TableColumn {
  clause, task, progress, state, problem, asks_whom, asks_what, asks_by, lacks
};

/// A text as it is compared: full-width letters, digits and signs as half-width ones, ㈡ and ② as
/// (二) and 2, brackets of all kinds as round ones, without blanks; small letters.
std::string folded(std::string_view text);
/// The same without stops and commas too: `二、(二)5.` is `二(二)5`.
std::string folded_clause(std::string_view text);

/// The column that a cell of a head names; what stands in brackets there is left out.
std::optional<TableColumn> column_named(std::string_view head);
/// 已完成, 正常(按序时), 滞后, 未定节点 and what else is written for them; `unsaid` for an empty
/// text; nothing where it is not understood.
std::optional<RowState> state_named(std::string_view text);
/// The word that our own tables use for a state; empty for `unsaid`.
std::string_view state_word(RowState state);
/// 本月无变化, 无变化, 同上月: the whole text says no more.
bool says_unchanged(std::string_view text);

}  // namespace duban::document
