#pragma once
// A small correct plan on disk, for one test: break one thing in it and look at what load() says.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/in_english.h"
#include "plan/load.h"
#include "plan/small_plan.h"

namespace duban::plan {

class PlanTree {
 public:
  PlanTree() {
    std::string name = std::filesystem::temp_directory_path() / "duban-plan-XXXXXX";
    root_ = mkdtemp(name.data());
    texts_["calendars/cn.toml"] = small::calendar;
    texts_["plans/p/plan.toml"] = small::plan;
    texts_["plans/p/units.toml"] = small::units;
    texts_["plans/p/tasks.toml"] = small::tasks;
  }
  ~PlanTree() { std::filesystem::remove_all(root_); }
  PlanTree(const PlanTree&) = delete;
  PlanTree& operator=(const PlanTree&) = delete;

  /// Replaces a part of a file; the part must stand there once.
  void change(const std::string& file, const std::string& from, const std::string& to) {
    auto& text = texts_.at(file);
    auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    ASSERT_EQ(text.find(from, at + 1), std::string::npos) << from << " stands twice";
    text.replace(at, from.size(), to);
  }
  void in_plan(const std::string& from, const std::string& to) {
    change("plans/p/plan.toml", from, to);
  }
  void in_units(const std::string& from, const std::string& to) {
    change("plans/p/units.toml", from, to);
  }
  void in_tasks(const std::string& from, const std::string& to) {
    change("plans/p/tasks.toml", from, to);
  }
  void append(const std::string& file, const std::string& text) { texts_[file] += text; }
  void put(const std::string& file, const std::string& text) { texts_[file] = text; }
  void drop(const std::string& file) { texts_.erase(file); }
  const std::string& text(const std::string& file) const { return texts_.at(file); }
  std::filesystem::path path(const std::string& file) const { return root_ / file; }

  Loaded load() {
    write();
    return load_written();
  }
  void write() {
    for (const auto& [file, text] : texts_) {
      std::filesystem::create_directories((root_ / file).parent_path());
      std::ofstream{root_ / file, std::ios::binary} << text;
    }
  }
  Loaded load_written() const { return plan::load(options()); }
  LoadOptions options() const {
    return {.plans = root_ / "plans",
            .calendars = root_ / "calendars",
            .templates = root_ / "templates",
            .channels = {"mail", "folder", "chat"}};
  }

  /// The plan, which must have loaded.
  std::shared_ptr<const Plan> good() {
    auto loaded = load();
    for (const auto& d : all(loaded)) EXPECT_NE(d.severity, Severity::error) << format_line(d);
    if (loaded.plans.size() != 1) ADD_FAILURE() << "one plan expected";
    return loaded.plans.at(0).plan;
  }

  static Diagnostics all(const Loaded& loaded) {
    auto found = loaded.diagnostics;
    for (const auto& one : loaded.plans) {
      found.insert(found.end(), one.diagnostics.begin(), one.diagnostics.end());
    }
    for (const auto& d : found) {
      EXPECT_TRUE(testing::is_in_english(d.message));
      EXPECT_TRUE(testing::is_in_english(d.mend));
    }
    return found;
  }

  /// `code file-name:line` of each diagnostic.
  std::vector<std::string> codes() {
    std::vector<std::string> lines;
    for (const auto& d : all(load())) {
      lines.push_back(d.code + " " + std::filesystem::path{d.place.file}.filename().string());
    }
    return lines;
  }

  /// The one diagnostic that a single cause must give.
  Diagnostic only() {
    auto found = all(load());
    EXPECT_EQ(found.size(), 1U);
    for (const auto& d : found) {
      if (found.size() != 1) ADD_FAILURE() << format_line(d);
    }
    return found.empty() ? Diagnostic{} : found.front();
  }

  /// The source text under a diagnostic's place, from its column to the end of the line.
  std::string under(const Diagnostic& d) const {
    auto name = std::filesystem::relative(d.place.file, root_).string();
    std::string_view text = texts_.at(name);
    for (unsigned line = 1; line < d.place.line; ++line) text.remove_prefix(text.find('\n') + 1);
    auto whole = text.substr(0, text.find('\n'));
    return std::string{whole.substr(d.place.column - 1)};
  }

 private:
  std::filesystem::path root_;
  std::map<std::string, std::string> texts_;
};

}  // namespace duban::plan
