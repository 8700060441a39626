#pragma once
// Two texts side by side, as admins know it from `diff -u`.

#include <string>
#include <vector>

namespace duban::ctl {

/// The hunks of a unified diff with three lines around each, a line an element, without the two
/// lines that name the files; empty where the texts are the same. Where the texts are too unlike to
/// be compared line by line all between the first and the last difference is one hunk.
std::vector<std::string> unified_diff(const std::string& before, const std::string& after);

}  // namespace duban::ctl
