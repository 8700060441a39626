#include "document/june.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "document/table_words.h"
#include "message/office_desk.h"
#include "message/words.h"

namespace duban::document {
namespace {

using message::shipped_plan;
using Units = std::vector<std::string>;

const char* const as_of = "6月24日17:00";
const char* const office = "1号建议案办理工作领导小组办公室";

struct Said {
  std::string progress, milestone, problem;
};

// By clause and unit; who is not here said 本月无变化.
const std::map<std::string, Said>& said() {
  static const std::map<std::string, Said> all{
      {"1.1 circle-office",
       {"同城化发展规划形成初稿,已征求八市意见,收到反馈27条,采纳21条",
        "规划送审 7月31日", ""}},
      {"1.1 transport",
       {"交通专题组6月10日召开第二次会议,议定年度互通项目12个",
        "季度例会 6月30日", ""}},
      {"1.2 org", {"选派14名干部赴八市挂职,6月15日全部到岗", "挂职到岗 6月30日", ""}},
      {"1.3 publicity",
       {"“九城就是一城”专栏刊发报道36篇;城市圈网站完成招标",
        "网站上线 9月30日", ""}},
      {"2.1a ndrc", {"中长期发展规划通过专家评审,按意见修改", "印发 8月31日", ""}},
      {"2.1b planning", {"空间规划完成数据汇交,专题研究10项结题6项", "成果上报 10月31日", ""}},
      {"2.1c industry", {"产业专项规划初稿完成,正征求意见", "初稿 6月30日", ""}},
      {"2.2a transport",
       {"33条断头路中,新开工5条,累计开工17条,建成通车6条;"
        "青山区2条受征地影响未进场,黄陂区1条管线未迁",
        "年内开工24条 9月30日", "用地报批3条未批;管线迁改资金未落实"}},
      {"2.2b ndrc", {"市域铁路2条线路完成工可评审", "初步设计 11月30日", ""}},
      {"2.2c port", {"", "", ""}},
      {"2.2d ndrc", {"空港型国家物流枢纽申报材料已报国家发改委", "申报 6月30日", ""}},
      {"2.3a donghu", {"东湖科学城新开工重大科技基础设施1个,累计3个", "年内开工4个 12月20日", ""}},
      {"2.3b science",
       {"科技资源共享平台接入仪器2136台(套),八市新增412台(套)",
        "接入2000台(套) 6月30日", ""}},
      {"2.4 industry",
       {"车谷产业创新大走廊签约项目9个,开工4个",
        "开工8个 9月30日", "临空经济带2个项目用能指标未落实"}},
      {"2.5a edu", {"九市高校联盟签约院校32所,互认课程119门", "联盟成立 6月30日", ""}},
      {"2.5c medicare",
       {"门诊异地直接结算新增定点医院18家,累计187家",
        "九市全覆盖 6月30日", "仙桃、天门2市系统未对接"}},
      {"2.5d data", {"“一网通办”圈内通办事项新增46项,累计216项", "通办200项 6月30日", ""}},
      {"3b planning",
       {"增减挂钩节余指标圈内交易1宗120亩,尚未签约",
        "首宗签约 5月31日", "受让方资金未到位"}},
      {"3d market", {"执法协作协议文本已会签7市", "签订协议 6月30日", ""}},
      {"4 ndrc", {"都市圈发展规划衔接材料报国家发改委,赴京汇报1次", "持续推进", ""}},
  };
  return all;
}

// Word and colour of a task's lamp; what is not here has no milestone.
std::pair<std::string, std::string> lamp_of(const std::string& task) {
  static const std::map<std::string, std::pair<std::string, std::string>> all{
      {"2.2a", {"滞后30日以内", "黄"}}, {"2.5c", {"滞后30日以内", "黄"}},
      {"3b", {"滞后30日以内", "黄"}},   {"2.2c", {"未定节点", "灰"}},
      {"3a", {"未定节点", "灰"}},       {"3c", {"未定节点", "灰"}}};
  auto found = all.find(task);
  return found == all.end() ? std::pair<std::string, std::string>{"按序时", "绿"} : found->second;
}

std::string joined_names(const Units& ids) {
  std::string names;
  for (const auto& id : ids) message::append_joined(names, shipped_plan().name_of(id));
  return names;
}

Units reporters() {
  Units all;
  for (const auto& unit : shipped_plan().units) {
    bool reports = std::ranges::any_of(shipped_plan().tasks, [&](const plan::Task& task) {
      return std::ranges::find(task.reporters, unit.id) != task.reporters.end();
    });
    if (reports) all.push_back(unit.id);
  }
  return all;
}

const Units late{"water", "statistics"}, extended{"environment", "finance"}, missing{"port"};

FigureView figure(const Units& units, std::string source) {
  return {std::to_string(units.size()), joined_names(units), std::move(source)};
}

Units on_time() {
  auto all = reporters();
  std::erase_if(all, [](const std::string& id) {
    auto is_in = [&id](const Units& units) { return std::ranges::find(units, id) != units.end(); };
    return is_in(late) || is_in(extended) || is_in(missing);
  });
  return all;
}

std::vector<LampView> lamps() {
  std::vector<LampView> all{{.word = "按序时", .colour = "绿"},
                            {.word = "滞后30日以内", .colour = "黄"},
                            {.word = "滞后30日以上", .colour = "红"},
                            {.word = "未定节点", .colour = "灰"}};
  for (auto& lamp : all) {
    std::size_t count = 0;
    for (const auto& task : shipped_plan().tasks) {
      if (lamp_of(task.id).first != lamp.word) continue;
      ++count;
      message::append_joined(lamp.names, task.name);
    }
    lamp.count = std::to_string(count);
    lamp.source = "按各单位方案里的节点";
  }
  return all;
}

template <class View>
void count_filings(View& view) {
  view.expected = figure(reporters(), "按方案:填报单位");
  view.on_time = figure(on_time(), "按收到时间,不按登记时间");
  view.late = figure(late, "按收到时间,不按登记时间");
  view.extended = figure(extended, "按我办批复");
  view.excused = figure({}, "按方案和我办批复");
  view.missing = figure(missing, std::string{"截至"} + as_of);
  view.lamps = lamps();
  view.task_count = std::to_string(shipped_plan().tasks.size());
}

DispatchRowView row_of(const plan::Task& task, const std::string& unit, std::size_t serial) {
  DispatchRowView row{.serial = std::to_string(serial),
                      .clause = task.clause,
                      .task = task.name,
                      .unit = shipped_plan().name_of(unit),
                      .progress = "本月无变化",
                      .not_in = std::ranges::find(missing, unit) != missing.end()};
  std::tie(row.state, row.colour) = lamp_of(task.id);
  auto found = said().find(task.id + " " + unit);
  if (found != said().end()) {
    row.progress = found->second.progress;
    row.milestone = found->second.milestone;
    row.problem = found->second.problem;
  }
  row.change = row.colour == "黄" ? "↓ 转差" : "→ 持平";
  return row;
}

std::vector<DispatchRowView> rows() {
  std::vector<DispatchRowView> all;
  std::size_t serial = 0;
  for (const auto& task : shipped_plan().tasks) {
    ++serial;
    for (const auto& unit : task.reporters) all.push_back(row_of(task, unit, serial));
  }
  return all;
}

std::vector<CoordinationView> coordination() {
  return {{.matter = "3条断头路用地报批",
           .clause = "二(二)2",
           .asked_by = "市交通运输局",
           .asked = "请市自然资源规划局批3条道路用地",
           .lead = "市自然资源规划局",
           .answer_by = "7月15日",
           .opinion = "单列指标,先批青山区2条"},
          {.matter = "管线迁改资金",
           .clause = "二(二)2",
           .asked_by = "市交通运输局",
           .asked = "请市财政局、黄陂区人民政府落实迁改资金860万元",
           .lead = "市财政局",
           .answer_by = "7月10日",
           .opinion = "按市区5:5分担,7月10日前回话"},
          {.matter = "医保系统对接",
           .clause = "二(二)5",
           .asked_by = "市医保局",
           .asked = "请武圈办秘书处协调仙桃、天门2市开放接口",
           .lead = "武圈办秘书处",
           .answer_by = "7月8日",
           .opinion = "列入联席会议办公室本月协调事项"}};
}

}  // namespace

DispatchView june_dispatch() {
  DispatchView view{.draft = true,
                    .title = "1号建议案办理工作月调度通报",
                    .period = "2022年6月",
                    .as_of = as_of,
                    .office = office,
                    .report_to = "领导小组组长、副组长",
                    .send_to = "市政协提案委、市政府督查室,各填报单位"};
  count_filings(view);
  auto text = [](const char* key) { return said().at(key).progress; };
  view.sections = {
      {"规划同编", {{"中长期规划", "市发改委", text("2.1a ndrc")}}},
      {"交通同网",
       {{"路网建设", "市交通运输局", text("2.2a transport")}}},
      {"科技同兴",
       {{"科创中心", "东湖高新区管委会", text("2.3a donghu")},
        {"创新共同体", "市科技局", text("2.3b science")}}},
      {"产业同链", {{"产业同链", "市经信局", text("2.4 industry")}}},
      {"民生同保",
       {{"异地就医直接结算", "市医保局", text("2.5c medicare")},
        {"政务通办", "市政务服务大数据局", text("2.5d data")}}}};
  view.behind = {{.task = "路网建设",
                  .unit = "市交通运输局",
                  .milestone = "累计开工20条 6月15日",
                  .gap = "滞后9日",
                  .cause = "3条用地未批",
                  .new_date = "7月31日"},
                 {.task = "异地就医直接结算",
                  .unit = "市医保局",
                  .milestone = "九市联网 6月20日",
                  .gap = "滞后4日",
                  .cause = "仙桃、天门系统未对接",
                  .new_date = "7月20日"},
                 {.task = "指标交易",
                  .unit = "市自然资源规划局",
                  .milestone = "首宗签约 5月31日",
                  .gap = "滞后24日",
                  .cause = "受让方资金未到位",
                  .new_date = "7月15日"}};
  view.coordination = coordination();
  view.settled = {{.action = "印发政务通办第二批清单",
                   .doer = "市政务服务大数据局",
                   .due = "6月15日",
                   .outcome = "已销号"},
                  {.action = "答复八市挂职期限意见",
                   .doer = "市委组织部",
                   .due = "6月20日",
                   .outcome = "已销号"}};
  view.dates = {{"7月11日(周一)", "二季度通报印发"},
                {"7月25日(周一)17:00", "7月月调度表"}};
  view.rows = rows();
  return view;
}

BriefingView second_quarter() {
  BriefingView view{.draft = true,
                    .title = "1号建议案办理工作季通报",
                    .period = "2022年二季度",
                    .as_of = "7月5日17:00",
                    .office = office,
                    .report_to = "领导小组组长、副组长",
                    .send_to = "市政协提案委、市政府督查室,各责任单位"};
  count_filings(view);
  view.expected = FigureView{"84", "4月、5月、6月各28家", "按方案:填报单位"};
  view.on_time = FigureView{"73", "", "按收到时间,不按登记时间"};
  view.late = FigureView{"6", "", "按收到时间,不按登记时间"};
  view.extended = FigureView{"4", "", "按我办批复"};
  view.missing = FigureView{"1", joined_names(missing), "截至7月5日17:00"};
  view.sections = {
      {"规划同编", {{"中长期规划", "市发改委", "通过专家评审"}}},
      {"交通同网", {{"路网建设", "市交通运输局", "累计开工断头路17条,建成通车6条"}}},
      {"科技同兴", {{"创新共同体", "市科技局", "共享平台接入仪器2136台(套)"}}},
      {"产业同链", {{"产业同链", "市经信局", "车谷大走廊签约项目9个,开工4个"}}},
      {"民生同保",
       {{"政务通办", "市政务服务大数据局", "圈内通办事项累计216项"},
        {"异地就医直接结算", "市医保局", "门诊异地直接结算定点医院累计187家"}}}};
  view.first_month = "4月", view.second_month = "5月", view.third_month = "6月";
  std::size_t serial = 0;
  for (const auto& task : shipped_plan().tasks) {
    auto [word, colour] = lamp_of(task.id);
    bool behind = colour == "黄";
    view.rows.push_back({.serial = std::to_string(++serial),
                         .clause = task.clause,
                         .task = task.name,
                         .unit = joined_names(task.reporters),
                         .first = behind ? "按序时" : word,
                         .second = task.id == "3b" || !behind ? word : "按序时",
                         .third = word,
                         .colour = colour});
  }
  view.difficulties = {{.difficulty = "3条断头路用地未批",
                        .raised_by = "市交通运输局",
                        .outcome = "市自然资源规划局7月15日前单列指标批复"},
                       {.difficulty = "仙桃、天门医保系统未对接",
                        .raised_by = "市医保局",
                        .outcome = "武圈办秘书处7月8日前协调接口"}};
  view.opinions = {{.opinion = "加快打通与鄂州方向断头路",
                    .doer = "市交通运输局",
                    .due = "7月15日",
                    .outcome = "2条已开工,书面答复拟于7月12日送委员"}};
  view.months = {{"4月", "28", "25", "2", "1", "0", "0"},
                 {"5月", "28", "25", "2", "1", "0", "0"},
                 {"6月", "28", "23", "2", "2", "0", "1"}};
  view.late_names = "市水务局、市统计局,另有1家单独沟通";
  view.missing_names = "武汉新港委";
  view.checked_until = "7月8日(周五)";
  view.dates = {{"7月31日", "规划送审", "武圈办秘书处"},
                {"9月20日(周二)17:00", "年度小结(与9月月调度表一并)", ""},
                {"9月30日", "城市圈网站上线", "市委宣传部"}};
  return view;
}

RegisterView june_register() {
  RegisterView view{.title = "1号建议案任务分解台账",
                    .source = "武政办〔2022〕29号",
                    .as_of = "2022年6月24日17:00",
                    .office = office};
  std::size_t serial = 0;
  for (const auto& task : shipped_plan().tasks) {
    auto [word, colour] = lamp_of(task.id);
    RegisterRowView row{.serial = std::to_string(++serial),
                        .clause = task.clause,
                        .task = task.name,
                        .leads = joined_names(task.leads),
                        .responsible = joined_names(task.responsible),
                        .reporters = joined_names(task.reporters),
                        .due = "未定",
                        .state = word,
                        .colour = colour};
    auto found = said().find(task.id + " " + task.reporters.front());
    if (found != said().end() && !found->second.progress.empty()) {
      row.progress = found->second.progress;
      row.said_in = "6月";
      row.milestone = found->second.milestone;
      row.problem = found->second.problem;
      row.due = "2022-09-30";
    }
    if (task.id == "1.2") row.closed = "2022-06-15";
    view.rows.push_back(std::move(row));
  }
  return view;
}

VisitView june_visit() {
  VisitView view{.draft = true,
                 .title = "委员视察一页纸",
                 .day = "2022年6月28日(周二)",
                 .as_of = as_of,
                 .office = office};
  VisitTaskView roads{.clause = "二(二)2",
                      .task = "路网建设",
                      .milestone = "年内开工24条 9月30日",
                      .milestone_source = "方案3月31日备案",
                      .state = "滞后30日以内",
                      .colour = "黄",
                      .months = {{"4月", "累计开工断头路9条,建成通车4条", "市交通运输局4月25日报"},
                                 {"5月", "累计开工12条,建成通车5条", "市交通运输局5月25日报"},
                                 {"6月", "累计开工17条,建成通车6条", "市交通运输局6月24日报"}},
                      .asks = {{"批3条道路用地", "市自然资源规划局", "7月15日", "6月月调度表"}}};
  VisitTaskView clinic{.clause = "二(二)5",
                       .task = "异地就医直接结算",
                       .milestone = "九市联网 6月20日",
                       .milestone_source = "方案4月2日备案",
                       .state = "滞后30日以内",
                       .colour = "黄",
                       .months = {{"4月", "定点医院累计152家", "市医保局4月25日报"},
                                  {"5月", "累计169家", "市医保局5月26日报,迟报"},
                                  {"6月", "累计187家", "市医保局6月24日报"}}};
  view.stops = {{"四环线北段施工现场", "市交通运输局", "9:30", {roads}},
                {"市医保中心", "市医保局", "11:00", {clinic}}};
  return view;
}

std::string shipped_form(const std::string& name) {
  std::ifstream stream{DUBAN_SOURCE_DIR "/config/templates/documents/" + name, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

const message::Templates& document_templates() {
  static const auto templates = [] {
    message::Templates all;
    for (const auto& entry :
         std::filesystem::directory_iterator{DUBAN_SOURCE_DIR "/config/templates/documents"}) {
      auto name = entry.path().filename().string();
      if (name.ends_with(".mustache")) all[name] = shipped_form(name);
    }
    return all;
  }();
  return templates;
}

}  // namespace duban::document
