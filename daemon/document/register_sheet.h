#pragma once
// 台账 as an .xlsx that an office filters, sorts and prints.

#include <string>

#include "base/time.h"
#include "document/register.h"

namespace duban::document {

/// The head stays in sight and is printed on every page, every column has its filter, a lamp is a
/// word on its colour. `made` is what the file says of when: the same view gives the same bytes.
std::string register_sheet(const RegisterView& view, Instant made);

}  // namespace duban::document
