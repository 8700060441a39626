#pragma once
// What comes back to the sender's mailbox: of one mail, whether it is a mail system's report that a
// notice could not be delivered (RFC 3464 in a multipart/report of RFC 6522).

#include <string>
#include <string_view>

#include "base/states.h"

namespace duban::channel {

/// What a mail says of a notice.
enum class Returned {
  /// Nothing: a person's answer, an out-of-office reply, anything else.
  other_mail,
  /// A report that decides nothing: delayed, relayed, delivered.
  not_failed,
  /// A mail system says something of a notice, and not in a form that can be read: for a person.
  unclear,
  /// The notice reached nobody.
  failed,
};

struct ReturnedMail {
  Returned what = Returned::other_mail;
  /// Its id as the Message-ID of the returned mail has it; empty for other mail.
  std::string notice = {};
  /// Of what failed: bad_address, tries_exhausted, refused.
  Reason reason = Reason::none;
  /// What the mail system said, as a log may keep it: one line, bounded.
  std::string detail = {};
};

/// `message`: a whole RFC 5322 message or its beginning, of which only that is believed which names
/// a notice. Any thread.
ReturnedMail read_returned_mail(std::string_view message);

}  // namespace duban::channel
