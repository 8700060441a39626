// A mail in the sender's mailbox: through what reads it as a report of a notice that came back.
#include "base/limits.h"
#include "channel/returned_mail.h"
#include "fuzz/input.h"

using namespace duban;
using namespace duban::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto mail = text_of(data, size);
  auto read = channel::read_returned_mail(mail);
  bool about = read.what != channel::Returned::other_mail;
  require(about == !read.notice.empty(), "it is about a notice, or about none", read.notice);
  require(!about || (read.notice.size() == 30 && mail.contains(read.notice)), "one that it names",
          read.notice);
  bool failed = read.what == channel::Returned::failed;
  require(failed == (read.reason != Reason::none), "what failed has a reason", read.notice);
  require(is_utf8_text(read.detail) && !read.detail.contains('\n'), "its words are a line of text");
  require(read.detail.size() <= limits::detail_bytes, "and are bounded");
  return 0;
}
