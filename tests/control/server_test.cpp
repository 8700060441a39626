#include "control/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/limits.h"
#include "control/daemon_desk.h"
#include "io/deadline.h"

namespace duban::control {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using ::testing::HasSubstr;
using ::testing::StartsWith;

asio::awaitable<std::string> say(std::string path, std::string words) {
  Protocol::socket socket{co_await asio::this_coro::executor};
  co_await socket.async_connect(Protocol::endpoint{path}, asio::use_awaitable);
  boost::system::error_code ignored;
  co_await asio::async_write(socket, asio::buffer(words),
                             asio::redirect_error(asio::use_awaitable, ignored));
  std::string heard;
  co_await asio::async_read(socket, asio::dynamic_buffer(heard),
                            asio::redirect_error(asio::use_awaitable, ignored));
  co_return heard;
}

class ServerOnSocket : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server_.listen(path_));
    tasks_.spawn("server", server_.run());
  }
  void TearDown() override {
    tasks_.cancel();
    EXPECT_TRUE(duban::testing::run(desk_.loop, tasks_.join(Seconds{5})));
  }
  std::string say_to(std::string words) {
    return duban::testing::run(desk_.loop, say(path_.string(), std::move(words)));
  }

  DaemonDesk desk_;
  std::filesystem::path path_ = desk_.config.root() / "duband.sock";
  io::TaskGroup tasks_{desk_.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
  Server server_{desk_.loop.get_executor(), *desk_.routes, tasks_};
};

TEST_F(ServerOnSocket, a_question_is_answered_as_http) {
  auto heard = say_to("GET /api/v1/status HTTP/1.1\r\nHost: duband\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(heard, HasSubstr("application/json"));
  EXPECT_THAT(heard, HasSubstr("\"pid\":" + std::to_string(::getpid())));
}

TEST_F(ServerOnSocket, one_connection_may_ask_again) {
  std::string ask = "GET /api/v1/status HTTP/1.1\r\nHost: d\r\n";
  auto heard = say_to(ask + "\r\n" + ask + "Connection: close\r\n\r\n");
  EXPECT_NE(heard.find("HTTP/1.1 200"), heard.rfind("HTTP/1.1 200"));
}

TEST_F(ServerOnSocket, only_owner_and_group_may_connect) {
  struct stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0660U);
}

