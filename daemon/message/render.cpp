#include "message/render.h"

#include "message/compose.h"
#include "message/mustache.h"
#include "message/page.h"
#include "message/template_set.h"
#include "message/webhook_json.h"

namespace duban::message {
namespace {

Templates merged(const plan::Plan& plan, const Templates& shared) {
  auto all = plan.templates;
  for (const auto& [file, text] : shared) {
    auto name = known_as(file, plan.language);
    if (!name.empty()) all.emplace(std::move(name), text);
  }
  return all;
}

// A subject is one line.
std::string one_line(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c != '\n' && c != '\r') out += c;
  }
  return out;
}

}  // namespace

struct Renderer::Compiled {
  PlanFacts facts;
  Mustache<SubjectView> subject;
  Mustache<NoticeView> notice, group;
  Mustache<PageView> page;

  Compiled(const plan::Plan& plan, const Templates& all)
      : facts(plan),
        subject(expand("subject.mustache", all), Escaping::none),
        notice(expand("notice.mustache", all), Escaping::none),
        group(expand("group.mustache", all), Escaping::none),
        page(expand("page.html.mustache", all), Escaping::html) {}
};

Renderer::Renderer(const plan::Plan& plan, const Templates& shared)
    : compiled_(std::make_unique<Compiled>(plan, merged(plan, shared))) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

ledger::Content Renderer::render(const RenderContext& context, const schedule::NoticePlan& notice,
                                 const std::string& id) const {
  auto message = compose(compiled_->facts, context, notice);
  ledger::Content content;
  content.subject = one_line(compiled_->subject.render(message.subject));
  const auto& body = message.group ? compiled_->group : compiled_->notice;
  content.text = body.render(message.notice);
  content.html =
      compiled_->page.render(page_of(content.subject, content.text, message.strong,
                                     compiled_->facts.plan().language));
  content.json =
      webhook_json(compiled_->facts, context, notice, id, message, content.text);
  return content;
}

Renderer::List Renderer::list(const RenderContext& context) const {
  schedule::NoticePlan notice;
  auto& item = notice.tellings.emplace_back().item;
  item.key = {{"", "", std::string{plan::office_id}, ""}, ItemKind::list, "", Audience::office, 1};
  auto message = compose(compiled_->facts, context, notice);
  return {.subject = one_line(compiled_->subject.render(message.subject)),
          .text = compiled_->notice.render(message.notice),
          .lines = compose_list(context, compiled_->facts)};
}

}  // namespace duban::message
