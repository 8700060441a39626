// bench_bare_curl URL COUNT CONNECTIONS BYTES: hands COUNT bodies (http) or mails (smtp) of BYTES
// to one server by libcurl's multi interface and nothing else: handles and connections are used
// again, nothing is written down. Prints the seconds it took. What tests/bench/run holds duban to.

#include <curl/curl.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Work {
  std::string url, body;
  long left = 0;
  bool mail = false;
};

struct Sender {
  CURL* easy = nullptr;
  const Work* work = nullptr;
  std::size_t read = 0;
};

std::size_t drop(char*, std::size_t, std::size_t size, void*) { return size; }

std::size_t read_mail(char* to, std::size_t, std::size_t room, void* self) {
  auto& sender = *static_cast<Sender*>(self);
  auto part = std::string_view{sender.work->body}.substr(sender.read).substr(0, room);
  std::memcpy(to, part.data(), part.size());
  sender.read += part.size();
  return part.size();
}

curl_slist* listed(std::initializer_list<const char*> lines) {
  curl_slist* list = nullptr;
  for (const auto* line : lines) list = curl_slist_append(list, line);
  return list;
}

void prepare(Sender& sender) {
  auto* easy = sender.easy = curl_easy_init();
  const auto& work = *sender.work;
  curl_easy_setopt(easy, CURLOPT_URL, work.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &sender);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &drop);
  if (work.mail) {
    static auto* to = listed({"<liaison@units.example.org>"});
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, "<duban@wuban.example.org>");
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &read_mail);
    curl_easy_setopt(easy, CURLOPT_READDATA, &sender);
  } else {
    static auto* headers = listed({"Content-Type: application/json", "Expect:"});
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, work.body.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(work.body.size()));
  }
}

bool start_next(CURLM* multi, Sender& sender, Work& work) {
  if (work.left == 0) return false;
  --work.left;
  sender.read = 0;
  return curl_multi_add_handle(multi, sender.easy) == CURLM_OK;
}

void check(const CURLMsg& message, bool mail) {
  long status = 0;
  curl_easy_getinfo(message.easy_handle, CURLINFO_RESPONSE_CODE, &status);
  if (message.data.result == CURLE_OK && (mail || status / 100 == 2)) return;
  std::fprintf(stderr, "%s, status %ld\n", curl_easy_strerror(message.data.result), status);
  std::exit(1);
}

void run(std::vector<Sender>& senders, Work& work) {
  auto* multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(senders.size()));
  long busy = 0;
  for (auto& sender : senders) {
    prepare(sender);
    busy += start_next(multi, sender, work) ? 1 : 0;
  }
  while (busy > 0) {
    int running = 0;
    int left = 0;
    curl_multi_perform(multi, &running);
    while (auto* message = curl_multi_info_read(multi, &left)) {
      check(*message, work.mail);
      void* sender = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &sender);
      curl_multi_remove_handle(multi, message->easy_handle);
      if (!start_next(multi, *static_cast<Sender*>(sender), work)) --busy;
    }
    curl_multi_poll(multi, nullptr, 0, 100, nullptr);
  }
}

std::string body_of(bool mail, std::size_t bytes) {
  std::string body = mail ? "Subject: bench\r\n\r\n" : "{\"text\":\"";
  while (body.size() < bytes) body += body.size() % 78 == 76 && mail ? "\r\n" : "x";
  return body + (mail ? "\r\n" : "\"}");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  Work work{.url = argv[1], .body = {}, .left = std::atol(argv[2])};
  work.mail = work.url.starts_with("smtp");
  work.body = body_of(work.mail, static_cast<std::size_t>(std::atol(argv[4])));
  std::vector<Sender> senders(static_cast<std::size_t>(std::atol(argv[3])));
  for (auto& sender : senders) sender.work = &work;
  const auto began = std::chrono::steady_clock::now();
  run(senders, work);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%.6f\n", took.count());
  return 0;
}
