// Webhooks and mail over TLS, against Python's ssl and aiosmtpd.

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/digest.h"
#include "channel/scratch_folder.h"
#include "channel/smtp.h"
#include "channel/webhook.h"
#include "contract/channel_contract.h"
#include "io/curl_transport.h"
#include "peers/child_program.h"

namespace duban::channel {
namespace {

namespace json = boost::json;
using testing::run;
using namespace std::chrono_literals;

struct TlsTest : ::testing::Test {
  static void SetUpTestSuite() {
    folder = new testing::ScratchFolder;
    ASSERT_TRUE(testing::run_program(
        {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", key(), "-out", certificate(), "-batch"}));
  }
  static void TearDownTestSuite() {
    delete folder;
    folder = nullptr;
  }
  static std::string certificate() { return (folder->path() / "certificate.pem").string(); }
  static std::string key() { return (folder->path() / "key.pem").string(); }

  void start(const std::string& mode) {
    server = std::make_unique<testing::ChildProgram>(std::vector<std::string>{
        "/usr/bin/python3", DUBAN_SOURCE_DIR "/tests/peers/tls_peer.py", mode, certificate(),
        key()});
    auto line = server->read_line();
    ASSERT_FALSE(line.empty()) << "python3-aiosmtpd is needed";
    port = static_cast<unsigned>(std::stoul(line));
  }

  delivery::Outcome send_mail(io::MailTls tls, const std::string& password = "geheim",
                              const std::string& ca = certificate(),
                              const std::string& host = "localhost") {
    SmtpOptions options;
    options.server = {.host = host, .port = port, .tls = tls};
    options.user = "duban";
    options.password = Secret{password};
    options.sender = {.from = "duban@wuban.example.org", .from_name = "领导小组办公室",
                      .reply_to = ""};
    options.ca = ca;
    options.pacing.timeout = 5s;
    auto by = make_smtp(std::move(options), *transport, clock);
    return run(loop, by->send(contract::parcel_for("edu@example.org")));
  }
  delivery::Outcome post(const std::string& ca) {
    auto by = make_webhook({.keys = {Secret{"0123456789abcdef01234567"}}, .ca = ca, .proxy = "",
                            .allow_private = true, .pacing = {.timeout = 5s}},
                           *transport, clock);
    auto url = "https://localhost:" + std::to_string(port) + "/hook";
    return run(loop, by->send(contract::parcel_for(url)));
  }

  static testing::ScratchFolder* folder;
  boost::asio::io_context loop;
  SystemClock clock;
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<testing::ChildProgram> server;
  unsigned port = 0;
};
testing::ScratchFolder* TlsTest::folder = nullptr;

void expect_arrived(const std::string& line) {
  auto mail = json::parse(line).as_object();
  auto parcel = contract::parcel_for("edu@example.org");
  EXPECT_TRUE(mail["tls"].as_bool());
  EXPECT_EQ(mail["sender"], "duban@wuban.example.org");
  EXPECT_EQ(mail["to"], json::array{"edu@example.org"});
  EXPECT_EQ(mail["subject"], json::string(parcel.content.subject));
  EXPECT_EQ(mail["author"], "领导小组办公室 <duban@wuban.example.org>");
  EXPECT_EQ(mail["id"], json::string("<" + parcel.notice + "@wuban.example.org>"));
  EXPECT_EQ(mail["text"], json::string(parcel.content.text));
  EXPECT_EQ(mail["html"], json::string(parcel.content.html));
  EXPECT_EQ(mail["defects"], json::array{});
}

TEST_F(TlsTest, mail_arrives_over_starttls_after_login_and_python_reads_it) {
  start("starttls");
  auto outcome = send_mail(io::MailTls::starttls);
  ASSERT_EQ(outcome.outcome, AttemptOutcome::delivered) << outcome.detail;
  expect_arrived(server->read_line());
}

TEST_F(TlsTest, mail_arrives_over_implicit_tls_after_login_and_python_reads_it) {
  start("implicit");
  auto outcome = send_mail(io::MailTls::implicit);
  ASSERT_EQ(outcome.outcome, AttemptOutcome::delivered) << outcome.detail;
  expect_arrived(server->read_line());
}

TEST_F(TlsTest, a_wrong_password_is_a_configuration_to_mend) {
  start("starttls");
  auto outcome = send_mail(io::MailTls::starttls, "falsch");
  EXPECT_EQ(outcome.outcome, AttemptOutcome::retry);
  EXPECT_EQ(outcome.reason, Reason::bad_configuration) << outcome.detail;
  EXPECT_FALSE(outcome.detail.contains("falsch"));
}

TEST_F(TlsTest, mail_goes_to_nobody_whose_certificate_is_not_trusted) {
  for (const auto* mode : {"starttls", "implicit"}) {
    start(mode);
    auto tls = std::string_view{mode} == "implicit" ? io::MailTls::implicit : io::MailTls::starttls;
    EXPECT_EQ(send_mail(tls, "geheim", "").reason, Reason::tls_failed);
    // Trusted, but for another name.
    EXPECT_EQ(send_mail(tls, "geheim", certificate(), "127.0.0.1").reason, Reason::tls_failed);
  }
}

TEST_F(TlsTest, a_webhook_arrives_over_tls_where_the_ca_is_trusted_only) {
  start("https");
  auto refused = post("");
  EXPECT_EQ(refused.outcome, AttemptOutcome::retry);
  EXPECT_EQ(refused.reason, Reason::tls_failed) << refused.detail;
  auto outcome = post(certificate());
  ASSERT_EQ(outcome.outcome, AttemptOutcome::delivered) << outcome.detail;
  auto seen = json::parse(server->read_line()).as_object();
  EXPECT_EQ(seen["id"], json::string(contract::parcel_for("").notice));
}

TEST_F(TlsTest, a_file_of_certificates_that_is_not_there_is_told) {
  start("https");
  EXPECT_EQ(post("/nowhere.pem").reason, Reason::tls_failed);
}

}  // namespace
}  // namespace duban::channel
