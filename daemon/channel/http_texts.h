#pragma once
// The Mustache texts of a gateway's request, read once. Pure.

#include <string>
#include <utility>
#include <vector>

#include "channel/request_view.h"
#include "message/mustache.h"
#include "settings/daemon_settings.h"

namespace duban::channel {

using RequestText = message::Mustache<RequestView>;

struct HttpTexts {
  RequestText url, body;
  std::vector<std::pair<std::string, RequestText>> headers;
};

message::Escaping body_escaping(settings::HttpSettings::Form form);
/// The media type of a body, where no header names one.
std::string_view media_type(settings::HttpSettings::Form form);

/// Everything wrong with the texts of a channel's settings: names that are not there, a URL that
/// can be none, a body that would not be JSON.
Diagnostics diagnose_texts(const settings::ChannelSettings& settings);

}  // namespace duban::channel
