#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "base/diagnostic.h"
#include "ctl/command.h"
#include "ctl/plan_files.h"

namespace duban::ctl {
namespace {

// One verb: what its help says, which words it takes, who does it.
struct Verb {
  std::string_view name, says, example;
  void (*words)(CLI::App& app, Command& command);
  int (*does)(const Command& command, Console& console);
};

void duty_and_period(CLI::App& app, Command& command) {
  app.add_option("DUTY", command.duty, "事项的 id 或名称")->required();
  app.add_option("PERIOD", command.period, "期:2022-05、05、Q2,按日子的 04-05;全年一次的写年份")
      ->required();
}

void units(CLI::App& app, Command& command) {
  app.add_option("UNIT", command.units, "单位的 id、名称或简称,可以写几个");
}

void with_at(CLI::App& app, Command& command, const char* says) {
  app.add_option("--at", command.at, says);
  app.add_option("--note", command.note, "备注");
}

void no_words(CLI::App&, Command&) {}

void with_lang(CLI::App& app, Command& command) {
  app.add_option("--lang", command.lang, "用哪种语言:zh 或 en;不写就用方案的语言")
      ->check(CLI::IsMember({"zh", "en"}));
}

void agenda_words(CLI::App& app, Command& command) {
  app.add_option("--from", command.from, "从哪天起(含):03-01 或 2022-03-01");
  app.add_option("--to", command.to, "到哪天止(含)");
  app.add_option("--unit", command.unit, "只看一个单位");
  app.add_option("--duty", command.duty, "只看一个事项");
  app.add_flag("--offline", command.offline, "只按文件算,不问 duband");
}

void rehearse_words(CLI::App& app, Command& command) {
  app.add_option("--from", command.from, "从哪天起");
  app.add_option("--to", command.to, "到哪天止(含)");
  app.add_option("--out", command.out,
                 "写到这个目录:notices.jsonl 和每条消息(mail/、webhook/),一年的台账 ledger.db,"
                 "办公室日清单 lists/年-月-日.txt,通报等文件的初稿 documents/");
  app.add_option("--behave", command.behave,
                 "各单位怎样办:punctual(都按时),或一个写明谁怎样办的文件;不写就是都不报");
}

void diff_words(CLI::App& app, Command& command) {
  app.add_option("TREE", command.trees,
                 "改后的目录(里面有 duband.toml);写两个就比这两个,不写就是 --config 的那一份")
      ->expected(0, 2);
  app.add_flag("--all", command.all, "每一条都列出来");
}

void reload_words(CLI::App& app, Command& command) {
  app.add_option("--if", command.only_if, "diff 最后一行给的校验码;文件在那以后改过就不用");
}

void notices_words(CLI::App& app, Command& command) {
  app.add_option("--unit", command.unit, "只看一个单位");
  app.add_option("--state", command.state, "只看一种状态:delivered、failed、drafted 等");
  app.add_option("--since", command.since, "从什么时候起:16:40、05-25、\"05-25 16:40\"");
}

void id_word(CLI::App& app, Command& command) {
  app.add_option("ID", command.id, "通知的 id(ntc_…),见 dubanctl notices")->required();
}

void explain_words(CLI::App& app, Command& command) {
  app.add_option("ID", command.id, "通知的 id(ntc_…),见 dubanctl notices;或写下面几项");
  app.add_option("--unit", command.unit, "单位的 id、名称或简称");
  app.add_option("--duty", command.duty, "事项的 id 或名称");
  app.add_option("--period", command.period, "期:2022-05、05、Q2;不写就是正要报的那一期");
  with_lang(app, command);
}

void received_words(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  app.add_option("UNIT", command.units, "单位的 id、名称或简称,可以写几个")->required();
  app.add_option("--clause", command.clause, "按条款分报的,写条款 id");
  with_at(app, command, "收到的时间:16:40 是今天;别的日子写 \"05-25 16:40\"");
}

void checked_words(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  with_at(app, command, "核对的时间,不写就是现在");
}

void held_words(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  with_at(app, command, "召开的时间,不写就是现在");
}

void void_words(CLI::App& app, Command& command) {
  app.add_option("DUTY", command.duty, "登记的编号;或事项,后面写期和单位")->required();
  app.add_option("PERIOD", command.period, "期");
  units(app, command);
  app.add_option("--clause", command.clause, "按条款分报的,写条款 id");
  app.add_option("--note", command.note, "为什么作废");
}

void of_units(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  app.add_option("UNIT", command.units, "单位,可以写几个")->required();
  app.add_option("--clause", command.clause, "按条款分报的,写条款 id");
}

void of_unit(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  app.add_option("UNIT", command.units, "单位的 id、名称或简称")->required()->expected(1);
  app.add_option("--clause", command.clause, "按条款分报的,写条款 id");
}

void extend_words(CLI::App& app, Command& command) {
  of_units(app, command);
  app.add_option("--until", command.until, "延到什么时候:\"05-27 17:00\"");
  auto* asked = app.add_flag("--asked", command.asked, "只登记单位申请延期,等我办定");
  app.add_flag("--refuse", command.refuse, "不同意")->excludes(asked);
  app.add_option("--why", command.note, "单位为什么申请;或为什么不同意");
  app.add_option("--at", command.at, "什么时候申请的,不写就是现在");
  app.add_option("--note", command.note, "备注");
}

void submit_words(CLI::App& app, Command& command) {
  of_unit(app, command);
  app.add_option("--from", command.from, "报来的表(.xlsx、.csv)或文稿;- 是标准输入");
  auto* unchanged = app.add_flag("--unchanged", command.unchanged, "各条本月无变化");
  app.add_flag("--paper", command.paper, "是文稿,不是表:只登记、存档,不读各行")
      ->excludes(unchanged);
  with_at(app, command, "收到的时间:16:40 是今天;别的日子写 \"05-25 16:40\"");
}

void report_words(CLI::App& app, Command& command) {
  app.add_option("WHAT", command.id,
                 "dispatch(月调度通报)、briefing(季通报)、register(台账)、visit(一页纸);"
                 "issued 登记印发的")
      ->required()
      ->check(CLI::IsMember({"dispatch", "briefing", "register", "visit", "issued"}));
  app.add_option("WORD", command.units,
                 "哪一期(不写就是最近要写的一期);visit 写单位,按走的次序;issued 写文件");
  app.add_option("--out", command.out, "写到这个目录(各种格式),或这个文件(.docx、.xlsx、.html、"
                                       ".txt);不写就显示在屏幕上");
  app.add_option("--at", command.at,
                 "截至什么时候:05-30、\"05-30 10:00\";不写就是草稿的时间,台账是现在");
  app.add_option("--duty", command.duty, "哪一个事项;几个事项都写这种文件时");
  app.add_option("--period", command.period, "issued:哪一期;从文件名看得出的不用写");
  app.add_option("--no", command.number, "issued:期号");
  app.add_option("--date", command.date, "issued:印发的日子,不写就是今天");
}

void accept_words(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  app.add_option("UNIT", command.units, "单位,可以写几个;不写就是这一期报来的全部");
  app.add_option("--note", command.note, "备注");
}

void return_words(CLI::App& app, Command& command) {
  of_units(app, command);
  app.add_option("--until", command.until, "退回后什么时候再报,至少2个工作日:\"05-30 17:00\"")
      ->required();
  app.add_option("--why", command.note, "缺什么")->required();
}

void called_words(CLI::App& app, Command& command) {
  of_units(app, command);
  app.add_option("--note", command.note, "说了什么;没打通写“未接通”")->required();
  app.add_option("--at", command.at, "什么时候打的,不写就是现在");
}

void not_ours_words(CLI::App& app, Command& command) {
  of_unit(app, command);
  app.add_flag("--refuse", command.refuse, "我办核后不同意");
  app.add_option("--why", command.note, "单位的理由;或为什么不同意")->required();
  app.add_option("--at", command.at, "什么时候提出的,不写就是现在");
}

void reassign_words(CLI::App& app, Command& command) {
  of_unit(app, command);
  app.add_option("--to", command.to, "改由哪个单位办")->required();
  app.add_option("--until", command.until, "另定的截止时间;不写就是原来的");
  app.add_option("--note", command.note, "备注");
}

void excuse_words(CLI::App& app, Command& command) {
  duty_and_period(app, command);
  app.add_option("UNIT", command.units, "单位,可以写几个;不写就是全部");
  app.add_option("--clause", command.clause, "按条款分报的,写条款 id");
  app.add_option("--reason", command.note, "为什么免报")->required();
}

void defer_words(CLI::App& app, Command& command) {
  id_word(app, command);
  app.add_option("--until", command.until, "缓到什么时候:\"05-30 09:00\"")->required();
}

void silence_words(CLI::App& app, Command& command) {
  app.add_option("--unit", command.unit, "静默哪个单位");
  app.add_option("--duty", command.duty, "静默哪个事项");
  app.add_option("--stage", command.stage, "只静默一种节点:remind、due、overdue、escalate");
  app.add_option("--from", command.from, "从什么时候起,不写就是现在");
  app.add_option("--until", command.until, "到什么时候止:07-31、\"07-31 12:00\"");
  app.add_option("--why", command.why, "为什么");
  app.add_option("--end", command.end, "提前结束一段静默,写它的编号");
}

void set_words(CLI::App& app, Command& command) {
  app.add_option("DUTY", command.duty, "事项的 id 或名称")->required();
  app.add_option("--due", command.due, "截止日:03-29、\"03-29 17:00\",或 due 能写的任何写法")
      ->required();
}

void entry_words(CLI::App& app, Command& command, const char* kind) {
  app.add_option("ID", command.duty, fmt::format("要改的{}:id 或名称;新加的不写", kind));
  app.add_option("--name", command.name, "做什么:办成的样子,一句话");
  app.add_option("--clause", command.clause, "哪一条:任务的 id 或简称,见 dubanctl show");
  app.add_option("--due", command.due, "截止日:06-30、\"06-30 17:00\",或 due 能写的任何写法");
  app.add_option("--id", command.id, "新加的叫什么 id;不写就用条款加序号");
  app.add_flag("--dry-run", command.dry_run, "只看会怎样,不改文件");
}

void milestone_words(CLI::App& app, Command& command) {
  entry_words(app, command, "节点");
  app.add_option("--unit", command.unit, "哪个单位的:id、名称或简称");
}

void action_words(CLI::App& app, Command& command) {
  entry_words(app, command, "交办项");
  app.add_option("--who", command.units, "谁办:单位的 id、名称或简称,可以写几个");
  app.add_option("--source", command.source, "哪里定的:6月10日协商会议定");
  app.add_option("--to", command.to, "办结了报给谁;不写就是办公室");
  app.add_option("--closes", command.closes, "办结标准:书面答复委员");
}

void calendar_words(CLI::App& app, Command& command) {
  app.add_option("import", command.id, "写 import")->required()->check(CLI::IsMember({"import"}));
  app.add_option("FILE", command.file, "公布的放假安排:holiday-cn 的 JSON,或 .ics")->required();
  app.add_option("--calendar", command.calendar, "录入哪一份工作日历,只有一份时不用写");
  app.add_option("--year", command.year, "文件里有几年时,只取这一年");
  app.add_option("--notice", command.notice, "通知的文号:国办发明电〔2021〕11号");
  app.add_flag("--dry-run", command.dry_run, "只看会怎样,不改文件");
  app.add_flag("--all", command.all, "移动的提醒、催报时间也逐条列出来");
}

void unit_word(CLI::App& app, Command& command) {
  app.add_option("--unit", command.unit, "单位的 id、名称或简称")->required();
}

void send_test_words(CLI::App& app, Command& command) {
  unit_word(app, command);
  app.add_flag("--show", command.show, "不发,只看会发出去的原文(密钥不显示)");
}

void accept_word(CLI::App& app, Command& command) {
  app.add_option("accept", command.id, "写 accept")->required()->check(CLI::IsMember({"accept"}));
}

void ledger_words(CLI::App& app, Command& command) {
  app.add_option("backup|restore", command.id,
                 "backup:duband 在运行时,把台账存成一个查过的文件;"
                 "restore:duband 停着时,换上一份备份,原来的移到旁边")
      ->required()
      ->check(CLI::IsMember({"backup", "restore"}));
  app.add_option("FILE", command.file, "备份的文件;backup 要一个还没有的名字")->required();
}

int ledger(const Command& command, Console& console) {
  return command.id == "backup" ? ledger_backup(command, console)
                                : ledger_restore(command, console);
}

constexpr std::array verbs{
    Verb{"check", "检查全部文件,每处错误给出行、列和改法",
         "dubanctl check --config config/duband.toml", with_lang, check},
    Verb{"show", "按文件理解到的方案", "dubanctl show --json", no_words, show},
    Verb{"agenda", "按时间排的全部节点", "dubanctl agenda --from 05-01 --to 05-31 --unit 市教育局",
         agenda_words, agenda},
    Verb{"rehearse", "把一年走一遍,写出每一条会发的消息",
         "dubanctl rehearse --out /tmp/year --behave punctual", rehearse_words, rehearse},
    Verb{"diff", "改了文件会怎样:哪些消息新增、不发、改时间、再告知", "dubanctl diff", diff_words,
         diff},
    Verb{"today", "办公室今天要看、要定的,每件带一条命令", "dubanctl today", no_words, today},
    Verb{"status", "一屏:好不好,不好怎么办", "dubanctl status", no_words, status},
    Verb{"notices", "发了什么、给谁、结果如何", "dubanctl notices --unit edu --since 05-20",
         notices_words, notices},
    Verb{"explain", "为什么发了,或为什么没有发:从消息一直说到文件里的那一行",
         "dubanctl explain --unit 市教育局 --duty monthly-table", explain_words, explain},
    Verb{"resend", "再发一次,标明补发", "dubanctl resend ntc_01G3XYZ…", id_word, draft},
    Verb{"send-test", "给一个单位的联络员发一条测试消息", "dubanctl send-test --unit 市教育局",
         send_test_words, send_test},
    Verb{"received", "登记收到(按收到的时间算是否迟报)",
         "dubanctl received monthly-table 05 市教育局 市财政局 --at 16:40", received_words, record},
    Verb{"checked", "收件已核:公文系统和邮箱都看过了", "dubanctl checked monthly-table 05",
         checked_words, record},
    Verb{"held", "登记会议或视察已经召开", "dubanctl held members-visit 2022 --at \"05-24 15:00\"",
         held_words, record},
    Verb{"void", "作废一条登记", "dubanctl void monthly-table 05 市教育局 --note 登错了单位",
         void_words, record},
    Verb{"extend", "准予延期;--asked 登记申请,--refuse 不同意",
         "dubanctl extend monthly-table 05 市统计局 --until \"05-27 17:00\"", extend_words, record},
    Verb{"submit", "登记报来的表,读出各行;原件存档",
         "dubanctl submit monthly-table 05 市水务局 --from 5月调度表.xlsx --at 16:40", submit_words,
         submit},
    Verb{"report", "写通报、台账、一页纸(照记录,随时要都是一样的);印发后登记",
         "dubanctl report dispatch 05 --out /tmp/通报", report_words, report},
    Verb{"accept", "采用报来的(不登记的,到汇总时也算采用)",
         "dubanctl accept monthly-table 05 市水务局", accept_words, record},
    Verb{"return", "退回补充,另给时间;第一次报来的时间仍算数;采用了的(截稿没有退回也算)不再退回",
         "dubanctl return monthly-table 05 市水务局 --until \"05-30 17:00\" --why 缺跨界水体一行",
         return_words, record},
    Verb{"called", "通话记要;等点发的提请关注草稿随之撤下",
         "dubanctl called monthly-table 05 武汉新港委 --note 下午电话未接通", called_words, record},
    Verb{"not-ours", "登记单位提出不归本单位办(只用于方案和交办项)",
         "dubanctl not-ours work-plan 2022 市统计局 --why 该项由市财政局承担", not_ours_words,
         record},
    Verb{"reassign", "改由别的单位办(只用于方案和交办项)",
         "dubanctl reassign work-plan 2022 市统计局 --to 市财政局", reassign_words, record},
    Verb{"excuse", "免报一期", "dubanctl excuse monthly-table 07 市水务局 --reason 防汛期间免报",
         excuse_words, record},
    Verb{"silence", "一段时间不打扰;不写选项就列出现有的",
         "dubanctl silence --unit 市水务局 --until 07-31 --why 防汛", silence_words, silence},
    Verb{"release", "点发一份待放行的草稿;storm 是放行压下的全部",
         "dubanctl release ntc_01G3XYZ…", id_word, draft},
    Verb{"defer", "缓发一份草稿", "dubanctl defer ntc_01G3XYZ… --until \"05-30 09:00\"",
         defer_words, draft},
    Verb{"set", "改方案文件里的截止日,保留说明", "dubanctl set kickoff-meeting --due 03-29",
         set_words, set_due},
    Verb{"milestone", "登记或改一个单位自己定的节点(写进 tasks.toml);不写选项就列出现有的",
         "dubanctl milestone --unit 武汉地铁集团 --clause 2.2b --name 12号线开工 --due 06-30",
         milestone_words, milestone},
    Verb{"action", "登记或改一件交办的事(写进 tasks.toml);不写选项就列出现有的",
         "dubanctl action --source 6月10日协商会议定 --clause 2.2a --who 市交通运输局 "
         "--name 答复断头路的意见 --due 07-15 --closes 书面答复委员",
         action_words, action},
    Verb{"calendar", "录入国务院办公厅公布的放假安排,看哪些日子因此移动",
         "dubanctl calendar import 2027.json --notice 国办发明电〔2026〕7号", calendar_words,
         calendar_import},
    Verb{"ledger", "备份台账(不用停),或用备份恢复(先停下 duband)",
         "dubanctl ledger backup /var/backups/duban-0525.sqlite", ledger_words, ledger},
    Verb{"reload", "让 duband 重新读文件,要么全用,要么全不用", "dubanctl reload",
         reload_words, reload},
    Verb{"clock", "时钟跳过之后,认可现在的时间,接着走", "dubanctl clock accept", accept_word,
         clock_accept},
};

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const auto& verb : verbs) names.emplace_back(verb.name);
  return names;
}

