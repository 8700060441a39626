#include "settings/daemon_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "base/limits.h"

namespace duban::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Settings : public ::testing::Test {
 protected:
  Settings() {
    std::string name = std::filesystem::temp_directory_path() / "duban-settings-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Settings() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream{folder_ / name, std::ios::binary} << text;
    return folder_ / name;
  }
  LoadedSettings load(const std::string& text) { return load_settings(write("duband.toml", text)); }
  Diagnostic only(const std::string& text) {
    auto loaded = load(text);
    EXPECT_EQ(loaded.diagnostics.size(), 1U);
    EXPECT_FALSE(loaded.settings);
    return loaded.diagnostics.empty() ? Diagnostic{} : loaded.diagnostics.front();
  }

  std::filesystem::path folder_;
};

constexpr const char* full = R"toml(
state = "state"
plans = "plans"
calendars = "/etc/duban/calendars"
socket = "duband.sock"
max_step = "2h"
redirect_all = "desk"
watch = true
audit = "30m"
[channel.mail]
type = "smtp"
url = "smtp://127.0.0.1:2525"
tls = "none"
user = "duban"
password = { credential = "smtp" }
from = "duban@example.org"
from_name = "办公室"
reply_to = "desk@example.org"
ca = "ca.pem"
per_second = 5
concurrency = 4
timeout = "30s"
[channel.folder]
format = "json"
path = "outbox"
[channel.hook]
type = "webhook"
secrets = [ { file = "new.secret" }, { env = "OLD" } ]
allow_private = true
proxy = "http://proxy.example.org:3128"
)toml";

TEST_F(Settings, are_read_whole) {
  auto loaded = load(full);
  EXPECT_THAT(loaded.diagnostics, IsEmpty());
  ASSERT_TRUE(loaded.settings);
  const auto& settings = *loaded.settings;
  EXPECT_EQ(settings.max_step, std::chrono::hours{2});
  EXPECT_EQ(settings.redirect_all, "desk");
  EXPECT_TRUE(settings.watch);
  EXPECT_EQ(settings.audit, std::chrono::minutes{30});
  EXPECT_THAT(settings.channel_ids(), ElementsAre("mail", "folder", "hook"));
  const auto& mail = *settings.find_channel("mail");
  EXPECT_EQ(mail.type, "smtp");
  EXPECT_EQ(mail.password->kind, SecretRef::Kind::credential);
  EXPECT_EQ(mail.per_second, 5U);
  EXPECT_EQ(mail.timeout, std::chrono::seconds{30});
  EXPECT_EQ(mail.place_of("url").line, 12U);
  EXPECT_EQ(mail.place_of("proxy"), mail.place);
  EXPECT_EQ(settings.find_channel("hook")->secrets.size(), 2U);
  EXPECT_EQ(settings.find_channel("none"), nullptr);
}

TEST_F(Settings, audit_every_hour_unless_they_say_otherwise) {
  auto every = [this](const std::string& line) {
    return load(line + "[channel.folder]\npath = \"outbox\"\n").settings.value().audit;
  };
  EXPECT_EQ(every(""), std::chrono::hours{1});
  EXPECT_EQ(every("audit = true\n"), std::chrono::hours{1});
  EXPECT_EQ(every("audit = false\n"), std::chrono::seconds{0});
  EXPECT_EQ(every("audit = \"1500ms\"\n"), std::chrono::seconds{2});
}

TEST_F(Settings, refuse_an_audit_that_is_no_time) {
  const std::string channel = "[channel.folder]\npath = \"outbox\"\n";
  EXPECT_EQ(only("audit = 60\n" + channel).code, "wrong-type");
  EXPECT_EQ(only("audit = \"hourly\"\n" + channel).code, "bad-value");
  EXPECT_EQ(only("audit = \"2d\"\n" + channel).code, "bad-value");
}

TEST_F(Settings, count_relative_paths_from_the_file) {
  auto settings = *load(full).settings;
  EXPECT_EQ(settings.state, folder_ / "state");
  EXPECT_EQ(settings.calendars, "/etc/duban/calendars");
  EXPECT_EQ(settings.templates, folder_ / "templates");
  EXPECT_EQ(settings.find_channel("mail")->ca, folder_ / "ca.pem");
  EXPECT_EQ(settings.find_channel("hook")->secrets[0].name, folder_ / "new.secret");
}

TEST_F(Settings, of_a_channel_default_its_type_to_its_id) {
  EXPECT_EQ(load(full).settings->find_channel("folder")->type, "folder");
}

TEST_F(Settings, refuse_a_secret_written_as_a_value_and_do_not_repeat_it) {
  auto only = this->only("[channel.mail]\ntype = \"smtp\"\npassword = \"hunter2\"\n");
  EXPECT_EQ(only.code, "secret-value");
  EXPECT_EQ(only.place.line, 3U);
  EXPECT_THAT(only.mend.chinese, HasSubstr("{ file"));
  EXPECT_THAT(format_line(only), Not(HasSubstr("hunter2")));
}

TEST_F(Settings, refuse_a_secret_in_a_list_too) {
  auto only = this->only("[channel.hook]\nsecrets = [\"whsec_abc\"]\n");
  EXPECT_EQ(only.code, "secret-value");
  EXPECT_THAT(format_line(only), Not(HasSubstr("whsec_abc")));
}

