#include "io/imap_box.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/english_names.h"
#include "io/curl_line.h"
#include "io/deadline.h"
#include "io/imap_dialogue.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using Looked = std::expected<void, std::string>;
using Answered = std::expected<ImapAnswer, std::string>;

std::size_t on_heard(char*, std::size_t, std::size_t size, void* self) {
  auto& heard = *static_cast<std::size_t*>(self);
  heard += size;
  return heard > limits::reply_bytes ? 0 : size;
}

// `A004 LOGOUT`
int on_debug(CURL* easy, curl_infotype type, char* data, std::size_t size, void*) {
  std::string_view line{data, size};
  if (type == CURLINFO_HEADER_OUT && line.contains(" LOGOUT")) hear_no_more(easy);
  return 0;
}

// The day before which nothing is looked at, as SEARCH wants it.
std::string day_of_search(Instant at) {
  auto day = day_of(Civil{at.time_since_epoch()});
  return fmt::format("{}-{}-{}", day_of_month(day), english_months.at(month_of(day) - 1),
                     year_of(day));
}

class ImapBox final : public Mailbox {
 public:
  ImapBox(asio::any_io_executor executor, ImapServer server, const Clock& clock)
      : pool_(CurlPool::make(std::move(executor))), server_(std::move(server)), clock_(clock) {}

  asio::awaitable<Looked> look(Take take) override {
    std::size_t heard = 0;
    CurlLine line(pool_, server_.timeout, server_.ca);
    line.reach("imap", server_.host, server_.port, server_.tls);
    line.go_through(server_.proxy);
    prepare(line.handle(), heard);
    if (int code = co_await line.open(); code != CURLE_OK) {
      co_return std::unexpected(line.handle().failure(code).text);
    }
    co_return co_await read(line, take);
  }

 private:
  void prepare(CurlHandle& handle, std::size_t& heard) const;
  asio::awaitable<Answered> ask(CurlLine& line, std::string command);
  asio::awaitable<Answered> answer(CurlLine& line, std::string tag, std::string command);
  asio::awaitable<Looked> read(CurlLine& line, const Take& take);
  asio::awaitable<Answered> fresh(CurlLine& line);

  std::shared_ptr<CurlPool> pool_;
  const ImapServer server_;
  const Clock& clock_;
  unsigned commands_ = 0;
  /// Up to where nothing need be shown again, in the folder as it is numbered now.
  std::uint32_t uid_validity_ = 0, last_ = 0;
};

void ImapBox::prepare(CurlHandle& handle, std::size_t& heard) const {
  handle.set(CURLOPT_USERNAME, server_.user);
  handle.set(CURLOPT_PASSWORD, server_.password.reveal());
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, &on_heard);
  handle.set_data(CURLOPT_HEADERDATA, &heard);
  handle.set(CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGFUNCTION, &on_debug);
}

asio::awaitable<Answered> ImapBox::answer(CurlLine& line, std::string tag, std::string command) {
  ImapAnswer answer(tag);
  std::size_t lines = 0;
  bool alive = co_await line.write(fmt::format("{} {}\r\n", tag, command));
  while (alive && !answer.ended()) {
    auto text = co_await line.read_line(limits::mailbox_answer_bytes);
    alive = text && ++lines <= limits::mailbox_entries;
    if (!alive) break;
    if (auto literal = answer.heard(*text)) {
      auto bytes = co_await line.read_bytes(*literal, limits::mail_read_bytes);
      alive = bytes.has_value();
      if (alive) answer.heard_literal(std::move(*bytes));
    }
  }
  if (answer.ended()) co_return answer;
  co_return std::unexpected(line.fault().empty() ? "the server's answer has no end"
                                                 : line.fault());
}

asio::awaitable<Answered> ImapBox::ask(CurlLine& line, std::string command) {
  // libcurl's own tags begin with A to Z by connection; a word is free.
  auto tag = fmt::format("duban{}", ++commands_);
  auto answered = co_await with_deadline(answer(line, tag, std::move(command)), server_.timeout);
  if (!answered) co_return std::unexpected("no answer in time");
  co_return std::move(*answered);
}

// What has come since the last look.
asio::awaitable<Answered> ImapBox::fresh(CurlLine& line) {
  // Some providers open no folder to who does not say his name (RFC 2971); the others may refuse.
  if (auto named = co_await ask(line, "ID (\"name\" \"duban\")"); !named) co_return named;
  auto opened = co_await ask(line, "EXAMINE " + imap_quoted(server_.folder));
  if (!opened || !opened->is_ok()) co_return opened;
  if (opened->uid_validity() != uid_validity_) last_ = 0;
  uid_validity_ = opened->uid_validity();
  auto since = clock_.machine_now() - limits::mailbox_back;
  co_return co_await ask(line, last_ == 0 ? "UID SEARCH SINCE " + day_of_search(since)
                                          : fmt::format("UID SEARCH UID {}:*", last_ + 1));
}

asio::awaitable<Looked> ImapBox::read(CurlLine& line, const Take& take) {
  auto found = co_await fresh(line);
  if (!found) co_return std::unexpected(found.error());
  if (!found->is_ok()) co_return std::unexpected(found->words());
  auto uids = found->found();
  std::ranges::sort(uids);
  // `n:*` is the last mail even where that has a lower number.
  std::erase_if(uids, [&](std::uint32_t uid) { return uid <= last_; });
  if (uids.size() > limits::mails_at_once) uids.resize(limits::mails_at_once);
  bool all = true;
  for (auto uid : uids) {
    // BODY.PEEK: without it the mail would count as read.
    auto mail = co_await ask(line, fmt::format("UID FETCH {} (BODY.PEEK[]<0.{}>)", uid,
                                               limits::mail_read_bytes));
    if (!mail) co_return std::unexpected(mail.error());
    if (!mail->is_ok()) co_return std::unexpected(mail->words());
    // Deleted meanwhile: nothing is left to show.
    bool taken = !mail->fetched() || co_await take(std::move(*mail->fetched()));
    all = all && taken;
    if (all) last_ = uid;
  }
  co_return Looked{};
}

}  // namespace

std::unique_ptr<Mailbox> make_imap_box(asio::any_io_executor executor, ImapServer server,
                                       const Clock& clock) {
  return std::make_unique<ImapBox>(std::move(executor), std::move(server), clock);
}

}  // namespace duban::io
