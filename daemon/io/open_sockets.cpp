#include "io/open_sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace duban::io {
namespace {

using Name = int (*)(int, sockaddr*, socklen_t*);

// Address and port of one end; port 0 where there is none.
std::pair<std::string, int> end_of(int socket, Name name) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (name(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  sockaddr_in four{};
  sockaddr_in6 six{};
  if (address.ss_family == AF_INET) {
    std::memcpy(&four, &address, sizeof four);
    inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
    return {text.data(), ntohs(four.sin_port)};
  }
  if (address.ss_family != AF_INET6) return {};
  std::memcpy(&six, &address, sizeof six);
  inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
  return {text.data(), ntohs(six.sin6_port)};
}

}  // namespace

std::optional<int> OpenSockets::find(const ConnectionEnds& ends) {
  for (auto& [socket, local_port] : local_ports_) {
    if (local_port == 0) local_port = end_of(socket, getsockname).second;
    if (local_port != ends.local_port) continue;
    // A port may stand at the near end of several connections.
    if (end_of(socket, getpeername) == std::pair{ends.peer, ends.peer_port}) return socket;
  }
  return std::nullopt;
}

bool shut_if_unread(int socket) {
  std::array<char, 4096> bytes{};
  if (recv(socket, bytes.data(), 1, MSG_PEEK | MSG_DONTWAIT) <= 0) return false;
  shutdown(socket, SHUT_RDWR);
  // What is there; a socket that is shut gets no more.
  while (recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
  }
  return true;
}

}  // namespace duban::io
