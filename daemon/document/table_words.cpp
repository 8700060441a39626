#include "document/table_words.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace duban::document {
namespace {

// Of U+FF01 to U+FF5E, each is the ASCII sign so much before.
constexpr char32_t full_width_first = 0xFF01, full_width_last = 0xFF5E, full_width_step = 0xFEE0;
constexpr char32_t circled_one = 0x2460, circled_nine = 0x2468;
constexpr char32_t bracketed_one = 0x3220, bracketed_ten = 0x3229;
constexpr std::array<std::string_view, 10> numerals{"一", "二", "三", "四", "五",
                                                    "六", "七", "八", "九", "十"};

bool is_blank(char32_t c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0x3000 || c == 0xA0 ||
         c == 0x200B || c == 0xFEFF;
}

char32_t plain_sign(char32_t c) {
  if (c >= full_width_first && c <= full_width_last) c -= full_width_step;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  if (c == '[' || c == U'【' || c == U'〔' || c == U'［' || c == U'「') return '(';
  if (c == ']' || c == U'】' || c == U'〕' || c == U'］' || c == U'」') return ')';
  return c;
}

bool is_stop(char c) { return c == '.' || c == ',' || c == ';' || c == ':'; }

std::string without(std::string text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
      text.erase(at, word.size());
    }
  }
  return text;
}

std::string without_stops(std::string text) {
  std::erase_if(text, is_stop);
  return without(std::move(text), {"、", "。", "·"});
}

std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
  }
  return out;
}

using Column = std::pair<std::string_view, TableColumn>;
constexpr std::array heads{
    Column{"条款", TableColumn::clause}, Column{"条款号", TableColumn::clause},
    Column{"对应条款", TableColumn::clause}, Column{"文件条款", TableColumn::clause},
    Column{"任务条款", TableColumn::clause},
    Column{"任务", TableColumn::task}, Column{"任务名称", TableColumn::task},
    Column{"工作任务", TableColumn::task}, Column{"具体任务", TableColumn::task},
    Column{"重点任务", TableColumn::task}, Column{"任务内容", TableColumn::task},
    Column{"主要任务", TableColumn::task}, Column{"事项", TableColumn::task},
    Column{"进展", TableColumn::progress}, Column{"进展情况", TableColumn::progress},
    Column{"工作进展", TableColumn::progress}, Column{"推进情况", TableColumn::progress},
    Column{"工作进展情况", TableColumn::progress}, Column{"工作推进情况", TableColumn::progress},
    Column{"完成情况", TableColumn::progress}, Column{"办理情况", TableColumn::progress},
    Column{"状态", TableColumn::state}, Column{"节点状态", TableColumn::state},
    Column{"节点及状态", TableColumn::state}, Column{"进度状态", TableColumn::state},
    Column{"完成状态", TableColumn::state}, Column{"是否按序时", TableColumn::state},
    Column{"问题", TableColumn::problem}, Column{"存在问题", TableColumn::problem},
    Column{"存在的问题", TableColumn::problem}, Column{"主要问题", TableColumn::problem},
    Column{"问题和困难", TableColumn::problem}, Column{"存在问题和困难", TableColumn::problem},
    Column{"困难问题", TableColumn::problem}, Column{"存在问题及困难", TableColumn::problem},
    Column{"存在困难", TableColumn::problem}, Column{"存在的困难和问题", TableColumn::problem},
    Column{"请谁", TableColumn::asks_whom}, Column{"请谁协调", TableColumn::asks_whom},
    Column{"需协调单位", TableColumn::asks_whom}, Column{"协调单位", TableColumn::asks_whom},
    Column{"做什么", TableColumn::asks_what}, Column{"请做什么", TableColumn::asks_what},
    Column{"需协调事项", TableColumn::asks_what}, Column{"协调事项", TableColumn::asks_what},
    Column{"需要协调的事项", TableColumn::asks_what}, Column{"需协调", TableColumn::asks_what},
    Column{"需协调解决的问题", TableColumn::asks_what},
    Column{"何时要", TableColumn::asks_by}, Column{"何时", TableColumn::asks_by},
    Column{"时限", TableColumn::asks_by}, Column{"时间要求", TableColumn::asks_by},
    Column{"要求时限", TableColumn::asks_by}, Column{"什么时候要", TableColumn::asks_by},
    Column{"缺", TableColumn::lacks}, Column{"缺×单位", TableColumn::lacks},
    Column{"缺单位", TableColumn::lacks}, Column{"缺哪些单位", TableColumn::lacks},
    Column{"未提供情况的单位", TableColumn::lacks}, Column{"缺报单位", TableColumn::lacks},
};

