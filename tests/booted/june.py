"""June of the shipped plan on the booted machine, told where people look: an in-house gateway, the
three group bots and mail, each a stand-in on this machine that judges as the real one does. Once
undisturbed, and once with all that befalls a server."""

import datetime
import os
import re
import signal
import time
from pathlib import Path

import machine
from machine import (ETC, STATE, drop_in, dubanctl, no_drop_in, pid, running, shown, systemctl,
                     wait_until)
from chat_server import DING_SECRET, FEISHU_SECRET, KEYS, SMS_SECRET, ChatServer
from mail_server import MailServer
from office import BOTS, Office

SECRETS = {"wecom": KEYS["/wecom"], "dingtalk": KEYS["/dingtalk"], "feishu": KEYS["/feishu"],
           "dingtalk-sign": DING_SECRET, "feishu-sign": FEISHU_SECRET, "sms": SMS_SECRET}
MAILBOX = "medicare@wuban.example.org"
ADDRESSES = {"edu": "wecom:工作群", "water": "dingtalk:工作群", "health": "feishu:工作群",
             "transport": "sms:13800001111", "medicare": f"mail:{MAILBOX}"}
# June's table is due on the 24th, a Friday: reminded of on the 21st, 9:00, and on the day, 9:00.
BEGIN, SPEED = "2022-06-21T08:58:00+08:00", 900
STAGES = {"remind", "due"}
# Seconds for three days at that speed, and as much again for a busy machine.
TAKES = 600
# Says what time it is pretended to be, also to a duband that is started again: the clock goes on.
NOW = Path("/run/june-now")
NOW_TEXT = """#!/bin/sh
exec date -d "@$(( {begin} + ($(date +%s%3N) - {began}) * {speed} / 1000 ))" +%Y-%m-%dT%H:%M:%S%:z
"""


def write_channels(office, chats, mail):
    for name in BOTS:
        office.bot_channel(name, chats.url)
    office.sample_channel("sms", chats.url + "/sms")
    office.mail_channel(mail.port)
    for unit, address in ADDRESSES.items():
        office.route(f"{unit}-liaison", address)


def write_secrets():
    for name, value in SECRETS.items():
        path = ETC / "secrets" / name
        path.write_text(value + "\n")
        path.chmod(0o600)  # root's alone
    return "".join(f"LoadCredential={name}:/etc/duban/secrets/{name}\n" for name in SECRETS)


def is_told(ledger):
    """{unit: {stage kind: states}} of June's table."""
    found = {}
    for unit, stage, state in ledger.ask("""
            SELECT i.unit, i.stage, coalesce(e.state, 'open') FROM items i
            JOIN notice_items ni ON ni.plan = i.plan AND ni.item_seq = i.seq
            LEFT JOIN notice_endings e ON e.plan = i.plan AND e.notice_seq = ni.notice_seq
            WHERE i.duty = 'monthly-table' AND i.period = '2022-06' AND i.kind = 'stage'
              AND i.audience = 'liaison'"""):
        found.setdefault(unit, {}).setdefault(stage.split(" ")[0], []).append(state)
    return found


def write_clock():
    begin = int(datetime.datetime.fromisoformat(BEGIN).timestamp())
    NOW.write_text(NOW_TEXT.format(begin=begin, began=int(time.time() * 1000), speed=SPEED))


def in_a_burst(ledger, stage):
    """Somebody is being told of it right now, and not everybody has been."""
    def burst():
        told = [states for of_unit in is_told(ledger).values()
                for kind, states in of_unit.items() if kind == stage]
        return any("open" in states for states in told)
    wait_until(burst, f"{stage} to be on its way", TAKES, every=0.02)


