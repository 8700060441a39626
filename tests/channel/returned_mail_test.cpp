#include "channel/returned_mail.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "channel/letter.h"

namespace duban::channel {
namespace {

const std::string notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D";

std::string crlf(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.insert(at, "\r");
  }
  return text;
}

std::string letter() {
  delivery::Parcel parcel;
  parcel.notice = notice;
  parcel.address = "gone@edu.example.org";
  parcel.content.subject = "请报送5月月调度表";
  parcel.content.text = "第一行\n";
  parcel.content.html = "<p>第一行</p>\n";
  return compose_letter(parcel, {.from = "duban@wuban.example.org"}, Instant{Seconds{1648429190}});
}

std::string headers_of(const std::string& mail) { return mail.substr(0, mail.find("\r\n\r\n")); }

struct Report {
  std::string recipient =
      "Final-Recipient: rfc822; gone@edu.example.org\n"
      "Original-Recipient: rfc822;gone@edu.example.org\n"
      "Action: failed\n"
      "Status: 5.1.1\n"
      "Remote-MTA: dns; mx.edu.example.org\n"
      "Diagnostic-Code: smtp; 550 5.1.1 <gone@edu.example.org>: Recipient address rejected:\n"
      "    User unknown in local recipient table\n";
  std::string returned_type = "message/rfc822";
  std::string returned = letter();
  std::string above;

