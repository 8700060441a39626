#pragma once
// What the office's browser sees through its own proxy: today, status, report with the drafts of
// its documents, notices. Reads only;
// shows no address, telephone number or text of a message.

#include <optional>

#include "control/answerer.h"
#include "control/requests.h"
#include "message/web_view.h"
#include "settings/page_settings.h"

namespace duban::control {

/// Refers to the engine, which must outlive it. One thread: the engine's.
class Pages final : public Answerer {
 public:
  Pages(engine::Engine& engine, settings::PageSettings settings)
      : engine_(engine), settings_(std::move(settings)) {}
  boost::asio::awaitable<Reply> answer(Request request) override;
  /// Nothing is sent to a page.
  std::size_t body_bound(std::string_view) const override { return 0; }
  Reply refuse(const engine::Refusal& refusal) const override;

 private:
  using Handler = boost::asio::awaitable<Reply> (Pages::*)(Fields query);
  struct Page;

  boost::asio::awaitable<Reply> today(Fields query);
  boost::asio::awaitable<Reply> status(Fields query);
  boost::asio::awaitable<Reply> report(Fields query);
  boost::asio::awaitable<Reply> notices(Fields query);
  /// The draft of a document: to be read (html), or as a file.
  boost::asio::awaitable<Reply> document(Fields query);

  /// Rebinding a name to this machine's address gets nobody in.
  bool is_ours(std::string_view host) const;
  std::string_view without_base(std::string_view path) const;
  /// The page with what stands around it.
  template <class View>
  Reply shown(View view, const char* title, unsigned status = 200) const;
  Reply wrong(unsigned status, std::string message, std::string advice) const;
  Reply wrong(unsigned status, const engine::Refusal& refusal) const;

  engine::Engine& engine_;
  const settings::PageSettings settings_;
};

/// `default-src 'none'`, and of styles only those that stand in the page, by their digests.
std::string content_policy(std::string_view page);

}  // namespace duban::control
