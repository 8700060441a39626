// A mailbox server's answer to one command, led as io/imap_box.cpp leads it.
#include "fuzz/input.h"
#include "io/imap_dialogue.h"

using namespace duban;
using namespace duban::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = text_of(data, size);
  io::ImapAnswer answer("t");
  while (!rest.empty() && !answer.ended()) {
    auto line = take_line(rest);
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto literal = answer.heard(line);
    require(!literal || !answer.ended(), "what has ended waits for no bytes", line);
    if (!literal || *literal > rest.size()) continue;
    answer.heard_literal(std::string{rest.substr(0, *literal)});
    rest.remove_prefix(*literal);
  }
  require(answer.ended() || !answer.is_ok(), "what has not ended is not well");
  require(answer.words().size() <= size && answer.found().size() <= size, "it is bounded");
  for (auto uid : answer.found()) require(uid != 0, "a mail has a number");
  require(!answer.fetched() || answer.fetched()->size() <= size, "a mail was sent");
  return 0;
}
