#pragma once
// The sockets that libcurl has open, found by where they lead: it names a connection in no other
// way before a transfer begins on it.

#include <map>
#include <optional>
#include <string>

namespace duban::io {

/// The peer's address as text, and the ports.
struct ConnectionEnds {
  std::string peer;
  int peer_port = 0, local_port = 0;
};

class OpenSockets {
 public:
  void add(int socket) { local_ports_[socket] = 0; }
  bool contains(int socket) const { return local_ports_.contains(socket); }
  void remove(int socket) { local_ports_.erase(socket); }
  /// The one that is connected so.
  std::optional<int> find(const ConnectionEnds& ends);

 private:
  /// 0: not known yet, or not connected.
  std::map<int, int> local_ports_;
};

/// Where something lies to be read on a socket, throws it away, shuts the socket (it is then dead
/// to whoever looks) and says true.
bool shut_if_unread(int socket);

}  // namespace duban::io
