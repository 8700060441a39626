"""The package's life on a booted machine, in the order of time: each step goes on from the one
before, and is one of the `N passed, N failed` of the last line."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import june
import machine
from machine import (ETC, OUT, PLAN, STATE, add_duty, all_told, asked, dpkg, drop_in, dubanctl,
                     edit, installed, ledger, no_drop_in, pid, run, running, shown, status,
                     systemctl, told, wait_for_all, wait_until, write_office, write_secret)
from receiver import HOST, NameServer, Receiver

STEPS = []
SETTINGS = ETC / "duband.toml"
OLD, NEW = sorted(OUT.glob("duban_*.deb"))
BACKUPS = Path("/var/backups/duban")
UNITS = Receiver()
NOTICES = 100_000


def step(function):
    STEPS.append(function)
    return function


@step
def it_installs_from_a_folder_without_a_network():
    packages = [str(p) for p in Path("/packages").glob("*.deb")]
    dpkg("-iGE", *packages, str(OLD))
    assert installed().startswith("installed"), installed()
    wait_until(running, "duband to run")
    assert systemctl("is-enabled", "duband", "duban-backup.timer").split() == ["enabled"] * 2
    assert systemctl("is-active", "duban-backup.timer") == "active"
    assert run("id", "-gn", "duban").strip() == "duban"
    assert shown("User") == "duban" and shown("StatusText") is not None
    for path, owner, mode in ((STATE, "duban:duban", "750"), (BACKUPS, "duban:duban", "750"),
                              (ETC / "secrets", "root:duban", "750"),
                              ("/run/duban/duband.sock", "duban:duban", "660"),
                              (SETTINGS, "root:root", "644")):
        assert run("stat", "-c", "%U:%G %a", path).strip() == f"{owner} {mode}", path


@step
def who_joins_the_group_speaks_to_it_and_nobody_else():
    run("useradd", "--groups", "duban", "admin")
    run("useradd", "other")
    assert dubanctl("status", "--json", code=None, user="admin").startswith("{")
    dubanctl("status", code=3, user="other")
    dubanctl("check", user="other")


@step
def june_reaches_people_by_gateway_bots_and_mail():
    june.deliver()
    wait_until(running, "duband to run")


@step
def june_survives_a_kill_a_standing_loop_a_reload_and_a_stop():
    june.deliver(disturbed=True)
    wait_until(running, "duband to run")


@step
def an_edit_is_taken_by_a_reload_that_ends_when_it_is_taken():
    before = pid()
    write_office(UNITS.port)
    add_duty("first", "u000")
    dubanctl("check")
    systemctl("reload", "duband")
    plans = [p["id"] for p in status()["plans"]]
    assert "office" in plans, plans
    assert pid() == before


@step
def the_first_delivery():
    wait_until(lambda: all_told("first", 1), "the first unit to be told", 150)
    assert UNITS.answered


@step
def a_bad_edit_changes_nothing_and_is_told():
    text = (PLAN / "plan.toml").read_text(encoding="utf-8")
    edit(PLAN / "plan.toml", 'ladder = "first"', 'ladder = "frist"')
    systemctl("reload", "duband", code=None)
    found = status()
    assert [p for p in found["problems"] if "文件有错" in p["message"]], found
    assert "office" in [p["id"] for p in found["plans"]], "what ran before has gone"
    (PLAN / "plan.toml").write_text(text, encoding="utf-8")
    systemctl("reload", "duband")
    assert not [p for p in status()["problems"] if "文件有错" in p["message"]], status()


@step
def a_secret_by_loadcredential_names_and_tls_inside_the_sandbox():
    write_secret("hook", 0o600)  # root's alone: duband cannot read it
    (ETC / "ca.pem").write_bytes((OUT / "ca.pem").read_bytes())
    with NameServer() as names, Receiver(OUT / "hook.pem", OUT / "hook.key") as receiver:
        with SETTINGS.open("a", encoding="utf-8") as file:
            file.write('\n[channel.hook]\ntype = "webhook"\nallow_private = true\n'
                       'secrets = { credential = "hook" }\nca = "ca.pem"\n')
        edit(PLAN / "units.toml", f'"units:http://127.0.0.1:{UNITS.port}/u001"',
             f'"hook:https://{HOST}:{receiver.port}/duban"')
        drop_in("secrets", "[Service]\nLoadCredential=hook:/etc/duban/secrets/hook\n")
        systemctl("restart", "duband")
        sent = asked("send-test", "--plan", "office", "--unit", "u001", code=None)["sent"]
        assert [s["outcome"] for s in sent] == ["delivered"], sent
        assert receiver.headers and receiver.headers[0]["webhook-signature"].startswith("v1,")
        assert names.asked, "the name was known without asking for it"
        # the same receiver where its authority is not trusted
        (ETC / "ca.pem").write_bytes(Path("/etc/ssl/certs/ca-certificates.crt").read_bytes())
        systemctl("restart", "duband")
        sent = asked("send-test", "--plan", "office", "--unit", "u001", code=1)["sent"]
        assert "certificate" in sent[0]["detail"].lower() + sent[0]["reason"], sent
    edit(PLAN / "units.toml", f'"hook:https://{HOST}:{receiver.port}/duban"',
         f'"units:http://127.0.0.1:{UNITS.port}/u001"')
    systemctl("reload", "duband")


@step
def its_sandbox_holds():
    main = str(pid())
    lines = Path(f"/proc/{main}/status").read_text().splitlines()
    fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    assert int(fields["CapEff"], 16) == 0 and int(fields["CapBnd"], 16) == 0, fields
    assert (fields["NoNewPrivs"], fields["Seccomp"]) == ("1", "2"), fields
    inside = ["nsenter", "-t", main, "-m", "--"]
    run(*inside, "sh", "-c", "! touch /etc/duban/x 2>/dev/null && ! touch /usr/x 2>/dev/null")
    run(*inside, "touch", "/var/lib/duban/x")
    Path(STATE / "x").unlink()
    # a call outside of it would be refused, and said
    journal = run("journalctl", "-u", "duband", "-o", "cat", "--no-pager")
    assert "stays with our own group" not in journal


@step
def a_loop_that_stands_is_ended_by_the_watchdog_and_started_again():
    drop_in("watchdog", "[Service]\nWatchdogSec=3\nRestartSec=100ms\n")
    systemctl("restart", "duband")
    before, restarts = pid(), int(shown("NRestarts"))
    os.kill(before, signal.SIGSTOP)
    wait_until(lambda: int(shown("NRestarts")) > restarts and running(), "another duband", 30)
    assert pid() != before
    assert "watchdog" in run("journalctl", "-u", "duband", "-o", "cat", "--no-pager").lower()


@step
def a_burst_of_reloads_does_not_end_it():
    before, restarts = pid(), int(shown("NRestarts"))
    over = time.monotonic() + 10  # three spans of its watchdog
    reloads = [0] * 4

    def reload(which):
        while time.monotonic() < over:
            dubanctl("reload")
            reloads[which] += 1
            os.kill(before, signal.SIGHUP)

    askers = [threading.Thread(target=reload, args=(n,)) for n in range(len(reloads))]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert min(reloads) > 2, reloads
    assert (pid(), int(shown("NRestarts"))) == (before, restarts)


STARTED = """SELECT count(*) FROM items WHERE plan = 'office' AND duty = ? AND kind = 'start'"""


def burst(duty):
    """In the middle of telling all units: some have answered, some are asked, some are not yet."""
    add_duty(duty, "@all")
    systemctl("reload", "duband")
    # the letters of the start first, so that nothing but the stage is on its way
    wait_until(lambda: ledger().count(STARTED, duty) == machine.UNITS and not open_notices(),
               "the start letters", 60, every=0.1)
    UNITS.shut(after=30)
    wait_until(lambda: len(told(duty)) == machine.UNITS, "the stage", 150, every=0.1)
    wait_until(lambda: UNITS.held, "the gate to be reached", 30)


def open_notices():
    return ledger().count("SELECT count(*) FROM outbox WHERE plan = 'office'")


@step
def stopped_in_a_burst_it_goes_on_where_it_was():
    burst("stopped")
    began = time.monotonic()
    systemctl("stop", "duband")
    assert time.monotonic() - began < 15
    assert shown("Result") == "success"
    assert open_notices() > 0, "it was no burst any more"
    answered = set(UNITS.answered)
    UNITS.open()
    asked_before = len(UNITS.ids)
    systemctl("start", "duband")
    wait_for_all("stopped", 300)
    again = answered & set(UNITS.ids[asked_before:])
    assert not again, f"what was answered is settled by a clean stop: {again}"


@step
def killed_in_a_burst_it_is_started_and_loses_nothing():
    burst("killed")
    before = pid()
    systemctl("kill", "--signal=KILL", "duband")
    UNITS.open()
    wait_until(lambda: running() and pid() != before, "another duband", 30)
    # what was on its way waits for the end of its lease
    wait_for_all("killed", 300)


@step
def the_nightly_copy_is_whole_and_the_oldest_goes():
    for day in range(1, 20):
        (BACKUPS / f"ledger-202001{day:02}T000000Z.sqlite").touch()
    run("chown", "-R", "duban:duban", BACKUPS)
    systemctl("start", "duban-backup.service")
    copies = sorted(BACKUPS.glob("ledger-*"))
    assert len(copies) == 14, copies
    newest = copies[-1]
    assert run("stat", "-c", "%U %a", newest).strip() == "duban 600"
    assert machine.Ledger(newest).count("SELECT count(*) FROM notices") == \
        ledger().count("SELECT count(*) FROM notices")
    systemctl("stop", "duband")
    systemctl("start", "duban-backup.service")  # nothing to copy is no failure
    assert sorted(BACKUPS.glob("ledger-*")) == copies
    systemctl("start", "duband")


@step
def an_upgrade_keeps_edits_and_goes_on_with_a_long_past():
    from ledger_benches import fill
    no_drop_in("watchdog")
    systemctl("stop", "duband")
    fill(STATE / "ledger.sqlite", NOTICES)
    run("chown", "-R", "duban:duban", STATE)
    systemctl("start", "duband", takes=300)
    edit(ETC / "samples/behaviour.toml", "seed = 2022", "seed = 2023")
    notices = ledger().count("SELECT count(*) FROM notices")
    assert notices >= NOTICES, notices
    before, began = pid(), time.monotonic()
    dpkg("-i", str(NEW))
    took = time.monotonic() - began
    assert installed() == f"installed {NEW.name.split('_')[1]}", installed()
    assert running() and pid() != before
    print(f"   upgraded in {took:.1f} s beside {notices} notices")
    assert "[channel.hook]" in SETTINGS.read_text(encoding="utf-8")
    assert "seed = 2023" in (ETC / "samples/behaviour.toml").read_text(encoding="utf-8")
    assert (ETC / "samples/behaviour.toml.dpkg-dist").exists()
    footer = (ETC / "templates/footer.mustache").read_text(encoding="utf-8")
    assert "older" not in footer, "what nobody edited follows the package"
    assert status()["outbox"]["failed"] == 0
    assert ledger().count("SELECT count(*) FROM notices") == notices, "told again"
    assert ledger().count("SELECT count(*) FROM outbox") == 0
    assert all_told("killed") and all_told("stopped")


@step
def removed_and_installed_again_it_goes_on_with_its_past():
    notices = ledger().count("SELECT count(*) FROM notices")
    dpkg("-r", "duban")
    assert shown("ActiveState") != "active"
    assert (STATE / "ledger.sqlite").exists() and SETTINGS.exists()
    dpkg("-i", str(NEW))
    wait_until(running, "duband to run", 60)
    assert ledger().count("SELECT count(*) FROM notices") == notices


@step
def what_an_admin_has_disabled_stays_so():
    systemctl("disable", "--now", "duban-backup.timer")
    dpkg("-i", str(NEW))
    assert systemctl("is-enabled", "duban-backup.timer", code=1) == "disabled"
    assert systemctl("is-active", "duban-backup.timer", code=3) == "inactive"
    assert running()


# What this story has written as an admin.
OWN = ("plans/office/", "secrets/", "ca.pem", "calendars/always.toml")


@step
def purged_nothing_is_left_but_what_others_made():
    dpkg("-P", "duban")
    assert not STATE.exists()
    assert not SETTINGS.exists()
    left = sorted(str(p.relative_to(ETC)) for p in ETC.rglob("*") if p.is_file())
    assert "plans/office/plan.toml" in left, left
    assert not [p for p in left if not p.startswith(OWN)], left
    assert list(BACKUPS.glob("ledger-*"))
    assert shown("LoadState") == "not-found"
    assert systemctl("--failed", "--plain", "--no-legend") == ""


def main():
    global NOTICES
    parser = argparse.ArgumentParser()
    parser.add_argument("--notices", type=int, default=NOTICES)
    NOTICES = parser.parse_args().notices
    failed = 0
    for one in STEPS:
        began = time.monotonic()
        try:
            one()
            ended = "ok"
        except Exception:  # noqa: BLE001: whatever it is, the step has failed
            traceback.print_exc()
            ended, failed = "FAIL", failed + 1
        print(f"{time.monotonic() - began:7.1f} s  {ended:4} {one.__name__.replace('_', ' ')}")
    with (OUT / "journal").open("wb") as journal:
        subprocess.run(["journalctl", "--no-pager"], stdout=journal)
    print(f"{len(STEPS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
