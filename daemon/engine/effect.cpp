#include "engine/effect.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/digest.h"

namespace duban::engine {
namespace {

using schedule::ItemKey;

std::string words_of(const ledger::Content& content) {
  std::string all;
  for (const auto* text : {&content.subject, &content.text, &content.html, &content.json}) {
    all += std::to_string(text->size()) + '\n' + *text;
  }
  return named_digest(sha256(all));
}

// Collects what notices carry; of a draft's items each once.
class Collector {
 public:
  void add(const schedule::NoticeHead& head, const schedule::Item& item, Instant sent,
           const std::string& words) {
    bool drafted = head.state == NoticeState::drafted;
    if (drafted && !drafts_.insert(item.key).second) return;
    all_.push_back({.item = item,
                    .at = drafted ? item.planned_at : sent,
                    .notice = head.id,
                    .endpoint = head.endpoint,
                    .contact = head.contact,
                    .drafted = drafted,
                    .words = words});
  }
  std::vector<Prospect> take() { return std::move(all_); }

 private:
  std::vector<Prospect> all_;
  std::set<ItemKey> drafts_;
};

// `remind` of `remind -3wd 09:00`.
std::string kind_of_stage(const ItemKey& key) { return key.stage.substr(0, key.stage.find(' ')); }

bool was_told(const schedule::Record& record, const ItemKey& key) {
  const auto* told = record.told_about(key.about);
  return told != nullptr && std::ranges::any_of(*told, [&](const schedule::Told& one) {
    const auto& known = one.item.key;
    return known.kind == key.kind && known.stage == key.stage && known.audience == key.audience;
  });
}

class Comparison {
 public:
  Comparison(std::vector<Prospect> before, std::vector<Prospect> after,
             const schedule::Record& told)
      : before_(std::move(before)), after_(std::move(after)), told_(told) {}

  std::vector<Change> run();

 private:
  using Indexes = std::vector<std::size_t>;

  using Pair = std::pair<std::size_t, std::size_t>;

  void pair(std::size_t from, std::size_t to);
  void pair_by_key();
  void pair_by_order();
  void add_rest();
  void add_reworded();
  void add(ChangeKind kind, const Prospect* from, const Prospect* to);

