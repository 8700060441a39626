#include "control/heartbeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <sstream>

#include "base/limits.h"
#include "contract/temporary_folder.h"
#include "peers/run.h"

namespace duban::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto url = "https://hc.example.org/ping/planted-secret";

/// Notes what it was handed, and answers as it was told.
class NotedTransport final : public io::Transport {
 public:
  boost::asio::awaitable<std::expected<io::HttpReply, io::TransportError>> post(
      io::HttpRequest request) override {
    asked.push_back(request.url);
    bodies.push_back(request.body);
    if (status == 0) {
      co_return std::unexpected(io::TransportError{io::Stage::connect, false, "refused"});
    }
    co_return io::HttpReply{.status = status};
  }
  boost::asio::awaitable<std::expected<io::MailReply, io::TransportError>> mail(
      io::MailRequest) override {
    co_return std::unexpected(io::TransportError{});
  }
  int status = 200;
  std::vector<std::string> asked, bodies;
};

class Beats : public ::testing::Test {
 protected:
  Beats() {
    std::ofstream{folder_.path() / "heart"} << url << '\n';
    before_ = spdlog::default_logger();
    auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_st>(log_));
    logger->set_level(spdlog::level::trace);
    spdlog::set_default_logger(logger);
    heartbeat_.use(settings());
  }
  ~Beats() override { spdlog::set_default_logger(before_); }

  settings::HeartbeatSettings settings(const std::string& file = "heart") {
    settings::HeartbeatSettings made;
    made.url = {settings::SecretRef::Kind::file, folder_.path() / file, {}};
    return made;
  }
  void beat() { duban::testing::run(loop_, heartbeat_.beat()); }
  std::size_t warnings() {
    std::size_t count = 0;
    std::istringstream lines{log_.str()};
    for (std::string line; std::getline(lines, line);) count += line.contains("[warning]") ? 1 : 0;
    return count;
  }

  contract::TemporaryFolder folder_;
  boost::asio::io_context loop_;
  // Far ahead, so that an alarm does not ring.
  SetClock clock_{*parse_rfc3339("2036-05-25T17:30:00+08:00")};
  NotedTransport transport_;
  Faults faults_;
  std::ostringstream log_;
  std::shared_ptr<spdlog::logger> before_;
  Heartbeat heartbeat_{loop_.get_executor(), transport_, clock_, [this] { return faults_; }};
};

TEST(FailUrl, is_below_the_path_and_before_the_query) {
  auto of = [](const char* text) { return fail_url(Secret{text}).reveal(); };
  EXPECT_EQ(of("https://hc.example.org/a"), "https://hc.example.org/a/fail");
  EXPECT_EQ(of("https://hc.example.org/a/"), "https://hc.example.org/a/fail");
  EXPECT_EQ(of("https://hc.example.org/a?b=/c"), "https://hc.example.org/a/fail?b=/c");
}

TEST(PauseAfter, a_beat_that_was_lost_comes_again_soon_but_never_later_than_the_next) {
  EXPECT_EQ(pause_after(false, Seconds{300}), Seconds{300});
  EXPECT_EQ(pause_after(true, Seconds{300}), limits::heartbeat_again);
  EXPECT_EQ(pause_after(true, limits::heartbeat_least), limits::heartbeat_least);
}

TEST_F(Beats, when_well_the_url_is_asked) {
  beat();
  EXPECT_THAT(transport_.asked, ElementsAre(url));
  EXPECT_THAT(transport_.bodies, ElementsAre(""));
  EXPECT_EQ(heartbeat_.tally().heard, 1);
  EXPECT_EQ(heartbeat_.tally().last, clock_.machine_now());
}

TEST_F(Beats, when_unwell_it_is_told_why) {
  faults_ = {"台账写不进", "二"};
  beat();
  EXPECT_THAT(transport_.asked, ElementsAre(std::string{url} + "/fail"));
  EXPECT_THAT(transport_.bodies, ElementsAre("台账写不进\n二"));
}

TEST_F(Beats, what_goes_on_failing_is_logged_once_and_never_with_the_url) {
  for (int status : {0, 0, 500, 404}) {
    transport_.status = status;
    beat();
  }
  EXPECT_EQ(warnings(), 1U) << log_.str();
  EXPECT_EQ(heartbeat_.tally().lost, 4);
  transport_.status = 204;
  beat();
  EXPECT_THAT(log_.str(), HasSubstr("heard again"));
  transport_.status = 0;
  beat();
  EXPECT_EQ(warnings(), 2U) << "another failure";
  EXPECT_THAT(log_.str(), Not(HasSubstr("planted-secret")));
}

TEST_F(Beats, a_secret_that_is_not_there_is_a_beat_that_is_lost) {
  heartbeat_.use(settings("nowhere"));
  beat();
  EXPECT_THAT(transport_.asked, IsEmpty());
  EXPECT_EQ(heartbeat_.tally().lost, 1);
  EXPECT_EQ(warnings(), 1U);
}

TEST_F(Beats, without_settings_there_is_none) {
  heartbeat_.use(std::nullopt);
  beat();
  EXPECT_THAT(transport_.asked, IsEmpty());
  EXPECT_EQ(heartbeat_.tally().lost, 0);
}

TEST_F(Beats, the_first_comes_at_once_and_the_next_not_before_its_time) {
  boost::asio::co_spawn(loop_, heartbeat_.run(), [](std::exception_ptr) {});
  auto turn = [&] {
    loop_.restart();
    loop_.poll();
  };
  turn();
  EXPECT_EQ(transport_.asked.size(), 1U);
  clock_.set(clock_.now() + limits::heartbeat_every - Seconds{1});
  turn();
  EXPECT_EQ(transport_.asked.size(), 1U);
  heartbeat_.use(settings());
  turn();
  EXPECT_EQ(transport_.asked.size(), 2U) << "after a reload at once";
}

}  // namespace
}  // namespace duban::control
