#pragma once
// A notice as a mail: the whole RFC 5322 message, because libcurl encodes no headers. The same
// message goes out by SMTP and into the folder channel's Maildirs.

#include <string>

#include "base/time.h"
#include "delivery/channel.h"

namespace duban::channel {

/// How a channel signs its mails.
struct MailSender {
  /// A bare address that wire_address accepts; the envelope's sender too.
  std::string from;
  std::string from_name, reply_to;
  /// Offset of the Date header from UTC (the office's civil time).
  Seconds offset{8 * 3600};
};

/// The message of one attempt, lines ended by CRLF, ASCII throughout. `at` is machine time. The
/// Message-ID is the notice's and the same on every attempt; a later attempt differs in Date and
/// X-Duban-Attempt only. An address that is no mail address (a folder's) stands as a group in To.
std::string compose_letter(const delivery::Parcel& parcel, const MailSender& sender, Instant at);

}  // namespace duban::channel