  std::vector<Prospect> before_, after_;
  const schedule::Record& told_;
  Indexes before_left_, after_left_;
  // Unchanged but for the words of their message, and the messages whose words are explained by
  // the dates of an item.
  std::vector<Pair> other_words_;
  std::set<std::string> dated_otherwise_;
  std::vector<Change> changes_;
};

void Comparison::add(ChangeKind kind, const Prospect* from, const Prospect* to) {
  Change change{.kind = kind, .from = std::nullopt, .to = std::nullopt};
  if (from != nullptr) change.from = *from;
  if (to != nullptr) change.to = *to;
  changes_.push_back(std::move(change));
}

// The same item in both.
void Comparison::pair(std::size_t from, std::size_t to) {
  const auto& was = before_[from];
  const auto& is = after_[to];
  bool same_dates = was.item.due == is.item.due && was.item.was_due == is.item.was_due;
  if (was.at != is.at) {
    add(ChangeKind::moved, &was, &is);
  } else if (was.endpoint != is.endpoint || was.contact != is.contact) {
    add(ChangeKind::rerouted, &was, &is);
  } else if (!same_dates) {
    dated_otherwise_.insert(is.notice);
    add(ChangeKind::reworded, &was, &is);
  } else if (was.notice == is.notice && was.words != is.words) {
    other_words_.emplace_back(from, to);
  }
}

void Comparison::add_reworded() {
  for (auto [from, to] : other_words_) {
    bool explained = dated_otherwise_.contains(after_[to].notice);
    if (!explained) add(ChangeKind::reworded, &before_[from], &after_[to]);
  }
}

void Comparison::pair_by_key() {
  std::map<std::pair<ItemKey, bool>, Indexes> waiting;
  for (std::size_t i = before_.size(); i-- > 0;) {
    waiting[{before_[i].item.key, before_[i].drafted}].push_back(i);
  }
  for (std::size_t i = 0; i < after_.size(); ++i) {
    auto found = waiting.find({after_[i].item.key, after_[i].drafted});
    if (found == waiting.end() || found->second.empty()) {
      after_left_.push_back(i);
    } else {
      pair(found->second.back(), i);
      found->second.pop_back();
    }
  }
  for (const auto& [key, left] : waiting) {
    before_left_.insert(before_left_.end(), left.begin(), left.end());
  }
  std::ranges::sort(before_left_);
}

void Comparison::pair_by_order() {
  using Kinship = std::tuple<schedule::AssignmentKey, Audience, ItemKind, std::string, bool>;
  auto kinship = [](const Prospect& one) {
    const auto& key = one.item.key;
    return Kinship{key.about, key.audience, key.kind, kind_of_stage(key), one.drafted};
  };
  std::map<Kinship, Indexes> waiting;
  for (auto i = before_left_.rbegin(); i != before_left_.rend(); ++i) {
    waiting[kinship(before_[*i])].push_back(*i);
  }
  Indexes after_left;
  std::set<std::size_t> paired;
  for (auto i : after_left_) {
    auto found = waiting.find(kinship(after_[i]));
    if (found == waiting.end() || found->second.empty()) {
      after_left.push_back(i);
    } else {
      pair(found->second.back(), i);
      paired.insert(found->second.back());
      found->second.pop_back();
    }
  }
  std::erase_if(before_left_, [&](std::size_t i) { return paired.contains(i); });
  after_left_ = std::move(after_left);
}

void Comparison::add_rest() {
  for (auto i : before_left_) add(ChangeKind::gone, &before_[i], nullptr);
  for (auto i : after_left_) add(ChangeKind::added, nullptr, &after_[i]);
}

std::vector<Change> Comparison::run() {
  auto earlier = [](const Prospect& one) { return std::tie(one.at, one.item.key); };
  std::ranges::stable_sort(before_, {}, earlier);
  std::ranges::stable_sort(after_, {}, earlier);
  pair_by_key();
  std::erase_if(after_left_, [&](std::size_t i) {
    const auto& key = after_[i].item.key;
    bool again = key.kind == ItemKind::change || was_told(told_, key);
    if (again) add(ChangeKind::told_again, nullptr, &after_[i]);
    return again;
  });
  pair_by_order();
  add_rest();
  add_reworded();
  std::ranges::stable_sort(changes_, {}, [](const Change& one) {
    return std::tuple{one.shown().at, one.key(), one.kind};
  });
  return std::move(changes_);
}

}  // namespace

std::string_view to_word(ChangeKind kind) {
  constexpr std::array<std::string_view, change_kinds> words{"told_again", "moved",    "added",
                                                             "gone",       "rerouted", "reworded"};
  return words.at(static_cast<std::size_t>(kind));
}

std::vector<Prospect> prospects(const schedule::Record& record, Instant from,
                                const Forecast& forecast) {
  Collector collector;
  for (const auto& [id, head] : record.open_notices()) {
    if (std::ranges::find(forecast.ended_at_once, id) != forecast.ended_at_once.end()) continue;
    for (const auto& key : head.items) {
      const auto* told = record.told_item(key);
      if (told != nullptr) collector.add(head, told->item, std::max(from, head.queued_at), "");
    }
  }
  for (const auto& notice : forecast.notices) {
    auto words = words_of(notice.content);
    for (const auto& item : notice.items) {
      collector.add(notice.head, item, notice.head.queued_at, words);
    }
  }
  return collector.take();
}

std::vector<Change> compare(std::vector<Prospect> before, std::vector<Prospect> after,
                            const schedule::Record& told) {
  return Comparison{std::move(before), std::move(after), told}.run();
}

}  // namespace duban::engine
