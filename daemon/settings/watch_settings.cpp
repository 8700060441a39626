#include "settings/watch_settings.h"

#include "settings/daemon_settings.h"
#include "settings/report.h"
#include "settings/section.h"

namespace duban::settings {
namespace {

void read_every(Section& section, HeartbeatSettings& heartbeat) {
  auto word = section.text("every");
  if (!word) return;
  auto every = parse_duration(word->value);
  bool fits = every && *every >= limits::heartbeat_least && *every <= std::chrono::hours{24};
  if (fits) {
    heartbeat.every = std::chrono::ceil<std::chrono::seconds>(*every);
  } else {
    error(section.diagnostics(), word->place, "bad-value",
          both("every 不能写{}", "every cannot be {}", in_quotes(word->value)),
          {"10秒到24小时,例如 \"5m\"", "write 10 seconds to 24 hours, for example \"5m\""});
  }
}

}  // namespace

std::optional<MetricsSettings> read_metrics(Section& root) {
  auto section = root.table("metrics");
  if (!section) return std::nullopt;
  auto listen = read_local_address(*section, "listen", "127.0.0.1:9622",
                                   {"指标", "the metrics"});
  section->finish();
  if (!listen) return std::nullopt;
  return MetricsSettings{std::move(*listen), section->place()};
}

std::optional<HeartbeatSettings> read_heartbeat(Section& root,
                                                const std::filesystem::path& folder) {
  auto section = root.table("heartbeat");
  if (!section) return std::nullopt;
  HeartbeatSettings heartbeat;
  heartbeat.place = section->place();
  auto url = read_secret(*section, "url", folder);
  if (!url && !section->has("url")) {
    section->missing("url", {"网址本身就是口令,写到哪里去取:{ credential = \"heartbeat\" }",
                             "write where it is kept, for the URL itself is a secret: "
                             "{ credential = \"heartbeat\" }"});
  }
  read_every(*section, heartbeat);
  if (auto ca = section->text("ca"); ca && !ca->value.empty()) {
    heartbeat.ca = (folder / ca->value).lexically_normal();
  }
  if (auto proxy = section->text("proxy")) heartbeat.proxy = proxy->value;
  heartbeat.allow_private = section->boolean("allow_private").value_or(false);
  section->finish();
  if (!url) return std::nullopt;
  heartbeat.url = std::move(*url);
  return heartbeat;
}

}  // namespace duban::settings
