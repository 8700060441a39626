#include "channel/registry.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/digest.h"
#include "base/in_english.h"
#include "channel/scratch_folder.h"
#include "contract/channel_contract.h"
#include "io/transport.h"

namespace duban::channel {
namespace {

namespace asio = boost::asio;
using testing::run;

// A network where nobody answers.
class NoNetwork final : public io::Transport {
 public:
  asio::awaitable<std::expected<io::HttpReply, io::TransportError>> post(
      io::HttpRequest request) override {
    posted.push_back(std::move(request));
    co_return std::unexpected(io::TransportError{io::Stage::connect, false, "nobody"});
  }
  asio::awaitable<std::expected<io::MailReply, io::TransportError>> mail(
      io::MailRequest request) override {
    mailed.push_back(std::move(request));
    co_return std::unexpected(io::TransportError{io::Stage::connect, false, "nobody"});
  }
  std::vector<io::HttpRequest> posted;
  std::vector<io::MailRequest> mailed;
};

struct RegistryTest : ::testing::Test {
  asio::io_context loop;
  SystemClock clock;
  NoNetwork network;
  testing::ScratchFolder scratch;
  ChannelParts parts{.transport = network, .clock = clock, .state = scratch.path()};

  settings::LoadedSettings load(const std::string& channels) {
    auto file = scratch.path() / "duband.toml";
    testing::write_all(file, channels);
    return settings::load_settings(file);
  }
  // The codes and lines of everything wrong.
  std::vector<std::string> faults(const std::string& channels) {
    auto loaded = load(channels);
    EXPECT_TRUE(loaded.settings.has_value());
    if (!loaded.settings) return {format_line(loaded.diagnostics.front())};
    std::vector<std::string> found;
    for (const auto& d : diagnose(*loaded.settings)) {
      found.push_back(std::to_string(d.place.line) + " " + d.code);
      EXPECT_TRUE(testing::is_in_english(d.message));
      EXPECT_TRUE(testing::is_in_english(d.mend));
    }
    return found;
  }
};

TEST_F(RegistryTest, makes_each_type_from_its_settings) {
  testing::write_all(scratch.path() / "key", "whsec_" + encode_base64(std::string(32, 'k')) + "\n");
  testing::write_all(scratch.path() / "word", "geheim\n");
  auto loaded = load(R"(
[channel.folder]
format = "json"
path = "boxes"
[channel.mail]
type = "smtp"
url = "smtps://mail.example.org"
user = "duban"
password = { file = "word" }
from = "duban@wuban.example.org"
concurrency = 2
timeout = "7s"
[channel.hook]
type = "webhook"
secrets = [ { file = "key" } ]
allow_private = true
)");
  ASSERT_TRUE(loaded.settings.has_value()) << format_line(loaded.diagnostics.at(0));
  EXPECT_TRUE(diagnose(*loaded.settings).empty());
  const auto& channels = loaded.settings->channels;

  auto folder = make_channel(channels[0], parts).value();
  run(loop, folder->send(contract::parcel_for("edu")));
  EXPECT_TRUE(std::ranges::any_of(scratch.files(), [](const auto& file) {
    return file.starts_with("boxes/edu/ntc_") && file.ends_with(".json");
  }));

  auto mail = make_channel(channels[1], parts).value();
  EXPECT_EQ(mail->concurrency(), 2);
  EXPECT_EQ(run(loop, mail->send(contract::parcel_for("a@b.cn"))).reason, Reason::connect_failed);
  ASSERT_EQ(network.mailed.size(), 1U);
  EXPECT_EQ(network.mailed[0].port, 465U);
  EXPECT_EQ(network.mailed[0].password.reveal(), "geheim");
  EXPECT_EQ(network.mailed[0].timeout, std::chrono::seconds{7});

  auto hook = make_channel(channels[2], parts).value();
  run(loop, hook->send(contract::parcel_for("http://10.0.0.1/x")));
  ASSERT_EQ(network.posted.size(), 1U);
  EXPECT_TRUE(network.posted[0].allow_private);
}

TEST_F(RegistryTest, names_every_mistake_at_its_place) {
  EXPECT_EQ(faults("[channel.pigeon]\n"), std::vector<std::string>{"1 unknown-channel-type"});
  EXPECT_EQ(faults("[channel.folder]\nformat = \"mbox\"\npath = \"../out\"\nurl = \"x\"\n"),
            (std::vector<std::string>{"4 unknown-key", "2 bad-value", "3 bad-value"}));
  EXPECT_EQ(faults("[channel.smtp]\ntls = \"none\"\nurl = \"smtp://mail.example.org\"\n"
                   "from = \"张三 <a@b.cn>\"\nuser = \"a\"\n"),
            (std::vector<std::string>{"3 bad-value", "4 bad-address", "5 missing-key"}));
  EXPECT_EQ(faults("[channel.smtp]\n"),
            (std::vector<std::string>{"1 missing-key", "1 missing-key"}));
  EXPECT_EQ(faults("[channel.webhook]\n"), std::vector<std::string>{"1 missing-key"});
}

TEST_F(RegistryTest, a_secret_that_is_not_there_or_none_is_told_where_it_is_named) {
  testing::write_all(scratch.path() / "key", "geheim");
  for (const auto* file : {"nowhere", "key"}) {
    auto reference = std::string{"{ file = \""} + file + "\" }";
    auto loaded = load("[channel.webhook]\nsecrets = [ " + reference + " ]\n");
    ASSERT_TRUE(loaded.settings.has_value());
    auto made = make_channel(loaded.settings->channels[0], parts);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().at(0).code, "bad-secret");
    EXPECT_EQ(made.error().at(0).place.line, 2U);
    EXPECT_FALSE(made.error().at(0).message.chinese.contains("geheim"));
    EXPECT_FALSE(made.error().at(0).message.english.contains("geheim"));
  }
}

TEST_F(RegistryTest, judges_addresses_without_a_channel) {
  auto loaded = load("[channel.folder]\n[channel.mail]\ntype = \"smtp\"\n[channel.hook]\n"
                     "type = \"webhook\"\n");
  ASSERT_TRUE(loaded.settings.has_value());
  const auto& channels = loaded.settings->channels;
  EXPECT_TRUE(address_problem(channels[0], "市教育局").empty());
  EXPECT_EQ(address_problem(channels[1], "市教育局"),
            (Bilingual{"邮件地址中没有 @", "there is no @ in the mail address"}));
  EXPECT_TRUE(address_problem(channels[1], "a@b.cn").empty());
  EXPECT_FALSE(address_problem(channels[2], "a@b.cn").empty());
  EXPECT_TRUE(address_problem(channels[2], "https://hooks.example.org/x").empty());
}

}  // namespace
}  // namespace duban::channel
