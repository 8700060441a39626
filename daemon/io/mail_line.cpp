#include "io/mail_line.h"

#include <curl/curl.h>
namespace duban::io {
namespace {

namespace asio = boost::asio;

// The lines of the beginning, which libcurl speaks. Those of a login are seen too, and not kept.
int on_debug(CURL* easy, curl_infotype type, char* data, std::size_t size, void* self) {
  auto& dialogue = *static_cast<MailDialogue*>(self);
  std::string_view line{data, size};
  if (type == CURLINFO_HEADER_OUT) dialogue.sent(line);
  if (type == CURLINFO_HEADER_IN) dialogue.heard(line);
  if (type == CURLINFO_HEADER_OUT && line.starts_with("QUIT")) hear_no_more(easy);
  return 0;
}

std::size_t on_heard(char*, std::size_t, std::size_t size, void* self) {
  return static_cast<MailDialogue*>(self)->talks_too_much() ? 0 : size;
}

void prepare(CurlHandle& handle, const MailRequest& request, MailDialogue& dialogue) {
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

MailLine::MailLine(std::shared_ptr<CurlPool> pool, const MailRequest& request)
    : dialogue_(request.recipients), line_(std::move(pool), request.timeout, request.ca) {
  // What stands behind the slash is the name that EHLO gives.
  line_.reach("smtp", request.host, request.port, request.tls,
              request.from.substr(request.from.rfind('@') + 1));
  line_.go_through(request.proxy);
  prepare(line_.handle(), request, dialogue_);
}

MailLine::~MailLine() = default;

void MailLine::begin(const std::vector<std::string>& recipients) {
  dialogue_ = MailDialogue(recipients);
  handed_over_ = false;
}

void MailLine::say_goodbye() { line_.write_last("QUIT\r\n"); }

bool MailLine::may_go_on() const {
  return handed_over_ && fault().empty() && !line_.has_unread() && answered() && !refused();
}

bool MailLine::was_stale() const {
  return reply().step == MailStep::sender && (!fault().empty() || reply().code == 421);
}

asio::awaitable<bool> MailLine::hear() {
  while (!dialogue_.answered()) {
    auto said = co_await line_.read_line(limits::reply_bytes);
    if (!said) co_return false;
    dialogue_.heard(*said);
    if (dialogue_.talks_too_much()) {
      line_.fail("the server's answer has no end");
      co_return false;
    }
  }
  co_return true;
}

bool MailLine::answered_too_early() {
  if (line_.has_unread()) line_.fail("the server answered before it was asked");
  return line_.has_unread();
}

asio::awaitable<bool> MailLine::say(std::string command) {
  if (answered_too_early()) co_return false;
  dialogue_.sent(command);
  command += "\r\n";
  bool answered = co_await line_.write(command) && co_await hear();
  co_return answered && dialogue_.reply().code < 400;
}

asio::awaitable<void> MailLine::hand_over(const MailRequest& request) {
  if (!co_await say("MAIL FROM:<" + request.from + ">")) co_return;
  for (const auto& recipient : request.recipients) {
    // One that is refused does not take it from the others.
    co_await say("RCPT TO:<" + recipient + ">");
    if (!fault().empty()) co_return;
  }
  if (dialogue_.refused()) co_return;
  if (!co_await say("DATA") || !dialogue_.asked_for_message()) co_return;
  if (answered_too_early()) co_return;
  auto data = data_lines(request.message);
  dialogue_.sent_message();
  if (!co_await line_.write(data)) co_return;
  handed_over_ = true;
  co_await hear();
}

}  // namespace duban::io
