#include "channel/folder.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "channel/file_drop.h"
#include "channel/mail_address.h"
#include "channel/outcome.h"
#include "io/aside.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

namespace fs = std::filesystem;

// A full disk empties again; a folder that may not be written does not by itself.
bool needs_a_hand(const std::error_code& failure) {
  constexpr std::array lasting{std::errc::permission_denied, std::errc::operation_not_permitted,
                               std::errc::read_only_file_system, std::errc::not_a_directory,
                               std::errc::too_many_symbolic_link_levels};
  return std::ranges::any_of(lasting, [&](std::errc code) { return failure == code; });
}

class Folder final : public delivery::Channel {
 public:
  Folder(FolderOptions options, const Clock& clock)
      : options_(std::move(options)), clock_(clock) {}

  boost::asio::awaitable<delivery::Outcome> send(delivery::Parcel parcel) override {
    if (auto fault = text_address_problem(parcel.address); !fault.empty()) {
      co_return not_delivered(AttemptOutcome::rejected, Reason::bad_address, fault.chinese);
    }
    auto file = std::make_shared<Dropped>();
    file->json = options_.format == FolderFormat::json;
    file->folder = options_.folder / folder_name(parcel.address);
    file->bytes = bytes_of(parcel);
    file->notice = std::move(parcel.notice);
    // The disk takes its time, and the loop has others to serve.
    co_await aside_.run([file] { file->failure = write(*file); });
    if (file->failure) co_return not_written(file->failure);
    co_return delivered(file->bytes);
  }

  std::string preview(const delivery::Parcel& parcel) const override { return bytes_of(parcel); }
  const delivery::RetryCurve& retry_curve() const override {
    using namespace std::chrono_literals;
    static const delivery::RetryCurve curve{.delays = {5s, 30s, 120s, 600s}, .give_up = 24h};
    return curve;
  }
  std::string address_problem(std::string_view address) const override {
    return text_address_problem(address).chinese;
  }
  double per_second() const override { return options_.pacing.per_second; }
  int concurrency() const override { return options_.pacing.concurrency; }

 private:
  std::string bytes_of(const delivery::Parcel& parcel) const {
    return options_.format == FolderFormat::json
               ? parcel.content.json
               : compose_letter(parcel, options_.sender, clock_.machine_now());
  }

  static delivery::Outcome not_written(const std::error_code& failure) {
    auto reason = needs_a_hand(failure) ? Reason::bad_configuration : Reason::server_error;
    return not_delivered(AttemptOutcome::retry, reason, failure.message());
  }

  /// A file on its way to the disk: shared, since its sender may not wait for it.
  struct Dropped {
    bool json = false;
    fs::path folder;
    std::string notice, bytes;
    std::error_code failure;
  };

  static std::error_code write(const Dropped& file) {
    return file.json ? write_json(file.folder, file.notice, file.bytes)
                     : write_maildir(file.folder, file.notice, file.bytes);
  }

  static std::error_code write_json(const fs::path& folder, const std::string& notice,
                                    std::string_view bytes) {
    if (auto failure = make_folders(folder)) return failure;
    auto name = folder_name(notice) + ".json";
    return drop_file(folder / ("." + name + ".part"), folder / name, bytes);
  }

  static std::error_code write_maildir(const fs::path& folder, const std::string& notice,
                                       std::string_view bytes) {
    for (const auto* part : {"tmp", "new", "cur"}) {
      if (auto failure = make_folders(folder / part)) return failure;
    }
    auto name = folder_name(notice) + ".duban";
    return drop_file(folder / "tmp" / name, folder / "new" / name, bytes);
  }

  FolderOptions options_;
  const Clock& clock_;
  io::Aside aside_;
};

bool stays_below(const fs::path& path) {
  return path.is_relative() && std::ranges::find(path, "..") == path.end();
}

}  // namespace

std::unique_ptr<delivery::Channel> make_folder(FolderOptions options, const Clock& clock) {
  return std::make_unique<Folder>(std::move(options), clock);
}

std::string folder_name(std::string_view address) {
  constexpr std::size_t longest = 120;  // with the mark far below a file system's 255 bytes
  constexpr std::string_view marks = ".-_@+=,";
  std::string name;
  for (char c : first_bytes(address, longest)) {
    bool kept = std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.contains(c) ||
                static_cast<unsigned char>(c) >= 0x80;
    name += kept ? c : '_';
  }
  if (name.empty() || name.front() == '.') name.insert(0, "_");
  if (name == address) return name;
  return fmt::format("{}~{}", name, named_digest(sha256(address)).substr(7, 12));
}

Diagnostics diagnose_folder(const settings::ChannelSettings& settings) {
  Diagnostics out;
  refuse_other_keys(settings, {"format", "path", "from", "from_name", "reply_to", "per_second",
                               "concurrency", "timeout"}, out);
  if (!settings.format.empty() && settings.format != "maildir" && settings.format != "json") {
    settings::error(out, settings.place_of("format"), "bad-value",
                    both("format 不能写{}", "format cannot be {}",
                         settings::in_quotes(settings.format)),
                    settings::suggest(settings.format, {"maildir", "json"}));
  }
  if (!stays_below(settings.path)) {
    settings::error(out, settings.place_of("path"), "bad-value",
                    {"path 要在状态目录之下", "path must be below the state folder"},
                    {"只写目录名,不以“/”开头,不用“..”",
                     "write a folder's name that does not start with “/” and has no “..” in it"});
  }
  for (const auto& [key, value] : {std::pair{"from", settings.from},
                                   std::pair{"reply_to", settings.reply_to}}) {
    if (value.empty()) continue;
    auto address = wire_address(value);
    if (!address) {
      settings::error(out, settings.place_of(key), "bad-address",
                      both("{}:{}", "{}: {}", key, address.error()));
    }
  }
  return out;
}

Bilingual folder_address_problem(const settings::ChannelSettings&, std::string_view address) {
  return text_address_problem(address);
}

MadeChannel make_folder_channel(const settings::ChannelSettings& settings,
                                const ChannelParts& parts) {
  FolderOptions options;
  options.folder = parts.state / (settings.path.empty() ? "outbox" : settings.path);
  options.format = settings.format == "json" ? FolderFormat::json : FolderFormat::maildir;
  options.sender = {.from = wire_address(settings.from).value_or("duban@localhost"),
                    .from_name = settings.from_name,
                    .reply_to = wire_address(settings.reply_to).value_or(""),
                    .offset = parts.offset};
  options.pacing = pacing_of(settings, options.pacing);
  return make_folder(std::move(options), parts.clock);
}

}  // namespace duban::channel
