#include "io/curl_mail.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "io/deadline.h"
#include "io/mail_line.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using Answer = std::expected<MailReply, TransportError>;

std::unexpected<TransportError> failed(Stage stage, bool timed_out, std::string text) {
  return std::unexpected(TransportError{stage, timed_out, std::move(text)});
}

// libcurl did not come through to the end of the login.
Answer not_logged_in(const MailLine& line, int code) {
  if (line.refused()) return line.reply();
  return std::unexpected(line.handle().failure(code));
}

Answer outcome(const MailLine& line, bool in_time) {
  if (line.fault().empty() && in_time) return line.reply();
  auto stage = line.handed_over() ? Stage::sent : Stage::talk;
  return failed(stage, !in_time, in_time ? line.fault() : "no answer in time");
}

std::chrono::milliseconds left_until(steady_clock::time_point end) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now());
  return std::max(left, std::chrono::milliseconds{1});
}

}  // namespace

asio::awaitable<Answer> curl_mail(std::shared_ptr<CurlPool> pool, std::shared_ptr<MailLines> lines,
                                  MailRequest request) {
  const MailLines::UnderWay under_way(lines);
  const auto end = steady_clock::now() + request.timeout;
  if (auto line = lines->take(request)) {
    line->begin(request.recipients);
    bool in_time = co_await ends_within(line->hand_over(request), left_until(end));
    // A connection of its own may do what this one could not: nothing was handed over.
    if (!in_time || !line->was_stale()) {
      auto answer = outcome(*line, in_time);
      if (in_time) lines->put(request, std::move(line));
      co_return answer;
    }
  }
  request.timeout = left_until(end);
  auto line = std::make_unique<MailLine>(std::move(pool), request);
  int code = co_await line->open();
  if (code != CURLE_OK) co_return not_logged_in(*line, code);
  bool in_time = co_await ends_within(line->hand_over(request), left_until(end));
  auto answer = outcome(*line, in_time);
  if (in_time) lines->put(request, std::move(line));
  co_return answer;
}

}  // namespace duban::io
