"""How duband starts, takes edits, and ends."""

import json
import socket
import subprocess
import unittest

from mail_server import MailServer
from office import Office
from programs import DUBAND, Daemon, dubanctl
from waiting import wait_until

EVE = "2022-03-28T08:59:50+08:00"


class Life(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def start(self, *options, moment=EVE):
        duband = Daemon(self.office.config, "--pretend", moment, *options)
        self.addCleanup(duband.close)
        return duband

    def reminded(self):
        return wait_until(lambda: [d for d in self.office.outbox().values()], "a first mail", 40)

    def test_needs_no_server_at_all(self):
        duband = self.start().ready()
        self.reminded()
        status = duband.ctl("status", "--json").json()
        self.assertEqual(status["pid"], duband.process.pid)
        self.assertEqual([p["id"] for p in status["plans"]], ["wuhan-2022-1"])

    def test_stops_within_ten_seconds_and_says_so(self):
        duband = self.start().ready()
        self.assertEqual(duband.stop(deadline=10), 0, duband.text())
        self.assertIn("STOPPING=1", duband.heard())

    def test_stops_within_ten_seconds_while_a_receiver_hangs(self):
        with socket.socket() as deaf:  # takes connections and never says a word
            deaf.bind(("127.0.0.1", 0))
            deaf.listen()
            port = deaf.getsockname()[1]
            self.office.mail_channel(port)
            self.office.route("edu-liaison", "mail:edu@wuban.example.org")
            duband = self.start().ready()
            self.reminded()
            self.assertEqual(duband.stop(deadline=10), 0, duband.text())

    def test_a_second_daemon_on_the_same_state_is_refused(self):
        self.start().ready()
        second = self.start()
        self.assertNotEqual(second.process.wait(20), 0)
        self.assertTrue(second.text().strip())

    def test_a_restart_tells_nothing_twice(self):
        with MailServer() as server:
            self.office.mail_channel(server.port)
            self.office.route("edu-liaison", "mail:edu@wuban.example.org")
            first = self.start().ready()
            server.wait_for("edu@wuban.example.org")
            wait_until(lambda: self.work_plan_reminders(first), "the reminder", 40)
            # what is on its way when it is killed waits for the end of its lease
            wait_until(lambda: not self.unfinished(first), "every notice to end", 40)
            first.kill()
            second = self.start(moment="2022-03-28T09:01:00+08:00").ready()
            wait_until(lambda: not self.unfinished(second), "every notice to end", 40)
            ids = [m.message["message-id"] for m in server.letters]
        keys = [self.item_key(i) for n in self.notices(second) for i in n["items"]]
        self.assertEqual(len(keys), len(set(keys)))
        # a mail that had gone out when it was killed may go again, but as the same mail
        self.assertLessEqual(len(ids) - len(set(ids)), 1)

    def notices(self, duband):
        return duband.ctl("notices", "--json").json()["notices"]

    def unfinished(self, duband):
        return [n for n in self.notices(duband) if n["state"] in ("queued", "sending", "retrying")]

    def work_plan_reminders(self, duband):
        return [i for n in self.notices(duband) for i in n["items"]
                if i["duty"] == "work-plan" and i["unit"] == "edu"]

    def item_key(self, item):
        return json.dumps({k: v for k, v in item.items() if k not in ("due", "late")},
                          sort_keys=True)

    def test_a_reload_of_a_bad_file_changes_nothing(self):
        duband = self.start().ready()
        before = duband.ctl("agenda", "--from", "2022-03-01", "--to", "2022-12-31", "--json").json()
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "monthyl"')
        said = duband.ctl("reload")
        self.assertIn(said.code, (1, 2), said)
        self.assertIn("monthyl", said.out + said.err)
        self.assertIsNone(duband.process.poll())
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthyl"',
                         'ladder = "monthly"')
        after = duband.ctl("agenda", "--from", "2022-03-01", "--to", "2022-12-31", "--json").json()
        self.assertEqual(before, after)

    def test_a_bad_file_and_a_signal_leave_it_running_and_unwell(self):
        duband = self.start().ready()
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "monthyl"')
        duband.reload_by_signal()
        status = wait_until(lambda: (s := duband.ctl("status", "--json")).code == 1 and s,
                            "status to be unwell")
        self.assertFalse(status.json()["well"])
        self.assertIsNone(duband.process.poll())

    def test_a_reload_of_a_good_edit_takes_effect(self):
        duband = self.start().ready()
        self.office.edit(self.office.plan_file("plan.toml"), r'^due    = "25 17:00"',
                         'due    = "26 17:00"')
        said = duband.ctl("reload")
        self.assertEqual(said.code, 0, said)
        stages = duband.ctl("agenda", "--duty", "monthly-table", "--from", "2022-04-01",
                            "--to", "2022-05-01", "--json").json()["stages"]
        self.assertTrue([s for s in stages if s["due"] == "2022-04-26T17:00:00+08:00"], stages)

    def test_a_saved_file_takes_effect_by_itself_where_that_is_asked_for(self):
        self.office.edit("duband.toml", r"^watch\s*=.*$", "watch = true")
        duband = self.start().ready()
        path = self.office.folder / self.office.plan_file("plan.toml")
        text = path.read_text(encoding="utf-8")
        text = text.replace('due    = "25 17:00"', 'due    = "26 17:00"')
        fresh = path.with_name(".plan.toml.new")  # as editors save: a new file, renamed
        fresh.write_text(text, encoding="utf-8")
        fresh.rename(path)

        def moved():
            stages = duband.ctl("agenda", "--duty", "monthly-table", "--from", "2022-04-01",
                                "--to", "2022-05-01", "--json").json()["stages"]
            return [s for s in stages if s["due"] == "2022-04-26T17:00:00+08:00"]
        wait_until(moved, "the saved file to take effect", 30)

    def test_bad_files_at_the_first_start_are_exit_2(self):
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "monthyl"')
        duband = self.start()
        self.assertEqual(duband.process.wait(20), 2, duband.text())
        self.assertIn("monthyl", duband.text())

    def test_bad_files_at_a_later_start_run_the_last_text_that_checked(self):
        self.start().ready().stop()
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "monthyl"')
        duband = self.start(moment="2022-03-28T09:05:00+08:00").ready()
        status = duband.ctl("status", "--json")
        self.assertEqual(status.code, 1, status)
        self.assertFalse(status.json()["well"])

    def test_a_pretended_ledger_does_not_open_at_real_time(self):
        self.start().ready().stop()
        state = self.office.folder / "state"
        (state / "pretended.sqlite").rename(state / "ledger.sqlite")
        real = Daemon(self.office.config)
        self.addCleanup(real.close)
        self.assertEqual(real.process.wait(20), 2, real.text())

    def test_check_only_prints_what_would_go_out_and_starts_nothing(self):
        run = subprocess.run([DUBAND, "--config", self.office.config, "--pretend", EVE,
                              "--check-only"], capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("具体工作方案", run.stdout)
        self.assertEqual(self.office.outbox(), {})
        self.assertEqual(dubanctl(self.office.config, "status").code, 3)

    def test_pilot_mode_sends_everything_to_one_contact(self):
        with MailServer() as server:
            self.office.mail_channel(server.port)
            self.office.edit("duband.toml", r"^# redirect_all = .*$",
                             'redirect_all = "office-desk"')
            self.office.route("office-desk", "mail:desk@wuban.example.org")
            self.office.route("edu-liaison", "mail:edu@wuban.example.org")
            self.start().ready()
            letters = server.wait_for("desk@wuban.example.org", 5)
            self.assertEqual(server.to("edu@wuban.example.org"), [])
        text = " ".join(m.message.get_body(("plain",)).get_content() for m in letters)
        self.assertIn("市", text)
        self.assertEqual(self.office.outbox(), {})

    def test_a_test_message_arrives(self):
        with MailServer() as server:
            self.office.mail_channel(server.port)
            self.office.route("edu-liaison", "mail:edu@wuban.example.org")
            duband = self.start(moment="2022-02-01T10:00:00+08:00").ready()
            said = duband.ctl("send-test", "--unit", "edu")
            self.assertEqual(said.code, 0, said)
            server.wait_for("edu@wuban.example.org")
