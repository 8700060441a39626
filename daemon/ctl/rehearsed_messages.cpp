#include "ctl/rehearsed_messages.h"

#include <fstream>

#include "channel/letter.h"
#include "channel/mail_address.h"
#include "control/documents.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;

// How a channel's messages look on the wire.
enum class Form { mail, webhook };
Form form_of(const settings::DaemonSettings& settings, const std::string& channel) {
  const auto* found = settings.find_channel(channel);
  bool json_body = found != nullptr && (found->type == "webhook" || found->format == "json");
  return json_body ? Form::webhook : Form::mail;
}

std::string recipient_of(const plan::Plan& plan, const ledger::Notice& notice) {
  const auto* contact = plan.find_contact(notice.head.contact);
  return contact == nullptr ? std::string{} : plan.name_of(contact->unit) + contact->name;
}

std::string letter_of(const PlanFiles& files, const schedule::Timetable& timetable,
                      const ledger::Notice& notice) {
  const auto& plan = timetable.plan();
  const auto* channel = files.tree.settings->find_channel(notice.head.channel);
  channel::MailSender sender{.from = "duban@localhost",
                             .from_name = {},
                             .reply_to = {},
                             .offset = timetable.zone().offset_at(notice.head.queued_at)};
  if (channel != nullptr) {
    sender.from = channel::wire_address(channel->from).value_or(sender.from);
    sender.from_name = channel->from_name;
    sender.reply_to = channel::wire_address(channel->reply_to).value_or("");
  }
  const auto* endpoint = plan.find_endpoint(notice.head.endpoint);
  delivery::Parcel parcel{.plan = plan.id,
                          .notice = notice.head.id,
                          .endpoint = notice.head.endpoint,
                          .address = endpoint == nullptr ? "" : endpoint->address,
                          .recipient_name = recipient_of(plan, notice),
                          .content = notice.content,
                          .queued_at = notice.head.queued_at};
  return channel::compose_letter(parcel, sender, notice.head.queued_at);
}

bool write_file(const fs::path& file, const std::string& bytes) {
  std::ofstream stream{file, std::ios::binary | std::ios::trunc};
  stream << bytes;
  return static_cast<bool>(stream.flush());
}

}  // namespace

bool write_messages(const fs::path& folder, const PlanFiles& files,
                    const schedule::Timetable& timetable,
                    const std::vector<ledger::Notice>& notices, std::ostream& lines) {
  const std::vector<const schedule::Timetable*> plans{&timetable};
  for (const auto& notice : notices) {
    bool mail = form_of(*files.tree.settings, notice.head.channel) == Form::mail;
    auto name = (mail ? "mail/" : "webhook/") + notice.head.id + (mail ? ".eml" : ".json");
    auto bytes = mail ? letter_of(files, timetable, notice) : notice.content.json;
    if (!write_file(folder / name, bytes)) return false;
    ledger::NoticeView view{.plan = timetable.plan().id, .notice = notice};
    lines << control::rehearsed_line(view, plans, name) << '\n';
  }
  return static_cast<bool>(lines);
}

}  // namespace duban::ctl
