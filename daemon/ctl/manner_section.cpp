#include "ctl/manner_section.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/limits.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

using engine::Manner;
using engine::Spread;
using settings::Section;
using Manners = std::map<std::string, std::vector<Manner>>;
using control::Found;

// A part of a whole: 0.3; true and false are all and none.
double read_part(Section& section, std::string_view key, double otherwise) {
  const auto* node = section.any(key);
  if (node == nullptr) return otherwise;
  using Kind = settings::Node::Kind;
  if (node->kind == Kind::boolean) return node->truth ? 1 : 0;
  auto part = node->kind == Kind::real      ? node->real
              : node->kind == Kind::integer ? static_cast<double>(node->number)
                                            : -1;
  if (part >= 0 && part <= 1) return part;
  settings::error(section.diagnostics(), node->place, "bad-value",
                  both("{} 应写0到1之间的数", "{} must be a number from 0 to 1", key),
                  both("三成写 0.3,全部写 true", "write 0.3 for three in ten, true for all"));
  return otherwise;
}

// `2wd`, `1wd..4wd`, `2h..20h`.
std::optional<Spread> parse_spread(std::string_view text) {
  auto dots = text.find("..");
  auto first = text.substr(0, dots);
  auto last = dots == std::string_view::npos ? first : text.substr(dots + 2);
  Spread spread;
  spread.in_hours = first.ends_with('h');
  std::string_view unit = spread.in_hours ? "h" : "wd";
  for (auto [word, into] : {std::pair{first, &spread.least}, std::pair{last, &spread.most}}) {
    if (!word.ends_with(unit)) return std::nullopt;
    word.remove_suffix(unit.size());
    auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), *into);
    if (failure != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  }
  bool sound = spread.least >= 1 && spread.least <= spread.most &&
               spread.most <= limits::offset_days;
  return sound ? std::optional{spread} : std::nullopt;
}

Spread read_spread(Section& section, Manner::HandsIn hands_in) {
  auto by = section.text("by");
  bool early = hands_in == Manner::HandsIn::early;
  if (!by) return {.least = 1, .most = early ? 3 : 4};
  if (!early && hands_in != Manner::HandsIn::late) {
    settings::error(section.diagnostics(), by->place, "bad-value",
                    both("by 只同 hands_in = \"early\" 或 \"late\" 一起写",
                         "by goes only with hands_in = \"early\" or \"late\""),
                    both("去掉这一行", "remove this line"));
    return {};
  }
  if (auto spread = parse_spread(by->value)) return *spread;
  settings::error(section.diagnostics(), by->place, "bad-value",
                  both("by 不能写{}", "by cannot be {}", settings::in_quotes(by->value)),
                  both("写工作日或小时,如 \"1wd..4wd\"、\"2h..20h\"",
                       "write working days or hours, like \"1wd..4wd\", \"2h..20h\""));
  return {};
}

using ByPlan = std::map<std::string, std::vector<std::string>>;
using Names = std::optional<ByPlan>;

class Reader {
 public:
  Reader(std::uint64_t seed, control::Timetables plans) : seed_(seed), plans_(plans) {
    for (const auto* plan : plans) made_[plan->plan().id];
  }

  Manners read(std::vector<Section> sections) {
    for (auto& section : sections) read_one(section);
    for (const auto* plan : plans_) draw_units(plan->plan());
    return std::move(made_);
  }

 private:
  /// A manner of a plan, by its place, that takes a share of the units.
  struct Share {
    std::size_t manner;
    double part;
  };

  void read_one(Section& section) {
    auto manner = read_manner(section);
    auto units = names(section, "units", [](const auto& plan, const auto& word) {
      return control::find_unit(plan.plan(), word);
    });
    auto duties = names(section, "duties", [](const auto& plan, const auto& word) {
      return duty_id(plan, word);
    });
    auto share = section.has("share") ? std::optional{read_part(section, "share", 0)}
                                      : std::nullopt;
    if (units && share) {
      settings::error(section.diagnostics(), section.place(), "two-ways",
                      both("units 和 share 只能写一个",
                           "units and share cannot stand together"),
                      both("去掉一个", "remove one"));
    }
    section.finish();
    manner.rest = !units && !share;
    for (auto& [plan, all] : made_) {
      if (units) manner.units = (*units)[plan];
      if (duties) manner.duties = (*duties)[plan];
      if (duties && manner.duties.empty()) continue;
      if (share) shares_[plan].push_back({all.size(), *share});
      all.push_back(manner);
    }
  }

