#pragma once
// What an edit does to one plan, as JSON:
//
//   {"id","year","from","from_the_beginning":bool,"messages":{"before","after"},"all":tally,
//    "duties":[{"id","name","period","due":{"before","after"},…tally}],   id null: lists, troubles
//    "weeks":[{"id","first","last","messages":{…},…tally}],"months":[…],
//    "units":[{"id","name","messages":{…},…tally}],
//    "breaches":{"before":[{"unit","name","month","what","count","budget"}],"after":[…]},
//    "changes":[{"change","kind","duty","period","unit","clause","audience","telling",
//                "before":{"at","stage","due","was_due","notice","contact","endpoint",
//                          "draft":bool} or null,
//                "after":{…} or null}]}
//
// What a breach is of is pre_due or requests (messages before a due time, things asked for; in a
// year in which all hand in). A tally is "told_again","moved","added","gone","rerouted","reworded",
// each {"items","notices","units"}, and "units". Internal to control and ctl: names Boost.JSON.

#include "engine/plan_effect.h"

namespace boost::json {
// NOLINTNEXTLINE(readability-identifier-naming): their name.
class object;
}  // namespace boost::json

namespace duban::control {

boost::json::object effect_object(const engine::PlanEffect& effect);

}  // namespace duban::control
