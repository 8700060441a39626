#include "ctl/client.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <curl/curl.h>

#include <memory>

#include "base/limits.h"
#include "ctl/plan_files.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > limits::answer_bytes) return 0;
  body.append(data, size * count);
  return size * count;
}

bool is_good(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status / 100 == 2;
}

/// A long answer on its way: to the sink when it is a good one, else kept.
struct Fetching {
  CURL* handle;
  const Sink& sink;
  std::string refusal;
};

std::size_t take_piece(char* data, std::size_t size, std::size_t count, void* into) {
  auto& fetching = *static_cast<Fetching*>(into);
  if (!is_good(fetching.handle)) return take(data, size, count, &fetching.refusal);
  return fetching.sink({data, size * count}) ? size * count : 0;
}

std::unique_ptr<CURL, CurlEnd> handle_for(const std::filesystem::path& socket,
                                          const std::string& target) {
  std::unique_ptr<CURL, CurlEnd> curl{curl_easy_init()};
  if (!curl) return curl;
  auto url = "http://duband" + target;
  curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  return curl;
}

/// The status, or why nobody answered.
std::expected<long, Bilingual> status_after(CURL* curl) {
  const auto result = curl_easy_perform(curl);
  if (result != CURLE_OK) return std::unexpected(alike(curl_easy_strerror(result)));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::string encoded(const std::string& text) {
  std::unique_ptr<char, decltype(&curl_free)> safe{
      curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())), curl_free};
  return safe ? std::string{safe.get()} : std::string{};
}

std::string field(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(json::string_view{key.data(), key.size()});
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

engine::Refusal refusal_in(const HttpReply& reply) {
  json::error_code error;
  auto value = json::parse(reply.body, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* inner = object == nullptr ? nullptr : object->if_contains("error");
  if (inner == nullptr || !inner->is_object()) {
    return {"bad-answer",
            both("duband 的回答看不懂(HTTP {})", "cannot read the answer of duband (HTTP {})",
                 reply.status),
            both("socket 这一行指的真是 duband 吗?",
                 "check that socket in duband.toml is that of duband")};
  }
  const auto& said = inner->get_object();
  return {field(said, "code"), alike(field(said, "message")), alike(field(said, "mend"))};
}

Bilingual out_of_memory() { return both("内存不足", "out of memory"); }

}  // namespace

std::string with_query(std::string_view path, const Query& query) {
  std::string target{path};
  char mark = '?';
  for (const auto& [key, value] : query) {
    if (value.empty()) continue;
    target += mark + encoded(key) + "=" + encoded(value);
    mark = '&';
  }
  return target;
}

std::expected<HttpReply, Bilingual> request(const std::filesystem::path& socket,
                                            std::string_view method, const std::string& target,
                                            const std::string& body,
                                            std::chrono::milliseconds within) {
  auto curl = handle_for(socket, target);
  if (!curl) return std::unexpected(out_of_memory());
  std::string answer;
  std::unique_ptr<curl_slist, CurlEnd> headers{
      curl_slist_append(nullptr, "Content-Type: application/json")};
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(within.count()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  if (method == "POST") {
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, body.c_str());
  }
  auto status = status_after(curl.get());
  if (!status) return std::unexpected(status.error());
  return HttpReply{*status, std::move(answer)};
}

std::expected<HttpReply, Bilingual> fetch(const std::filesystem::path& socket,
                                          const std::string& target, const Sink& sink,
                                          std::chrono::milliseconds within) {
  auto curl = handle_for(socket, target);
  if (!curl) return std::unexpected(out_of_memory());
  Fetching fetching{curl.get(), sink, {}};
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(within.count()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_piece);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &fetching);
  auto status = status_after(curl.get());
  if (!status) return std::unexpected(status.error());
  return HttpReply{*status, std::move(fetching.refusal)};
}

std::expected<std::string, int> good_answer(std::expected<HttpReply, Bilingual> reply,
                                            const std::filesystem::path& socket,
                                            Console& console) {
  if (!reply) {
    print_refusal({"unreachable",
                   both("连不上 duband({}):{}", "cannot reach duband ({}): {}", socket.string(),
                        reply.error()),
                   both("duband 没有在运行,或者您不在 duban 用户组里",
                        "check that duband is running and that you are in the group duban")},
                  console);
    return std::unexpected(unreachable);
  }
  if (reply->body.ends_with('\n')) reply->body.pop_back();
  if (reply->status / 100 == 2) return std::move(reply->body);
  print_refusal(refusal_in(*reply), console);
  return std::unexpected(not_asked);
}

std::optional<settings::DaemonSettings> read_settings(const Command& command, Console& console) {
  auto loaded = settings::load_settings(command.config);
  if (!loaded.settings) {
    tell_in(console.language, loaded.diagnostics);
    print_diagnostics(loaded.diagnostics, {{command.config.string(), loaded.text}}, console,
                      console.err);
  }
  return std::move(loaded.settings);
}

std::expected<std::string, int> ask(const Command& command, std::string_view method,
                                    const std::string& target, const std::string& body,
                                    Console& console) {
  auto settings = read_settings(command, console);
  if (!settings) return std::unexpected(not_asked);
  const auto& socket = settings->socket;
  return good_answer(request(socket, method, target, body), socket, console);
}

}  // namespace duban::ctl
