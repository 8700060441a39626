#pragma once
// Connections to mail servers that wait for the next mail of a burst. They wait only while some
// mail is under way: an idle program has none. For io/*mail*.cpp only.

#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "io/mail_line.h"

namespace duban::io {

/// One thread's.
class MailLines {
 public:
  /// As long as one of these lives, a mail is under way; the last takes the waiting lines with it.
  class UnderWay {
   public:
    explicit UnderWay(std::shared_ptr<MailLines> lines);
    ~UnderWay();
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

   private:
    std::shared_ptr<MailLines> lines_;
  };

  /// A line to the same server by the same login, encryption and EHLO name, on which nothing has
  /// come unasked; null: none.
  std::unique_ptr<MailLine> take(const MailRequest& request);
  /// Keeps a line for the next, or says goodbye.
  void put(const MailRequest& request, std::unique_ptr<MailLine> line);

 private:
  struct Waiting {
    std::string server;
    std::chrono::steady_clock::time_point since;
    std::unique_ptr<MailLine> line;
  };
  void close_all();

  std::list<Waiting> waiting_;
  std::size_t under_way_ = 0;
};

}  // namespace duban::io
