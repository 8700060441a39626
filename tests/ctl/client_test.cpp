#include "ctl/client.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "contract/temporary_folder.h"

namespace duban::ctl {
namespace {

// A socket on which nobody answers, or somebody who sends what he is told to.
class Peer {
 public:
  Peer()
      : path_(folder_.path() / "s"), descriptor_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(descriptor_, 1), 0);
  }
  ~Peer() { close(descriptor_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void answer_once(std::size_t body_bytes) const {
    int connection = accept(descriptor_, nullptr, nullptr);
    std::string head =
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body_bytes) + "\r\n\r\n";
    send(connection, head.data(), head.size(), MSG_NOSIGNAL);
    std::string piece(1U << 20, ' ');
    for (std::size_t sent = 0; sent < body_bytes;) {
      auto count = send(connection, piece.data(), std::min(piece.size(), body_bytes - sent),
                        MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    close(connection);
  }

 private:
  contract::TemporaryFolder folder_;
  std::filesystem::path path_;
  int descriptor_;
};

TEST(Client, a_daemon_that_does_not_answer_is_left_in_time) {
  Peer silent;
  auto moment = std::chrono::milliseconds{limits::answer_within} / 600;
  auto reply = request(silent.path(), "GET", "/api/v1/status", {}, moment);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error(), alike("Timeout was reached"));
}

TEST(Client, a_copy_that_does_not_come_is_given_up_in_time) {
  Peer silent;
  auto keep = [](std::string_view) { return true; };
  auto moment = std::chrono::milliseconds{limits::backup_within} / 36'000;
  auto reply = fetch(silent.path(), "/api/v1/ledger/backup", keep, moment);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error(), alike("Timeout was reached"));
}

TEST(Client, an_answer_without_bound_is_an_error) {
  for (auto more : {0U, 1U}) {
    Peer peer;
    std::jthread answering([&] { peer.answer_once(limits::answer_bytes + more); });
    auto reply = request(peer.path(), "GET", "/api/v1/notices");
    EXPECT_EQ(reply.has_value(), more == 0);
    if (reply) EXPECT_EQ(reply->body.size(), limits::answer_bytes);
  }
}

}  // namespace
}  // namespace duban::ctl