// 5月进展情况, 本月进展, 二季度进展: what it is the progress of is no part of the name.
std::string_view without_period(std::string_view head) {
  for (std::string_view end : {"本月", "本期", "本季度", "本季", "当月", "季度", "月份", "月"}) {
    auto at = head.find(end);
    constexpr std::size_t number_bytes = 6;
    if (at > number_bytes) continue;
    if (at + end.size() < head.size()) return head.substr(at + end.size());
  }
  return head;
}

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  for (char32_t c : decode_utf8(text)) {
    if (is_blank(c)) continue;
    if (c >= circled_one && c <= circled_nine) {
      out += static_cast<char>('1' + (c - circled_one));
    } else if (c >= bracketed_one && c <= bracketed_ten) {
      out += '(';
      out += numerals.at(c - bracketed_one);
      out += ')';
    } else {
      out += encode_utf8(plain_sign(c));
    }
  }
  return out;
}

std::string folded_clause(std::string_view text) {
  return without(without_stops(folded(text)), {"第", "条"});
}

std::optional<TableColumn> column_named(std::string_view head) {
  auto bare = without_stops(without_brackets(folded(head)));
  for (auto name : {std::string_view{bare}, without_period(bare)}) {
    auto found = std::ranges::find(heads, name, &Column::first);
    if (found != heads.end()) return found->second;
  }
  return std::nullopt;
}

std::optional<RowState> state_named(std::string_view text) {
  auto bare = without_stops(without_brackets(folded(text)));
  if (bare.empty()) bare = without_stops(folded(text));
  if (is_any(bare, {"", "-", "/", "—"})) return RowState::unsaid;
  if (is_any(bare, {"已完成", "完成", "办结", "已办结", "已销号", "全部完成"})) {
    return RowState::done;
  }
  if (is_any(bare, {"正常", "按序时", "按序时推进", "正常推进", "序时推进", "序时", "有序推进",
                    "推进中", "按计划推进", "按期推进", "正在推进", "进展正常"})) {
    return RowState::on_track;
  }
  if (is_any(bare, {"滞后", "序时滞后", "进度滞后", "落后", "未达序时", "未按期完成", "逾期"})) {
    return RowState::behind;
  }
  if (is_any(bare, {"未定节点", "未定", "无节点", "节点未定", "待定", "未明确节点"})) {
    return RowState::undated;
  }
  return std::nullopt;
}

std::string_view state_word(RowState state) {
  switch (state) {
    case RowState::unsaid: return "";
    case RowState::done: return "已完成";
    case RowState::on_track: return "正常";
    case RowState::behind: return "滞后";
    case RowState::undated: return "未定节点";
  }
  return "";
}

bool says_unchanged(std::string_view text) {
  auto bare = without_stops(folded(text));
  if (bare.starts_with('(') && bare.ends_with(')')) bare = bare.substr(1, bare.size() - 2);
  bare = without(std::move(bare), {"!", "\"", "'", "“", "”", "‘", "’"});
  return is_any(bare, {"无变化", "本月无变化", "本期无变化", "本季度无变化", "没有变化", "同上月",
                       "同上期", "与上月相同", "无新进展", "本月无新进展", "较上月无变化",
                       "较上期无变化", "无更新", "√本月无变化", "☑本月无变化"});
}

}  // namespace duban::document
