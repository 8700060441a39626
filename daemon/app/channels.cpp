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
    tell_in(Tongue::english, made.error());
    for (const auto& diagnostic : made.error()) spdlog::error("{}", format_line(diagnostic));
  }
  return made_;
}

std::shared_ptr<delivery::Channel> Channels::find(const std::string& id) const {
  auto found = made_.find(id);
  return found == made_.end() ? nullptr : found->second;
}

std::optional<delivery::Endpoint> endpoint_of(const engine::Engine& engine,
                                              const std::string& plan,
                                              const std::string& endpoint) {
  auto address = engine.address_of(plan, endpoint);
  if (!address) return std::nullopt;
  return delivery::Endpoint{address->channel, address->address, address->recipient_name,
                            address->language};
}

std::optional<delivery::Endpoint> redirect_of(const engine::Engine& engine,
                                              const settings::DaemonSettings& settings) {
  if (settings.redirect_all.empty()) return std::nullopt;
  for (const auto* run : engine.plans()) {
    const auto* contact = run->plan().find_contact(settings.redirect_all);
    if (contact == nullptr || contact->endpoints.empty()) continue;
    auto endpoint = endpoint_of(engine, run->plan().id, contact->endpoints.front());
    if (endpoint) return endpoint;
  }
  return std::nullopt;
}

namespace {

// A parcel that no ledger knows: to see whether an endpoint can be reached.
delivery::Parcel test_parcel(const engine::PlanRun& run, const std::string& unit, Instant now) {
  const auto& plan = run.plan();
  delivery::Parcel parcel;
  parcel.plan = plan.id;
  parcel.notice = "ntc_" + make_ulid(now, sha256(random_bytes(32)));
  parcel.language = plan.language;
  parcel.content.subject =
      both("试发|收到即可,不用回复", "Test | There is nothing to do").in(plan.language);
  parcel.content.text =
      both("{}:\n这是一次试发,用来核对联系方式,收到即可,不用回复。\n{} {}\n",
           "{}:\nThis is a test of how you are reached. There is no need to answer.\n{} {}\n",
           plan.name_of(unit), plan.office.short_name, plan.office.phone)
          .in(plan.language);
  parcel.content.json = fmt::format(
      R"({{"type":"duban.test","timestamp":"{}","data":{{"notice":"{}","plan":"{}"}}}})",
      run.timetable().zone().format(now), parcel.notice, plan.id);
  parcel.queued_at = now;
  return parcel;
}

struct Target {
  std::string contact, endpoint;
};

/// Whom a test is for, and what it says.
struct Test {
  std::vector<Target> targets;
  delivery::Parcel parcel;
};

engine::Answer<Test> test_for(const engine::Engine& engine, const std::string& plan,
                              const std::string& unit) {
  const auto* run = engine.find_plan(plan);
  if (run == nullptr) {
    return std::unexpected(
        engine::Refusal{"unknown-plan", both("没有方案“{}”", "there is no plan “{}”", plan), {}});
  }
  Test test{{}, test_parcel(*run, unit, engine.now())};
  for (const auto& contact : run->plan().contacts) {
    if (contact.unit != unit) continue;
    for (const auto& endpoint : contact.endpoints) test.targets.push_back({contact.id, endpoint});
  }
  if (!test.targets.empty()) return test;
  return std::unexpected(
      engine::Refusal{"no-contact",
                      both("{}没有联系方式", "{} has no contact", run->plan().name_of(unit)),
                      {"在 units.toml 加 [[contact]],再 dubanctl reload",
                       "add a [[contact]] to units.toml, then run dubanctl reload"}});
}

}  // namespace

std::shared_ptr<delivery::Channel> TestSender::address(delivery::Parcel& parcel,
                                                       const std::string& endpoint,
                                                       std::string& channel) const {
  auto address = engine_.address_of(parcel.plan, endpoint);
  if (!address) return nullptr;
  parcel.endpoint = endpoint;
  parcel.address = address->address;
  parcel.recipient_name = address->recipient_name;
  channel = address->channel;
  return channels_.find(channel);
}

boost::asio::awaitable<engine::Answer<std::vector<control::TestSent>>> TestSender::send_test(
    std::string plan, std::string unit, std::string by) {
  auto test = test_for(engine_, plan, unit);
  if (!test) co_return std::unexpected(test.error());
  std::vector<control::TestSent> sent;
  for (const auto& target : test->targets) {
    control::TestSent one{target.contact, target.endpoint, {}, {}, {}};
    if (auto channel = address(test->parcel, target.endpoint, one.channel)) {
      one.outcome = co_await channel->send(test->parcel);
    } else {
      one.outcome.outcome = AttemptOutcome::rejected;
      one.outcome.reason = Reason::bad_configuration;
    }
    spdlog::info("send-test by {}: {} {}", by, target.endpoint, to_word(one.outcome.outcome));
    if (one.outcome.outcome == AttemptOutcome::delivered) {
      dispatcher_.reinstate({plan, target.endpoint});
    }
    sent.push_back(std::move(one));
  }
  co_return sent;
}

engine::Answer<std::vector<control::TestSent>> TestSender::show_test(const std::string& plan,
                                                                     const std::string& unit) {
  auto test = test_for(engine_, plan, unit);
  if (!test) return std::unexpected(test.error());
  std::vector<control::TestSent> shown;
  for (const auto& target : test->targets) {
    control::TestSent one{target.contact, target.endpoint, {}, {}, {}};
    auto channel = address(test->parcel, target.endpoint, one.channel);
    if (channel) one.request = channel->preview(test->parcel);
    shown.push_back(std::move(one));
  }
  return shown;
}

}  // namespace duban::app
