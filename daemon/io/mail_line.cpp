#include "io/mail_line.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <system_error>

namespace duban::io {
namespace {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

// The lines of the beginning, which libcurl speaks. Those of a login are seen too, and not kept.
int on_debug(CURL* easy, curl_infotype type, char* data, std::size_t size, void* self) {
  auto& dialogue = *static_cast<MailDialogue*>(self);
  std::string_view line{data, size};
  if (type == CURLINFO_HEADER_OUT) dialogue.sent(line);
  if (type == CURLINFO_HEADER_IN) dialogue.heard(line);
  if (type == CURLINFO_HEADER_OUT && line.starts_with("QUIT")) {
    // libcurl would block until QUIT is answered. QUIT is on its way; nobody needs the answer.
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
    if (socket != CURL_SOCKET_BAD) shutdown(socket, SHUT_RD);
  }
  return 0;
}

std::size_t on_heard(char*, std::size_t, std::size_t size, void* self) {
  return static_cast<MailDialogue*>(self)->talks_too_much() ? 0 : size;
}

void prepare(CurlHandle& handle, const MailRequest& request, MailDialogue& dialogue) {
  const auto* scheme = request.tls == MailTls::implicit ? "smtps" : "smtp";
  auto domain = request.from.substr(request.from.rfind('@') + 1);
  // What stands behind the slash is the name that EHLO gives.
  handle.set(CURLOPT_URL, fmt::format("{}://{}:{}/{}", scheme, request.host, request.port, domain));
  handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  handle.set(CURLOPT_CONNECT_ONLY, 1L);
  // Never CURLUSESSL_TRY: it sends the password in the clear when STARTTLS is stripped.
  bool plain = request.tls == MailTls::none;
  handle.set(CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  if (!request.user.empty()) {
    handle.set(CURLOPT_USERNAME, request.user);
    handle.set(CURLOPT_PASSWORD, request.password.reveal());
    handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, &on_heard);
  handle.set_data(CURLOPT_HEADERDATA, &dialogue);
  handle.set(CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGFUNCTION, &on_debug);
  handle.set_data(CURLOPT_DEBUGDATA, &dialogue);
}

// The message as it stands between DATA and its answer: dots at line beginnings doubled, ended.
std::string data_lines(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 16);
  while (!message.empty()) {
    if (message.starts_with('.')) out += '.';
    const auto end = message.find('\n');
    const auto line = message.substr(0, end == message.npos ? end : end + 1);
    out += line;
    message.remove_prefix(line.size());
  }
  out += out.ends_with("\r\n") ? ".\r\n" : "\r\n.\r\n";
  return out;
}

}  // namespace

// A duplicate of libcurl's, to wait on.
struct MailLine::Socket {
  Descriptor descriptor;
};

MailLine::MailLine(std::shared_ptr<CurlPool> pool, const MailRequest& request)
    : pool_(std::move(pool)),
      dialogue_(request.recipients),
      // The relay is an admin's setting, and usually stands inside.
      handle_(*pool_, request.timeout, request.ca, true) {
  prepare(handle_, request, dialogue_);
}

MailLine::~MailLine() = default;

asio::awaitable<int> MailLine::open() {
  transfer_.emplace(pool_, handle_.get());
  int code = co_await transfer_->ended();
  if (code != CURLE_OK) co_return code;
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
  int duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (duplicate < 0) throw std::system_error(errno, std::generic_category(), "dup");
  socket_ = std::make_unique<Socket>(Descriptor{co_await asio::this_coro::executor, duplicate});
  co_return code;
}

void MailLine::begin(const std::vector<std::string>& recipients) {
  dialogue_ = MailDialogue(recipients);
  handed_over_ = false;
}

void MailLine::say_goodbye() {
  if (!socket_ || !fault_.empty()) return;
  constexpr std::string_view quit = "QUIT\r\n";
  std::size_t count = 0;
  curl_easy_send(handle_.get(), quit.data(), quit.size(), &count);
}

bool MailLine::may_go_on() const {
  return handed_over_ && fault_.empty() && unread_.empty() && answered() && !refused();
}

bool MailLine::is_quiet() {
  char byte = 0;
  std::size_t count = 0;
  return unread_.empty() && curl_easy_recv(handle_.get(), &byte, 1, &count) == CURLE_AGAIN;
}

bool MailLine::was_stale() const {
  return reply().step == MailStep::sender && (!fault_.empty() || reply().code == 421);
}

bool MailLine::lost(int code) {
  fault_ = code == CURLE_OK ? "the server closed the connection"
                            : curl_easy_strerror(static_cast<CURLcode>(code));
  return false;
}

asio::awaitable<bool> MailLine::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t count = 0;
    auto code = curl_easy_send(handle_.get(), bytes.data(), bytes.size(), &count);
    bytes.remove_prefix(count);
    if (code == CURLE_AGAIN) {
      co_await socket_->descriptor.async_wait(Descriptor::wait_write, asio::use_awaitable);
    } else if (code != CURLE_OK) {
      co_return lost(code);
    }
  }
  co_return true;
}

asio::awaitable<bool> MailLine::read_more() {
  std::array<char, 4096> bytes{};
  while (true) {
    std::size_t count = 0;
    auto code = curl_easy_recv(handle_.get(), bytes.data(), bytes.size(), &count);
    if (code == CURLE_OK && count > 0) {
      unread_.append(bytes.data(), count);
      co_return true;
    }
    if (code != CURLE_AGAIN) co_return lost(code);
    co_await socket_->descriptor.async_wait(Descriptor::wait_read, asio::use_awaitable);
  }
}

asio::awaitable<bool> MailLine::hear() {
  while (!dialogue_.answered()) {
    auto end = unread_.find('\n');
    if (end != std::string::npos) {
      dialogue_.heard(std::string_view{unread_}.substr(0, end));
      unread_.erase(0, end + 1);
    } else if (!co_await read_more()) {
      co_return false;
    }
    if (dialogue_.talks_too_much() || unread_.size() > limits::reply_bytes) {
      fault_ = "the server's answer has no end";
      co_return false;
    }
  }
  co_return true;
}

bool MailLine::answered_too_early() {
  if (!unread_.empty()) fault_ = "the server answered before it was asked";
  return !unread_.empty();
}

asio::awaitable<bool> MailLine::say(std::string command) {
  if (answered_too_early()) co_return false;
  dialogue_.sent(command);
  command += "\r\n";
  bool answered = co_await write(command) && co_await hear();
  co_return answered && dialogue_.reply().code < 400;
}

asio::awaitable<void> MailLine::hand_over(const MailRequest& request) {
  if (!co_await say("MAIL FROM:<" + request.from + ">")) co_return;
  for (const auto& recipient : request.recipients) {
    // One that is refused does not take it from the others.
    co_await say("RCPT TO:<" + recipient + ">");
    if (!fault_.empty()) co_return;
  }
  if (dialogue_.refused()) co_return;
  if (!co_await say("DATA") || !dialogue_.asked_for_message()) co_return;
  if (answered_too_early()) co_return;
  auto data = data_lines(request.message);
  dialogue_.sent_message();
  if (!co_await write(data)) co_return;
  handed_over_ = true;
  co_await hear();
}

}  // namespace duban::io