  static Manner read_manner(Section& section) {
    Manner manner;
    auto hands_in = section.choice<Manner::HandsIn>(
        "hands_in", {{"early", Manner::HandsIn::early},
                     {"last-day", Manner::HandsIn::last_day},
                     {"late", Manner::HandsIn::late},
                     {"never", Manner::HandsIn::never}});
    if (!section.has("hands_in")) {
      section.missing("hands_in", both("写 early、last-day、late 或 never",
                                       "write early, last-day, late or never"));
    }
    manner.hands_in = hands_in.value_or(Manner::HandsIn::last_day);
    manner.by = read_spread(section, manner.hands_in);
    manner.asks = read_part(section, "asks", manner.asks);
    manner.grants = read_part(section, "grants", manner.grants);
    manner.paper_first = read_part(section, "paper_first", manner.paper_first);
    manner.wrong = read_part(section, "wrong", manner.wrong);
    return manner;
  }

  static Found<std::string> duty_id(const schedule::Timetable& plan, const std::string& word) {
    std::vector one{&plan};
    auto found = control::find_duty(one, "", word);
    if (!found) return std::unexpected(found.error());
    return found->duty->id;
  }

  /// The ids that words mean, in each plan that knows them; a word that none knows is reported.
  template <class Find>
  Names names(Section& section, std::string_view key, Find find) {
    auto words = section.texts(key);
    if (!words) return std::nullopt;
    ByPlan ids;
    for (const auto& word : *words) {
      std::optional<engine::Refusal> refused;
      bool known = false;
      for (const auto* plan : plans_) {
        auto found = find(*plan, word.value);
        if (found) ids[plan->plan().id].push_back(*found);
        if (!found && !refused) refused = found.error();
        known = known || found;
      }
      if (known || !refused) continue;
      settings::error(section.diagnostics(), word.place, refused->code, refused->message,
                      refused->mend);
    }
    return ids;
  }

  // Of those whom no manner names each is drawn once.
  void draw_units(const plan::Plan& plan) {
    auto& manners = made_[plan.id];
    std::set<std::string> named;
    for (const auto& manner : manners) named.insert(manner.units.begin(), manner.units.end());
    std::vector<std::pair<double, std::string>> pool;
    for (const auto& unit : plan.units) {
      if (named.contains(unit.id)) continue;
      pool.emplace_back(engine::drawn(seed_, plan.id + "|unit|" + unit.id), unit.id);
    }
    std::ranges::sort(pool);
    auto next = pool.begin();
    for (const auto& [manner, part] : shares_[plan.id]) {
      auto wanted = std::lround(part * static_cast<double>(pool.size()));
      for (; wanted > 0 && next != pool.end(); --wanted, ++next) {
        manners[manner].units.push_back(next->second);
      }
    }
  }

  std::uint64_t seed_;
  control::Timetables plans_;
  Manners made_;
  std::map<std::string, std::vector<Share>> shares_;
};

}  // namespace

Manners read_manners(Section& file, std::uint64_t seed, control::Timetables plans) {
  auto sections = file.tables("manner");
  if (sections.size() > limits::behaviour_manners) {
    settings::error(file.diagnostics(), sections[limits::behaviour_manners].place(), "too-many",
                    both("[[manner]] 超过{}个", "more than {} tables [[manner]]",
                         limits::behaviour_manners),
                    both("合并写法相同的单位", "put units that behave alike into one"));
    return {};
  }
  return Reader{seed, plans}.read(std::move(sections));
}

}  // namespace duban::ctl
