#include "app/logging.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>

#include <mutex>
#include <vector>

#include "base/line_fields.h"
#include "settings/environment.h"

namespace duban::app {
namespace {

int priority_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::critical: return LOG_CRIT;
    case spdlog::level::err: return LOG_ERR;
    case spdlog::level::warn: return LOG_WARNING;
    case spdlog::level::info: return LOG_INFO;
    default: return LOG_DEBUG;
  }
}

// spdlog's own systemd sink carries no fields; the journal gets them here.
class JournalSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit JournalSink(bool pretended) : pretended_(pretended) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::string text{message.payload.data(), message.payload.size()};
    if (pretended_) text.insert(0, "(pretended) ");
    std::vector<std::string> fields{"MESSAGE=" + text,
                                    "PRIORITY=" + std::to_string(priority_of(message.level)),
                                    "SYSLOG_IDENTIFIER=duband",
                                    std::string{"DUBAN_PRETENDED="} + (pretended_ ? "1" : "0")};
    if (const auto* about = line_fields()) {
      for (auto& field : journal_fields(*about)) fields.push_back(std::move(field));
    }
    std::vector<iovec> pieces;
    for (auto& field : fields) pieces.push_back({field.data(), field.size()});
    // Where the journal does not take it there is nobody left to tell.
    static_cast<void>(sd_journal_sendv(pieces.data(), static_cast<int>(pieces.size())));
  }
  void flush_() override {}
  bool pretended_;
};

// What the line is about, at its end.
class FieldsFlag final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg&, const std::tm&,
              spdlog::memory_buf_t& out) override {
    const auto* about = line_fields();
    if (about == nullptr) return;
    auto words = fields_in_words(*about);
    out.append(words.data(), words.data() + words.size());
  }
  std::unique_ptr<spdlog::custom_flag_formatter> clone() const override {
    return std::make_unique<FieldsFlag>();
  }
};

std::unique_ptr<spdlog::formatter> console_lines(bool pretended) {
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<FieldsFlag>('*').set_pattern(
      pretended ? "%Y-%m-%d %H:%M:%S.%e %^%l%$ (pretended) %v%*"
                : "%Y-%m-%d %H:%M:%S.%e %^%l%$ %v%*");
  return formatter;
}

}  // namespace

void start_logging(bool pretended, const std::string& level) {
  std::shared_ptr<spdlog::logger> logger;
  if (settings::logs_to_journal()) {
    logger = std::make_shared<spdlog::logger>("duband", std::make_shared<JournalSink>(pretended));
  } else {
    auto console = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    logger = std::make_shared<spdlog::logger>("duband", console);
    logger->set_formatter(console_lines(pretended));
  }
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(logger);
  spdlog::flush_on(spdlog::level::trace);
}

}  // namespace duban::app
