// A name server that never answers must hold up only who asked it (I6). In a child of its own with a
// mount namespace, where resolv.conf names a socket that is silent.

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "io/curl_transport.h"
#include "peers/http_peer.h"
#include "peers/run.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

enum Verdict : int { all_well, not_permitted, loop_blocked, wrong_outcome, end_blocked };

bool put_over(const std::string& text, const char* file) {
  std::string name = "/tmp/duban-resolver-XXXXXX";
  int descriptor = mkstemp(name.data());
  if (descriptor < 0) return false;
  close(descriptor);
  std::ofstream(name) << text;
  bool done = mount(name.c_str(), file, nullptr, MS_BIND, nullptr) == 0;
  unlink(name.c_str());
  return done;
}

// A socket on port 53 of an address that nothing else uses, from which no answer comes.
bool open_silent_name_server() {
  int server = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(53);
  address.sin_addr.s_addr = htonl(0x7F353535);  // 127.53.53.53
  return bind(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

bool hang_the_resolver() {
  return geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         put_over("nameserver 127.53.53.53\noptions timeout:30 attempts:2\n", "/etc/resolv.conf") &&
         put_over("hosts: files dns\n", "/etc/nsswitch.conf") && open_silent_name_server();
}

HttpRequest request(const std::string& url, std::chrono::milliseconds timeout) {
  HttpRequest made;
  made.url = url;
  made.body = "{}";
  made.timeout = timeout;
  made.allow_private = true;
  return made;
}

struct Sent {
  bool ended = false;
  std::expected<HttpReply, TransportError> reply = std::unexpected(TransportError{});
  auto handler() {
    return [this](std::exception_ptr, std::expected<HttpReply, TransportError> got) {
      ended = true;
      reply = std::move(got);
    };
  }
};

Verdict send_beside_a_hanging_name() {
  asio::io_context loop;
  testing::HttpPeer peer(loop);
  auto transport = make_curl_transport(loop.get_executor());
  Sent hanging, given_up, good;
  asio::co_spawn(loop, transport->post(request("http://hangs.example.test/", 10s)),
                 hanging.handler());
  asio::co_spawn(loop, transport->post(request("http://too.example.test/", 400ms)),
                 given_up.handler());
  loop.run_for(50ms);
  auto begin = Clock::now();
  asio::co_spawn(loop, transport->post(request(peer.url(), 5s)), good.handler());
  while (!good.ended) loop.run_one();
  if (!good.reply.has_value()) return wrong_outcome;
  if (Clock::now() - begin > 300ms) return loop_blocked;
  while (!given_up.ended) loop.run_one();
  if (Clock::now() - begin > 1500ms) return loop_blocked;
  if (given_up.reply.has_value() || given_up.reply.error().stage != Stage::resolve ||
      !given_up.reply.error().timed_out || hanging.ended) {
    return wrong_outcome;
  }
  return all_well;
}

// The one that still hangs goes with the loop: that must not wait for the name server either.
Verdict hang_and_go() {
  if (!hang_the_resolver()) return not_permitted;
  auto verdict = send_beside_a_hanging_name();
  return verdict;
}

int in_a_child(const std::function<int()>& work) {
  pid_t child = fork();
  if (child == 0) {
    alarm(20);
    auto begin = Clock::now();
    int verdict = work();
    bool late = Clock::now() - begin > 3s;
    _exit(verdict == all_well && late ? end_blocked : verdict);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Resolver, a_name_server_that_hangs_holds_up_nobody_else) {
  int verdict = in_a_child(hang_and_go);
  if (verdict == not_permitted) {
    GTEST_SKIP() << "needs root and a mount namespace to put a silent name server in place";
  }
  EXPECT_EQ(verdict, all_well);
}

}  // namespace
}  // namespace duban::io
