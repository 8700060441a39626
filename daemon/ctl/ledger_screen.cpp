#include "ctl/ledger_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

/// A ledger knows no zone, only plans do; the offices' own.
constexpr Seconds office_offset = std::chrono::hours{8};

std::string looked_until(const ledger::LedgerSummary& summary) {
  return summary.looked_until ? format_rfc3339(*summary.looked_until, office_offset)
                              : std::string{};
}

}  // namespace

std::string summary_words(const ledger::LedgerSummary& summary) {
  std::string text = summary.pretended ? "假定时间的台账;" : "";
  text += summary.plans.empty() ? "还没有方案"
                                : fmt::format("方案 {}", fmt::join(summary.plans, "、"));
  auto until = looked_until(summary);
  if (!until.empty()) text += ",看到" + when_words(until, no_year);
  return text + fmt::format(";通知 {} 件,登记 {} 条", summary.notices, summary.facts);
}

std::string summary_document(const ledger::LedgerSummary& summary,
                             const std::filesystem::path& file, std::uintmax_t bytes,
                             const std::vector<std::filesystem::path>& moved) {
  json::object document;
  document["file"] = file.string();
  document["bytes"] = bytes;
  document["kind"] = summary.pretended ? "pretended" : "real";
  json::array plans;
  for (const auto& plan : summary.plans) plans.emplace_back(plan);
  document["plans"] = std::move(plans);
  document["notices"] = summary.notices;
  document["facts"] = summary.facts;
  auto until = looked_until(summary);
  document["looked_until"] = until.empty() ? json::value(nullptr) : json::value(until);
  json::array aside;
  for (const auto& one : moved) aside.emplace_back(one.string());
  document["moved"] = std::move(aside);
  return json::serialize(document);
}

}  // namespace duban::ctl
