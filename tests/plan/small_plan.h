#pragma once
// A small correct plan as texts: three units, three duties, one of them dated by another.

namespace duban::plan::small {

inline constexpr const char* calendar = R"toml(
id = "cn"
name = "工作日历"
[[year]]
year = 2022
status = "published"
notice = "国办发明电〔2021〕11号"
off = [ { name = "国庆节", from = "2022-10-01", to = "2022-10-07" } ]
work = [ "2022-10-08", "2022-10-09" ]
)toml";
inline constexpr const char* plan = R"toml(
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
inline constexpr const char* units = R"toml(
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
inline constexpr const char* tasks = R"toml(
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

}  // namespace duban::plan::small
