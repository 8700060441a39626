// `report dispatch|briefing|register|visit`: a document as the daemon writes it, on the screen or
// in files.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <ostream>

#include "base/digest.h"
#include "ctl/client.h"
#include "ctl/json_reading.h"
#include "ctl/part_file.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using control::Found;

struct Paper {
  std::string name, bytes, as_of, period;
  std::vector<std::string> types;
};

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ","));
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

// `at`: empty for the document's own cut-off.
std::expected<Paper, int> paper_of(const Command& command, const std::string& type,
                                   const std::string& at, Console& console) {
  bool visit = command.id == "visit";
  auto target = with_query("/api/v1/document",
                           {{"form", command.id},
                            {"plan", command.plan},
                            {"duty", command.duty},
                            {"period", visit || command.units.empty() ? "" : command.units.front()},
                            {"unit", visit ? joined(command.units) : ""},
                            {"at", at},
                            {"type", type}});
  auto reply = ask(command, "GET", target, {}, console);
  if (!reply) return std::unexpected(reply.error());
  auto object = object_of(*reply);
  auto bytes = decode_base64(text_in(object, "bytes"));
  if (!bytes) {
    return std::unexpected(
        refused({"bad-answer", both("duband 的回答看不懂", "cannot read the answer of duband"),
                 both("duband 和 dubanctl 要是同一个版本",
                      "use duband and dubanctl of the same version")},
                console));
  }
  return Paper{text_in(object, "name"), std::move(*bytes), text_in(object, "as_of"),
               text_in(object, "period"), texts_in(object, "types")};
}

// A name that came over the socket leads nowhere else.
fs::path inside(const fs::path& folder, const std::string& name) {
  return folder / fs::path{name}.filename();
}

Found<fs::path> written(const fs::path& file, const std::string& bytes) {
  PartFile part{file};
  if (part.problem().empty() && part.write(bytes) && part.sync() && part.put_in_place()) {
    return file;
  }
  return std::unexpected(engine::Refusal{
      "not-written", part.problem(),
      both("换一个文件名或目录;已有的文件不覆盖",
           "choose another file name or folder; a file that is there is not overwritten")});
}

int print_written(const std::vector<fs::path>& files, const std::string& as_of,
                  const Command& command, Console& console) {
  if (command.json) {
    json::array names;
    for (const auto& file : files) names.emplace_back(file.string());
    console.out << json::serialize(json::object{{"written", std::move(names)}, {"as_of", as_of}})
                << '\n';
    return well;
  }
  for (const auto& file : files) console.out << file.string() << '\n';
  console.out << "截至" << when_words(as_of, no_year) << "的送审稿\n"
              << "改定印发后登记:dubanctl report issued 文件 --no 期号\n";
  return well;
}

// Every type of it.
int write_all(const Command& command, Console& console) {
  auto first = paper_of(command, "", command.at, console);
  if (!first) return first.error();
  std::error_code failed;
  fs::create_directories(command.out, failed);
  std::vector<fs::path> files;
  for (const auto& type : first->types) {
    auto paper = type == first->types.front() ? first
                                              : paper_of(command, type, command.at, console);
    if (!paper) return paper.error();
    auto file = written(inside(command.out, paper->name), paper->bytes);
    if (!file) return refused(file.error(), console);
    files.push_back(std::move(*file));
  }
  return print_written(files, first->as_of, command, console);
}

int write_one(const Command& command, Console& console) {
  auto type = command.out.extension().string().substr(1);
  auto paper = paper_of(command, type, command.at, console);
  if (!paper) return paper.error();
  auto file = written(command.out, paper->bytes);
  if (!file) return refused(file.error(), console);
  return print_written({*file}, paper->as_of, command, console);
}

int show_text(const Command& command, Console& console) {
  auto paper = paper_of(command, "txt", command.at, console);
  if (!paper) return paper.error();
  if (command.json) {
    console.out << json::serialize(json::object{{"name", paper->name},
                                                {"as_of", paper->as_of},
                                                {"text", paper->bytes}})
                << '\n';
  } else {
    console.out << paper->bytes;
  }
  return well;
}

}  // namespace

int report(const Command& command, Console& console) {
  if (command.id == "issued") return report_issued(command, console);
  if (command.id != "visit" && command.units.size() > 1) {
    return refused({"bad-request", both("一次只写一期", "only one period at a time"),
                    both("每一期写一条", "run it once for each period")},
                   console);
  }
  if (command.out.empty()) return show_text(command, console);
  bool one = command.out.has_extension() && !fs::is_directory(command.out);
  return one ? write_one(command, console) : write_all(command, console);
}

}  // namespace duban::ctl
