#pragma once
// What follows from the rest of a view, the same in every document.

#include <string>
#include <vector>

#include "document/figure_view.h"

namespace duban::document {

/// `1`, `2`, … in the order of the list.
template <class View>
void number_lines(std::vector<View>& lines) {
  std::size_t number = 0;
  for (auto& line : lines) line.number = std::to_string(++number);
}

void set_commas(std::vector<LampView>& lamps);

/// The sheet to check the figures by: `应报28家`, its names, where it comes from. `measure`: 家, or
/// 家次 of several months.
std::vector<ProofView> proof_of(
    const std::vector<std::pair<std::string, const std::optional<FigureView>*>>& filings,
    const std::vector<LampView>& lamps, const std::string& measure);

}  // namespace duban::document
