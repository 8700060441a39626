#include "ctl/rehearsed_messages.h"

#include <fstream>

#include "channel/letter.h"
#include "channel/mail_address.h"
#include "channel/registry.h"
#include "control/documents.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;

std::string recipient_of(const plan::Plan& plan, const ledger::Notice& notice) {
  const auto* contact = plan.find_contact(notice.head.contact);
  return contact == nullptr ? std::string{} : plan.name_of(contact->unit) + contact->name;
}

delivery::Parcel parcel_of(const plan::Plan& plan, const ledger::Notice& notice) {
  const auto* endpoint = plan.find_endpoint(notice.head.endpoint);
  return {.plan = plan.id,
          .notice = notice.head.id,
          .endpoint = notice.head.endpoint,
          .address = endpoint == nullptr ? "" : endpoint->address,
          .recipient_name = recipient_of(plan, notice),
          .content = notice.content,
          .queued_at = notice.head.queued_at,
          .language = plan.language};
}

std::string letter_of(const settings::ChannelSettings* channel, Seconds offset,
                      const delivery::Parcel& parcel) {
  channel::MailSender sender{
      .from = "duban@localhost", .from_name = {}, .reply_to = {}, .offset = offset};
  if (channel != nullptr) {
    sender.from = channel::wire_address(channel->from).value_or(sender.from);
    sender.from_name = channel->from_name;
    sender.reply_to = channel::wire_address(channel->reply_to).value_or("");
  }
  return channel::compose_letter(parcel, sender, parcel.queued_at);
}

/// A message as its channel would put it on the wire, and the file it goes into.
struct Message {
  std::string name, bytes;
};

Message message_of(const settings::DaemonSettings& settings,
                   const schedule::Timetable& timetable, const ledger::Notice& notice) {
  const auto* channel = settings.find_channel(notice.head.channel);
  auto parcel = parcel_of(timetable.plan(), notice);
  auto own = channel == nullptr ? std::nullopt : channel::own_body(*channel, parcel);
  if (own) return {"bot/" + notice.head.id + ".json", std::move(*own)};
  bool json = channel != nullptr && (channel->type == "webhook" || channel->format == "json");
  if (json) return {"webhook/" + notice.head.id + ".json", notice.content.json};
  auto offset = timetable.zone().offset_at(notice.head.queued_at);
  return {"mail/" + notice.head.id + ".eml", letter_of(channel, offset, parcel)};
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
    auto message = message_of(*files.tree.settings, timetable, notice);
    if (!write_file(folder / message.name, message.bytes)) return false;
    ledger::NoticeView view{.plan = timetable.plan().id, .notice = notice};
    lines << control::rehearsed_line(view, plans, message.name) << '\n';
  }
  return static_cast<bool>(lines);
}

}  // namespace duban::ctl
