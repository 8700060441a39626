#pragma once
// The names that a template may use of a view, and how each is reached: made of the tables of
// view.h.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "message/view.h"

namespace duban::message {

/// How a template gets at what a name stands for, in a view whose type it does not know.
struct Reach {
  /// Of a text only.
  const std::string& (*text)(const void* view) = nullptr;
  /// How often a section of that name is shown; none: what it stands for counts as not there.
  std::size_t (*count)(const void* view) = nullptr;
  /// Of a group only: the view that its section sees the n-th time.
  const void* (*inside)(const void* view, std::size_t n) = nullptr;
};

/// The names of a view, as templates are checked and read against them.
struct Name {
  enum class Shape { text, flag, group };
  std::string_view name;
  Shape shape = Shape::text;
  Reach reach;
  std::vector<Name> inside;
  /// A list: what stands inside is shown for each of its entries.
  bool many = false;
};

template <class T>
std::vector<Name> names_of();

template <class T>
struct Held;
template <class T>
struct Held<std::vector<T>> {
  using type = T;
  static constexpr bool many = true;
  static std::size_t count(const std::vector<T>& list) { return list.size(); }
  static const void* at(const std::vector<T>& list, std::size_t n) { return &list[n]; }
};
template <class T>
struct Held<std::optional<T>> {
  using type = T;
  static constexpr bool many = false;
  static std::size_t count(const std::optional<T>& group) { return group ? 1 : 0; }
  static const void* at(const std::optional<T>& group, std::size_t) { return &*group; }
};

template <class T, std::size_t n>
constexpr auto field_of = std::get<n>(fields(static_cast<const T*>(nullptr)));

template <class T, std::size_t n>
const auto& value_of(const void* view) {
  return static_cast<const T*>(view)->*field_of<T, n>.member;
}

template <class T, std::size_t n>
Name name_of() {
  using Value = std::remove_cvref_t<decltype(value_of<T, n>(nullptr))>;
  constexpr auto name = field_of<T, n>.name;
  if constexpr (std::is_same_v<Value, std::string>) {
    return {.name = name,
            .shape = Name::Shape::text,
            .reach = {.text = [](const void* view) -> const std::string& {
                        return value_of<T, n>(view);
                      },
                      .count = [](const void* view) -> std::size_t {
                        return value_of<T, n>(view).empty() ? 0 : 1;
                      }}};
  } else if constexpr (std::is_same_v<Value, bool>) {
    return {.name = name,
            .shape = Name::Shape::flag,
            .reach = {.count = [](const void* view) -> std::size_t {
              return value_of<T, n>(view) ? 1 : 0;
            }}};
  } else {
    using Group = Held<Value>;
    return {.name = name,
            .shape = Name::Shape::group,
            .reach = {.count = [](const void* view) { return Group::count(value_of<T, n>(view)); },
                      .inside = [](const void* view, std::size_t at) {
                        return Group::at(value_of<T, n>(view), at);
                      }},
            .inside = names_of<typename Group::type>(),
            .many = Group::many};
  }
}

template <class T>
std::vector<Name> names_of() {
  constexpr auto count = std::tuple_size_v<decltype(fields(static_cast<const T*>(nullptr)))>;
  return []<std::size_t... n>(std::index_sequence<n...>) {
    return std::vector<Name>{name_of<T, n>()...};
  }(std::make_index_sequence<count>{});
}

}  // namespace duban::message
