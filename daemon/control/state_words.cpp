#include "control/state_words.h"

#include <array>
#include <span>
#include <utility>

namespace duban::control {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

std::string look_up(std::span<const Pair> words, std::string_view word) {
  for (const auto& [known, shown] : words) {
    if (known == word) return std::string{shown};
  }
  return std::string{word};
}

constexpr std::array stages{Pair{"remind", "提醒"}, Pair{"due", "当日"}, Pair{"overdue", "逾期"},
                            Pair{"escalate", "提请关注"}, Pair{"draft", "送审稿"}};
constexpr std::array states{
    Pair{"planned", "计划"},     Pair{"answered", "已报"},    Pair{"silent", "不催"},
    Pair{"drafted", "待放行"},   Pair{"queued", "待发"},      Pair{"sending", "正在发"},
    Pair{"retrying", "重试中"},  Pair{"delivered", "已送达"}, Pair{"bounced", "退信"},
    Pair{"failed", "未送达"},    Pair{"expired", "过期未发"}, Pair{"withdrawn", "撤回"},
    Pair{"superseded", "被取代"}};
constexpr std::array outcomes{Pair{"delivered", "送达"}, Pair{"retry", "未成,再试"},
                              Pair{"rejected", "拒收"}, Pair{"unknown", "不明"}};
constexpr std::array audiences{Pair{"liaison", "联络员"}, Pair{"leader", "分管负责同志"},
                               Pair{"office", "办公室"}, Pair{"party", "外部单位"}};
constexpr std::array kinds{Pair{"stage", "节点提醒"}, Pair{"change", "改期"},
                           Pair{"gone", "取消"},      Pair{"correction", "更正"},
                           Pair{"answer", "答复"},    Pair{"handover", "交接"},
                           Pair{"start", "启动"},     Pair{"list", "日清单"},
                           Pair{"document", "送审稿"},  Pair{"trouble", "故障"}};

}  // namespace

std::string stage_words(std::string_view stage_key) {
  return look_up(stages, stage_key.substr(0, stage_key.find(' ')));
}

std::string state_words(std::string_view state) { return look_up(states, state); }
std::string outcome_words(std::string_view outcome) { return look_up(outcomes, outcome); }
std::string audience_words(std::string_view audience) { return look_up(audiences, audience); }
std::string kind_words(std::string_view kind) { return look_up(kinds, kind); }

}  // namespace duban::control
