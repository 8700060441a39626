#include "io/curl_transport.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "io/curl_handle.h"
#include "io/mail_dialogue.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;

#if LIBCURL_VERSION_NUM < 0x080200
// Debian 12's libcurl spells it with three L; the number is the same.
constexpr auto rcpt_allow_fails = CURLOPT_MAIL_RCPT_ALLLOWFAILS;
#else
constexpr auto rcpt_allow_fails = CURLOPT_MAIL_RCPT_ALLOWFAILS;
#endif

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("libcurl cannot start");
    }
  });
}

bool begins_with_word(std::string_view line, std::string_view word) {
  return line.size() >= word.size() &&
         std::ranges::equal(line.substr(0, word.size()), word, [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
         });
}

std::string_view trimmed(std::string_view text) {
  auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// One POST as libcurl's callbacks see it.
struct HttpExchange {
  HttpReply reply;
  std::size_t header_bytes = 0;
  bool body_cut = false;

  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self);
};

std::size_t HttpExchange::on_header(char* data, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<HttpExchange*>(self);
  std::string_view line{data, size};
  exchange.header_bytes += size;
  if (exchange.header_bytes > limits::reply_bytes) return 0;  // breaks the transfer off
  if (line.starts_with("HTTP/")) exchange.reply = {};  // an answer after a 1xx
  if (begins_with_word(line, "retry-after:")) exchange.reply.retry_after = trimmed(line.substr(12));
  if (begins_with_word(line, "content-type:")) {
    exchange.reply.content_type = trimmed(line.substr(13));
  }
  return size;
}

std::size_t HttpExchange::on_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<HttpExchange*>(self);
  auto& body = exchange.reply.body;
  auto room = limits::reply_bytes - body.size();
  body.append(data, std::min(size, room));
  exchange.body_cut = size > room;
  return exchange.body_cut ? 0 : size;
}

// One mail as libcurl's callbacks see it.
struct MailExchange {
  explicit MailExchange(const MailRequest& request)
      : message(request.message), dialogue(request.recipients) {}

  std::string_view message;
  std::size_t given = 0;
  MailDialogue dialogue;
  std::size_t heard_bytes = 0;

  static std::size_t on_read(char* into, std::size_t, std::size_t size, void* self);
  static std::size_t on_heard(char* data, std::size_t, std::size_t size, void* self);
  static int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* self);
};

std::size_t MailExchange::on_read(char* into, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<MailExchange*>(self);
  auto count = exchange.message.copy(into, size, exchange.given);
  exchange.given += count;
  return count;
}

// The lines themselves come by on_debug, where they can be told to which command they answer.
std::size_t MailExchange::on_heard(char*, std::size_t, std::size_t size, void* self) {
  auto& exchange = *static_cast<MailExchange*>(self);
  exchange.heard_bytes += size;
  return exchange.heard_bytes > limits::reply_bytes ? 0 : size;
}

int MailExchange::on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
  auto& dialogue = static_cast<MailExchange*>(self)->dialogue;
  if (type == CURLINFO_HEADER_OUT) dialogue.sent({data, size});
  if (type == CURLINFO_HEADER_IN) dialogue.heard({data, size});
  return 0;
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(asio::any_io_executor executor)
      : executor_(std::move(executor)), http_(CurlPool::make(executor_)) {}

  asio::awaitable<std::expected<HttpReply, TransportError>> post(HttpRequest request) override;
  asio::awaitable<std::expected<MailReply, TransportError>> mail(MailRequest request) override;

 private:
  using MailResult = std::expected<MailReply, TransportError>;
  struct MailTry {
    MailResult result;
    // The connection of an earlier mail was no good any more, and nothing was handed over.
    bool stale;
  };
  asio::awaitable<MailTry> try_mail(const MailRequest& request, bool fresh);
  std::shared_ptr<CurlPool> mail_pool(const MailRequest& request);

  asio::any_io_executor executor_;
  std::shared_ptr<CurlPool> http_;
  // libcurl would use a plain connection again for a mail that demands TLS, and one user's for
  // another: so each kind has its own.
  std::map<std::string, std::shared_ptr<CurlPool>> mail_;
};

void prepare_post(CurlHandle& handle, const HttpRequest& request, HttpExchange& exchange) {
  handle.set(CURLOPT_URL, request.url);
  handle.set(CURLOPT_PROTOCOLS_STR, "http,https");
  if (!request.proxy.empty()) handle.set(CURLOPT_PROXY, request.proxy);
  handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  handle.set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  handle.set(CURLOPT_POST, 1L);
  handle.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  // Not copied: the request lives in the awaiting coroutine.
  handle.set_data(CURLOPT_POSTFIELDS, const_cast<char*>(request.body.data()));
  std::vector<std::string> headers{"Expect:", "Accept: */*"};
  for (const auto& [name, value] : request.headers) headers.push_back(name + ": " + value);
  handle.set_list(CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, &HttpExchange::on_header);
  handle.set_data(CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &HttpExchange::on_body);
  handle.set_data(CURLOPT_WRITEDATA, &exchange);
}

