#include "app/channels.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/digest.h"
#include "channel/registry.h"

namespace duban::app {

Channels::Channels(io::Transport& transport, const Clock& clock, std::filesystem::path state)
    : transport_(transport), clock_(clock), state_(std::move(state)) {}

delivery::Dispatcher::Channels Channels::make(const settings::DaemonSettings& settings) {
  made_.clear();
  for (const auto& one : settings.channels) {
    auto made = channel::make_channel(one, {transport_, clock_, state_});
    if (made) {
      made_[one.id] = std::move(*made);
      continue;
    }
    for (const auto& diagnostic : made.error()) spdlog::error("{}", format_line(diagnostic));
  }
  return made_;
}

std::shared_ptr<delivery::Channel> Channels::find(const std::string& id) const {
  auto found = made_.find(id);
  return found == made_.end() ? nullptr : found->second;
}

std::optional<delivery::Endpoint> redirect_of(const engine::Engine& engine,
                                              const settings::DaemonSettings& settings) {
  if (settings.redirect_all.empty()) return std::nullopt;
  for (const auto* run : engine.plans()) {
    const auto* contact = run->plan().find_contact(settings.redirect_all);
    if (contact == nullptr || contact->endpoints.empty()) continue;
    auto address = engine.address_of(run->plan().id, contact->endpoints.front());
    if (address) {
      return delivery::Endpoint{address->channel, address->address, address->recipient_name};
    }
  }
  return std::nullopt;
}

boost::asio::awaitable<engine::Answer<std::vector<control::SendTestResult>>> TestSender::send_test(
    std::string plan, std::string unit) {
  const auto* run = engine_.find_plan(plan);
  if (run == nullptr) {
    co_return std::unexpected(engine::Refusal{"unknown-plan", fmt::format("没有方案“{}”", plan), ""});
  }
  auto parcel = delivery::Parcel{};
  parcel.plan = plan;
  parcel.notice = "ntc_" + make_ulid(engine_.now(), sha256(random_bytes(32)));
  parcel.content.subject = "试发|收到即可,不用回复";
  parcel.content.text = fmt::format("{}:\n这是一次试发,用来核对联系方式,收到即可,不用回复。\n{} {}\n",
                                    run->plan().name_of(unit), run->plan().office.short_name,
                                    run->plan().office.phone);
  parcel.content.json = fmt::format(
      R"({{"type":"duban.test","timestamp":"{}","data":{{"notice":"{}","plan":"{}"}}}})",
      run->timetable().zone().format(engine_.now()), parcel.notice, plan);
  parcel.queued_at = engine_.now();
  std::vector<control::SendTestResult> results;
  std::vector<std::string> endpoints;
  for (const auto& contact : run->plan().contacts) {
    if (contact.unit != unit) continue;
    endpoints.insert(endpoints.end(), contact.endpoints.begin(), contact.endpoints.end());
  }
  for (const auto& endpoint : endpoints) {
    auto address = engine_.address_of(plan, endpoint);
    auto channel = address ? channels_.find(address->channel) : nullptr;
    if (!channel) {
      results.push_back({endpoint, address ? address->channel : "", AttemptOutcome::rejected,
                         Reason::bad_configuration, ""});
      continue;
    }
    parcel.endpoint = endpoint;
    parcel.address = address->address;
    parcel.recipient_name = address->recipient_name;
    auto outcome = co_await channel->send(parcel);
    if (outcome.outcome == AttemptOutcome::delivered) dispatcher_.reinstate(endpoint);
    results.push_back(
        {endpoint, address->channel, outcome.outcome, outcome.reason, outcome.detail});
  }
  co_return results;
}

}  // namespace duban::app
