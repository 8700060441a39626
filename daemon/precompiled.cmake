# Most of a compile is headers of others, the same in every file: they are parsed once. Each source
# includes what it needs all the same: the preset `lint` compiles without.
option(DUBAN_PRECOMPILE "Precompile the headers of others" ON)

set(headers_of_others
    <algorithm> <array> <charconv> <chrono> <cstdint> <expected> <filesystem> <fstream> <functional>
    <map> <memory> <optional> <ranges> <set> <span> <sstream> <string> <string_view> <utility>
    <variant> <vector> <fmt/format.h>)
set(wide_headers_of_others
    ${headers_of_others}
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/post.hpp> <boost/asio/redirect_error.hpp>
    <boost/asio/this_coro.hpp> <boost/asio/use_awaitable.hpp> <boost/json/array.hpp>
    <boost/json/object.hpp> <boost/json/parse.hpp> <boost/json/serialize.hpp>
    <boost/json/value.hpp> <spdlog/spdlog.h>)
set(headers_of_tests <gtest/gtest.h> <gmock/gmock.h>)
# Ours too: a build that goes on would compile all anew for each header.
if(DUBAN_AT_ONCE)
  file(GLOB headers_of_ours CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/daemon/*/*.h)
  list(FILTER headers_of_ours EXCLUDE REGEX "/daemon/(control|ctl|app)/")
  list(APPEND wide_headers_of_others ${headers_of_ours})
endif()

# A target that holds headers precompiled, for others to take by duban_precompile.
function(duban_precompiled name)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled/${name}.cpp CONTENT "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled/${name}.cpp)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/daemon)
  target_link_libraries(${name} PRIVATE fmt::fmt spdlog::spdlog Boost::headers Boost::json Boost::url)
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

function(duban_precompile target from)
  if(DUBAN_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()
