#pragma once
// The shipped plan as an English office would have written it: every name that a message takes from
// the plan is made of its id.

#include "plan/plan.h"

namespace duban::message {

plan::Plan english_plan();

}  // namespace duban::message