asio::awaitable<std::expected<HttpReply, TransportError>> CurlTransport::post(
    HttpRequest request) {
  auto pool = http_;
  // Behind a proxy the address connected to is the proxy's, which an admin has named.
  bool may_go_inside = request.allow_private || !request.proxy.empty();
  CurlHandle handle(*pool, request.timeout, request.ca, may_go_inside);
  HttpExchange exchange;
  prepare_post(handle, request, exchange);
  int code = co_await pool->perform(handle.get());
  exchange.reply.status = static_cast<int>(handle.number(CURLINFO_RESPONSE_CODE));
  // The status is the answer, even where its body is too long or does not end.
  if (exchange.reply.status >= 200) co_return std::move(exchange.reply);
  auto error = handle.failure(code);
  if (error.stage != Stage::target && handle.number(CURLINFO_REQUEST_SIZE) > 0) {
    error.stage = Stage::sent;
  }
  co_return std::unexpected(std::move(error));
}

void prepare_mail(CurlHandle& handle, const MailRequest& request, MailExchange& exchange) {
  const auto* scheme = request.tls == MailTls::implicit ? "smtps" : "smtp";
  auto domain = request.from.substr(request.from.rfind('@') + 1);
  // What stands behind the slash is the name that EHLO gives.
  handle.set(CURLOPT_URL, fmt::format("{}://{}:{}/{}", scheme, request.host, request.port, domain));
  handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // Never CURLUSESSL_TRY: it sends the password in the clear when STARTTLS is stripped.
  bool plain = request.tls == MailTls::none;
  handle.set(CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  if (!request.user.empty()) {
    handle.set(CURLOPT_USERNAME, request.user);
    handle.set(CURLOPT_PASSWORD, request.password.reveal());
    handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }
  handle.set(CURLOPT_MAIL_FROM, request.from);
  handle.set_list(CURLOPT_MAIL_RCPT, request.recipients);
  handle.set(rcpt_allow_fails, 1L);
  handle.set(CURLOPT_UPLOAD, 1L);
  handle.set(CURLOPT_INFILESIZE, static_cast<long>(request.message.size()));
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, &MailExchange::on_read);
  handle.set_data(CURLOPT_READDATA, &exchange);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, &MailExchange::on_heard);
  handle.set_data(CURLOPT_HEADERDATA, &exchange);
  handle.set(CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGFUNCTION, &MailExchange::on_debug);
  handle.set_data(CURLOPT_DEBUGDATA, &exchange);
}

asio::awaitable<CurlTransport::MailTry> CurlTransport::try_mail(const MailRequest& request,
                                                                bool fresh) {
  auto pool = mail_pool(request);
  // The relay is an admin's setting, and usually stands inside.
  CurlHandle handle(*pool, request.timeout, request.ca, true);
  MailExchange exchange(request);
  prepare_mail(handle, request, exchange);
  if (fresh) handle.set(CURLOPT_FRESH_CONNECT, 1L);
  int code = co_await pool->perform(handle.get());
  const auto& dialogue = exchange.dialogue;
  bool reused = handle.number(CURLINFO_NUM_CONNECTS) == 0;
  if (dialogue.refused() || (code == CURLE_OK && dialogue.reply().code != 0)) {
    bool bye = reused && dialogue.reply().step == MailStep::sender && dialogue.reply().code == 421;
    co_return MailTry{dialogue.reply(), bye};
  }
  auto error = handle.failure(code);
  bool handed_over = dialogue.asked_for_message() && exchange.given == request.message.size();
  if (handed_over) error.stage = Stage::sent;
  else if (dialogue.reply().step > MailStep::starttls) error.stage = Stage::talk;
  bool silent = reused && !error.timed_out && !dialogue.asked_for_message();
  co_return MailTry{std::unexpected(std::move(error)), silent};
}

asio::awaitable<CurlTransport::MailResult> CurlTransport::mail(MailRequest request) {
  auto first = co_await try_mail(request, false);
  if (!first.stale) co_return std::move(first.result);
  auto second = co_await try_mail(request, true);
  co_return std::move(second.result);
}

std::shared_ptr<CurlPool> CurlTransport::mail_pool(const MailRequest& request) {
  auto key = fmt::format("{}\n{}\n{}\n{}\n{}", request.host, request.port,
                         static_cast<int>(request.tls), request.user, request.ca);
  auto& pool = mail_[key];
  if (!pool) pool = CurlPool::make(executor_);
  return pool;
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(asio::any_io_executor executor) {
  start_curl();
  return std::make_unique<CurlTransport>(std::move(executor));
}

}  // namespace duban::io
