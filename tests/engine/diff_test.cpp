// What diff promises is what then happens: the promise is taken, the edit too, and the plan lived
// to its end on a real ledger.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "engine/living.h"

namespace duban::engine {
namespace {

using contract::EditedConfig;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Edited edited(const Desk& desk) {
  auto tree = read_tree(desk.config.settings_file());
  return {Desk::plan, texts_of_plan(texts_of(tree), Desk::plan), tree.settings->channel_ids()};
}

std::string hash_on_disk(const Desk& desk) {
  return hash_of(texts_of(read_tree(desk.config.settings_file())));
}

PlanEffect effect_of(Desk& desk) {
  auto difference = desk.ask(desk.engine->diff(edited(desk)));
  if (!difference) throw std::runtime_error(difference.error().message.chinese);
  if (!difference->effect) throw std::runtime_error(format_line(difference->diagnostics.front()));
  return std::move(*difference->effect);
}

// What reaches whom when: an item as a promise can be held to it.
struct Promise {
  schedule::ItemKey key;
  Instant at;
  std::string endpoint;
  std::optional<Instant> due;
  bool drafted;
  auto operator<=>(const Promise&) const = default;
};

Promise promise(const Prospect& one) {
  return {one.item.key, one.at, one.endpoint, one.item.due, one.drafted};
}

// The notice it comes in, and what that says.
using Message = std::tuple<std::string, Instant, std::string>;
Message message(const Prospect& one) { return {one.notice, one.at, one.words}; }

std::multiset<Promise> promises(const std::vector<Prospect>& all) {
  std::multiset<Promise> set;
  for (const auto& one : all) set.insert(promise(one));
  return set;
}

std::string words(const Promise& one) {
  const auto& key = one.key;
  return format_rfc3339(one.at, Seconds{8 * 3600}) + " " + key.about.duty + " " +
         key.about.period + " " + key.about.unit + " " + std::string{to_word(key.kind)} + " " +
         key.stage + " " + std::to_string(key.telling) + (one.drafted ? " draft " : " ") +
         one.endpoint;
}

std::vector<std::string> only_in(const std::multiset<Promise>& these,
                                 const std::multiset<Promise>& those) {
  std::vector<Promise> left;
  std::ranges::set_difference(these, those, std::back_inserter(left));
  std::vector<std::string> lines;
  for (const auto& one : left) lines.push_back(words(one));
  return lines;
}

class Promised : public ::testing::Test {
 protected:
  // Some weeks before the edit are lived as they came, so that there is a past.
  Promised() : desk_("10-09T10:00:00"), living_(desk_) {
    spdlog::set_level(spdlog::level::off);
    to("10-14T10:00:00");
  }

  void to(const std::string& when) {
    auto now = *parse_rfc3339(std::string{Desk::year} + "-" + when + "+08:00");
    living_.live(now);
    desk_.clock.pass(now - desk_.clock.now());
    desk_.turn();
  }
  const PlanRun& run() const { return *desk_.engine->find_plan(Desk::plan); }

  std::vector<Prospect> without_the_edit() const {
    auto now = desk_.clock.now();
    auto branch = run().branch();
    auto lived = forecast(*branch, {.from = now,
                                    .to = run().timetable().ends(),
                                    .behaviour = {},
                                    .salt = desk_.store->salt()});
    return prospects(run().record(), now, lived);
  }

