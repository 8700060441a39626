// The schema is the specification of the states. Instants are seconds of UTC since 1970. Every row
// of an immutable table is plain text and integers, so that its canonical bytes follow from it
// alone.
//
// Three words or more are asked for one by one: for `IN` SQLite would fill a table of its own for
// them with every row inserted.

#include <array>

#include "ledger/schema.h"

namespace duban::ledger {
namespace {

constexpr std::string_view tables = R"sql(
CREATE TABLE ledger (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  kind    TEXT NOT NULL CHECK (kind IN ('real', 'pretended')),
  salt    TEXT NOT NULL CHECK (length(salt) >= 16)
) STRICT;

-- What moves: how far a plan was looked at, and the sequence that all its rows are counted by.
CREATE TABLE plans (
  plan      TEXT PRIMARY KEY CHECK (plan <> ''),
  cursor    INTEGER,
  epoch     INTEGER NOT NULL CHECK (epoch >= 1),
  last_fact INTEGER NOT NULL CHECK (last_fact >= 0),
  next_seq  INTEGER NOT NULL CHECK (next_seq > last_fact)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
  plan        TEXT NOT NULL REFERENCES plans,
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  kind        TEXT NOT NULL CHECK (kind = 'received' OR kind = 'checked' OR kind = 'held' OR
               kind = 'extended' OR kind = 'excused' OR kind = 'released' OR kind = 'deferred' OR
               kind = 'voided' OR kind = 'called' OR kind = 'in-force' OR kind = 'out-of-force' OR
               kind = 'outage' OR kind = 'plan-text' OR kind = 'clock-accepted' OR
               kind = 'trouble'),
  duty        TEXT NOT NULL,
  period      TEXT NOT NULL,
  unit        TEXT NOT NULL,
  slice       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  by          TEXT NOT NULL,
  way         TEXT NOT NULL,
  time        INTEGER,
  refers      INTEGER,
  subject     TEXT NOT NULL,
  note        TEXT NOT NULL,
  PRIMARY KEY (plan, seq),
  FOREIGN KEY (plan, refers) REFERENCES facts (plan, seq),
  CHECK ((kind = 'voided') = (refers IS NOT NULL)),
  CHECK (refers < seq),
  CHECK (time IS NOT NULL OR (kind <> 'extended' AND kind <> 'deferred' AND kind <> 'outage')),
  CHECK (subject <> '' OR (kind <> 'released' AND kind <> 'deferred' AND kind <> 'plan-text'))
) STRICT, WITHOUT ROWID;

-- One thing told once to one audience; the key is what it is.
CREATE TABLE items (
  plan       TEXT NOT NULL REFERENCES plans,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  duty       TEXT NOT NULL,
  period     TEXT NOT NULL,
  unit       TEXT NOT NULL,
  slice      TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind = 'stage' OR kind = 'change' OR kind = 'gone' OR
               kind = 'correction' OR kind = 'answer' OR kind = 'handover' OR kind = 'start' OR
               kind = 'list' OR kind = 'document' OR kind = 'trouble'),
  stage      TEXT NOT NULL CHECK (kind <> 'stage' OR stage <> ''),
  audience   TEXT NOT NULL CHECK (audience = 'liaison' OR audience = 'leader' OR
               audience = 'office' OR audience = 'party'),
  telling    INTEGER NOT NULL CHECK (telling BETWEEN 1 AND 1000000),
  planned_at INTEGER NOT NULL,
  due        INTEGER,
  was_due    INTEGER,
  late       INTEGER NOT NULL CHECK (late IN (0, 1)),
  reason     TEXT NOT NULL CHECK (reason GLOB '[a-z]*' AND reason NOT GLOB '*[^a-z-]*'),
  PRIMARY KEY (plan, seq),
  UNIQUE (plan, duty, period, unit, slice, kind, stage, audience, telling)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
  plan       TEXT NOT NULL REFERENCES plans,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  id         TEXT NOT NULL UNIQUE CHECK (id <> ''),
  endpoint   TEXT NOT NULL CHECK (endpoint <> ''),
  channel    TEXT NOT NULL CHECK (channel <> ''),
  contact    TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('drafted', 'queued')),
  reason     TEXT NOT NULL CHECK (reason GLOB '[a-z]*' AND reason NOT GLOB '*[^a-z-]*'),
  queued_at  INTEGER NOT NULL,
  expires_at INTEGER,
  replaces   TEXT REFERENCES notices (id),
  PRIMARY KEY (plan, seq),
  CHECK (replaces <> id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_time ON notices (queued_at);

-- Apart from the notices, so that scans of these stay narrow.
CREATE TABLE contents (
  notice  TEXT PRIMARY KEY REFERENCES notices (id),
  subject TEXT NOT NULL,
  text    TEXT NOT NULL,
  html    TEXT NOT NULL,
  json    TEXT NOT NULL
) STRICT;

CREATE TABLE notice_items (
  plan       TEXT NOT NULL,
  notice_seq INTEGER NOT NULL,
  place      INTEGER NOT NULL CHECK (place >= 0),
  item_seq   INTEGER NOT NULL,
  PRIMARY KEY (plan, notice_seq, place),
  UNIQUE (plan, item_seq, notice_seq),
  FOREIGN KEY (plan, notice_seq) REFERENCES notices (plan, seq),
  FOREIGN KEY (plan, item_seq) REFERENCES items (plan, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  plan        TEXT NOT NULL,
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  notice_seq  INTEGER NOT NULL,
  number      INTEGER NOT NULL CHECK (number >= 1),
  token       TEXT NOT NULL CHECK (token <> ''),
  at          INTEGER NOT NULL,
  business_at INTEGER NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome = 'delivered' OR outcome = 'retry' OR
               outcome = 'rejected' OR outcome = 'unknown'),
  reason      TEXT NOT NULL CHECK (reason GLOB '[a-z]*' AND reason NOT GLOB '*[^a-z-]*'),
  detail      TEXT NOT NULL CHECK (length(CAST(detail AS BLOB)) <= 300),
  wire_digest TEXT NOT NULL CHECK (wire_digest = '' OR wire_digest GLOB '?*:?*'),
  PRIMARY KEY (plan, seq),
  UNIQUE (plan, notice_seq, number),
  FOREIGN KEY (plan, notice_seq) REFERENCES notices (plan, seq)
) STRICT, WITHOUT ROWID;

-- A notice ends once; a delivered one may bounce after that.
CREATE TABLE notice_endings (
  plan       TEXT NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  notice_seq INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state = 'delivered' OR state = 'bounced' OR state = 'failed' OR
               state = 'expired' OR state = 'withdrawn' OR state = 'superseded'),
  reason     TEXT NOT NULL CHECK (reason GLOB '[a-z]*' AND reason NOT GLOB '*[^a-z-]*'),
  at         INTEGER NOT NULL,
  PRIMARY KEY (plan, seq),
  FOREIGN KEY (plan, notice_seq) REFERENCES notices (plan, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_ending ON notice_endings (plan, notice_seq) WHERE state <> 'bounced';
CREATE UNIQUE INDEX one_bounce ON notice_endings (plan, notice_seq) WHERE state = 'bounced';

CREATE TABLE item_endings (
  plan     TEXT NOT NULL,
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  item_seq INTEGER NOT NULL,
  reason   TEXT NOT NULL CHECK (reason GLOB '[a-z]*' AND reason NOT GLOB '*[^a-z-]*'),
  at       INTEGER NOT NULL,
  PRIMARY KEY (plan, seq),
  UNIQUE (plan, item_seq),
  FOREIGN KEY (plan, item_seq) REFERENCES items (plan, seq)
) STRICT, WITHOUT ROWID;

-- What changes about a notice, and only until it has ended. A draft has no next_at. next_at and
-- lease are machine time. A token stays after its lease is over, until the next claim: somebody
-- may still be sending.
CREATE TABLE outbox (
  plan       TEXT NOT NULL,
  notice_seq INTEGER NOT NULL,
  endpoint   TEXT NOT NULL,
  next_at    INTEGER,
  lease      INTEGER,
  token      TEXT CHECK (token <> ''),
  epoch      INTEGER,
  tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  PRIMARY KEY (plan, notice_seq),
  FOREIGN KEY (plan, notice_seq) REFERENCES notices (plan, seq),
  CHECK ((lease IS NULL) = (token IS NULL) AND (lease IS NULL) = (epoch IS NULL)),
  CHECK (lease IS NULL OR next_at IS NOT NULL),
  CHECK (next_at IS NOT NULL OR tries = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (next_at, plan, notice_seq, endpoint)
  WHERE next_at IS NOT NULL AND lease IS NULL;
CREATE INDEX outbox_leased ON outbox (lease) WHERE lease IS NOT NULL;
CREATE INDEX outbox_of_endpoint ON outbox (endpoint) WHERE next_at IS NOT NULL;

CREATE TRIGGER ended_leaves_outbox AFTER INSERT ON notice_endings WHEN NEW.state <> 'bounced'
BEGIN
  DELETE FROM outbox WHERE plan = NEW.plan AND notice_seq = NEW.notice_seq;
END;
CREATE TRIGGER ended_never_returns BEFORE INSERT ON outbox WHEN EXISTS (
  SELECT 1 FROM notice_endings WHERE plan = NEW.plan AND notice_seq = NEW.notice_seq)
BEGIN
  SELECT RAISE(ABORT, 'the notice has ended');
END;
CREATE TRIGGER open_stays_in_outbox BEFORE DELETE ON outbox WHEN NOT EXISTS (
  SELECT 1 FROM notice_endings WHERE plan = OLD.plan AND notice_seq = OLD.notice_seq)
BEGIN
  SELECT RAISE(ABORT, 'the notice has not ended');
END;
CREATE TRIGGER bounce_follows_delivery BEFORE INSERT ON notice_endings
WHEN NEW.state = 'bounced' AND NOT EXISTS (
  SELECT 1 FROM notice_endings WHERE plan = NEW.plan AND notice_seq = NEW.notice_seq
     AND state = 'delivered')
BEGIN
  SELECT RAISE(ABORT, 'only what was delivered can bounce');
END;
)sql"
#define DUBAN_IMMUTABLE(table)                                                     \
  "CREATE TRIGGER " table "_never_change BEFORE UPDATE ON " table                  \
  " BEGIN SELECT RAISE(ABORT, '" table " are never changed'); END;\n"              \
  "CREATE TRIGGER " table "_never_go BEFORE DELETE ON " table                      \
  " BEGIN SELECT RAISE(ABORT, '" table " are never deleted'); END;\n"
                                    DUBAN_IMMUTABLE("ledger") DUBAN_IMMUTABLE("facts")
                                    DUBAN_IMMUTABLE("items") DUBAN_IMMUTABLE("notices")
                                    DUBAN_IMMUTABLE("contents") DUBAN_IMMUTABLE("notice_items")
                                    DUBAN_IMMUTABLE("attempts") DUBAN_IMMUTABLE("notice_endings")
                                    DUBAN_IMMUTABLE("item_endings");

// Silences: a CHECK cannot be altered, so the table is copied.
constexpr std::string_view silences = R"sql(
ALTER TABLE facts RENAME TO facts_of_version_1;
CREATE TABLE facts (
  plan        TEXT NOT NULL REFERENCES plans,
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  kind        TEXT NOT NULL CHECK (kind = 'received' OR kind = 'checked' OR kind = 'held' OR
               kind = 'extended' OR kind = 'excused' OR kind = 'released' OR kind = 'deferred' OR
               kind = 'voided' OR kind = 'called' OR kind = 'in-force' OR kind = 'out-of-force' OR
               kind = 'outage' OR kind = 'plan-text' OR kind = 'clock-accepted' OR
               kind = 'trouble' OR kind = 'silenced'),
  duty        TEXT NOT NULL,
  period      TEXT NOT NULL,
  unit        TEXT NOT NULL,
  slice       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  by          TEXT NOT NULL,
  way         TEXT NOT NULL,
  time        INTEGER,
  refers      INTEGER,
  subject     TEXT NOT NULL,
  note        TEXT NOT NULL,
  PRIMARY KEY (plan, seq),
  FOREIGN KEY (plan, refers) REFERENCES facts (plan, seq),
  CHECK ((kind = 'voided') = (refers IS NOT NULL)),
  CHECK (refers < seq),
  CHECK (time IS NOT NULL OR (kind <> 'extended' AND kind <> 'deferred' AND kind <> 'outage' AND
         kind <> 'silenced')),
  CHECK (kind <> 'silenced' OR time > at),
  CHECK (subject <> '' OR (kind <> 'released' AND kind <> 'deferred' AND kind <> 'plan-text'))
) STRICT, WITHOUT ROWID;
INSERT INTO facts SELECT * FROM facts_of_version_1 ORDER BY plan, seq;
DROP TABLE facts_of_version_1;
)sql" DUBAN_IMMUTABLE("facts");

// What units hand in and ask for: the table is copied again.
constexpr std::string_view submissions = R"sql(
ALTER TABLE facts RENAME TO facts_of_version_2;
CREATE TABLE facts (
  plan        TEXT NOT NULL REFERENCES plans,
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  kind        TEXT NOT NULL CHECK (kind = 'received' OR kind = 'checked' OR kind = 'held' OR
               kind = 'extended' OR kind = 'excused' OR kind = 'released' OR kind = 'deferred' OR
               kind = 'voided' OR kind = 'called' OR kind = 'in-force' OR kind = 'out-of-force' OR
               kind = 'outage' OR kind = 'plan-text' OR kind = 'clock-accepted' OR
               kind = 'trouble' OR kind = 'silenced' OR kind = 'submitted' OR kind = 'accepted' OR
               kind = 'returned' OR kind = 'asked' OR kind = 'declined' OR kind = 'not-ours' OR
               kind = 'reassigned' OR kind = 'issued'),
  duty        TEXT NOT NULL,
  period      TEXT NOT NULL,
  unit        TEXT NOT NULL,
  slice       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  by          TEXT NOT NULL,
  way         TEXT NOT NULL,
  time        INTEGER,
  refers      INTEGER,
  subject     TEXT NOT NULL,
  note        TEXT NOT NULL,
  PRIMARY KEY (plan, seq),
  FOREIGN KEY (plan, refers) REFERENCES facts (plan, seq),
  CHECK ((kind = 'voided') = (refers IS NOT NULL)),
  CHECK (refers < seq),
  CHECK (time IS NOT NULL OR (kind <> 'extended' AND kind <> 'deferred' AND kind <> 'outage' AND
         kind <> 'silenced' AND kind <> 'returned')),
  CHECK (kind <> 'silenced' OR time > at),
  CHECK (subject <> '' OR (kind <> 'released' AND kind <> 'deferred' AND kind <> 'plan-text' AND
         kind <> 'reassigned' AND kind <> 'issued'))
) STRICT, WITHOUT ROWID;
INSERT INTO facts SELECT * FROM facts_of_version_2 ORDER BY plan, seq;
DROP TABLE facts_of_version_2;

-- What was handed in: a row a clause, in the order of the table. `lacks`: a line each.
CREATE TABLE submitted_rows (
  plan      TEXT NOT NULL,
  fact_seq  INTEGER NOT NULL,
  place     INTEGER NOT NULL CHECK (place >= 0),
  clause    TEXT NOT NULL,
  unchanged INTEGER NOT NULL CHECK (unchanged IN (0, 1)),
  progress  TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state = 'unsaid' OR state = 'done' OR state = 'on-track' OR
             state = 'behind' OR state = 'undated'),
  problem   TEXT NOT NULL,
  asks_whom TEXT NOT NULL,
  asks_what TEXT NOT NULL,
  asks_by   TEXT NOT NULL,
  lacks     TEXT NOT NULL,
  PRIMARY KEY (plan, fact_seq, place),
  FOREIGN KEY (plan, fact_seq) REFERENCES facts (plan, seq)
) STRICT, WITHOUT ROWID;
-- The bytes lie beside the ledger, under their digest.
CREATE TABLE submitted_files (
  plan     TEXT NOT NULL,
  fact_seq INTEGER NOT NULL,
  place    INTEGER NOT NULL CHECK (place >= 0),
  name     TEXT NOT NULL CHECK (name <> ''),
  digest   TEXT NOT NULL CHECK (digest GLOB '?*:?*'),
  bytes    INTEGER NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (plan, fact_seq, place),
  FOREIGN KEY (plan, fact_seq) REFERENCES facts (plan, seq)
) STRICT, WITHOUT ROWID;
)sql" DUBAN_IMMUTABLE("facts") DUBAN_IMMUTABLE("submitted_rows")
                                         DUBAN_IMMUTABLE("submitted_files");

// What goes out beside a message: a mail's attachments.
constexpr std::string_view notice_files = R"sql(
CREATE TABLE notice_files (
  notice TEXT NOT NULL REFERENCES notices (id),
  place  INTEGER NOT NULL CHECK (place >= 0),
  name   TEXT NOT NULL CHECK (name <> ''),
  type   TEXT NOT NULL CHECK (type GLOB '?*/?*'),
  bytes  BLOB NOT NULL,
  PRIMARY KEY (notice, place)
) STRICT, WITHOUT ROWID;
)sql" DUBAN_IMMUTABLE("notice_files");
#undef DUBAN_IMMUTABLE

constexpr std::array<std::string_view, 4> all{tables, silences, submissions, notice_files};

}  // namespace

std::span<const std::string_view> migrations() { return all; }

}  // namespace duban::ledger
