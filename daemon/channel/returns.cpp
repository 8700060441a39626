#include "channel/returns.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include "channel/channel_type.h"
#include "io/network_address.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

constexpr BilingualView how_to_write{
    "bounces 应写成 Maildir 的绝对路径,或 imaps://主机:993/INBOX(STARTTLS 用 imap://主机:143)",
    "bounces must be the absolute path of a Maildir, or imaps://HOST:993/INBOX (with STARTTLS "
    "imap://HOST:143)"};

// The folder, as the server calls it: a path of ASCII.
std::expected<std::string, Bilingual> folder_of(const boost::urls::url_view& url) {
  std::string path{url.path()};
  while (path.starts_with('/')) path.erase(0, 1);
  while (path.ends_with('/')) path.pop_back();
  for (char c : path) {
    if (c < ' ' || c > '~') {
      return std::unexpected(
          both("bounces 里的文件夹按服务器上的名称写,只用 ASCII",
               "the folder in bounces must be called as on the server, in ASCII only"));
    }
  }
  return path.empty() ? "INBOX" : path;
}

}  // namespace

std::expected<ReturnPlace, Bilingual> parse_returns(std::string_view text, std::string_view tls) {
  if (text.starts_with('/')) return std::filesystem::path{text};
  auto parsed = boost::urls::parse_uri(text);
  bool imap = parsed && (parsed->scheme() == "imap" || parsed->scheme() == "imaps");
  if (!imap || parsed->encoded_host().empty()) return std::unexpected(Bilingual{how_to_write});
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) {
    return std::unexpected(
        both("bounces 只写主机、端口和文件夹;用户名和密码是本渠道的 user、password",
             "bounces holds host, port and folder only; user and password are those of the "
             "channel"));
  }
  auto folder = folder_of(*parsed);
  if (!folder) return std::unexpected(folder.error());
  io::ImapServer server;
  bool implicit = parsed->scheme() == "imaps";
  if (!implicit) server.tls = io::MailTls::starttls;
  unsigned standard = implicit ? 993 : 143;
  server.port = parsed->has_port() ? parsed->port_number() : standard;
  if (server.port == 0) {
    return std::unexpected(
        both("bounces 的端口应为 1 至 65535", "the port of bounces must be from 1 to 65535"));
  }
  server.host = parsed->host();
  server.folder = *folder;
  bool plain = !implicit && tls == "none" && io::is_loopback_host(server.host);
  if (plain) server.tls = io::MailTls::none;
  return server;
}

void diagnose_returns(const settings::ChannelSettings& settings, Diagnostics& out) {
  if (!settings.places.contains("bounces")) return;
  auto place = parse_returns(settings.bounces, settings.tls);
  if (!place) {
    settings::error(out, settings.place_of("bounces"), "bad-value", place.error());
  } else if (std::holds_alternative<io::ImapServer>(*place) && settings.user.empty()) {
    settings::error(out, settings.place_of("bounces"), "missing-key",
                    {"从服务器读退信要用本渠道的 user 和 password 登录",
                     "returned mail is read from a server with the channel's user and password"});
  }
}

std::string describe_returns(const settings::ChannelSettings& settings) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", settings.bounces, settings.tls, settings.user,
                     settings.ca.string(), settings.proxy,
                     settings.timeout ? settings.timeout->count() : 0);
}

std::expected<std::unique_ptr<io::Mailbox>, Diagnostics> make_returns(
    const settings::ChannelSettings& settings, boost::asio::any_io_executor executor,
    const Clock& clock) {
  if (settings.bounces.empty()) return nullptr;
  auto place = parse_returns(settings.bounces, settings.tls).value();
  if (auto* folder = std::get_if<std::filesystem::path>(&place)) {
    return io::make_maildir(folder->string(), clock);
  }
  auto server = std::get<io::ImapServer>(std::move(place));
  Diagnostics problems;
  server.password = read_secret(settings.password, problems);
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  server.user = settings.user;
  server.ca = settings.ca.string();
  server.proxy = settings.proxy;
  if (settings.timeout) server.timeout = *settings.timeout;
  return io::make_imap_box(std::move(executor), std::move(server), clock);
}

}  // namespace duban::channel
