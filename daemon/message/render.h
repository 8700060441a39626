#pragma once
// Turns a planned notice into what people read: subject, plain text, HTML, and the webhook's JSON.
// Pure; the words are Mustache templates that admins edit.

#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "calendar/zone.h"
#include "ledger/store.h"
#include "message/template_expand.h"
#include "message/view.h"
#include "plan/plan.h"
#include "schedule/decide.h"

namespace duban::message {

/// Everything of a decision that a message may need.
struct RenderContext {
  const schedule::Timetable& timetable;
  const schedule::Decision& decision;
  /// Business time of the rendering: 截至×时, and the webhook's timestamp.
  Instant now;
  /// The plan before an edit, for the names of what the edit removed; may be null.
  const plan::Plan* before = nullptr;
};

/// A plan's templates, compiled, and what its messages say again and again. Immutable after
/// construction; may be shared between threads.
class Renderer {
 public:
  /// The plan's own templates win over the shared ones; they must have passed `check_templates`.
  /// The plan must outlive the renderer.
  Renderer(const plan::Plan& plan, const Templates& shared);
  ~Renderer();
  Renderer(Renderer&&) noexcept;
  Renderer& operator=(Renderer&&) noexcept;

  /// The content of a notice; `id` is its notice id (`ntc_…`).
  ledger::Content render(const RenderContext& context, const schedule::NoticePlan& notice,
                         const std::string& id) const;

  /// The office's list of the decision, as it stands: the subject and the text of the message that
  /// would carry it, and its lines.
  struct List {
    std::string subject, text;
    ListView lines;
  };
  List list(const RenderContext& context) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// Unknown names (with did-you-mean), unclosed sections, partials that do not exist or include
/// themselves, a template over its bound; and templates that must exist and do not.
Diagnostics check_templates(const plan::Plan& plan, const Templates& shared,
                            const std::string& shared_folder);

}  // namespace duban::message
