#pragma once
// duband.toml as a value: the only file the daemon is given. Says nothing of whether a channel can
// work: each channel checks its own options.

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/time.h"
#include "settings/http_settings.h"
#include "settings/page_settings.h"
#include "settings/secret_ref.h"
#include "settings/watch_settings.h"

namespace duban::settings {

/// `[channel.<id>]`. Which of these a channel needs depends on its type; the channel says so.
struct ChannelSettings {
  std::string id, type;
  std::string format, path, url, tls, user, from, from_name, reply_to, proxy,
      bounces;
  /// Absolute, or empty.
  std::filesystem::path ca;
  std::optional<SecretRef> password;
  /// One, or the new and the old while they are rotated.
  std::vector<SecretRef> secrets;
  /// What signs, or stands in a request; of a bot also the key that its URL ends in.
  std::optional<SecretRef> secret, key;
  /// Whom a bot's message calls, as its protocol names people.
  std::vector<std::string> mention;
  HttpSettings http;
  bool allow_private = false;
  /// Pacing; absent: the channel's own.
  std::optional<unsigned> per_second, concurrency;
  std::optional<std::chrono::milliseconds> timeout;
  /// When it may be used: on working days within `hours`, on any day outside `quiet`.
  std::optional<DaySpan> hours, quiet;
  /// Where each key's value stands (or of a table, the key), for the channel's diagnostics.
  std::map<std::string, Place> places;
  /// The table's header.
  Place place;

  /// The place of a key, or of the whole table where it is not written.
  const Place& place_of(const std::string& name) const;
};

struct DaemonSettings {
  /// All absolute or relative to the working directory, as the file's own path is.
  std::filesystem::path file, state, plans, calendars, templates, socket;
  std::chrono::seconds max_step = limits::clock_step;
  /// Pilot mode: the contact that gets everything; empty: off.
  std::string redirect_all;
  Place redirect_all_place;
  bool watch = false;
  /// How often the daemon audits itself; 0: never.
  std::chrono::seconds audit = limits::audit_every;
  /// Absent: no pages.
  std::optional<PageSettings> page;
  /// Absent: no metrics but over the socket; no heartbeat.
  std::optional<MetricsSettings> metrics;
  std::optional<HeartbeatSettings> heartbeat;
  /// In the order of the file.
  std::vector<ChannelSettings> channels;

  const ChannelSettings* find_channel(std::string_view id) const;
  std::vector<std::string> channel_ids() const;
};

/// The settings, all mistakes, and the text for excerpts under carets.
struct LoadedSettings {
  std::optional<DaemonSettings> settings;
  Diagnostics diagnostics;
  std::string text;
};

/// Empty settings when the file has an error.
LoadedSettings load_settings(const std::filesystem::path& file);

/// `1h`, `90s`, `10m`, `500ms`, `2d`: a whole number and its unit, more than zero.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace duban::settings