  std::set<std::string> known_ids() {
    std::set<std::string> ids;
    for (const auto& view : all_notices()) ids.insert(view.notice.head.id);
    return ids;
  }
  std::vector<ledger::NoticeView> all_notices() {
    return *desk_.ask(desk_.engine->notices({.plan = Desk::plan, .limit = 100'000}));
  }

  // What the ledger then says, in the shape of a forecast.
  Forecast what_happened(const std::set<std::string>& before) {
    Forecast happened;
    auto ended_then = [&](const ledger::NoticeView& view) {
      auto state = view.notice.head.state;
      return state == NoticeState::withdrawn || state == NoticeState::superseded;
    };
    for (auto& view : all_notices()) {
      if (!before.contains(view.notice.head.id)) {
        happened.notices.push_back(std::move(view.notice));
      } else if (open_.contains(view.notice.head.id) && ended_then(view)) {
        happened.ended_at_once.push_back(view.notice.head.id);
      }
    }
    return happened;
  }

  void holds(const std::function<void()>& edit, std::size_t at_least) {
    auto record = run().record();
    auto now = desk_.clock.now();
    auto before = without_the_edit();
    auto known = known_ids();
    edit();
    auto effect = effect_of(desk_);
    EXPECT_EQ(effect.from, now);
    EXPECT_GE(effect.changes.size(), at_least);

    auto expected = promises(before);
    std::set<Message> messages;
    for (const auto& change : effect.changes) {
      if (change.from) {
        auto found = expected.find(promise(*change.from));
        ASSERT_NE(found, expected.end()) << words(promise(*change.from));
        expected.erase(found);
      }
      if (change.to) expected.insert(promise(*change.to));
      if (change.to) messages.insert(message(*change.to));
    }

    auto taken = desk_.ask(desk_.engine->reload("alice", {.only_if = hash_on_disk(desk_)}));
    ASSERT_TRUE(taken) << taken.error().message.chinese;
    ASSERT_THAT(taken->taken, ElementsAre(Desk::plan));
    // What that look withdraws is withdrawn at once; a draft that ends later is no change.
    for (const auto& [id, head] : record.open_notices()) {
      if (!run().record().open_notices().contains(id)) open_.insert(id);
    }
    living_.deliver_all();
    living_.live(run().timetable().ends());

    auto actual = prospects(record, now, what_happened(known));
    EXPECT_THAT(only_in(promises(actual), expected), IsEmpty()) << "told and not promised";
    EXPECT_THAT(only_in(expected, promises(actual)), IsEmpty()) << "promised and not told";
    for (const auto& one : actual) messages.erase(message(one));
    EXPECT_EQ(messages.size(), 0U) << "promised under another id, or in other words";
  }

  void edit(const std::string& was, const std::string& is) {
    EditedConfig::edit(desk_.config.plan_file(), was, is);
  }
  void edit(const std::string& file, const std::string& was, const std::string& is) {
    EditedConfig::edit(desk_.config.root() / file, was, is);
  }
  void append(const std::string& file, const std::string& text) {
    auto path = desk_.config.root() / file;
    EditedConfig::write(path, EditedConfig::text(path) + text);
  }
  // From where `from` stands to where `to` stands next.
  void cut(const std::string& file, const std::string& from, const std::string& to) {
    auto path = desk_.config.root() / file;
    auto text = EditedConfig::text(path);
    auto begin = text.find(from);
    if (begin == std::string::npos) throw std::logic_error("not there: " + from);
    text.erase(begin, text.find(to, begin + 1) - begin);
    EditedConfig::write(path, text);
  }

  static constexpr const char* units = "plans/wuhan-2022-1/units.toml";
  static constexpr const char* tasks = "plans/wuhan-2022-1/tasks.toml";
  Desk desk_;
  Living living_;
  std::set<std::string> open_;
};

TEST_F(Promised, ADueDayMoved) {
  holds([&] { edit("due    = \"25 17:00\"", "due    = \"20 17:00\""); }, 100);
}

TEST_F(Promised, ADueDayMovedBackAfterItWasTold) {
  edit("due    = \"25 17:00\"", "due    = \"20 17:00\"");
  ASSERT_TRUE(desk_.ask(desk_.engine->reload("alice")));
  to("10-15T11:00:00");
  holds([&] { edit("due    = \"20 17:00\"", "due    = \"25 17:00\""); }, 100);
}

TEST_F(Promised, WhatIsQueuedAndNotYetSentIsWithdrawn) {
  to("10-21T09:00:00");
  ASSERT_GE(run().record().open_notices().size(), 20U);
  holds([&] { edit("due    = \"25 17:00\"", "due    = \"30 17:00\""); }, 100);
  EXPECT_GE(open_.size(), 20U);
}

TEST_F(Promised, AReminderMoved) {
  holds([&] { edit("remind   = \"-3wd 09:00\"", "remind   = \"-5wd 10:00\""); }, 23);
}

TEST_F(Promised, ALadderStageAdded) {
  holds([&] {
    edit("remind   = \"-3wd 09:00\"", "remind   = [\"-4wd 09:00\", \"-3wd 09:00\"]");
  }, 23);
}

TEST_F(Promised, ADutyRemoved) {
  holds([&] {
    cut("plans/wuhan-2022-1/plan.toml", "[[duty]]\nid     = \"unit-final\"", "[[duty]]");
  }, 40);
}

TEST_F(Promised, AnUndatedDutyDated) {
  holds([&] {
    edit("due    = \"tbd\"\nwithin = \"12\"", "due    = \"12-12\"\nwithin = \"12\"");
  }, 1);
}

TEST_F(Promised, AUnitRemoved) {
  holds([&] {
    cut(units, "[[unit]]\nid     = \"metro\"", "[[");
    cut(units, "  \"metro\",", "\n");
    cut(units, "[[contact]]\nid       = \"metro-liaison\"", "\n\n");
    edit(tasks, "[\"ndrc\", \"metro\"]", "[\"ndrc\"]");
  }, 3);
}

TEST_F(Promised, AUnitAdded) {
  holds([&] {
    append(units, "\n[[unit]]\nid = \"library\"\nname = \"市图书馆\"\nmanner = \"bureau\"\n"
                  "\n[[contact]]\nid = \"library-liaison\"\nunit = \"library\"\n"
                  "role = \"liaison\"\nname = \"联络员\"\n"
                  "channels = [\"folder:liaison@library.example.org\"]\n");
  }, 3);
}

TEST_F(Promised, ALiaisonReplaced) {
  holds([&] { edit(units, "\"edu-liaison\"", "\"edu-second\""); }, 3);
}

TEST_F(Promised, TheWordsOfATemplate) {
  holds([&] { edit("templates/remind.mustache", "前{{#receiver}}将", "之前{{#receiver}}将"); }, 20);
}

TEST_F(Promised, AHolidayPublished) {
  holds([&] {
    append("calendars/cn.toml",
           "\n[[year]]\nyear = 2036\nstatus = \"published\"\noff = [\n"
           "  { name = \"秋假\", from = \"2036-10-23\", to = \"2036-10-27\" },\n]\n");
  }, 50);
}

}  // namespace
}  // namespace duban::engine
