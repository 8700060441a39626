#include "io/curl_handle.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/limits.h"
#include "io/network_address.h"

namespace duban::io {
namespace {

using namespace std::chrono_literals;

bool leads_inside(const curl_sockaddr& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (address.family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address.addr, sizeof four);
    std::memcpy(bytes.data(), &four.sin_addr, 4);
    return is_private_address(std::span<const std::uint8_t>{bytes.data(), 4});
  }
  if (address.family != AF_INET6 || address.addrlen < sizeof(sockaddr_in6)) return true;
  // curl_sockaddr ends in a sockaddr, behind which the longer address goes on.
  std::memcpy(bytes.data(),
              reinterpret_cast<const char*>(&address.addr) + offsetof(sockaddr_in6, sin6_addr), 16);
  return is_private_address(std::span<const std::uint8_t>{bytes});
}

int close_socket(void* pool, curl_socket_t socket) {
  return static_cast<CurlPool*>(pool)->close_socket(socket);
}

bool is_tls_failure(int code) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED:
      return true;
    default:
      return false;
  }
}

}  // namespace

CurlHandle::CurlHandle(CurlPool& pool, std::chrono::milliseconds timeout, const std::string& ca,
                       bool allow_private)
    // Not one that was used before: libcurl 7.88 then reads headers of an earlier answer, which it
    // has freed. The corpus of fuzz_http_wire, played with such handles, shows it.
    : pool_(pool), easy_(curl_easy_init()), allow_private_(allow_private) {
  if (easy_ == nullptr) throw std::bad_alloc{};
  set(CURLOPT_NOSIGNAL, 1L);
  // Without it the end of a transfer waits for the resolver's thread, however long that hangs.
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  auto connect = std::min<std::chrono::milliseconds>(timeout, limits::connect_timeout);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect.count()));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set(CURLOPT_BUFFERSIZE, 16L << 10);
  set(CURLOPT_PROXY, "");  // not the environment's
  if (!ca.empty()) set(CURLOPT_CAINFO, ca);
  // Beside a folder libcurl reads the file of certificates anew for every connection, which holds
  // up the whole loop; and a named file would be trusted together with the system's folder.
  set_data(CURLOPT_CAPATH, nullptr);
  set_data(CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, &CurlHandle::open_socket);
  set_data(CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy_, CURLOPT_CLOSESOCKETFUNCTION, &close_socket);
  set_data(CURLOPT_CLOSESOCKETDATA, &pool);
  curl_easy_setopt(easy_, CURLOPT_PREREQFUNCTION, &CurlHandle::check_peer);
  set_data(CURLOPT_PREREQDATA, this);
}

CurlHandle::~CurlHandle() { curl_easy_cleanup(easy_); }

void CurlHandle::FreeList::operator()(void* list) const {
  curl_slist_free_all(static_cast<curl_slist*>(list));
}

void CurlHandle::set(int option, const std::string& value) {
  curl_easy_setopt(easy_, static_cast<CURLoption>(option), value.c_str());
}

void CurlHandle::set(int option, long value) {
  curl_easy_setopt(easy_, static_cast<CURLoption>(option), value);
}

void CurlHandle::set_data(int option, void* value) {
  curl_easy_setopt(easy_, static_cast<CURLoption>(option), value);
}

void CurlHandle::set_list(int option, const std::vector<std::string>& lines) {
  curl_slist* list = nullptr;
  for (const auto& line : lines) list = curl_slist_append(list, line.c_str());
  lists_.emplace_back(list);
  set_data(option, list);
}

// The address that is connected to decides, not the name: a name can be given another address
// between the look and the call.
int CurlHandle::open_socket(void* handle, int, void* address) {
  auto* self = static_cast<CurlHandle*>(handle);
  const auto& to = *static_cast<curl_sockaddr*>(address);
  if (!self->allow_private_ && leads_inside(to)) {
    self->private_refused_ = true;
    return CURL_SOCKET_BAD;
  }
  int made = socket(to.family, to.socktype | SOCK_CLOEXEC, to.protocol);
  if (made >= 0) self->pool_.opened(made);
  return made;
}

// A connection of the pool was opened by another transfer, with another permission.
int CurlHandle::check_peer(void* handle, char* peer, char*, int peer_port, int local_port) {
  auto* self = static_cast<CurlHandle*>(handle);
  self->private_refused_ = !self->allow_private_ && is_private_address(std::string{peer});
  bool used_before = self->number(CURLINFO_NUM_CONNECTS) == 0;
  if (used_before && !self->private_refused_) {
    self->met_leftovers_ = self->pool_.empty_out({peer, peer_port, local_port});
  }
  bool may_begin = !self->private_refused_ && !self->met_leftovers_;
  return may_begin ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

void CurlHandle::want_fresh_connection() {
  met_leftovers_ = false;
  set(CURLOPT_FRESH_CONNECT, 1L);
}

long CurlHandle::number(int info) const {
  long value = 0;
  curl_easy_getinfo(easy_, static_cast<CURLINFO>(info), &value);
  return value;
}

std::chrono::milliseconds CurlHandle::took() const {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_, CURLINFO_TOTAL_TIME_T, &microseconds);
  return std::chrono::milliseconds{microseconds / 1000};
}

Stage CurlHandle::stage_of(int code) const {
  if (private_refused_ || code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return Stage::target;
  }
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY) {
    return Stage::resolve;
  }
  if (is_tls_failure(code)) return Stage::tls;
  if (code == CURLE_COULDNT_CONNECT) return Stage::connect;
  auto reached = [&](CURLINFO info) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_, info, &microseconds);
    return microseconds > 0;
  };
  if (reached(CURLINFO_CONNECT_TIME_T)) return Stage::talk;
  return reached(CURLINFO_NAMELOOKUP_TIME_T) ? Stage::connect : Stage::resolve;
}

TransportError CurlHandle::failure(int code) const {
  TransportError error;
  error.stage = stage_of(code);
  error.timed_out = code == CURLE_OPERATION_TIMEDOUT;
  error.text = private_refused_      ? "the host has an address that is not public"
               : error_text_[0] != 0 ? std::string{error_text_.data()}
                                     : curl_easy_strerror(static_cast<CURLcode>(code));
  return error;
}

}  // namespace duban::io