TEST_F(Settings, want_one_place_of_a_secret) {
  EXPECT_EQ(only("[channel.a]\npassword = {}\n").code, "secret-form");
  EXPECT_EQ(only("[channel.a]\npassword = { env = \"A\", file = \"b\" }\n").code, "secret-form");
  EXPECT_EQ(only("[channel.a]\npassword = { credential = \"../x\" }\n").code, "secret-form");
  EXPECT_EQ(only("[channel.a]\npassword = { flie = \"x\" }\n").code, "unknown-key");
}

TEST_F(Settings, name_an_unknown_key_of_a_channel) {
  auto only = this->only("[channel.mail]\nform = \"a@example.org\"\n");
  EXPECT_EQ(only.code, "unknown-key");
  EXPECT_THAT(only.mend.chinese, HasSubstr("“from”"));
}

TEST_F(Settings, without_a_channel_are_an_error) { EXPECT_EQ(only("").code, "missing-key"); }

TEST_F(Settings, refuse_an_unreadable_duration) {
  EXPECT_EQ(only("max_step = \"1 hour\"\n[channel.folder]\n").code, "bad-value");
  EXPECT_EQ(only("max_step = 3600\n[channel.folder]\n").code, "wrong-type");
}

TEST(Duration, is_a_number_and_a_unit) {
  using namespace std::chrono_literals;
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("90s"), 90s);
  EXPECT_EQ(parse_duration("10m"), 10min);
  EXPECT_EQ(parse_duration("1h"), 1h);
  EXPECT_EQ(parse_duration("2d"), 48h);
  for (const auto* text : {"", "1", "h", "0s", "-1s", "1.5h", "1 h", "1w", "99999999999999s"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST_F(Settings, find_a_secret_in_a_file_without_its_line_end) {
  auto path = write("smtp.secret", "hunter2\r\n");
  auto secret = resolve({SecretRef::Kind::file, path, {}});
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->reveal(), "hunter2");
}

TEST_F(Settings, find_a_secret_among_the_credentials_and_in_the_environment) {
  write("smtp", "from-systemd");
  setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
  setenv("DUBAN_TEST_SECRET", "from-environment", 1);
  EXPECT_EQ(resolve({SecretRef::Kind::credential, "smtp", {}})->reveal(), "from-systemd");
  EXPECT_EQ(resolve({SecretRef::Kind::env, "DUBAN_TEST_SECRET", {}})->reveal(), "from-environment");
  unsetenv("CREDENTIALS_DIRECTORY");
  unsetenv("DUBAN_TEST_SECRET");
  EXPECT_FALSE(resolve({SecretRef::Kind::credential, "smtp", {}}));
  EXPECT_FALSE(resolve({SecretRef::Kind::env, "DUBAN_TEST_SECRET", {}}));
}

TEST_F(Settings, tell_where_a_secret_should_be_never_what_it_is) {
  auto missing = resolve({SecretRef::Kind::file, folder_ / "none", {}});
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().chinese, HasSubstr("none"));
  EXPECT_THAT(missing.error().english, HasSubstr("none"));
  auto path = write("big", "hunter2" + std::string(limits::secret_bytes, 'x'));
  auto big = resolve({SecretRef::Kind::file, path, {}});
  ASSERT_FALSE(big);
  EXPECT_THAT(big.error().chinese, Not(HasSubstr("hunter2")));
  EXPECT_THAT(big.error().english, Not(HasSubstr("hunter2")));
  EXPECT_FALSE(resolve({SecretRef::Kind::file, write("empty", "\n"), {}}));
  EXPECT_FALSE(resolve({SecretRef::Kind::file, "/dev/zero", {}}));
}

TEST_F(Settings, over_their_bound_are_refused_unread) {
  EXPECT_EQ(only(std::string(limits::settings_bytes + 1, '#')).code, "too-large");
}

TEST_F(Settings, refuse_an_attempt_that_may_take_longer_than_any) {
  auto timeout = [](std::chrono::seconds time) {
    return "[channel.folder]\ntimeout = \"" + std::to_string(time.count()) + "s\"\n";
  };
  EXPECT_TRUE(load(timeout(limits::attempt_timeout)).diagnostics.empty());
  EXPECT_EQ(only(timeout(limits::attempt_timeout + std::chrono::seconds{1})).code, "bad-value");
}

TEST_F(Settings, believe_a_clock_step_of_an_hour_where_nothing_is_written) {
  EXPECT_EQ(load("[channel.folder]\n").settings.value().max_step, limits::clock_step);
}

TEST_F(Settings, of_a_channel_hold_two_keys_at_most) {
  std::string keys = "{ env = \"A\" }";
  for (std::size_t more = 1; more < limits::channel_secrets; ++more) keys += ", { env = \"B\" }";
  auto channel = [](const std::string& list) {
    return "[channel.hook]\ntype = \"webhook\"\nsecrets = [ " + list + " ]\n";
  };
  EXPECT_TRUE(load(channel(keys)).diagnostics.empty());
  EXPECT_EQ(only(channel(keys + ", { env = \"C\" }")).code, "secret-form");
}

}  // namespace
}  // namespace duban::settings
