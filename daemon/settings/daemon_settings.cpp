#include "settings/daemon_settings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "settings/day_span.h"
#include "settings/report.h"

namespace duban::settings {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

std::optional<milliseconds> read_duration(Section& section, std::string_view key,
                                          milliseconds most) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto duration = parse_duration(word->value);
  if (!duration) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 不能写{}", "{} cannot be {}", key, in_quotes(word->value)),
          {"例如 \"30s\"、\"10m\"、\"1h\"", "write for example \"30s\", \"10m\" or \"1h\""});
    return std::nullopt;
  }
  if (*duration > most) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 太长:{}", "{} is too long: {}", key, in_quotes(word->value)));
    return std::nullopt;
  }
  return duration;
}

// `audit = false`, `true`, or how often.
std::chrono::seconds read_audit(Section& section) {
  const auto* node = section.any("audit");
  if (node == nullptr) return limits::audit_every;
  if (node->kind == Node::Kind::boolean) {
    return node->truth ? limits::audit_every : std::chrono::seconds{0};
  }
  if (node->kind != Node::Kind::text) {
    error(section.diagnostics(), node->place, "wrong-type",
          {"audit 应写 true、false 或多久一次", "audit must be true, false or how often"},
          {"例如 audit = \"1h\"", "write for example audit = \"1h\""});
    return limits::audit_every;
  }
  auto every = read_duration(section, "audit", std::chrono::hours{24});
  return every ? std::chrono::ceil<std::chrono::seconds>(*every) : limits::audit_every;
}

fs::path read_path(Section& section, std::string_view key, const fs::path& folder,
                   std::string_view otherwise) {
  auto word = section.text(key);
  if (word && word->value.empty()) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 不能为空", "{} must not be empty", key));
  }
  return (folder / (word ? word->value : std::string{otherwise})).lexically_normal();
}

std::string read_word(Section& section, std::string_view key) {
  auto word = section.text(key);
  return word ? word->value : std::string{};
}

std::optional<unsigned> read_count(Section& section, std::string_view key, std::int64_t most) {
  auto count = section.integer(key, 1, most);
  return count ? std::optional{static_cast<unsigned>(count->value)} : std::nullopt;
}

void note_places(Section& section, ChannelSettings& channel) {
  for (const auto* key : {"type", "format", "path", "url", "tls", "user", "password", "from",
                          "from_name", "reply_to", "ca", "proxy", "secrets", "secret", "key",
                          "mention", "headers", "body", "sign", "token", "outcome",
                          "allow_private", "per_second", "concurrency", "timeout", "bounces"}) {
    if (const auto* node = section.any(key)) channel.places[key] = node->place;
  }
}

ChannelSettings read_channel(Named& named, const fs::path& folder) {
  auto& section = named.section;
  ChannelSettings channel;
  channel.id = named.name.value;
  channel.place = named.name.place;
  note_places(section, channel);
  auto type = section.text("type");
  channel.type = type ? type->value : channel.id;
  channel.format = read_word(section, "format");
  channel.path = read_word(section, "path");
  channel.url = read_word(section, "url");
  channel.tls = read_word(section, "tls");
  channel.user = read_word(section, "user");
  channel.from = read_word(section, "from");
  channel.from_name = read_word(section, "from_name");
  channel.reply_to = read_word(section, "reply_to");
  channel.proxy = read_word(section, "proxy");
  channel.bounces = read_word(section, "bounces");
  if (section.has("ca")) channel.ca = read_path(section, "ca", folder, "");
  channel.password = read_secret(section, "password", folder);
  channel.secrets = read_secrets(section, "secrets", folder);
  channel.secret = read_secret(section, "secret", folder);
  channel.key = read_secret(section, "key", folder);
  for (auto& word : section.texts("mention").value_or(Words{})) {
    channel.mention.push_back(std::move(word.value));
  }
  channel.http = read_http(section, folder);
  channel.allow_private = section.boolean("allow_private").value_or(false);
  channel.per_second = read_count(section, "per_second", 1000);
  channel.concurrency = read_count(section, "concurrency", limits::attempts_in_flight);
  channel.timeout = read_duration(section, "timeout", limits::attempt_timeout);
  channel.hours = read_hours(section, "hours");
  channel.quiet = read_quiet(section, "quiet");
  section.finish();
  return channel;
}

void read_channels(Section& section, const fs::path& folder, DaemonSettings& settings) {
  if (!section.has("channel")) {
    section.missing("channel", {"至少写一个,如 [channel.folder]",
                                "write at least one, such as [channel.folder]"});
    return;
  }
  for (auto& named : section.named_tables("channel")) {
    settings.channels.push_back(read_channel(named, folder));
  }
}

DaemonSettings read_settings(Section& section, const fs::path& file) {
  auto folder = file.parent_path();
  DaemonSettings settings;
  settings.file = file;
  settings.state = read_path(section, "state", folder, "/var/lib/duban");
  settings.plans = read_path(section, "plans", folder, "plans");
  settings.calendars = read_path(section, "calendars", folder, "calendars");
  settings.templates = read_path(section, "templates", folder, "templates");
  settings.socket = read_path(section, "socket", folder, "/run/duban/duband.sock");
  if (auto step = read_duration(section, "max_step", std::chrono::hours{24 * 366})) {
    settings.max_step = std::chrono::ceil<std::chrono::seconds>(*step);
  }
  if (auto contact = section.text("redirect_all")) {
    settings.redirect_all = contact->value;
    settings.redirect_all_place = contact->place;
  }
  settings.watch = section.boolean("watch").value_or(false);
  settings.audit = read_audit(section);
  settings.page = read_page(section);
  settings.metrics = read_metrics(section);
  settings.heartbeat = read_heartbeat(section, folder);
  read_channels(section, folder, settings);
  section.finish();
  return settings;
}

}  // namespace

const Place& ChannelSettings::place_of(const std::string& name) const {
  auto found = places.find(name);
  return found == places.end() ? place : found->second;
}

const ChannelSettings* DaemonSettings::find_channel(std::string_view id) const {
  auto found = std::ranges::find(channels, id, &ChannelSettings::id);
  return found == channels.end() ? nullptr : &*found;
}

std::vector<std::string> DaemonSettings::channel_ids() const {
  std::vector<std::string> ids;
  for (const auto& channel : channels) ids.push_back(channel.id);
  return ids;
}

LoadedSettings load_settings(const std::filesystem::path& file) {
  LoadedSettings loaded;
  auto shown = file.lexically_normal().generic_string();
  auto toml = read_toml(file, shown, limits::settings_bytes, loaded.diagnostics);
  if (!toml) return loaded;
  loaded.text = std::move(toml->text);
  toml->root.place = {shown, 0, 0};
  Section section{toml->root, "duband.toml", loaded.diagnostics};
  auto settings = read_settings(section, file);
  sort_by_place(loaded.diagnostics);
  if (!has_errors(loaded.diagnostics)) loaded.settings = std::move(settings);
  return loaded;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  constexpr std::int64_t most = 1'000'000'000;
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || number <= 0 || number > most) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const auto& [name, size] : units) {
    if (name == unit) return milliseconds{number * size};
  }
  return std::nullopt;
}

}  // namespace duban::settings
