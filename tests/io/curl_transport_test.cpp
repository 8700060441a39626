#include "io/curl_transport.h"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <list>

#include "base/limits.h"
#include "peers/http_peer.h"
#include "peers/run.h"
#include "peers/smtp_peer.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::HttpAnswer;
using testing::run;
using namespace std::chrono_literals;

struct CurlTransportTest : ::testing::Test {
  asio::io_context loop;
  testing::HttpPeer peer{loop};
  std::unique_ptr<Transport> transport = make_curl_transport(loop.get_executor());

  static HttpRequest request(const std::string& url, bool allow_private = true) {
    HttpRequest made;
    made.url = url;
    made.body = "{}";
    made.timeout = 2s;
    made.allow_private = allow_private;
    return made;
  }
  std::expected<HttpReply, TransportError> post(HttpRequest made) {
    return run(loop, transport->post(std::move(made)));
  }
};

TEST_F(CurlTransportTest, uses_a_connection_again) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post(request(peer.url())).value().status, 200);
  EXPECT_EQ(peer.seen().back().connection, 1);
}

TEST_F(CurlTransportTest, a_name_that_leads_inside_is_refused_where_it_connects) {
  // No look at the name would tell: only the address does.
  for (const auto& host : {std::string{"localhost"}, std::string{"127.0.0.1"}, std::string{"0"},
                           std::string{"2130706433"}, std::string{"0x7f.1"}}) {
    auto reply = post(request("http://" + host + ":" + std::to_string(peer.port()) + "/", false));
    ASSERT_FALSE(reply.has_value()) << host;
    EXPECT_EQ(reply.error().stage, Stage::target) << host << ": " << reply.error().text;
  }
  EXPECT_TRUE(peer.seen().empty());
  EXPECT_EQ(peer.open_connections(), 0);
}

TEST_F(CurlTransportTest, an_open_connection_to_the_inside_is_not_lent_to_who_may_not) {
  ASSERT_TRUE(post(request(peer.url())).has_value());
  auto reply = post(request(peer.url(), false));
  ASSERT_FALSE(reply.has_value());
  EXPECT_EQ(reply.error().stage, Stage::target);
  EXPECT_EQ(peer.seen().size(), 1U);
}

TEST_F(CurlTransportTest, tells_how_far_it_came) {
  EXPECT_EQ(post(request("http://127.0.0.1:1/")).error().stage, Stage::connect);
  EXPECT_EQ(post(request("http://no-such-name.invalid/")).error().stage, Stage::resolve);
  testing::SmtpPeer no_tls(loop);
  auto tls = post(request("https://127.0.0.1:" + std::to_string(no_tls.port()) + "/"));
  EXPECT_EQ(tls.error().stage, Stage::tls);
  EXPECT_EQ(post(request("ftp://127.0.0.1/")).error().stage, Stage::target);
  EXPECT_EQ(post(request("http://")).error().stage, Stage::target);
  peer.answer({.how = HttpAnswer::How::hang_up, .headers = {}});
  EXPECT_EQ(post(request(peer.url())).error().stage, Stage::sent);
}

// Fuzzing the bytes of replies found both: a notice was given up as wrongly addressed, or taken for
// delivered by a reply that was there before it was sent.
TEST_F(CurlTransportTest, an_answer_that_is_no_http_tells_nothing_of_the_request) {
  peer.answer({.how = HttpAnswer::How::no_http, .headers = {}, .body = "OK\r\n"});
  EXPECT_EQ(post(request(peer.url())).error().stage, Stage::sent);
}

TEST_F(CurlTransportTest, a_reply_that_comes_unasked_answers_nothing) {
  ASSERT_EQ(post(request(peer.url())).value().status, 200);
  peer.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  peer.answer({.status = 503, .headers = {}});
  EXPECT_EQ(post(request(peer.url())).value().status, 503);
  EXPECT_EQ(peer.seen().size(), 2U);
  EXPECT_EQ(peer.seen().back().connection, 2);
  // what lay there is gone with its connection
  EXPECT_EQ(post(request(peer.url())).value().status, 503);
  EXPECT_EQ(peer.seen().back().connection, 2);
}

TEST_F(CurlTransportTest, does_not_read_a_reply_over_its_bound) {
  HttpAnswer answer;
  answer.body = std::string(3 * limits::reply_bytes, 'x');
  answer.headers = {{"Content-Type", "text/plain"}, {"Retry-After", "7"}};
  peer.answer(answer);
  auto reply = post(request(peer.url())).value();
  EXPECT_EQ(reply.body.size(), limits::reply_bytes);
  EXPECT_EQ(reply.content_type, "text/plain");
  EXPECT_EQ(reply.retry_after, "7");
}

