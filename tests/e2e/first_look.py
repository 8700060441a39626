"""The main job, once, to be looked at: the shipped plan on the eve of its first reminders.

A copy of config/ in a temporary folder is edited as an admin would: three liaisons get a mailbox on
a mail server of this machine, two a webhook of an nginx; everybody else keeps the folder channel,
which is all that the shipped plan uses. duband then lives at 28 March 2022, 08:59:50, ten seconds
before the reminders of the first paper go out.
"""

import email
import email.policy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from hook_server import Nginx  # noqa: E402
from mail_server import MailServer  # noqa: E402
from office import Office  # noqa: E402
from programs import Daemon, dubanctl  # noqa: E402
from signatures import new_secret, verdicts  # noqa: E402
from waiting import NotInTime, wait_until  # noqa: E402

MOMENT = "2022-03-28T08:59:50+08:00"
BY_MAIL = ["edu-liaison", "transport-liaison", "water-liaison"]
BY_HOOK = ["health-liaison", "medicare-liaison"]


def say(text=""):
    print(text, flush=True)


def prepare(office, mail, nginx, secret):
    office.mail_channel(mail.port)
    office.hook_channel(secret)
    for contact in BY_MAIL:
        office.route(contact, f"mail:{contact}@wuban.example.org")
    for contact in BY_HOOK:
        office.route(contact, f"hook:{nginx.url}/{contact}")


def frame(message):
    say("  ┌" + "─" * 78)
    say(f"  │ 收件:{message['to']}")
    say(f"  │ 主题:{message['subject']}")
    say("  │")
    for line in message.get_body(("plain",)).get_content().rstrip().split("\n"):
        say(f"  │ {line}")
    say("  └" + "─" * 78)


def tells_of_work_plan(text):
    return "具体工作方案" in text


def body_of(letter):
    return letter.message.get_body(("plain",)).get_content()


def arrived(mail, nginx, office):
    """What every receiver has of the reminder of the first paper, or nothing while one has none."""
    mails = {c: [m for m in mail.to(f"{c}@wuban.example.org") if tells_of_work_plan(body_of(m))]
             for c in BY_MAIL}
    hooks = {c: [h for h in nginx.at(f"/{c}")
                 if "work-plan" in [i["duty"] for i in json.loads(h["body"])["data"]["items"]]]
             for c in BY_HOOK}
    files = office.outbox()
    if all(mails.values()) and all(hooks.values()) and files:
        return mails, hooks, files
    return None


def report(mail, nginx, office, secret, found):
    mails, hooks, files = found
    say("\n一封真实的消息:\n")
    frame(mails[BY_MAIL[0]][0].message)
    say(f"\n邮件(SMTP,127.0.0.1:{mail.port}):{len(mail.letters)} 封")
    for letter in mail.letters:
        say(f"  {letter}")
    say(f"\nWebhook(nginx,{nginx.url}):{len(nginx.hooks)} 条,签名由 npm 的 standardwebhooks 核对")
    problems = verdicts(nginx.hooks, secret)
    for hook, problem in zip(nginx.hooks, problems):
        subject = json.loads(hook["body"])["data"]["text"].split("\n")[0]
        say(f"  {hook['uri']} {hook['id']} {'签名有效' if problem is None else problem}: {subject}")
    say(f"\n文件(Maildir,{office.state}/outbox):{len(files)} 封,前三封")
    for data in list(files.values())[:3]:
        message = email.message_from_bytes(data, policy=email.policy.default)
        say(f"  {message['to']}: {message['subject']}")
    return all(p is None for p in problems)


def main():
    secret = new_secret()
    with MailServer() as mail, Nginx() as nginx, Office() as office:
        prepare(office, mail, nginx, secret)
        checked = dubanctl(office.config, "check")
        say(checked.out.rstrip())
        if checked.code != 0:
            return 1
        with Daemon(office.config, "--pretend", MOMENT) as duband:
            try:
                duband.ready()
                say(f"duband 以 {MOMENT} 为现在,已就绪。十秒后是提醒的时候。")
                found = wait_until(lambda: arrived(mail, nginx, office), "every receiver", 60)
            except NotInTime as late:
                say(f"{late}\n{duband.text()}")
                return 1
            well = report(mail, nginx, office, secret, found)
            ended = duband.stop()
        say(f"\nduband 已停,退出码 {ended}。"
            + ("邮件、Webhook、文件都已送到。" if well and ended == 0 else "有不对的地方,见上。"))
        return 0 if well and ended == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
