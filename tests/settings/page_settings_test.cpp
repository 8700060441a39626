#include "settings/page_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/limits.h"
#include "settings/section.h"

namespace duban::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Read {
  std::optional<PageSettings> page;
  Diagnostics diagnostics;
};

Read read(const std::string& text) {
  Read out;
  auto root = parse_toml(text, "duband.toml", out.diagnostics);
  if (!root) return out;
  Section section{*root, "duband.toml", out.diagnostics};
  out.page = read_page(section);
  return out;
}

Diagnostic only(const std::string& text) {
  auto found = read(text).diagnostics;
  EXPECT_EQ(found.size(), 1U) << text;
  return found.empty() ? Diagnostic{} : found.front();
}

TEST(PageSettings, without_the_table_there_are_no_pages) {
  auto found = read("watch = true\n");
  EXPECT_FALSE(found.page);
  EXPECT_THAT(found.diagnostics, IsEmpty());
}

TEST(PageSettings, an_address_a_base_and_names) {
  auto found = read("[page]\nlisten = \"127.0.0.1:8622\"\nbase = \"/duban\"\n"
                    "hosts = [\"Duban.Example.org\"]\n");
  ASSERT_TRUE(found.page);
  EXPECT_EQ(found.page->address, "127.0.0.1");
  EXPECT_EQ(found.page->port, 8622);
  EXPECT_EQ(found.page->base, "/duban");
  EXPECT_THAT(found.page->hosts, ElementsAre("duban.example.org"));
  EXPECT_EQ(found.page->place, (Place{"duband.toml", 1, 1}));
}

TEST(PageSettings, an_address_of_six_groups_stands_in_brackets) {
  auto found = read("[page]\nlisten = \"[::1]:8622\"\nbase = \"/\"\n");
  ASSERT_TRUE(found.page);
  EXPECT_EQ(found.page->address, "::1");
  EXPECT_EQ(found.page->base, "");
}

TEST(PageSettings, every_other_address_is_refused_with_its_mend) {
  for (const auto* address : {"0.0.0.0:8622", "192.0.2.7:80", "[::]:8622", "[2001:db8::1]:80",
                              "128.0.0.1:80"}) {
    auto found = only(fmt::format("[page]\nlisten = \"{}\"\n", address));
    EXPECT_EQ(found.code, "page-not-local") << address;
    EXPECT_THAT(found.mend.chinese, HasSubstr("反向代理"));
    EXPECT_EQ(found.place.line, 2U);
  }
}

TEST(PageSettings, what_is_no_address_is_refused) {
  for (const auto* address : {"8622", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:80",
                              "127.0.0.1:80x", "localhost:80", "127.1:80", ":80"}) {
    auto found = only(fmt::format("[page]\nlisten = \"{}\"\n", address));
    EXPECT_EQ(found.code, "bad-value") << address;
    EXPECT_THAT(found.mend.chinese, HasSubstr("127.0.0.1:8622"));
  }
  EXPECT_EQ(only("[page]\nbase = \"/duban\"\n").code, "missing-key");
}

TEST(PageSettings, a_base_is_a_plain_path) {
  for (const auto* base : {"duban", "/duban/", "//duban", "/a b", "/\\\"x", "/..", "/%64"}) {
    auto found = only(fmt::format("[page]\nlisten = \"127.0.0.1:1\"\nbase = \"{}\"\n", base));
    EXPECT_EQ(found.code, "bad-value") << base;
  }
  auto of = [](std::size_t bytes) {
    return read(fmt::format("[page]\nlisten = \"127.0.0.1:1\"\nbase = \"/{}\"\n",
                            std::string(bytes - 1, 'a')));
  };
  EXPECT_THAT(of(limits::page_base_bytes).diagnostics, IsEmpty());
  EXPECT_EQ(of(limits::page_base_bytes + 1).diagnostics.size(), 1U);
}

TEST(PageSettings, a_host_is_a_name_without_port) {
  for (const auto* host : {"http://duban", "duban:80", "", "督办"}) {
    auto found = only(fmt::format("[page]\nlisten = \"127.0.0.1:1\"\nhosts = [\"{}\"]\n", host));
    EXPECT_EQ(found.code, "bad-value") << host;
  }
  std::string names;
  for (std::size_t i = 0; i <= limits::page_hosts; ++i) names += fmt::format("\"h{}\",", i);
  EXPECT_EQ(only("[page]\nlisten = \"127.0.0.1:1\"\nhosts = [" + names + "]\n").code, "too-many");
}

TEST(PageSettings, a_key_that_nobody_knows_is_told) {
  EXPECT_EQ(only("[page]\nlisten = \"127.0.0.1:1\"\nhost = [\"a\"]\n").code, "unknown-key");
}

}  // namespace
}  // namespace duban::settings