void build(CLI::App& app, Command& command) {
  app.require_subcommand(1);
  app.fallthrough();
  auto name = app.get_option("--help");
  name->description("这里的说明;每个动词后面也可以加");
  app.add_option("--config", command.config, "总配置文件")->capture_default_str();
  app.add_option("--plan", command.plan, "哪一个方案;一个事项在两个方案里都有时要写");
  app.add_flag("--json", command.json, "输出一个 JSON 文档");
  for (const auto& verb : verbs) {
    auto* sub = app.add_subcommand(std::string{verb.name}, std::string{verb.says});
    sub->fallthrough();
    verb.words(*sub, command);
    sub->footer("例:" + std::string{verb.example});
    sub->callback([&command, name = verb.name] { command.verb = name; });
  }
}

int usage(const CLI::ParseError& error, const std::vector<std::string>& arguments,
          Console& console) {
  console.err << "dubanctl: " << error.what() << '\n';
  auto names = verb_names();
  for (const auto& word : arguments) {
    if (std::ranges::find(names, word) != names.end()) break;
    if (auto near = did_you_mean(word, names); !near.empty()) {
      console.err << both("  是不是“{}”?\n", "  did you mean “{}”?\n", near).in(console.language);
    }
  }
  console.err << both("  dubanctl --help 看全部动词,dubanctl 动词 --help 看例子\n",
                      "  see dubanctl --help for all verbs, dubanctl VERB --help for examples\n")
                     .in(console.language);
  return not_asked;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Console& console) {
  Command command;
  CLI::App app{"问和告诉 duband;没有 duband 在运行时也能检查、预览方案", "dubanctl"};
  build(app, command);
  std::string no_color;
  app.add_option("--no-color", no_color, "不用颜色")->envname("NO_COLOR")->expected(0, 1);
  try {
    auto reversed = arguments;
    std::ranges::reverse(reversed);
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    auto chosen = app.get_subcommands();
    console.out << (chosen.empty() ? app.help() : chosen.front()->help());
    return well;
  } catch (const CLI::ParseError& error) {
    console.language = engine::language_at(command.config);
    return usage(error, arguments, console);
  }
  bool plain = app.get_option("--no-color")->count() > 0;
  Console shown{console};
  shown.language = tongue_of(command.lang).value_or(engine::language_at(command.config));
  shown.colour = console.colour && !plain;
  return perform(command, shown);
}

int perform(const Command& command, Console& console) {
  auto verb = std::ranges::find(verbs, command.verb, &Verb::name);
  if (verb == verbs.end()) return not_asked;
  return verb->does(command, console);
}

}  // namespace duban::ctl
