#pragma once
// A small correct plan on disk, for one test: break one thing in it and look at what load() says.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "plan/load.h"

namespace duban::plan {

class PlanTree {
 public:
  PlanTree() {
    std::string name = std::filesystem::temp_directory_path() / "duban-plan-XXXXXX";
    root_ = mkdtemp(name.data());
    texts_["calendars/cn.toml"] = calendar;
    texts_["plans/p/plan.toml"] = plan;
    texts_["plans/p/units.toml"] = units;
    texts_["plans/p/tasks.toml"] = tasks;
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
  Loaded load_written() const {
    return plan::load({root_ / "plans", root_ / "calendars", root_ / "templates",
                       {"mail", "folder", "chat"}});
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
  static constexpr const char* calendar = R"toml(
id = "cn"
name = "工作日历"
[[year]]
year = 2022
status = "published"
notice = "国办发明电〔2021〕11号"
off = [ { name = "国庆节", from = "2022-10-01", to = "2022-10-07" } ]
work = [ "2022-10-08", "2022-10-09" ]
)toml";
  static constexpr const char* plan = R"toml(
title = "工作方案"
document = "武政办〔2022〕29号"
issued = "2022-03-14"
year = 2022
zone = "Asia/Shanghai"
calendar = "cn"
storm = 20
[budget]
pre_due = 2
requests = 2
exempt = ["ndrc"]
[office]
name = "领导小组办公室"
short = "办公室"
host = "ndrc"
phone = "027-××××"
list = "16:30"
hours = "08:30..17:30"
[[phase]]
id = "deploy"
name = "工作部署阶段"
clause = "三(一)"
from = "issued"
to = "03-31"
[ladder.monthly]
remind = ["-5wd 09:00", "-3wd 09:00"]
due = "0d 09:00"
overdue = { at = "+1wd 14:00", after = "checked" }
escalate = [{ at = "+2wd 09:00", to = "leader", release = "office" }]
made_up = "skip"
[ladder.once]
remind = "-3wd 09:00"
[[duty]]
id = "table"
name = "月调度表"
clause = "四(三)"
basis = "office"
who = "@reporters"
to = "office"
rows = "reporter"
every = "month"
within = "04..10"
due = "25 17:00"
ladder = "monthly"
[duty.period."09"]
excused = "与年度小结合并"
[[duty]]
id = "meeting"
name = "协商会"
clause = "三(二)"
basis = "office"
who = "office"
to = "consult"
due = "tbd"
decide_by = "05-10"
within = "06"
ends = "held"
ladder = "none"
[[duty]]
id = "reply"
name = "立行立改"
clause = "三(二)"
basis = "office"
who = ["edu", "ndrc"]
to = ["consult", "office"]
due = "meeting.held +15wd"
ladder = "once"
)toml";
  static constexpr const char* units = R"toml(
[[unit]]
id = "ndrc"
name = "市发改委"
aliases = ["发改委"]
manner = "bureau"
[[unit]]
id = "edu"
name = "市教育局"
manner = "bureau"
[[unit]]
id = "water"
name = "市水务局"
manner = "bureau"
[[group]]
id = "topic"
name = "专题组"
members = ["water"]
[[party]]
id = "consult"
name = "市政协"
[[endpoint]]
id = "shared"
channel = "chat"
address = "room-1"
group = true
[[contact]]
id = "ndrc-liaison"
unit = "ndrc"
role = "liaison"
channels = ["mail:a@ndrc.example.org"]
[[contact]]
id = "edu-liaison"
unit = "edu"
role = "liaison"
channels = ["mail:a@edu.example.org", "@shared"]
[[contact]]
id = "water-liaison"
unit = "water"
role = "liaison"
channels = ["mail:a@water.example.org"]
[[contact]]
id = "desk"
unit = "office"
role = "liaison"
channels = ["mail:desk@example.org", "folder:desk"]
)toml";
  static constexpr const char* tasks = R"toml(
[[task]]
id = "1.1"
clause = "二(一)1"
name = "推进机制"
text = "建立健全工作推进机制。"
responsible = ["water", "edu"]
[[task]]
id = "1.2"
clause = "二(一)2"
name = "宣传发声"
text = "建立健全宣传发声机制。"
lead = ["ndrc", "water"]
responsible = ["edu"]
)toml";

  std::filesystem::path root_;
  std::map<std::string, std::string> texts_;
};

}  // namespace duban::plan
