#pragma once
// An HTTP server on a real socket that answers as a test tells it to, well or badly.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace duban::testing {

struct HttpSeen {
  std::string target;
  /// Names in small letters.
  std::map<std::string, std::string> headers;
  std::string body;
  /// Counts connections from 1.
  int connection = 0;
};

struct HttpAnswer {
  enum class How {
    reply,
    /// Takes the request and says nothing.
    stall,
    /// Takes the request and closes.
    hang_up,
    /// Sends the reply's head, then body without end.
    endless_body,
    /// Sends the status line, then headers without end.
    endless_headers,
    /// Announces more body than it sends, and closes.
    short_body,
    /// Sends the body alone, which is then no HTTP, and closes.
    no_http,
  };
  How how = How::reply;
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body = "ok";
};

/// Listens on 127.0.0.1 as long as it lives. On the loop's thread.
class HttpPeer {
 public:
  explicit HttpPeer(boost::asio::io_context& loop);
  ~HttpPeer();
  HttpPeer(const HttpPeer&) = delete;
  HttpPeer& operator=(const HttpPeer&) = delete;

  unsigned port() const;
  std::string url(const std::string& path = "/hook") const;
  void answer(HttpAnswer answer);
  void answer(std::function<HttpAnswer(const HttpSeen&)> answer);
  const std::vector<HttpSeen>& seen() const;
  /// Called whenever a request has been read.
  void when_seen(std::function<void()> call);
  int open_connections() const;
  /// Says something unasked on every open connection.
  void say(const std::string& bytes);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::testing