TEST_F(ServerOnSocket, a_body_beyond_the_bound_is_413_before_it_is_read) {
  auto heard = say_to("POST /api/v1/facts HTTP/1.1\r\nHost: d\r\nContent-Length: " +
                      std::to_string(limits::request_bytes + 1) + "\r\n\r\n");
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerOnSocket, a_body_in_chunks_has_the_same_bound) {
  auto chunk = std::string{"100000\r\n"} + std::string(0x100000, 'x') + "\r\n";
  auto heard = say_to("POST /api/v1/facts HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n"
                      "\r\n" + chunk + chunk + "0\r\n\r\n");
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerOnSocket, an_edited_plan_may_be_longer_than_other_requests) {
  auto body = std::string(limits::request_bytes + 1, ' ');
  auto head = [&](std::size_t bytes) {
    return "POST /api/v1/diff HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: " +
           std::to_string(bytes) + "\r\n\r\n";
  };
  EXPECT_THAT(say_to(head(body.size()) + body), StartsWith("HTTP/1.1 400"));  // read, and no JSON
  EXPECT_THAT(say_to(head(limits::edited_request_bytes + 1)), StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerOnSocket, headers_without_end_are_413) {
  auto heard = say_to("GET /api/v1/status HTTP/1.1\r\nX: " +
                      std::string(limits::request_header_bytes, 'x'));
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerOnSocket, what_is_no_http_is_400_and_the_server_goes_on) {
  EXPECT_THAT(say_to("hello there\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(say_to("GET /api/v1/show HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.0 200"));
}

TEST_F(ServerOnSocket, a_second_server_does_not_take_the_socket_of_one_that_listens) {
  Server second{desk_.loop.get_executor(), *desk_.routes, tasks_};
  auto listening = second.listen(path_);
  ASSERT_FALSE(listening);
  EXPECT_THAT(listening.error(), HasSubstr("another duband"));
  EXPECT_TRUE(std::filesystem::exists(path_));
}

using Tcp = asio::ip::tcp;

asio::awaitable<std::string> say_on_port(std::uint16_t port, std::string words) {
  Tcp::socket socket{co_await asio::this_coro::executor};
  co_await socket.async_connect({asio::ip::make_address("127.0.0.1"), port}, asio::use_awaitable);
  boost::system::error_code ignored;
  co_await asio::async_write(socket, asio::buffer(words),
                             asio::redirect_error(asio::use_awaitable, ignored));
  std::string heard;
  co_await asio::async_read(socket, asio::dynamic_buffer(heard),
                            asio::redirect_error(asio::use_awaitable, ignored));
  co_return heard;
}

/// Tells whom it heard, and lets nothing be sent to it.
class Listener final : public Answerer {
 public:
  asio::awaitable<Reply> answer(Request request) override {
    last = std::move(request);
    co_return Reply{.body = "heard", .type = "text/plain", .headers = {{"X-Own", "1"}}};
  }
  std::size_t body_bound(std::string_view) const override { return 0; }
  Reply refuse(const engine::Refusal& refusal) const override {
    return {.status = 400, .body = refusal.code};
  }
  Request last;
};

class ServerOnPort : public ::testing::Test {
 protected:
  void SetUp() override {
    Tcp::acceptor probe{loop_, {asio::ip::make_address("127.0.0.1"), 0}};
    port_ = probe.local_endpoint().port();
    probe.close();
    ASSERT_TRUE(server_.listen("127.0.0.1", port_));
    tasks_.spawn("server", server_.run());
  }
  void TearDown() override {
    tasks_.cancel();
    EXPECT_TRUE(duban::testing::run(loop_, tasks_.join(Seconds{5})));
  }
  std::string say_to(std::string words) {
    return duban::testing::run(loop_, say_on_port(port_, std::move(words)));
  }

  asio::io_context loop_;
  Listener listener_;
  std::uint16_t port_ = 0;
  io::TaskGroup tasks_{loop_.get_executor(), [](std::string_view, std::exception_ptr) {}};
  Server server_{loop_.get_executor(), listener_, tasks_};
};

TEST_F(ServerOnPort, tells_who_answers_the_host_and_nobodys_name) {
  auto heard = say_to("GET /a HTTP/1.1\r\nHost: duban:1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(heard, HasSubstr("X-Own: 1\r\n"));
  EXPECT_THAT(heard, ::testing::EndsWith("\r\n\r\nheard\n"));
  EXPECT_EQ(listener_.last.host, "duban:1");
  EXPECT_EQ(listener_.last.by, "");
}

TEST_F(ServerOnPort, two_hosts_are_none) {
  say_to("GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(listener_.last.target, "/a");
  EXPECT_EQ(listener_.last.host, "");
}

TEST_F(ServerOnPort, head_is_answered_without_a_body) {
  auto heard = say_to("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(heard, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(heard, ::testing::EndsWith("\r\n\r\n"));
}

TEST_F(ServerOnPort, a_body_where_none_is_taken_is_refused) {
  auto heard = say_to("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
  EXPECT_THAT(heard, HasSubstr("too-large"));
}

TEST_F(ServerOnPort, a_port_that_is_taken_is_told_and_not_shared) {
  Server second{loop_.get_executor(), listener_, tasks_};
  auto listening = second.listen("127.0.0.1", port_);
  ASSERT_FALSE(listening);
  EXPECT_THAT(listening.error(), HasSubstr(std::to_string(port_)));
}

TEST(ServerAlone, a_socket_that_nobody_listens_on_is_taken_over) {
  DaemonDesk desk;
  auto path = desk.config.root() / "duband.sock";
  {
    Protocol::acceptor gone{desk.loop, Protocol::endpoint{path.string()}};
  }
  ASSERT_TRUE(std::filesystem::exists(path));
  io::TaskGroup tasks{desk.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
  Server server{desk.loop.get_executor(), *desk.routes, tasks};
  EXPECT_TRUE(server.listen(path));
}

TEST(ServerAlone, a_file_that_is_no_socket_is_left_alone) {
  DaemonDesk desk;
  io::TaskGroup tasks{desk.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
  Server server{desk.loop.get_executor(), *desk.routes, tasks};
  auto file = desk.config.root() / "kept";
  std::filesystem::create_directory(file);
  EXPECT_FALSE(server.listen(file));
  EXPECT_TRUE(std::filesystem::is_directory(file));
}

asio::awaitable<void> hear_nothing(std::string path) {
  Protocol::socket socket{co_await asio::this_coro::executor};
  co_await socket.async_connect(Protocol::endpoint{path}, asio::use_awaitable);
  char byte = 0;
  boost::system::error_code closed;
  co_await asio::async_read(socket, asio::buffer(&byte, 1),
                            asio::redirect_error(asio::use_awaitable, closed));
  EXPECT_EQ(closed, asio::error::eof);
}

TEST(ServerAlone, who_says_nothing_is_cut_off) {
  DaemonDesk desk;
  io::TaskGroup tasks{desk.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
  auto moment = std::chrono::milliseconds{limits::request_timeout} / 600;
  Server hasty{desk.loop.get_executor(), *desk.routes, tasks, {.silence = moment}};
  auto path = desk.config.root() / "duband.sock";
  ASSERT_TRUE(hasty.listen(path));
  tasks.spawn("server", hasty.run());
  EXPECT_TRUE(duban::testing::run(
      desk.loop, io::ends_within(hear_nothing(path.string()), limits::request_timeout)));
  tasks.cancel();
  EXPECT_TRUE(duban::testing::run(desk.loop, tasks.join(Seconds{5})));
}

/// A ledger of more than the socket's buffers take, and who asks for a copy of it.
class CopyOnSocket : public ::testing::Test {
 protected:
  void SetUp() override {
    schedule::Fact fact{.kind = FactKind::received,
                        .about = {"monthly-table", "2022-05", "edu", ""},
                        .at = desk_.clock.now(),
                        .recorded_at = desk_.clock.now(),
                        .by = "alice",
                        .way = "test",
                        .note = std::string(limits::fact_note_bytes, 'x')};
    auto plan = desk_.engine->plans().front()->plan().id;
    auto filled = desk_.store->record(plan, std::vector(2000, fact));
    ASSERT_TRUE(duban::testing::run(desk_.loop, std::move(filled)));
  }
  void TearDown() override {
    tasks_.cancel();
    EXPECT_TRUE(duban::testing::run(desk_.loop, tasks_.join(Seconds{5})));
  }
  void serve(Patience patience) {
    server_.emplace(desk_.loop.get_executor(), *desk_.routes, tasks_, patience);
    ASSERT_TRUE(server_->listen(path_));
    tasks_.spawn("server", server_->run());
  }

  static constexpr const char* ask =
      "GET /api/v1/ledger/backup HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
  DaemonDesk desk_{"2022-05-25T17:30:00+08:00", DaemonDesk::Ledger::on_disk};
  std::filesystem::path path_ = desk_.config.root() / "duband.sock";
  io::TaskGroup tasks_{desk_.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
  std::optional<Server> server_;
};

asio::awaitable<void> read_to_the_end(Protocol::socket& socket, std::string& heard) {
  boost::system::error_code ended;
  co_await asio::async_read(socket, asio::dynamic_buffer(heard),
                            asio::redirect_error(asio::use_awaitable, ended));
}

std::size_t body_bytes(const std::string& heard) {
  return heard.size() - (heard.find("\r\n\r\n") + 4);
}
std::size_t promised_bytes(const std::string& heard) {
  static const std::string name = "Content-Length: ";
  return std::stoul(heard.substr(heard.find(name) + name.size(), 20));
}

TEST_F(CopyOnSocket, is_handed_over_whole_within_its_time) {
  serve({.copy = limits::backup_within});
  auto heard = duban::testing::run(desk_.loop, say(path_.string(), ask));
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 200"));
  EXPECT_GT(promised_bytes(heard), 2000 * limits::fact_note_bytes);
  EXPECT_EQ(body_bytes(heard), promised_bytes(heard));
}

// Somebody who is not silent for long, and is never done.
TEST_F(CopyOnSocket, is_cut_off_when_its_time_is_over) {
  serve({.copy = std::chrono::milliseconds{limits::backup_within} / 36'000});
  Protocol::socket client{desk_.loop};
  client.connect(Protocol::endpoint{path_.string()});
  asio::write(client, asio::buffer(std::string_view{ask}));
  auto waits = client.async_wait(Protocol::socket::wait_read, asio::use_awaitable);
  duban::testing::run(desk_.loop, std::move(waits));
  auto until = std::chrono::steady_clock::now() + limits::request_timeout / 2;
  while (tasks_.running() > 1 && std::chrono::steady_clock::now() < until) {
    desk_.loop.run_one_for(Seconds{1});
  }
  EXPECT_EQ(tasks_.running(), 1U) << "only who accepts";
  std::string heard;
  duban::testing::run(desk_.loop, read_to_the_end(client, heard));
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 200"));
  EXPECT_LT(body_bytes(heard), promised_bytes(heard));
}

TEST_F(ServerOnSocket, a_connection_beyond_the_bound_waits_for_a_place) {
  std::vector<Protocol::socket> all;
  for (std::size_t i = 0; i <= limits::control_connections; ++i) {
    all.emplace_back(desk_.loop).connect(Protocol::endpoint{path_.string()});
    desk_.loop.restart();
    desk_.loop.poll();
  }
  auto turn = [&] {
    desk_.loop.restart();
    desk_.loop.poll();
  };
  asio::write(all.back(),
              asio::buffer(std::string{"GET /api/v1/show HTTP/1.1\r\nHost: d\r\n\r\n"}));
  turn();
  EXPECT_EQ(all.back().available(), 0U);
  all.front().close();
  turn();
  turn();
  EXPECT_GT(all.back().available(), 0U);
}

TEST_F(ServerOnSocket, without_a_descriptor_it_accepts_again_after_a_while) {
  Protocol::socket client{desk_.loop};
  client.connect(Protocol::endpoint{path_.string()});
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  int next = ::dup(0);
  ::close(next);
  rlimit none{static_cast<rlim_t>(next), before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  desk_.loop.poll();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  asio::write(client, asio::buffer(std::string{"GET /api/v1/show HTTP/1.0\r\n\r\n"}));
  std::string heard;
  boost::system::error_code closed;
  auto answer = [&]() -> asio::awaitable<void> {
    co_await asio::async_read(client, asio::dynamic_buffer(heard),
                              asio::redirect_error(asio::use_awaitable, closed));
  };
  EXPECT_TRUE(duban::testing::run(desk_.loop,
                                  io::ends_within(answer(), 10 * limits::accept_again)));
  EXPECT_THAT(heard, StartsWith("HTTP/1.0 200"));
}

}  // namespace
}  // namespace duban::control
