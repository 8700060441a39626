#include "document/completion.h"

namespace duban::document {

void set_commas(std::vector<LampView>& lamps) {
  for (auto& lamp : lamps) lamp.comma = &lamp == &lamps.back() ? "" : "、";
}

std::vector<ProofView> proof_of(
    const std::vector<std::pair<std::string, const std::optional<FigureView>*>>& filings,
    const std::vector<LampView>& lamps, const std::string& measure) {
  std::vector<ProofView> proof;
  for (const auto& [word, figure] : filings) {
    if (!*figure) continue;
    proof.push_back({word + (*figure)->count + measure, (*figure)->names, (*figure)->source});
  }
  for (const auto& lamp : lamps) {
    proof.push_back({lamp.word + lamp.count + "项", lamp.names, lamp.source});
  }
  return proof;
}

}  // namespace duban::document