  std::string mail() const {
    auto head = crlf(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org (Mail Delivery System)\n"
        "Subject: Undelivered Mail Returned to Sender\nTo: duban@wuban.example.org\n" + above +
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status;\n"
        "\tboundary=\"4F1A2.1653/mx.example.org\"\n\n"
        "This is a MIME-encapsulated message.\n\n"
        "--4F1A2.1653/mx.example.org\nContent-Description: Notification\n"
        "Content-Type: text/plain; charset=us-ascii\n\n"
        "I'm sorry to have to inform you that your message could not be delivered.\n\n"
        "--4F1A2.1653/mx.example.org\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\nArrival-Date: Wed, 25 May 2022 09:00:02 +0800\n\n" +
        recipient + "\n--4F1A2.1653/mx.example.org\n");
    return head + "Content-Type: " + returned_type + "\r\n\r\n" + returned +
           "\r\n--4F1A2.1653/mx.example.org--\r\n";
  }
};

TEST(ReturnedMail, AFailedReportNamesTheNoticeAndWhy) {
  auto read = read_returned_mail(Report{}.mail());
  EXPECT_EQ(read.what, Returned::failed);
  EXPECT_EQ(read.notice, notice);
  EXPECT_EQ(read.reason, Reason::bad_address);
  EXPECT_EQ(read.detail,
            "550 5.1.1 <gone@edu.example.org>: Recipient address rejected: User unknown in local "
            "recipient table");
}

TEST(ReturnedMail, TheHeadersOfTheMailAreEnough) {
  for (const auto* type : {"text/rfc822-headers", "text/rfc822-headers; charset=us-ascii",
                           "message/global-headers"}) {
    auto read = read_returned_mail(
        Report{.returned_type = type, .returned = headers_of(letter())}.mail());
    EXPECT_EQ(read.what, Returned::failed) << type;
    EXPECT_EQ(read.notice, notice) << type;
  }
}

// RET=HDRS that a system leaves out altogether: Exchange names the mail above.
TEST(ReturnedMail, WithoutTheMailItsIdIsTakenFromTheHeadersAbove) {
  Report report{.returned_type = "text/plain", .returned = "It is not returned."};
  EXPECT_EQ(read_returned_mail(report.mail()).what, Returned::other_mail);
  for (const auto* name : {"In-Reply-To", "References", "X-Original-Message-ID"}) {
    report.above = fmt::format("{}: <{}@wuban.example.org>\n", name, notice);
    auto read = read_returned_mail(report.mail());
    EXPECT_EQ(read.what, Returned::failed) << name;
    EXPECT_EQ(read.notice, notice) << name;
  }
}

TEST(ReturnedMail, WhatIsDelayedOrDeliveredHasNotFailed) {
  for (const auto* action : {"delayed", "delivered", "relayed", "expanded"}) {
    auto read = read_returned_mail(
        Report{.recipient = fmt::format("Final-Recipient: rfc822; a@b.example.org\nAction: {}\n"
                                        "Status: 4.4.1\n", action)}.mail());
    EXPECT_EQ(read.what, Returned::not_failed) << action;
    EXPECT_EQ(read.notice, notice) << action;
  }
}

TEST(ReturnedMail, OneRecipientOfSeveralThatFailedIsEnough) {
  auto read = read_returned_mail(
      Report{.recipient = "Final-Recipient: rfc822; a@b.example.org\nAction: delayed\n\n"
                          "Final-Recipient: rfc822; c@d.example.org\nAction: Failed (bounced)\n\n"
                          "Final-Recipient: rfc822; c@d.example.org\nACTION: FAILED\n"
                          "status: 5.2.2 (mailbox full)\n"}.mail());
  EXPECT_EQ(read.what, Returned::failed);
  EXPECT_EQ(read.reason, Reason::refused);
  EXPECT_EQ(read.detail, "5.2.2 (mailbox full)");
}

TEST(ReturnedMail, WhyItFailedIsReadFromTheStatusAndElseFromTheAnswer) {
  struct Case {
    const char* status;
    const char* said;
    Reason reason;
  };
  for (const auto& [status, said, reason] :
       {Case{"5.1.10", "smtp; 550 no", Reason::bad_address},
        Case{"5.0.0", "smtp; 550 5.1.1 unknown", Reason::bad_address},
        Case{"4.4.7", "", Reason::tries_exhausted}, Case{"5.4.7", "x", Reason::tries_exhausted},
        Case{"5.7.1", "smtp; 554 DT:SPM", Reason::refused}, Case{"", "", Reason::refused}}) {
    auto read = read_returned_mail(
        Report{.recipient = fmt::format("Action: failed\nStatus: {}\nDiagnostic-Code: {}\n", status,
                                        said)}.mail());
    EXPECT_EQ(read.what, Returned::failed) << status;
    EXPECT_EQ(read.reason, reason) << status << ' ' << said;
  }
}

TEST(ReturnedMail, APersonsAnswerIsOtherMailWhateverItQuotes) {
  auto answer = crlf(fmt::format(
      "From: 市教育局联络员 <liaison@edu.example.org>\nSubject: =?utf-8?B?5Zue5aSN?=\n"
      "In-Reply-To: <{}@wuban.example.org>\nContent-Type: text/plain; charset=utf-8\n\n"
      "已报,见附件。\n> Message-ID: <{}@wuban.example.org>\n", notice, notice));
  EXPECT_EQ(read_returned_mail(answer).what, Returned::other_mail);
  EXPECT_EQ(read_returned_mail("Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n" + answer).what,
            Returned::other_mail);
}

TEST(ReturnedMail, WhatASystemSaysInItsOwnWordsIsForAPerson) {
  auto own = crlf(fmt::format(
      "From: PostMaster@mail.example.org\nSubject: =?utf-8?B?6YCA5L+h?=\n"
      "References: <{}@wuban.example.org>\nContent-Type: text/html; charset=utf-8\n\n"
      "<p>您的邮件被退回。</p>\n", notice));
  auto read = read_returned_mail(own);
  EXPECT_EQ(read.what, Returned::unclear);
  EXPECT_EQ(read.notice, notice);
  Report undecided{.recipient = "Final-Recipient: rfc822; a@b.example.org\n"};
  read = read_returned_mail(undecided.mail());
  EXPECT_EQ(read.what, Returned::unclear);
}

TEST(ReturnedMail, AnIdMustBeANotices) {
  for (const std::string id : {"ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4", "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D5",
                               "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4U", "xntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D",
                               "ntc_01fz8q3w5n6v7x9y0z1a2b3c4d", ""}) {
    auto returned = letter();
    returned.replace(returned.find(notice), notice.size(), id);
    EXPECT_EQ(read_returned_mail(Report{.returned = returned}.mail()).what, Returned::other_mail)
        << id;
  }
}

TEST(ReturnedMail, AMailThatIsCutOffIsReadAsFarAsItGoes) {
  auto mail = Report{}.mail();
  auto enough = mail.find("Auto-Submitted: auto-generated");
  ASSERT_NE(enough, std::string::npos);
  EXPECT_EQ(read_returned_mail(mail.substr(0, enough)).what, Returned::failed);
  for (std::size_t bytes = 0; bytes < enough; bytes += 7) {
    auto read = read_returned_mail(mail.substr(0, bytes));
    EXPECT_TRUE(read.what == Returned::failed || read.notice.empty()) << bytes;
  }
}

TEST(ReturnedMail, WhatIsSaidIsOneLineThatALogMayKeep) {
  auto read = read_returned_mail(
      Report{.recipient = "Action: failed\nStatus: 5.0.0\n"
                          "Diagnostic-Code: smtp; 550 \x1b[31m\xff " +
                          std::string(5000, 'x') + "\n"}.mail());
  EXPECT_EQ(read.what, Returned::failed);
  EXPECT_LE(read.detail.size(), limits::detail_bytes);
  EXPECT_EQ(read.detail.find('\x1b'), std::string::npos);
  EXPECT_EQ(read.detail.find('\xff'), std::string::npos);
}

}  // namespace
}  // namespace duban::channel
