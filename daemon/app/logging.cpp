#include "app/logging.h"


#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <syslog.h>
#include <systemd/sd-journal.h>

#include <mutex>

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
    sd_journal_send("MESSAGE=%s", text.c_str(), "PRIORITY=%d", priority_of(message.level),
                    "SYSLOG_IDENTIFIER=duband", "DUBAN_PRETENDED=%d", pretended_ ? 1 : 0, nullptr);
  }
  void flush_() override {}
  bool pretended_;
};

}  // namespace

void start_logging(bool pretended) {
  std::shared_ptr<spdlog::logger> logger;
  if (settings::logs_to_journal()) {
    logger = std::make_shared<spdlog::logger>("duband", std::make_shared<JournalSink>(pretended));
  } else {
    auto console = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    logger = std::make_shared<spdlog::logger>("duband", console);
    logger->set_pattern(pretended ? "%Y-%m-%d %H:%M:%S.%e %^%l%$ (pretended) %v"
                                  : "%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  }
  spdlog::set_default_logger(logger);
  spdlog::flush_on(spdlog::level::info);
}

}  // namespace duban::app
