// `explain`: why a message was sent, or why none was. The daemon knows; here it is printed.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <ostream>

#include "ctl/client.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"

namespace duban::ctl {
namespace {

bool names_one_thing(const Command& command) {
  bool assignment = !command.unit.empty() || !command.duty.empty() || !command.period.empty();
  if (!command.id.empty()) return !assignment;
  return !command.unit.empty() && !command.duty.empty();
}

}  // namespace

int explain(const Command& command, Console& console) {
  if (!names_one_thing(command)) {
    print_refusal({"usage",
                   both("要解释一件通知,或一个单位的一个事项,二者写一样",
                        "name one notice, or one duty of one unit, and not both"),
                   both("dubanctl explain ntc_…,或 dubanctl explain --unit 单位 --duty 事项",
                        "dubanctl explain ntc_…, or dubanctl explain --unit UNIT --duty DUTY")},
                  console);
    return not_asked;
  }
  auto target = with_query("/api/v1/explain", {{"plan", command.plan},
                                               {"notice", command.id},
                                               {"unit", command.unit},
                                               {"duty", command.duty},
                                               {"period", command.period},
                                               {"lang", command.lang}});
  auto reply = ask(command, "GET", target, {}, console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
  } else {
    console.out << text_in(object_of(*reply), "text");
  }
  return well;
}

}  // namespace duban::ctl
