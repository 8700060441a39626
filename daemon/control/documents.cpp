#include "control/documents.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/version.h"
#include "control/json_parts.h"
#include "control/send_test.h"

namespace duban::control {
namespace {

namespace json = boost::json;

const calendar::Zone* zone_of(const Zones& zones, const std::string& plan) {
  auto found = zones.find(plan);
  return found == zones.end() ? nullptr : &found->second;
}

}  // namespace

json::array diagnostics_list(const Diagnostics& diagnostics) {
  json::array list;
  for (const auto& one : diagnostics) {
    json::value line, column;
    if (one.place.line != 0) {
      line = one.place.line;
      column = one.place.column;
    }
    list.push_back(json::object{
        {"severity", one.severity == Severity::error ? "error" : "warning"},
        {"file", text_or_null(one.place.file)},
        {"line", line},
        {"column", column},
        {"code", one.code},
        {"message", one.message.in(one.language)},
        {"mend", text_or_null(one.mend.in(one.language))}});
  }
  return list;
}

namespace {

const schedule::Timetable* timetable_of(Timetables plans, const std::string& id) {
  auto found = std::ranges::find_if(plans, [&](const auto* one) { return one->plan().id == id; });
  return found == plans.end() ? nullptr : *found;
}

json::object item_object(const schedule::Item& item, const calendar::Zone* zone) {
  const auto& about = item.key.about;
  return {{"kind", to_word(item.key.kind)},
          {"unit", text_or_null(about.unit)},
          {"clause", text_or_null(about.slice)},
          {"duty", text_or_null(about.duty)},
          {"period", text_or_null(about.period)},
          {"stage", text_or_null(item.key.stage)},
          {"audience", to_word(item.key.audience)},
          {"telling", item.key.telling},
          {"due", time_or_null(item.due, zone)},
          {"late", item.late},
          {"at", time_or_null(item.planned_at, zone)}};
}

json::object attempt_object(const ledger::AttemptView& attempt, const calendar::Zone* zone) {
  return {{"at", time_or_null(attempt.at, zone)},
          {"outcome", to_word(attempt.outcome)},
          {"reason", to_word(attempt.reason)},
          {"detail", text_or_null(attempt.detail)}};
}

json::object notice_object(const ledger::NoticeView& view, Timetables plans) {
  const auto* timetable = timetable_of(plans, view.plan);
  const auto* zone = timetable == nullptr ? nullptr : &timetable->zone();
  const auto& head = view.notice.head;
  json::array items, attempts;
  for (const auto& item : view.notice.items) items.push_back(item_object(item, zone));
  for (const auto& one : view.attempts) attempts.push_back(attempt_object(one, zone));
  return {{"id", head.id},
          {"plan", view.plan},
          {"contact", text_or_null(head.contact)},
          {"endpoint", head.endpoint},
          {"channel", head.channel},
          {"at", time_or_null(head.queued_at, zone)},
          {"state", to_word(head.state)},
          {"reason", to_word(head.reason)},
          {"items", std::move(items)},
          {"attempts", std::move(attempts)},
          {"subject", text_or_null(view.notice.content.subject)}};
}

json::object row_object(const engine::AgendaRow& row, const calendar::Zone* zone) {
  return {{"at", time_or_null(row.at, zone)},
          {"plan", row.plan},
          {"duty", row.duty},
          {"period", row.period},
          {"stage", row.stage},
          {"audience", to_word(row.audience)},
          {"due", time_or_null(row.due, zone)},
          {"units", text_list(row.units)},
          {"state", row.state},
          {"provisional", row.provisional}};
}

}  // namespace

// Round brackets: a value in braces is a list of one.
json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value time_or_null(const std::optional<Instant>& at, const calendar::Zone* zone) {
  if (!at) return {};
  return json::value(zone == nullptr ? format_rfc3339(*at) : zone->format(*at));
}

json::value day_or_null(const std::optional<Day>& day) {
  return day ? json::value(format_day(*day)) : json::value();
}

json::array text_list(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object fact_object(const schedule::Fact& fact, const calendar::Zone* zone) {
  json::value refers;
  if (fact.refers != 0) refers = fact.refers;
  return {{"seq", fact.seq},
          {"kind", to_word(fact.kind)},
          {"duty", text_or_null(fact.about.duty)},
          {"period", text_or_null(fact.about.period)},
          {"unit", text_or_null(fact.about.unit)},
          {"clause", text_or_null(fact.about.slice)},
          {"at", time_or_null(fact.at, zone)},
          {"recorded_at", time_or_null(fact.recorded_at, zone)},
          {"by", text_or_null(fact.by)},
          {"until", time_or_null(fact.time, zone)},
          {"refers", refers},
          {"note", text_or_null(fact.note)},
          {"subject", text_or_null(fact.subject)},
          {"rows", fact.rows.size()},
          {"files", fact.files.size()}};
}

std::string agenda_document(std::vector<engine::AgendaRow> rows, const Zones& zones) {
  std::ranges::stable_sort(rows, {}, &engine::AgendaRow::at);
  json::array stages;
  for (const auto& row : rows) stages.push_back(row_object(row, zone_of(zones, row.plan)));
  return json::serialize(json::object{{"stages", std::move(stages)}});
}

std::string check_document(const Diagnostics& diagnostics) {
  return json::serialize(json::object{{"diagnostics", diagnostics_list(diagnostics)}});
}

std::string notices_document(const std::vector<ledger::NoticeView>& notices, Timetables plans,
                             bool more) {
  json::array list;
  for (const auto& one : notices) list.push_back(notice_object(one, plans));
  return json::serialize(json::object{{"notices", std::move(list)}, {"more", more}});
}

std::string rehearsed_line(const ledger::NoticeView& notice, Timetables plans,
                           const std::string& message) {
  auto object = notice_object(notice, plans);
  object["message"] = text_or_null(message);
  return json::serialize(object);
}

namespace {

json::object silence_object(const engine::StandingSilence& one, const Zones& zones) {
  const auto& silence = one.silence;
  const auto* zone = zone_of(zones, one.plan);
  json::value seq;
  if (silence.seq != 0) seq = silence.seq;
  return {{"plan", one.plan},
          {"seq", seq},
          {"units", text_list(silence.units)},
          {"duties", text_list(silence.duties)},
          {"stage", text_or_null(silence.stage ? to_word(*silence.stage) : std::string_view{})},
          {"from", time_or_null(silence.from, zone)},
          {"until", time_or_null(silence.until, zone)},
          {"why", text_or_null(silence.why)}};
}

}  // namespace

namespace {

std::optional<Instant> earlier(std::optional<Instant> one, std::optional<Instant> other) {
  return one && other ? std::min(one, other) : (one ? one : other);
}

}  // namespace

std::string status_document(const engine::Status& status, const Zones& zones, long pid) {
  json::array problems, plans;
  for (const auto& one : status.problems) {
    problems.push_back(json::object{
        {"code", one.code},
        {"message", one.message.in(status.language)},
        {"mend", text_or_null(one.mend.in(status.language))}});
  }
  const calendar::Zone* first_zone = nullptr;
  for (const auto& one : status.plans) {
    const auto* zone = zone_of(zones, one.id);
    if (first_zone == nullptr) first_zone = zone;
    plans.push_back(json::object{{"id", one.id},
                                 {"cursor", time_or_null(one.cursor, zone)},
                                 {"next", time_or_null(one.next, zone)},
                                 {"audited_at", time_or_null(one.audited_at, zone)}});
  }
  json::array silences;
  for (const auto& one : status.silences) silences.push_back(silence_object(one, zones));
  json::array calendars;
  std::optional<Instant> oldest, next;
  for (const auto& one : status.pulses) {
    calendars.push_back(json::object{{"plan", one.id}, {"years_left", one.calendar_years}});
    oldest = earlier(oldest, one.oldest_pending);
    next = earlier(next, one.next);
  }
  json::value ledger_bytes;
  if (status.ledger_bytes > 0) ledger_bytes = status.ledger_bytes;
  json::object outbox{{"drafted", status.outbox.drafted},
                      {"queued", status.outbox.queued},
                      {"retrying", status.outbox.retrying},
                      {"failed", status.outbox.failed},
                      {"oldest_at", time_or_null(oldest, first_zone)}};
  return json::serialize(json::object{{"well", status.problems.empty()},
                                      {"problems", std::move(problems)},
                                      {"plans", std::move(plans)},
                                      {"silences", std::move(silences)},
                                      {"outbox", std::move(outbox)},
                                      {"next", time_or_null(next, first_zone)},
                                      {"ledger", json::object{{"bytes", ledger_bytes}}},
                                      {"calendars", std::move(calendars)},
                                      {"now", time_or_null(status.now, first_zone)},
                                      {"version", version()},
                                      {"pid", pid},
                                      {"since", time_or_null(status.since, first_zone)},
                                      {"pretended", status.pretended}});
}

std::string facts_document(const std::string& plan, const std::vector<schedule::Fact>& facts,
                           const calendar::Zone& zone) {
  json::array list;
  for (const auto& fact : facts) list.push_back(fact_object(fact, &zone));
  return json::serialize(json::object{{"plan", plan}, {"facts", std::move(list)}});
}

std::string reload_document(const engine::Reloaded& reloaded) {
  return json::serialize(json::object{{"taken", text_list(reloaded.taken)},
                                      {"kept", text_list(reloaded.kept)},
                                      {"diagnostics", diagnostics_list(reloaded.diagnostics)}});
}

std::string texts_document(const std::map<std::string, std::string>& hashes) {
  json::array plans;
  for (const auto& [id, hash] : hashes) {
    plans.push_back(json::object{{"id", id}, {"hash", text_or_null(hash)}});
  }
  return json::serialize(json::object{{"plans", std::move(plans)}});
}

std::string file_document(const std::string& digest) {
  return json::serialize(json::object{{"digest", digest}});
}

std::string notice_document(const std::string& notice) {
  return json::serialize(json::object{{"notice", notice}});
}

std::string sent_document(const std::vector<TestSent>& sent) {
  json::array list;
  for (const auto& one : sent) {
    list.push_back(json::object{{"contact", text_or_null(one.contact)},
                                {"endpoint", one.endpoint},
                                {"channel", one.channel},
                                {"outcome", to_word(one.outcome.outcome)},
                                {"reason", to_word(one.outcome.reason)},
                                {"detail", text_or_null(one.outcome.detail)}});
  }
  return json::serialize(json::object{{"sent", std::move(list)}});
}

std::string shown_document(const std::vector<TestSent>& shown) {
  json::array list;
  for (const auto& one : shown) {
    list.push_back(json::object{{"contact", text_or_null(one.contact)},
                                {"endpoint", one.endpoint},
                                {"channel", one.channel},
                                {"request", text_or_null(one.request)}});
  }
  return json::serialize(json::object{{"shown", std::move(list)}});
}

std::string done_document() { return json::serialize(json::object{{"done", true}}); }

std::string error_document(const engine::Refusal& refusal, Tongue language) {
  return json::serialize(
      json::object{{"error", json::object{{"code", refusal.code},
                                          {"message", refusal.message.in(language)},
                                          {"mend", text_or_null(refusal.mend.in(language))}}}});
}

}  // namespace duban::control
