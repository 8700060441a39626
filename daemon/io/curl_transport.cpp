#include "io/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <stdexcept>

#include "base/text.h"
#include "io/curl_handle.h"
#include "io/curl_mail.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("libcurl cannot start");
    }
    // OpenSSL writes with write(2): a peer that has gone would end the process. libcurl keeps the
    // signal off only by changing the process's handlers at each call, which NOSIGNAL forbids.
    std::signal(SIGPIPE, SIG_IGN);
  });
}

bool begins_with_word(std::string_view line, std::string_view word) {
  return small_letters(line.substr(0, word.size())) == word;
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

asio::awaitable<int> transferred(std::shared_ptr<CurlPool> pool, CurlHandle& handle) {
  CurlPool::Transfer transfer(std::move(pool), handle.get());
  co_return co_await transfer.ended();
}

asio::awaitable<std::expected<HttpReply, TransportError>> curl_post(std::shared_ptr<CurlPool> pool,
                                                                    HttpRequest request) {
  // Behind a proxy the address connected to is the proxy's, which an admin has named.
  bool may_go_inside = request.allow_private || !request.proxy.empty();
  CurlHandle handle(*pool, request.timeout, request.ca, may_go_inside);
  HttpExchange exchange;
  prepare_post(handle, request, exchange);
  int code = co_await transferred(pool, handle);
  if (handle.met_leftovers()) {
    handle.want_fresh_connection();
    exchange = {};
    code = co_await transferred(pool, handle);
  }
  exchange.reply.status = static_cast<int>(handle.number(CURLINFO_RESPONSE_CODE));
  // The status is the answer, even where its body is too long or does not end.
  if (exchange.reply.status >= 200) co_return std::move(exchange.reply);
  auto error = handle.failure(code);
  // Whatever went wrong then, an answer that is no HTTP included, the other side may have taken it.
  if (handle.number(CURLINFO_REQUEST_SIZE) > 0) error.stage = Stage::sent;
  co_return std::unexpected(std::move(error));
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(asio::any_io_executor executor)
      : pool_(CurlPool::make(std::move(executor))) {}

  asio::awaitable<std::expected<HttpReply, TransportError>> post(HttpRequest request) override {
    return curl_post(pool_, std::move(request));
  }
  asio::awaitable<std::expected<MailReply, TransportError>> mail(MailRequest request) override {
    return curl_mail(pool_, mail_lines_, std::move(request));
  }

 private:
  std::shared_ptr<CurlPool> pool_;
  std::shared_ptr<MailLines> mail_lines_ = std::make_shared<MailLines>();
};

}  // namespace

std::unique_ptr<Transport> make_curl_transport(asio::any_io_executor executor) {
  start_curl();
  return std::make_unique<CurlTransport>(std::move(executor));
}

}  // namespace duban::io