def befall(ledger):
    """A kill and a stop while people are told, a loop that stands, a reload; each survived."""
    def another(before, what):
        # its number first: while one goes and the next comes, the state may be of either
        wait_until(lambda: pid() not in (0, before) and running(), f"another duband after {what}",
                   60)
    in_a_burst(ledger, "remind")
    before = pid()
    systemctl("kill", "--signal=KILL", "duband")
    another(before, "a kill")
    before = pid()
    os.kill(before, signal.SIGSTOP)
    another(before, "its watchdog")
    systemctl("reload", "duband")
    assert int(shown("NRestarts")) >= 2, shown("NRestarts")
    in_a_burst(ledger, "due")
    systemctl("stop", "duband")
    assert shown("Result") == "success"
    systemctl("start", "duband")


def deliver(disturbed=False):
    kept = {name: (ETC / name).read_bytes()
            for name in ("duband.toml", "plans/wuhan-2022-1/units.toml")}
    chats, mail = ChatServer(), MailServer()
    try:
        write_channels(Office.at(ETC, STATE), chats, mail)
        drop_in("june", "[Service]\n" + write_secrets() + "ExecStart=\n"
                "Environment=TZ=Asia/Shanghai\nWatchdogSec=3\nRestartSec=100ms\n"
                f"ExecStart=/bin/sh -c 'exec /usr/bin/duband --pretend $$(sh {NOW}) "
                f"--speed {SPEED}'\n")
        dubanctl("check")
        systemctl("stop", "duband")
        (STATE / "pretended.sqlite").unlink(missing_ok=True)
        write_clock()
        systemctl("start", "duband")
        if disturbed:
            befall(machine.Ledger(STATE / "pretended.sqlite"))
        assert_told(chats, mail, disturbed)
    finally:
        no_drop_in("june")
        systemctl("stop", "duband")
        for name, text in kept.items():
            (ETC / name).write_bytes(text)
        for name in SECRETS:
            (ETC / "secrets" / name).unlink(missing_ok=True)
        mail.close()
        chats.close()
        systemctl("start", "duband")


def sent_twice(chats):
    """Notices that a receiver saw twice: [(id, how often, how often marked as sent again)]."""
    seen = {}
    for path in ("/wecom", "/dingtalk", "/feishu"):
        for _, text in chats.at(path):
            for notice in re.findall(r"ntc_\w+", text):
                seen.setdefault(notice, []).append(text)
    for _, message in chats.at("/sms"):
        seen.setdefault(message["id"], []).append(message["content"])
    return [(notice, len(texts), sum("补发" in text for text in texts))
            for notice, texts in seen.items() if len(texts) > 1]


def assert_told(chats, mail, disturbed):
    ledger = machine.Ledger(STATE / "pretended.sqlite")

    def all_told():
        told = is_told(ledger)
        return all(set(told.get(unit, {})) >= STAGES for unit in ADDRESSES) and \
            not ledger.count("SELECT count(*) FROM outbox WHERE next_at IS NOT NULL")
    wait_until(all_told, "June to be told", TAKES, every=0.5)
    for unit, stages in is_told(ledger).items():
        for stage, states in stages.items():
            assert states == ["delivered"], (unit, stage, states)
    at = {path: [text for _, text in chats.at(path)] for path in ("/wecom", "/dingtalk", "/feishu")}
    for path, texts in at.items():
        of_june = [text for text in texts if "月调度表" in text]
        assert len(of_june) >= len(STAGES), (path, texts)
        # a group reads no late unit's name
        assert not [text for text in texts if re.search("市(教育局|水务局|卫健委)", text)], texts
    asked = [message["content"] for _, message in chats.at("/sms")]
    assert len([text for text in asked if "月调度表" in text]) >= len(STAGES), asked
    letters = [str(letter.message["subject"]) for letter in mail.to(MAILBOX)]
    assert len([text for text in letters if "月调度表" in text]) >= len(STAGES), letters
    again = sent_twice(chats)
    # only where the answer was lost with the daemon, once, and marked
    assert not [one for one in again if one[1:] != (2, 1)] and (disturbed or not again), again
    print(f"   {sum(map(len, at.values()))} in groups, {len(asked)} by the gateway, "
          f"{len(mail.letters)} mails; twice and marked so: {len(again)}")
