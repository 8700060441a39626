#pragma once
// Numbers of a document, each with what stands behind it: who is counted, and where it comes from.
// As in message/view.h every struct has the table of names that templates may use of it.

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "message/view.h"

namespace duban::document {

using message::Field;

struct FigureView {
  std::string count;
  /// Who or what is counted: `市水务局、市医保局`. Not for issue: the office checks by it.
  std::string names;
  /// Where it comes from: `按收到时间对照due`.
  std::string source;
};

template <std::same_as<FigureView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"count", &V::count}, Field{"names", &V::names}, Field{"source", &V::source}};
}

/// How many tasks stand under one lamp; the word goes before the colour.
struct LampView {
  /// 按序时
  std::string word;
  /// 绿
  std::string colour, count, names, source;
  /// What stands before the next; filled in by the writer.
  std::string comma;
};

template <std::same_as<LampView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"word", &V::word}, Field{"colour", &V::colour}, Field{"count", &V::count},
      Field{"names", &V::names}, Field{"source", &V::source}, Field{"comma", &V::comma}};
}

/// A line of the sheet by which the office checks a draft; made by the writer.
struct ProofView {
  /// `迟报2家`
  std::string figure;
  /// Its names, and where it comes from.
  std::string stands_for, origin;
};

template <std::same_as<ProofView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"figure", &V::figure}, Field{"stands_for", &V::stands_for},
      Field{"origin", &V::origin}};
}

}  // namespace duban::document
