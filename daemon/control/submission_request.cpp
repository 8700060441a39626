#include "control/submission_request.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "document/secrecy.h"
#include "settings/report.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using engine::Refusal;
using schedule::SubmittedFile;
using schedule::SubmittedRow;
using Words = std::vector<std::string>;

std::unexpected<Refusal> bad(Bilingual message, Bilingual mend = {}) {
  return std::unexpected(Refusal{"bad-request", std::move(message), std::move(mend)});
}

struct TextField {
  std::string_view key;
  std::string SubmittedRow::* member;
};
constexpr std::array<TextField, 6> texts{{{"clause", &SubmittedRow::clause},
                                          {"progress", &SubmittedRow::progress},
                                          {"problem", &SubmittedRow::problem},
                                          {"asks_whom", &SubmittedRow::asks_whom},
                                          {"asks_what", &SubmittedRow::asks_what},
                                          {"asks_by", &SubmittedRow::asks_by}}};

// Nothing when the row has no field of that name.
const json::value* field_of(const json::object& row, std::string_view key) {
  return row.if_contains(json::string_view{key.data(), key.size()});
}

Found<void> check_known(const json::object& object, const Words& known) {
  for (const auto& field : object) {
    std::string key{field.key()};
    if (std::ranges::find(known, key) != known.end()) continue;
    return bad(both("有不认识的字段{}", "there is an unknown field {}", settings::in_quotes(key)),
               settings::suggest(key, known));
  }
  return {};
}

Found<void> take_state(const json::object& object, SubmittedRow& row) {
  const auto* state = field_of(object, "state");
  if (state == nullptr) return {};
  auto word = text_of("state", *state);
  if (!word) return std::unexpected(word.error());
  auto known = word->empty() ? RowState::unsaid : from_word<RowState>(*word);
  if (!known) {
    return bad(both("没有这种状态{}", "there is no state {}", settings::in_quotes(*word)),
               {"写 done、on-track、behind、undated,或不写",
                "write done, on-track, behind or undated, or leave it out"});
  }
  row.state = *known;
  return {};
}

Found<void> take_unchanged(const json::object& object, SubmittedRow& row) {
  const auto* unchanged = field_of(object, "unchanged");
  if (unchanged == nullptr || unchanged->is_null()) return {};
  if (!unchanged->is_bool()) {
    return bad({"unchanged 应是 true 或 false", "unchanged must be true or false"});
  }
  row.unchanged = unchanged->get_bool();
  return {};
}

Found<void> take_lacks(const json::object& object, SubmittedRow& row) {
  const auto* lacks = field_of(object, "lacks");
  if (lacks == nullptr) return {};
  auto words = texts_of("lacks", *lacks);
  if (!words) return std::unexpected(words.error());
  bool lines = std::ranges::any_of(*words, [](const std::string& word) {
    return word.empty() || word.find('\n') != std::string::npos;
  });
  if (lines) {
    return bad({"lacks 里每一个是一个单位的名称", "each entry of lacks must be a unit's name"});
  }
  row.lacks = std::move(*words);
  return {};
}

Found<SubmittedRow> row_of(const json::value& value) {
  if (!value.is_object()) {
    return bad({"rows 里每一行应是一个对象", "each entry of rows must be an object"});
  }
  const auto& object = value.get_object();
  Words known{"unchanged", "state", "lacks"};
  for (const auto& field : texts) known.emplace_back(field.key);
  if (auto fine = check_known(object, known); !fine) return std::unexpected(fine.error());
  SubmittedRow row;
  for (const auto& field : texts) {
    const auto* text = field_of(object, field.key);
    if (text == nullptr) continue;
    auto taken = text_of(std::string{field.key}, *text);
    if (!taken) return std::unexpected(taken.error());
    if (auto secret = refusal_of_mark(document::secrecy_mark_in(*taken))) {
      return std::unexpected(*secret);
    }
    row.*field.member = std::move(*taken);
  }
  if (row.clause.empty()) return bad({"有一行没有写条款(clause)", "a row lacks its clause"});
  for (auto take : {take_state, take_unchanged, take_lacks}) {
    if (auto fine = take(object, row); !fine) return std::unexpected(fine.error());
  }
  return row;
}

Found<SubmittedFile> file_of(const json::value& value) {
  if (!value.is_object()) {
    return bad({"files 里每一个应是一个对象", "each entry of files must be an object"});
  }
  const auto& object = value.get_object();
  if (auto fine = check_known(object, {"name", "digest", "bytes"}); !fine) {
    return std::unexpected(fine.error());
  }
  SubmittedFile file;
  for (auto [key, into] : {std::pair{"name", &file.name}, std::pair{"digest", &file.digest}}) {
    const auto* text = field_of(object, key);
    auto taken = text == nullptr ? Found<std::string>{} : text_of(key, *text);
    if (!taken) return std::unexpected(taken.error());
    if (taken->empty()) return bad(both("文件没有写 {}", "a file lacks its {}", key));
    *into = std::move(*taken);
  }
  if (auto secret = refusal_of_mark(document::secrecy_mark_in_name(file.name))) {
    return std::unexpected(*secret);
  }
  const auto* bytes = field_of(object, "bytes");
  if (bytes == nullptr || !bytes->is_int64() || bytes->get_int64() < 0) {
    return bad({"文件的 bytes 应是它有多少字节", "bytes of a file must be how many bytes it has"});
  }
  file.bytes = bytes->get_int64();
  return file;
}

template <class T>
Found<std::vector<T>> list_of(const json::value& value, std::string_view what, std::size_t most,
                              Found<T> (*one_of)(const json::value&)) {
  std::vector<T> list;
  if (value.is_null()) return list;
  if (!value.is_array()) return bad(both("{} 应是一个列表", "{} must be a list", what));
  if (value.get_array().size() > most) {
    return bad(both("{} 太多,至多 {}", "too many {}, at most {}", what, most));
  }
  for (const auto& element : value.get_array()) {
    auto one = one_of(element);
    if (!one) return std::unexpected(one.error());
    list.push_back(std::move(*one));
  }
  return list;
}

}  // namespace

std::optional<Refusal> refusal_of_mark(const std::string& mark) {
  auto fault = document::secrecy_fault(mark);
  if (!fault) return std::nullopt;
  return Refusal{fault->code, fault->message, fault->mend};
}

Found<std::vector<SubmittedRow>> rows_of(const json::value& value) {
  return list_of<SubmittedRow>(value, "rows", limits::submitted_rows, row_of);
}

Found<std::vector<SubmittedFile>> files_of(const json::value& value) {
  return list_of<SubmittedFile>(value, "files", limits::submitted_files, file_of);
}

std::vector<SubmittedRow> with_ids(std::vector<SubmittedRow> rows, const plan::Plan& plan) {
  for (auto& row : rows) {
    if (auto clause = find_clause(plan, row.clause)) row.clause = std::move(*clause);
    for (auto& lacking : row.lacks) {
      if (auto unit = find_unit(plan, lacking)) lacking = std::move(*unit);
    }
  }
  return rows;
}

}  // namespace duban::control
