#pragma once
// What stands above and below every document: its title, what it is about, whom it goes to.

#include <string>
#include <string_view>

#include "document/standpoint.h"

namespace duban::document {

struct DocumentHead {
  /// `…1号建议案办理工作月调度通报`: the plan's work and the duty's name.
  std::string title;
  /// `2022年6月`, `2022年二季度`.
  std::string period;
  /// `6月24日17:00`.
  std::string as_of;
  std::string office;
  /// 报, 送: parties that it is owed to; units and who gets a copy. Empty where there are none.
  std::string report_to, send_to;
};

DocumentHead document_head(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period);

/// The plan's title without 方案 at its end: `…1号建议案办理工作`.
std::string work_of(const plan::Plan& plan);
/// Into a document's view.
template <class View>
void set_head(View& view, const DocumentHead& head) {
  view.draft = true;
  view.title = head.title;
  view.period = head.period;
  view.as_of = head.as_of;
  view.office = head.office;
  view.report_to = head.report_to;
  view.send_to = head.send_to;
}

}  // namespace duban::document