TEST_F(CurlTransportTest, the_environments_proxy_is_not_used) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  EXPECT_TRUE(post(request(peer.url())).has_value());
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
}

TEST_F(CurlTransportTest, a_named_proxy_is_used) {
  auto through = request("http://hooks.example.org/x", false);
  through.proxy = peer.url("");
  EXPECT_EQ(post(through).value().status, 200);
  ASSERT_EQ(peer.seen().size(), 1U);
  EXPECT_EQ(peer.seen()[0].target, "http://hooks.example.org/x");
}

TEST_F(CurlTransportTest, cancelling_closes_the_connection) {
  peer.answer({.how = HttpAnswer::How::stall, .headers = {}});
  asio::cancellation_signal cancel;
  bool ended = false;
  asio::co_spawn(loop, transport->post(request(peer.url())),
                 asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr failure, auto) {
                   EXPECT_TRUE(failure != nullptr);
                   ended = true;
                 }));
  while (peer.seen().empty()) loop.run_one();
  EXPECT_EQ(peer.open_connections(), 1);
  cancel.emit(asio::cancellation_type::terminal);
  while (!ended || peer.open_connections() > 0) loop.run_one();
}

TEST_F(CurlTransportTest, may_end_while_a_transfer_is_under_way) {
  peer.answer({.how = HttpAnswer::How::stall, .headers = {}});
  bool ended = false;
  asio::co_spawn(loop, transport->post(request(peer.url())),
                 [&](std::exception_ptr, auto) { ended = true; });
  while (peer.seen().empty()) loop.run_one();
  transport.reset();
  while (!ended) loop.run_one();
}

TEST_F(CurlTransportTest, many_at_once_all_arrive) {
  int ended = 0;
  for (int i = 0; i < 200; ++i) {
    asio::co_spawn(loop, transport->post(request(peer.url())),
                   [&](std::exception_ptr failure, std::expected<HttpReply, TransportError> reply) {
                     ++ended;
                     EXPECT_FALSE(failure);
                     EXPECT_TRUE(reply.has_value()) << reply.error().text;
                   });
  }
  while (ended < 200) loop.run_one();
  EXPECT_EQ(peer.seen().size(), 200U);
}

TEST_F(CurlTransportTest, waits_without_being_woken) {
  ASSERT_TRUE(post(request(peer.url())).has_value());
  testing::SmtpPeer relay(loop);
  MailRequest mail;
  mail.host = "127.0.0.1", mail.port = relay.port(), mail.tls = MailTls::none;
  mail.from = "a@b.cn", mail.recipients = {"c@d.cn"}, mail.message = "Subject: x\r\n\r\nx\r\n";
  ASSERT_TRUE(run(loop, transport->mail(mail)).has_value());
  loop.run_for(50ms);  // what still comes to its end
  loop.restart();
  EXPECT_EQ(loop.run_for(300ms), 0U);
}

TEST_F(CurlTransportTest, keeps_so_many_connections_open_and_no_more) {
  std::list<testing::HttpPeer> peers;
  for (std::size_t i = 0; i < limits::idle_connections + 3; ++i) {
    ASSERT_EQ(post(request(peers.emplace_back(loop).url())).value().status, 200);
  }
  loop.restart();
  loop.poll();  // the peers see who has gone
  int open = 0;
  for (const auto& each : peers) open += each.open_connections();
  EXPECT_EQ(open, static_cast<int>(limits::idle_connections));
}

// A host that is there and takes no connection: its backlog is full.
TEST_F(CurlTransportTest, a_host_that_takes_no_connection_is_left_before_the_attempt_ends) {
  asio::ip::tcp::acceptor full(loop);
  full.open(asio::ip::tcp::v4());
  full.bind({asio::ip::address_v4::loopback(), 0});
  full.listen(0);
  std::list<asio::ip::tcp::socket> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back(loop).async_connect(full.local_endpoint(), [](auto) {});
  }
  auto made = request("http://127.0.0.1:" + std::to_string(full.local_endpoint().port()) + "/");
  made.timeout = 2 * limits::connect_timeout;
  auto error = post(std::move(made)).error();
  EXPECT_EQ(error.stage, Stage::connect);
  EXPECT_TRUE(error.timed_out);
}

}  // namespace
}  // namespace duban::io
