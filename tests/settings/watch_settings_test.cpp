#include "settings/watch_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "settings/section.h"

namespace duban::settings {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

struct Read {
  std::optional<MetricsSettings> metrics;
  std::optional<HeartbeatSettings> heartbeat;
  Diagnostics diagnostics;
};

Read read(const std::string& text) {
  Read out;
  auto root = parse_toml(text, "duband.toml", out.diagnostics);
  if (!root) return out;
  Section section{*root, "duband.toml", out.diagnostics};
  out.metrics = read_metrics(section);
  out.heartbeat = read_heartbeat(section, "/etc/duban");
  section.finish();
  return out;
}

Diagnostic only(const std::string& text) {
  auto found = read(text).diagnostics;
  EXPECT_EQ(found.size(), 1U) << text;
  return found.empty() ? Diagnostic{} : found.front();
}

TEST(WatchSettings, without_the_tables_nobody_watches) {
  auto found = read("");
  EXPECT_FALSE(found.metrics);
  EXPECT_FALSE(found.heartbeat);
  EXPECT_THAT(found.diagnostics, IsEmpty());
}

TEST(WatchSettings, metrics_are_heard_on_this_machine_only) {
  auto found = read("[metrics]\nlisten = \"[::1]:9622\"\n");
  ASSERT_TRUE(found.metrics);
  EXPECT_EQ(found.metrics->listen.host, "::1");
  EXPECT_EQ(found.metrics->listen.port, 9622);
  for (const auto* elsewhere : {"0.0.0.0:9622", "192.0.2.1:9622", "[::]:9622"}) {
    auto wrong = only(std::string{"[metrics]\nlisten = \""} + elsewhere + "\"\n");
    EXPECT_EQ(wrong.code, "page-not-local") << elsewhere;
    EXPECT_EQ(wrong.place, (Place{"duband.toml", 2, 10}));
    EXPECT_THAT(wrong.mend.chinese, HasSubstr("127.0.0.1:9622"));
  }
  EXPECT_EQ(only("[metrics]\nlisten = \"9622\"\n").code, "bad-value");
  EXPECT_EQ(only("[metrics]\n").code, "missing-key");
}

TEST(WatchSettings, the_url_of_a_heartbeat_is_a_secret_that_stands_elsewhere) {
  auto found = read("[heartbeat]\nurl = { file = \"heart.secret\" }\nevery = \"90s\"\n"
                    "ca = \"ca.pem\"\nallow_private = true\n");
  ASSERT_TRUE(found.heartbeat) << found.diagnostics.size();
  EXPECT_EQ(found.heartbeat->url.name, "/etc/duban/heart.secret");
  EXPECT_EQ(found.heartbeat->every, 90s);
  EXPECT_EQ(found.heartbeat->ca, "/etc/duban/ca.pem");
  EXPECT_TRUE(found.heartbeat->allow_private);
  auto literal = read("[heartbeat]\nurl = \"https://hc.example.org/ping/secret\"\n");
  EXPECT_FALSE(literal.heartbeat);
  ASSERT_EQ(literal.diagnostics.size(), 1U);
  EXPECT_THAT(format_line(literal.diagnostics.front()), Not(HasSubstr("ping")));
  EXPECT_EQ(only("[heartbeat]\nevery = \"5m\"\n").code, "missing-key");
}

TEST(WatchSettings, how_often_has_bounds) {
  const std::string url = "[heartbeat]\nurl = { env = \"HEART\" }\n";
  EXPECT_EQ(read(url).heartbeat->every, limits::heartbeat_every);
  EXPECT_EQ(read(url + "every = \"10s\"\n").heartbeat->every, limits::heartbeat_least);
  EXPECT_EQ(read(url + "every = \"24h\"\n").heartbeat->every, 24h);
  for (const auto* every : {"9s", "25h", "often"}) {
    EXPECT_EQ(only(url + "every = \"" + every + "\"\n").code, "bad-value") << every;
  }
}

}  // namespace
}  // namespace duban::settings
