// `document` of a duty, and the [[heading]] tables of tasks.toml: what the documents that write
// themselves are made of.

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;
using Strings = std::vector<std::string>;

// Nothing, and a diagnostic, where it is no time before the document is due.
std::optional<Offset> read_draft_time(Section& section) {
  auto word = section.required_text("draft");
  if (!word) return std::nullopt;
  auto offset = read_offset(word->value);
  if (!offset) {
    report(section.diagnostics(), word->place, offset.error());
    return std::nullopt;
  }
  if (offset->count <= 0) return *offset;
  error(section.diagnostics(), word->place, "bad-value",
        both("初稿写在到期之后:{}", "the draft is after the due date: {}", in_quotes(word->value)),
        {"从到期往前数,如 draft = \"-2wd 10:00\"",
         "count back from the due date, such as draft = \"-2wd 10:00\""});
  return std::nullopt;
}

const DutyDraft* find(const std::vector<DutyDraft>& duties, std::string_view id) {
  auto found = std::ranges::find(duties, id, [](const DutyDraft& one) { return one.duty.id; });
  return found == duties.end() ? nullptr : &*found;
}

class Checker {
 public:
  explicit Checker(Draft& draft) : draft_(draft) {}

  void check(const DutyDraft& read) {
    const auto& document = *read.document;
    check_owner(read);
    check_date(read);
    if (!document.of) return;
    const auto* table = find(draft_.duties, document.of->value);
    if (table == nullptr || table->duty.rows == Rows::none) refuse_table(*document.of, table);
    else check_recurrence(read, *table);
  }

 private:
  Diagnostics& out() { return draft_.diagnostics; }

  void check_owner(const DutyDraft& read) {
    if (!read.who || read.duty.who == Strings{std::string{office_id}}) return;
    error(out(), read.document->document.place, "bad-value",
          {"document 只用于办公室自己的事项", "document is only for the office's own duties"},
          {"写 who = \"office\",或删去 document", "write who = \"office\", or remove document"});
  }

  void check_date(const DutyDraft& read) {
    if (!read.due || !read.due->value.is_none()) return;
    error(out(), read.document->document.place, "due-form",
          {"due = \"none\" 的事项没有到期日,不知道何时写初稿",
           "a duty with due = \"none\" has no due date, so there is no time for the draft"},
          {"写 due,或删去 document", "write a due date, or remove document"});
  }

  void refuse_table(const Word& of, const DutyDraft* table) {
    Strings known;
    for (const auto& one : draft_.duties) {
      if (one.duty.rows != Rows::none) known.push_back(one.duty.id);
    }
    auto word = in_quotes(of.value);
    auto message = table == nullptr
                       ? both("没有{}这个事项", "there is no duty {}", word)
                       : both("{}不逐条填报,写不出文稿",
                              "{} has no rows, so no document can be written of it", word);
    error(out(), of.place, "unknown-duty", message, settings::suggest(of.value, known));
  }

  void check_recurrence(const DutyDraft& read, const DutyDraft& table) {
    if (read.every_refused || table.every_refused) return;
    const auto& document = read.document->document;
    bool quarter = read.duty.every == Every::quarter && table.duty.every == Every::month;
    if (document.form == Form::briefing && !quarter) {
      error(out(), document.place, "bad-value",
            {"briefing 一季度一份,说的是每月的表",
             "a briefing is quarterly and tells of a monthly table"},
            {"写 every = \"quarter\",of 写 every = \"month\" 的事项",
             "write every = \"quarter\", and let of name a duty with every = \"month\""});
    }
    if (document.form == Form::dispatch && read.duty.every != table.duty.every) {
      error(out(), document.place, "bad-value",
            both("dispatch 与{}不是一期对一期", "the periods of this dispatch are not those of {}",
                 in_quotes(table.duty.id)),
            {"every 要写得一样", "write the same every in both"});
    }
  }

  Draft& draft_;
};

void check_name(const Heading& heading, const std::vector<HeadingDraft>& before, Diagnostics& out) {
  bool twice = std::ranges::any_of(before, [&](const HeadingDraft& other) {
    return !heading.name.empty() && other.heading.name == heading.name;
  });
  if (!twice) return;
  error(out, heading.place, "twice-used",
        both("标题{}写了两次", "heading {} is written twice", in_quotes(heading.name)),
        {"合成一个", "merge the two"});
}

// Under which heading a task stands already.
using Places = std::map<std::string, std::string>;

void resolve_heading(HeadingDraft& read, const Strings& known, Places& places, Draft& draft) {
  auto& out = draft.diagnostics;
  auto& heading = read.heading;
  for (const auto& word : read.tasks) {
    if (std::ranges::find(known, word.value) == known.end()) {
      error(out, word.place, "unknown-clause",
            both("没有{}这项任务", "there is no task {}", in_quotes(word.value)),
            settings::suggest(word.value, known));
      continue;
    }
    auto [place, is_new] = places.try_emplace(word.value, heading.name);
    if (is_new) {
      heading.tasks.push_back(word.value);
    } else {
      error(out, word.place, "twice-used",
            both("{}已在{}之下", "{} already stands under {}", in_quotes(word.value),
                 in_quotes(place->second)),
            {"一项任务只放在一个标题下,删去一处",
             "put a task under one heading only, remove it from the other"});
    }
  }
  draft.plan.headings.push_back(std::move(heading));
}

}  // namespace

void read_document(Section& duty, DutyDraft& draft) {
  auto section = duty.table("document");
  if (!section) return;
  DocumentDraft read;
  auto& document = read.document;
  document.place = section->place();
  if (!section->has("form")) {
    section->missing("form", {"写 dispatch、briefing 或 register",
                              "write dispatch, briefing or register"});
  }
  auto form = section->choice<Form>("form", {{"dispatch", Form::dispatch},
                                             {"briefing", Form::briefing},
                                             {"register", Form::register_}});
  read.of = section->required_text("of");
  auto offset = read_draft_time(*section);
  section->finish();
  if (!form || !offset) return;
  document.form = *form;
  if (read.of) document.of = read.of->value;
  document.draft = *offset;
  document.key = "draft " + offset->text;
  draft.document = std::move(read);
}

void read_headings(Section& root, Draft& draft) {
  for (auto& section : read_entries(root, "heading")) {
    HeadingDraft read;
    read.heading.place = section.place();
    read.heading.name = read_required(section, "name");
    bool empty = false;
    if (auto tasks = section.required_texts("tasks")) {
      read.tasks = *tasks;
      empty = tasks->empty();
    }
    section.finish();
    if (draft.headings.size() == limits::headings) {
      error(section.diagnostics(), section.place(), "too-many",
            both("最多{}个标题", "at most {} headings", limits::headings));
      return;
    }
    check_name(read.heading, draft.headings, section.diagnostics());
    if (empty) {
      error(section.diagnostics(), read.heading.place, "bad-value",
            both("标题{}下没有任务", "heading {} has no tasks", in_quotes(read.heading.name)),
            {"写 tasks = [\"任务id\"],或删去这个标题",
             "write tasks = [\"TASK\"], or remove the heading"});
    }
    draft.headings.push_back(std::move(read));
  }
}

void resolve_headings(Draft& draft) {
  Strings known;
  for (const auto& task : draft.plan.tasks) known.push_back(task.id);
  Places places;
  for (auto& read : draft.headings) resolve_heading(read, known, places, draft);
}

void resolve_documents(Draft& draft) {
  Checker checker{draft};
  for (auto& read : draft.duties) {
    if (!read.document) continue;
    checker.check(read);
    read.duty.document = read.document->document;
  }
}

}  // namespace duban::plan
