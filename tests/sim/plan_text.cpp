#include "sim/plan_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>
#include <fstream>

namespace duban::sim {
namespace {

std::chrono::year_month_day civil(DayNumber day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
}
std::string full_day(DayNumber day) {
  auto date = civil(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}
std::string month_day(DayNumber day) { return full_day(day).substr(5); }
std::string hour(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string list_of(const std::vector<std::string>& ids) {
  std::vector<std::string> quoted;
  for (const auto& id : ids) quoted.push_back('"' + id + '"');
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

template <class Counted>
std::string offset(const Counted& counted) {
  auto sign = counted.days > 0 ? "+" : "";
  return fmt::format("{}{}{} {}", sign, counted.days, counted.working ? "wd" : "d",
                     hour(counted.minute));
}

std::string stage_text(const Stage& stage) {
  using enum Stage::Kind;
  if (stage.kind == escalate) {
    return fmt::format(R"({{ at = "{}", to = "leader", release = "office" }})", offset(stage));
  }
  if (stage.kind == overdue && stage.after_checked) {
    return fmt::format(R"({{ at = "{}", after = "checked" }})", offset(stage));
  }
  return '"' + offset(stage) + '"';
}

std::string ladder_text(const Ladder& ladder) {
  std::string text = fmt::format("\n[ladder.{}]\n", ladder.id);
  for (auto kind : {Stage::Kind::remind, Stage::Kind::due, Stage::Kind::overdue,
                    Stage::Kind::escalate}) {
    std::vector<std::string> stages;
    for (const auto& stage : ladder.stages) {
      if (stage.kind == kind) stages.push_back(stage_text(stage));
    }
    if (stages.empty()) continue;
    text += stages.size() == 1 && kind != Stage::Kind::escalate
                ? fmt::format("{} = {}\n", word_of(kind), stages.front())
                               : fmt::format("{} = [{}]\n", word_of(kind), fmt::join(stages, ", "));
  }
  if (ladder.skip_made_up) text += "made_up = \"skip\"\n";
  return text;
}

std::string day_form(const Duty& duty, int day, std::optional<int> minute) {
  constexpr std::array<const char*, 8> weekdays{"",    "mon", "tue", "wed",
                                                "thu", "fri", "sat", "sun"};
  auto text = duty.every == Every::week   ? std::string{weekdays.at(static_cast<std::size_t>(day))}
              : duty.every == Every::once ? fmt::format("{:02}-{:02}", duty.month, day)
                                          : fmt::format("{}", day);
  if (minute) text += ' ' + hour(*minute);
  return text;
}

std::string duty_text(const Duty& duty) {
  std::string text = fmt::format(
      "\n[[duty]]\nid = \"{0}\"\nname = \"事项{0}\"\nclause = \"二\"\nbasis = \"office\"\n"
      "who = {1}\nto = \"office\"\nrows = \"{3}\"\nladder = \"{2}\"\n",
      duty.id, list_of(duty.who), duty.ladder, duty.draft ? "named" : "none");
  if (duty.draft) {
    text += fmt::format("document = {{ form = \"register\", of = \"{}\", draft = \"{}\" }}\n",
                        duty.id, offset(*duty.draft));
  }
  if (duty.every == Every::month) {
    text += fmt::format("every = \"month\"\nwithin = \"{:02}..{:02}\"\n", duty.month,
                        duty.last_month);
  }
  if (duty.every == Every::week) text += "every = \"week\"\n";
  text += "not_ours = true\n";
  text += fmt::format("due = \"{}\"\n", day_form(duty, duty.day, duty.due_minute));
  if (duty.ask_by_day) {
    text += fmt::format("ask_by = \"{}\"\n", day_form(duty, *duty.ask_by_day, duty.ask_by_minute));
  }
  if (duty.on_day_off == OnDayOff::before) text += "on_day_off = \"before\"\n";
  if (duty.on_day_off == OnDayOff::after) text += "on_day_off = \"after\"\n";
  return text;
}

std::string silence_text(const PlannedSilence& silence) {
  std::string text = fmt::format("\n[[silence]]\nfrom = \"{}\"\nto = \"{}\"\nwhy = \"静默\"\n",
                                 month_day(silence.from), month_day(silence.to));
  if (!silence.units.empty()) text += "units = " + list_of(silence.units) + "\n";
  if (!silence.duties.empty()) text += "duties = " + list_of(silence.duties) + "\n";
  if (silence.stage) text += fmt::format("stage = \"{}\"\n", word_of(*silence.stage));
  return text;
}

std::string plan_text(const Plan& plan) {
  std::string text = fmt::format(
      "title = \"方案\"\ndocument = \"试〔{0}〕1号\"\nissued = \"{1}\"\nyear = {0}\n"
      "zone = \"{2}\"\ncalendar = \"sim\"\nstorm = {3}\n\n[office]\nname = \"办公室\"\n"
      "short = \"办\"\nlist = \"{4}\"\nhours = \"{5}..{6}\"\n"
      "\n[[phase]]\nid = \"all\"\nname = \"全程\"\nclause = \"一\"\nfrom = \"{7}\"\nto = \"{8}\"\n",
      plan.year, full_day(plan.begins), plan.zone, plan.storm, hour(plan.list_minute),
      hour(plan.hours_from), hour(plan.hours_to), month_day(plan.begins), month_day(plan.ends));
  for (const auto& silence : plan.silences) text += silence_text(silence);
  for (const auto& ladder : plan.ladders) text += ladder_text(ladder);
  for (const auto& duty : plan.duties) text += duty_text(duty);
  return text;
}

std::string contact_text(const std::string& unit, const std::string& role, int holder,
                         const std::vector<std::string>& channels) {
  if (channels.empty()) return "";
  return fmt::format(
      "\n[[contact]]\nid = \"{0}-{1}{3}\"\nunit = \"{0}\"\nrole = \"{1}\"\nname = \"经办\"\n"
      "channels = {2}\n",
      unit, role, list_of(channels), holder == 1 ? "" : std::to_string(holder));
}

std::string units_text(const Plan& plan) {
  std::string text;
  for (const auto& unit : plan.units) {
    text += fmt::format("\n[[unit]]\nid = \"{0}\"\nname = \"单位{0}\"\n", unit.id);
  }
  for (const auto& unit : plan.units) {
    text += contact_text(unit.id, "liaison", unit.holder, unit.liaison);
    text += contact_text(unit.id, "leader", 1, unit.leader);
  }
  return text + contact_text("office", "liaison", 1, plan.office);
}

// Something for a document to tell of.
std::string tasks_text(const Plan& plan) {
  auto writes = [](const Duty& duty) { return duty.draft.has_value(); };
  if (std::ranges::none_of(plan.duties, writes)) return "";
  return fmt::format("[[task]]\nid = \"1\"\nclause = \"二\"\nname = \"任务\"\ntext = \"任务\"\n"
                     "responsible = [\"{}\"]\n",
                     plan.units.front().id);
}

std::string calendar_text(const Plan& plan) {
  std::string text = "id = \"sim\"\nname = \"工作日历\"\n";
  for (int year : {plan.year - 1, plan.year, plan.year + 1}) {
    text += fmt::format("\n[[year]]\nyear = {}\nstatus = \"published\"\nnotice = \"试\"\n", year);
    std::string off, work;
    auto of_year = [&](DayNumber day) { return static_cast<int>(civil(day).year()) == year; };
    for (auto day : plan.calendar.off) {
      if (!of_year(day)) continue;
      off += fmt::format("  {{ name = \"假\", from = \"{0}\", to = \"{0}\" }},\n", full_day(day));
    }
    for (auto day : plan.calendar.made_up) {
      if (of_year(day)) work += fmt::format("  \"{}\",\n", full_day(day));
    }
    text += "off = [\n" + off + "]\nwork = [\n" + work + "]\n";
  }
  return text;
}

void put(const std::filesystem::path& file, const std::string& text) {
  std::ofstream{file, std::ios::binary} << text;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string with(std::string text, std::string_view was, std::string_view is) {
  for (auto at = text.find(was); at != std::string::npos; at = text.find(was, at + is.size())) {
    text.replace(at, was.size(), is);
  }
  return text;
}

}  // namespace

Files::Files(std::filesystem::path folder, std::filesystem::path shipped)
    : folder_(std::move(folder)), shipped_(std::move(shipped)) {
  std::filesystem::create_directories(folder_ / "plans/p");
  std::filesystem::create_directories(folder_ / "calendars");
  std::filesystem::create_directories(folder_ / "state");
  put(folder_ / "hook.secret", "whsec_" + std::string(43, 'A') + "=\n");
  std::filesystem::permissions(folder_ / "hook.secret", std::filesystem::perms::owner_read |
                                                            std::filesystem::perms::owner_write);
  put(settings(),
      fmt::format("state = \"{0}/state\"\nplans = \"plans\"\ncalendars = \"calendars\"\n"
                  "templates = \"{1}\"\nsocket = \"{0}/socket\"\naudit = \"24h\"\n\n"
                  "[channel.hook]\ntype = \"webhook\"\n"
                  "secrets = [{{ file = \"{0}/hook.secret\" }}]\n"
                  "\n[channel.mail]\ntype = \"smtp\"\nurl = \"smtp://mail.example.org:587\"\n"
                  "tls = \"starttls\"\nfrom = \"duban@wuban.example.org\"\n",
                  folder_.string(), (shipped_ / "templates").string()));
}

// Its files are dropped in folders; here they are sent.
void Files::write_shipped(const Plan& plan) const {
  auto from = shipped_ / "plans/wuhan-2022-1";
  put(folder_ / "plans/p/plan.toml",
      with(text_of(from / "plan.toml"), "year     = 2022",
           fmt::format("year     = {}", plan.year)));
  auto units = with(text_of(from / "units.toml"), "\"folder:", "\"mail:");
  units = with(units, "\"drop:", "\"hook:https://desk.example.org/");
  units = with(units, "channel = \"folder\"", "channel = \"mail\"");
  units = with(units, "channel = \"drop\"\naddress = \"",
               "channel = \"hook\"\naddress = \"https://chat.example.org/");
  put(folder_ / "plans/p/units.toml", units);
  put(folder_ / "plans/p/tasks.toml", text_of(from / "tasks.toml"));
  put(folder_ / "calendars/cn.toml", text_of(shipped_ / "calendars/cn.toml"));
}

void Files::write(const Plan& plan) const {
  if (plan.shipped) return write_shipped(plan);
  put(folder_ / "plans/p/plan.toml", plan_text(plan));
  put(folder_ / "plans/p/units.toml", units_text(plan));
  put(folder_ / "plans/p/tasks.toml", tasks_text(plan));
  put(folder_ / "calendars/sim.toml", calendar_text(plan));
}

}  // namespace duban::sim
