#pragma once
// Mail: the notice as a whole message handed to one relay over TLS.

#include "base/bilingual.h"
#include "base/secret.h"
#include "channel/channel_type.h"
#include "channel/letter.h"

namespace duban::channel {

/// `smtps://host[:465]` or `smtp://host[:587]`.
struct MailServer {
  std::string host;
  unsigned port = 465;
  io::MailTls tls = io::MailTls::implicit;
};

struct SmtpOptions {
  MailServer server;
  std::string user;
  Secret password;
  MailSender sender;
  std::string ca, proxy;
  Pacing pacing;
};

std::unique_ptr<delivery::Channel> make_smtp(SmtpOptions options, io::Transport& transport,
                                             const Clock& clock);

/// Reads `url` and `tls` of the settings (empty, `implicit`, `starttls`, `none`); the error is for
/// a person. Without TLS only to the same machine.
std::expected<MailServer, Bilingual> parse_mail_server(std::string_view url, std::string_view tls);

/// What a dialogue that the server ended came to, for its one recipient.
delivery::Outcome judge_mail(const io::MailReply& reply, std::string_view message);

Diagnostics diagnose_smtp(const settings::ChannelSettings& settings);
Bilingual smtp_address_problem(const settings::ChannelSettings& settings,
                               std::string_view address);
MadeChannel make_smtp_channel(const settings::ChannelSettings& settings,
                              const ChannelParts& parts);

inline constexpr ChannelType smtp_type{"smtp", diagnose_smtp, smtp_address_problem,
                                       make_smtp_channel};

}  // namespace duban::channel
