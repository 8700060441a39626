#pragma once
// Easy handles, and what every one of them is told. For io/curl_*.cpp only.

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "io/curl_pool.h"
#include "io/transport.h"

namespace duban::io {

/// An easy handle with the options of every transfer; `guard` watches where it connects to.
class CurlHandle {
 public:
  /// `pool` must outlive this object, which must outlive the transfer; the strings given to set()
  /// need not outlive the call. `allow_private`: whether addresses that are not public may be
  /// connected to.
  CurlHandle(CurlPool& pool, std::chrono::milliseconds timeout, const std::string& ca,
             bool allow_private);
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  void* get() const { return easy_; }
  /// `option` is a CURLoption.
  void set(int option, const std::string& value);
  void set(int option, long value);
  void set_data(int option, void* value);
  void set_list(int option, const std::vector<std::string>& lines);

  /// The transfer was not begun, because its connection, one used before, had bytes on it already:
  /// what an earlier answer left over, which is no answer to this one. That connection is closed.
  bool met_leftovers() const { return met_leftovers_; }
  /// The next transfer gets a connection of its own.
  void want_fresh_connection();
  /// How far it came, seen from the handle alone, after it ended with `code`.
  TransportError failure(int code) const;
  long number(int info) const;
  /// How long the transfer took.
  std::chrono::milliseconds took() const;

 private:
  struct FreeList {
    void operator()(void* list) const;
  };
  static int open_socket(void* handle, int purpose, void* address);
  static int check_peer(void* handle, char* peer, char* local, int peer_port, int local_port);
  Stage stage_of(int code) const;

  CurlPool& pool_;
  void* easy_;
  bool allow_private_;
  bool private_refused_ = false, met_leftovers_ = false;
  std::array<char, 256> error_text_{};
  std::vector<std::unique_ptr<void, FreeList>> lists_;
};

}  // namespace duban::io
