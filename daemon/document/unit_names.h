#pragma once
// Units as people write them in a table.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace duban::document {

/// The names of a plan's units, once for a table of many.
class UnitNames {
 public:
  explicit UnitNames(const plan::Plan& plan);

  /// The id by id, name of any date, alias, or name without its shared ending (东湖高新区, without
  /// 管委会); empty where none or several are meant. 武汉市 counts as 市.
  std::string id_of(std::string_view name) const;
  /// `市财政局、市税务局` as ids; what is not understood stays as it was written.
  std::vector<std::string> ids_of(std::string_view list) const;

 private:
  /// By folded name; an empty id where several units bear it.
  std::map<std::string, std::string> whole_, without_ending_;
};

}  // namespace duban::document
