#pragma once
// What can be asked of a running daemon, in one table: /api/v1/… to the engine and back. Owns no
// logic.

#include <boost/asio/awaitable.hpp>
#include <span>
#include <string>
#include <string_view>

#include "control/answerer.h"
#include "control/documents.h"
#include "control/requests.h"
#include "control/send_test.h"
#include "engine/engine.h"

namespace duban::control {

/// Refers to the engine and the sender, which must outlive it. One thread: the engine's.
class Routes final : public Answerer {
 public:
  Routes(engine::Engine& engine, SendTest& sender) : engine_(engine), sender_(sender) {}
  boost::asio::awaitable<Reply> answer(Request request) override;
  std::size_t body_bound(std::string_view target) const override;
  Reply refuse(const engine::Refusal& refusal) const override;

 private:
  struct Asked;
  using Handler = boost::asio::awaitable<Reply> (Routes::*)(Asked);
  struct Route;
  static std::span<const Route> table();

  boost::asio::awaitable<Reply> show(Asked asked);
  boost::asio::awaitable<Reply> agenda(Asked asked);
  boost::asio::awaitable<Reply> notices(Asked asked);
  boost::asio::awaitable<Reply> explain(Asked asked);
  boost::asio::awaitable<Reply> status(Asked asked);
  boost::asio::awaitable<Reply> today(Asked asked);
  boost::asio::awaitable<Reply> document(Asked asked);
  boost::asio::awaitable<Reply> facts(Asked asked);
  boost::asio::awaitable<Reply> files(Asked asked);
  boost::asio::awaitable<Reply> silence(Asked asked);
  boost::asio::awaitable<Reply> release(Asked asked);
  boost::asio::awaitable<Reply> defer(Asked asked);
  boost::asio::awaitable<Reply> resend(Asked asked);
  boost::asio::awaitable<Reply> reload(Asked asked);
  boost::asio::awaitable<Reply> texts(Asked asked);
  boost::asio::awaitable<Reply> diff(Asked asked);
  boost::asio::awaitable<Reply> send_test(Asked asked);
  boost::asio::awaitable<Reply> accept_clock(Asked asked);
  boost::asio::awaitable<Reply> backup(Asked asked);
  boost::asio::awaitable<Reply> record(Facts made);

  boost::asio::awaitable<Reply> routed(Request request);
  Reply said(Reply reply, const std::string& plan) const;
  std::vector<const schedule::Timetable*> timetables() const;
  Zones zones() const;

  engine::Engine& engine_;
  SendTest& sender_;
};

/// The answer to what could not be done, not yet said in any language.
Reply refused(const engine::Refusal& refusal);

}  // namespace duban::control
