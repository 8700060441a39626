#pragma once
// Every bound in the program, each with its reason. A bound that is hit is an error with a mend,
// never a silent cut.

#include <chrono>
#include <cstddef>

namespace duban::limits {

using namespace std::chrono_literals;

/// A plan file. The shipped plan's largest file is some 30 KB; a megabyte is a mistake or an
/// attack.
inline constexpr std::size_t plan_file_bytes = 1U << 20;
/// duband.toml: a page of settings.
inline constexpr std::size_t settings_bytes = 256U << 10;
/// A password or signing key with room to spare; a longer file is the wrong file.
inline constexpr std::size_t secret_bytes = 4U << 10;
/// Within which a contact's message must have been delivered by one channel or another: a channel's
/// share has room for a few attempts, and a reminder is three days ahead at most.
inline constexpr std::chrono::minutes within_at_least{10};
inline constexpr std::chrono::hours within_at_most{72};
/// Headers of a gateway's request, and rules by which its answer is read: a handful each.
inline constexpr std::size_t channel_headers = 20;
inline constexpr std::size_t channel_outcomes = 40;
/// A work calendar holds a few dozen lines a year.
inline constexpr std::size_t calendar_bytes = 1U << 20;
/// An address: a mail address has 254 letters at most, a URL rarely more than this.
inline constexpr std::size_t address_bytes = 2000;
/// An id: it stands in commands, keys of the ledger and file names.
inline constexpr std::size_t id_bytes = 64;
/// A published list of holidays: ten years of iCalendar are some 30 KB, a phone's whole calendar
/// of festivals some hundreds.
inline constexpr std::size_t holiday_list_bytes = 1U << 20;
/// Entries of such a list: ten years of single days are some 350, festivals among them some more.
inline constexpr std::size_t holiday_entries = 2000;
/// Brackets inside each other in such a list as JSON: its form has three.
inline constexpr std::size_t holiday_list_depth = 8;
/// A holiday's name: 国庆节、中秋节 has 21 bytes.
inline constexpr std::size_t holiday_name_bytes = 60;
/// The address of a notice on the web; gov.cn's have some 70 bytes.
inline constexpr std::size_t holiday_address_bytes = 200;
/// A notice's number: 国办发明电〔2021〕11号 has 30 bytes.
inline constexpr std::size_t holiday_number_bytes = 100;
/// Lines before times lines after that a diff compares one with another: a thousand of each are
/// some megabytes for a moment.
inline constexpr std::size_t compared_lines = 1'000'000;
/// A span of days off: the longest public holiday was nine days.
inline constexpr int holiday_days = 31;
/// A template: a message is read on a phone.
inline constexpr std::size_t template_bytes = 64U << 10;
/// Templates inside templates: more is a partial that includes itself.
inline constexpr std::size_t template_depth = 8;
/// Units, duties, tasks, contacts of one plan: a plan of a province has some hundreds.
inline constexpr std::size_t plan_entries = 2000;
/// Plans, calendars or templates in one folder: some hundreds of plans are a province's.
inline constexpr std::size_t folder_entries = 5000;
/// Stages of one ladder: the shipped ones have six at most; a longer one is a nuisance to people.
inline constexpr std::size_t ladder_stages = 40;
/// Assignments of a plan (duty by period by unit by clause): the shipped one has some 400, one of
/// a province with hundreds of units some 50,000; each is looked at in every step.
inline constexpr std::size_t plan_assignments = 200'000;
/// A word for which a like one is sought among the known: what is longer was not mistyped.
inline constexpr std::size_t guessed_characters = 100;
/// An RRULE: the longest that means something lists the days of a month and the months of a year.
inline constexpr std::size_t rrule_bytes = 500;
/// The days an RRULE is asked for: each day of a year once, and those of the week it begins in.
inline constexpr std::size_t rrule_days = 366 + 7;
/// A chain of due dates that count from each other.
inline constexpr std::size_t due_chain = 16;
/// An offset in a ladder or a due rule, in days: two years are beyond any plan of one year.
inline constexpr int offset_days = 800;
/// Working days that `explain` counts out one by one: a month fits on a page, more is a wall of
/// numbers.
inline constexpr int walked_days = 31;
/// One message's body: mail gateways and bots cut far earlier.
inline constexpr std::size_t message_bytes = 256U << 10;
/// A wake-up later than this is a miss: what it tells is marked late.
inline constexpr std::chrono::seconds late_after = 10min;
/// A lease on a claimed notice, longer than the longest attempt.
inline constexpr std::chrono::seconds lease = 120s;
/// A host that does not answer a SYN for so long is down; the rest of the time is for talking.
inline constexpr std::chrono::seconds connect_timeout = 15s;
/// One attempt on the wire, connect to last byte.
inline constexpr std::chrono::seconds attempt_timeout = 30s;
/// A receiver's reply: what is beyond is not read.
inline constexpr std::size_t reply_bytes = 64U << 10;
/// What is kept of a reply in the ledger.
inline constexpr std::size_t detail_bytes = 300;
/// Between two looks into a mailbox for what came back: a fallback has time until the message's due
/// time, and a server that is asked more often counts it as abuse.
inline constexpr std::chrono::seconds mailbox_every = 2min;
/// The same after many that failed: as for an SMTP login that is refused.
inline constexpr std::chrono::seconds mailbox_at_most = 1h;
/// How far back the first look goes: a mail system gives up after some five days (RFC 5321,
/// 4.5.4.1), and a daemon may have been down for a week.
inline constexpr std::chrono::seconds mailbox_back = 14 * 24h;
/// What is read of a mail: a report comes first, and of what it returns the headers are enough.
inline constexpr std::size_t mail_read_bytes = 256U << 10;
/// Mails of one look; the next goes on.
inline constexpr std::size_t mails_at_once = 1000;
/// Mails in one folder of a Maildir: each look lists them, and a sender's mailbox gets some
/// thousands a year. Also the lines of one answer.
inline constexpr std::size_t mailbox_entries = 20'000;
/// A line of a mailbox server's answer: the numbers of all mails of two weeks.
inline constexpr std::size_t mailbox_answer_bytes = 1U << 20;
/// Retry-After that is still believed (a hostile receiver may say a century).
inline constexpr std::chrono::seconds retry_after = 24h;
/// Keys or passwords of one channel: one, or the old and the new while they are changed.
inline constexpr std::size_t channel_secrets = 2;
/// Attempts in flight at once, over all endpoints: with three channels dozens of receivers that
/// never answer leave places for those that do. Each is some 30 KB while it lasts.
inline constexpr std::size_t attempts_in_flight = 192;
/// Connections kept open for the next notice: of a burst to one receiver every one is used again.
inline constexpr std::size_t idle_connections = attempts_in_flight;
/// Attempts that failed in a row before an endpoint counts as failing and the office hears of it.
inline constexpr int failing_attempts = 5;
/// Notices claimed and not yet settled: enough to keep every endpoint busy while others wait for
/// their pace, few enough that all are sent well within their lease.
inline constexpr std::size_t claims_in_hand = 512;
/// The same in pilot mode, where everything goes to one endpoint.
inline constexpr std::size_t redirected_in_hand = 8;
/// Failures of an endpoint in a row after which its notices wait and one at a time probes it.
inline constexpr int failures_to_probe = 5;
/// Between two probes of an endpoint at most: an office that mends its mail server sees it work.
inline constexpr std::chrono::seconds probe_every = 15min;
/// A request on the daemon's socket.
inline constexpr std::size_t request_bytes = 1U << 20;
/// One text in such a request: a reason of some sentences.
inline constexpr std::size_t request_field_bytes = 4U << 10;
/// Brackets inside each other in a request: an edited plan's texts have two.
inline constexpr std::size_t request_depth = 4;
/// What is noted beside a fact: it stays in the ledger for good and stands in messages.
inline constexpr std::size_t fact_note_bytes = 2000;
/// Rows of one table that is handed in: the shipped plan's longest has 12, a province's some
/// dozens; more is the wrong file.
inline constexpr std::size_t submitted_rows = 500;
/// Working days that a unit has at least after its paper was given back (office page, chapter 3).
inline constexpr int returned_working_days = 2;
/// Files of one submission: the paper, its signed scan, some annexes.
inline constexpr std::size_t submitted_files = 20;
/// One such file: a scanned plan with pictures.
inline constexpr std::size_t submitted_file_bytes = 20U << 20;
/// Notices that one question is answered with; the newest ones.
inline constexpr std::size_t notices_shown = 1000;
/// A request that carries the texts of one edited plan: three files of up to a megabyte, the
/// calendars and the templates, a byte more or less for each line's end in JSON.
inline constexpr std::size_t edited_request_bytes = 8U << 20;
/// Files in such a request: three, a few calendars, some dozen templates.
inline constexpr std::size_t edited_files = 500;
/// A file's name; the file system's own bound.
inline constexpr std::size_t file_name_bytes = 255;
/// The request line and headers.
inline constexpr std::size_t request_header_bytes = 16U << 10;
/// A request must have arrived, and its answer been read, within so long; an idle connection ends.
inline constexpr std::chrono::seconds request_timeout = 30s;
/// An answer of the daemon, as dubanctl reads it: a year's notices are a few megabytes.
inline constexpr std::size_t answer_bytes = 64U << 20;
inline constexpr std::chrono::seconds answer_within = 60s;
/// A copy of the ledger, from the question to the last byte: gigabytes on a slow disk.
inline constexpr std::chrono::seconds backup_within = 1h;
/// What such a copy leaves free beside it: the ledger's own room for weeks.
inline constexpr std::size_t backup_spares_bytes = 64U << 20;
/// A ledger of that size is checked whole before the daemon starts (a year of the shipped plan is a
/// third of it, the check a tenth of a second); a larger one is believed until a bad page is met,
/// for a start must not take the longer the longer the past is.
inline constexpr std::size_t ledger_checked_bytes = 16U << 20;
/// After a failed accept (no descriptor left): a second costs nobody anything.
inline constexpr std::chrono::seconds accept_again = 1s;
/// Connections on the daemon's socket at once.
inline constexpr std::size_t control_connections = 32;
/// How fast pretended time may run: a millisecond stays within a second.
inline constexpr int pretended_speed = 900;
/// From SIGTERM to exit.
inline constexpr std::chrono::seconds stop_within = 10s;
/// What is being sent when the daemon stops is cut off, and then has so long to end.
inline constexpr std::chrono::seconds cut_off_within = 1s;
/// A saved file is read when nothing was saved for so long (watch = true).
inline constexpr std::chrono::milliseconds save_settles = 1000ms;
/// Saves after each other that are waited out before a reading: an editor has some three.
inline constexpr int saves_waited_out = 30;
/// Texts of a plan that came into force and are kept for `explain`: some dozens a year, of some
/// 100 KB each.
inline constexpr std::size_t kept_texts = 400;
/// The list of last good texts: a line of some 150 bytes a plan.
inline constexpr std::size_t last_good_bytes = 4U << 20;
/// Texts that are read again to find the edit that a message follows from: some 10 ms each, while
/// the daemon waits.
inline constexpr std::size_t searched_texts = 20;
/// Plans that are looked at together, so that what they tell is written to the disk together.
inline constexpr std::size_t plans_at_once = 32;
/// Rounds of one step of a plan: what is withdrawn leaves what follows to the next; more rounds are
/// a bug, not a plan.
inline constexpr int step_rounds = 6;
/// Days that what waits for hours is put off at most: hours that never open together are a mistake
/// in the files.
inline constexpr int days_put_off = 60;
/// Requests that share one transaction of the ledger: more gain little and wait long.
inline constexpr std::size_t ledger_group = 64;
/// Requests that wait for the ledger: every attempt in hand, plan and connection has one at most.
inline constexpr std::size_t ledger_requests = 10'000;
/// Rows of the ledger in one reading: some megabytes, some milliseconds of its thread.
inline constexpr std::size_t ledger_rows = 5000;
/// How long the ledger waits for another program's lock before it says busy.
inline constexpr std::chrono::milliseconds ledger_busy = 2000ms;
/// A clock step that is believed unless duband.toml says otherwise.
inline constexpr std::chrono::seconds clock_step = 1h;

/// Between two audits of the daemon by itself, unless duband.toml says otherwise: what nobody was
/// told of comes out within the working day.
inline constexpr std::chrono::seconds audit_every = 1h;
/// From a start to the first audit: the backlog of a downtime goes out first, and a daemon that
/// never lives for an hour is audited all the same.
inline constexpr std::chrono::seconds audit_first = 5min;
/// Rows that an audit reads at once: two milliseconds in which the ledger does nothing else.
inline constexpr std::size_t audit_rows = 500;
/// What one audit writes into the log: some hundred differences, of which the first tell the cause.
inline constexpr std::size_t audit_log_bytes = 16U << 10;
/// What an audit found that `status` names one by one; the rest is counted.
inline constexpr std::size_t audit_named = 3;
/// A retry further away than this will not come: Retry-After is believed for a day, and no curve
/// waits longer.
inline constexpr std::chrono::seconds retry_at_most = retry_after + 1h;
/// A lease that ran out so long ago will not be taken up: the next claim does that first of all.
inline constexpr std::chrono::seconds lease_forgotten = 1h;
/// How far ahead of now a plan may have been looked at: a wrong clock that was put right.
inline constexpr std::chrono::seconds cursor_ahead = 7 * 24h;

/// A file in Office's packed form, a handed-in table or the office's own form: a month's table is
/// some 10 KB, one with a picture of the signed page pasted into it some megabytes.
inline constexpr std::size_t package_bytes = 4U << 20;
/// What of such a file is unpacked, in all: 24 rows are some 20 KB, thousands of empty lines that
/// somebody coloured some megabytes. As a tree in memory it is ten times that, for a moment.
inline constexpr std::size_t package_unpacked_bytes = 8U << 20;
/// Parts in such a file: a table has a dozen, one of many sheets and pictures some hundreds.
inline constexpr std::size_t package_entries = 500;
/// Rows and columns of a handed-in table down to its last cell that is not empty: a unit fills
/// twenty-four rows of eight columns at most.
inline constexpr std::size_t sheet_rows = 1000;
inline constexpr std::size_t sheet_columns = 50;
/// One cell: two thousand Chinese characters, where three hundred are asked for.
inline constexpr std::size_t sheet_cell_bytes = 6000;
/// The text of all cells: one text may stand in the file once and in every cell.
inline constexpr std::size_t sheet_text_bytes = 1U << 20;
/// Rows from the top among which the head of a table is looked for: a title, notes, the unit.
inline constexpr std::size_t sheet_head_rows = 20;

/// Days that the office's pages look ahead and back: one week of its work.
inline constexpr int page_days = 7;
/// Rows of one table on a page: more is a document, and `dubanctl` writes it.
inline constexpr std::size_t page_rows = 300;
/// Names by which the pages may be asked for: what the office's proxy is called, and its old name.
inline constexpr std::size_t page_hosts = 16;
/// The path before the pages' own, behind a proxy.
inline constexpr std::size_t page_base_bytes = 64;
/// `[[manner]]` tables of a behaviour: a dozen describe a bad year, each draws once a paper.
inline constexpr std::size_t behaviour_manners = 100;
/// Lamps of one plan: four or five are usual, and nobody tells more colours apart.
inline constexpr std::size_t lamps = 12;
/// Ways in which one lamp applies.
inline constexpr std::size_t lamp_conditions = 8;
/// A lamp's word stands in a cell of a table: some eight characters.
inline constexpr std::size_t lamp_word_bytes = 24;
/// A number that a lamp counts to: days of a plan's year, and the next one's.
inline constexpr int lamp_number = 800;
/// Files that go out with one message: two documents, each to edit and to check.
inline constexpr std::size_t attachments = 4;
/// All of them together; a dispatch is some 60 KB. Mail servers take ten megabytes, a third of it
/// lost to Base64.
inline constexpr std::size_t attachment_bytes = 4U << 20;
/// What a plan's documents put tasks under: the shipped one has eight, and a monthly text of two
/// pages has room for few more.
inline constexpr std::size_t headings = 30;
/// Units that one line of a log names on a console; the journal has them all.
inline constexpr std::size_t logged_units = 8;
/// A plan that is looked at so long after it wanted to be (a step of thousands of notices on a slow
/// disk takes seconds): its loop does not turn.
inline constexpr std::chrono::seconds overdue_look = 2min;
/// Times in a row that the ledger did not take something before the daemon counts as not living:
/// the first may have been nothing.
inline constexpr int ledger_failures = 2;
/// Between two beats of the heart that another machine listens for, unless duband.toml says
/// otherwise; more often than the least is of no use to anybody.
inline constexpr std::chrono::seconds heartbeat_every = 5min;
inline constexpr std::chrono::seconds heartbeat_least = 10s;
/// A beat that was not heard is sent again so soon.
inline constexpr std::chrono::seconds heartbeat_again = 30s;
/// Pairs of requests close together that `check` names one by one.
inline constexpr std::size_t close_requests = 20;

}  // namespace duban::limits
