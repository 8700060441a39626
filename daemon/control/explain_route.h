#pragma once
// GET /api/v1/explain: what is asked about, found in the plans in force or in what was told once.

#include <boost/asio/awaitable.hpp>

#include "control/routes.h"

namespace duban::control {

/// `notice`, or `unit` and `duty` with an optional `period`, each as people type it; `plan`;
/// `lang` zh (the default) or en.
boost::asio::awaitable<Reply> explain(engine::Engine& engine, Fields query);

}  // namespace duban::control
