#include "control/watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "control/daemon_desk.h"

namespace duban::control {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Watched : public ::testing::Test {
 protected:
  Reply get(std::string target, std::string host = "127.0.0.1:9622", std::string method = "GET") {
    return ask(own_, {std::move(method), std::move(target), "", "", std::move(host)});
  }
  Reply ask(Answerer& answerer, Request request) {
    return duban::testing::run(desk_.loop, answerer.answer(std::move(request)));
  }

  DaemonDesk desk_;
  bool listening_ = true;
  Watch watch_{{[this] { return Measured{.pulse = desk_.engine->pulse()}; },
                [this] { return listening_; }}};
  WatchOnly own_{watch_};
  WatchedAnswerer socket_{watch_, *desk_.routes};
};

TEST_F(Watched, metrics_are_text_as_prometheus_wants_it) {
  auto reply = get("/metrics");
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(reply.body, HasSubstr("\nduban_plan_overdue_seconds{plan=\"wuhan-2022-1\"} "));
  EXPECT_FALSE(reply.body.ends_with('\n')) << "the server ends it";
}

TEST_F(Watched, livez_and_readyz_say_why_not) {
  EXPECT_EQ(get("/livez").status, 200U);
  EXPECT_EQ(get("/livez").body, "ok");
  EXPECT_EQ(get("/readyz").status, 200U);
  EXPECT_THAT(watch_.faults(), IsEmpty());
  listening_ = false;
  auto reply = get("/readyz");
  EXPECT_EQ(reply.status, 503U);
  EXPECT_THAT(reply.body, HasSubstr("socket"));
  EXPECT_EQ(get("/livez").status, 200U);
  EXPECT_EQ(watch_.faults().size(), 1U);
}

TEST_F(Watched, a_loop_that_does_not_turn_is_not_live) {
  desk_.clock.set(desk_.clock.now() + Seconds{30 * 24 * 3600});
  auto reply = get("/livez");
  EXPECT_EQ(reply.status, 503U);
  EXPECT_THAT(reply.body, HasSubstr("方案 wuhan-2022-1 该看一遍了"));
  EXPECT_THAT(get("/metrics").body, HasSubstr("\nduban_live 0\n"));
}

TEST_F(Watched, on_the_local_listener_there_is_nothing_else) {
  EXPECT_EQ(get("/api/v1/status").status, 404U);
  EXPECT_EQ(get("/").status, 404U);
  EXPECT_EQ(get("/metrics?x=1").status, 200U);
  EXPECT_EQ(get("/metrics", "evil.example.org").status, 421U);
  EXPECT_EQ(get("/metrics", "").status, 421U);
  EXPECT_EQ(get("/livez", "localhost", "HEAD").status, 200U);
  EXPECT_EQ(get("/livez", "localhost", "POST").status, 405U);
}

TEST_F(Watched, on_the_socket_they_stand_beside_the_routes) {
  EXPECT_EQ(ask(socket_, {"GET", "/livez", "", "alice"}).status, 200U);
  EXPECT_EQ(ask(socket_, {"GET", "/metrics", "", "alice"}).status, 200U);
  EXPECT_EQ(ask(socket_, {"GET", "/api/v1/status", "", "alice"}).status, 200U);
  EXPECT_EQ(ask(socket_, {"GET", "/elsewhere", "", "alice"}).status, 404U);
  EXPECT_EQ(socket_.body_bound("/api/v1/diff"), desk_.routes->body_bound("/api/v1/diff"));
}

}  // namespace
}  // namespace duban::control
