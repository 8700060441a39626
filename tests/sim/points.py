"""The named points at which things go wrong: each must have been hit in a campaign."""

# Where the daemon waits, along the flow: it must have died at each.
AWAITS = ["start", "refresh", "advance", "record", "claim", "resolve", "connect", "send", "reply",
          "settle", "postpone", "shift", "sleep", "read-files"]
# What it does to the disk, and for which step.
STEPS = ["advance", "record", "claim", "settle"]
DISK = ["write", "fsync"]
TROUBLES = ["full", "write-fails", "fsync-fails", "read-fails"]
NETWORK = ["resolve", "connect", "talk", "sent", "status 429", "status 503", "status 502",
           "status 400", "status 410", "code 451", "code 550"]


def named():
    yield from (f"death await@{step}" for step in AWAITS)
    yield from (f"death {kind}@{step}" for kind in DISK for step in STEPS)
    yield from (f"fault {kind}@{step}" for kind in TROUBLES[:3] for step in STEPS)
    yield from (f"fault network {what}" for what in NETWORK)
    yield from ["death at once", "fault answer-lost", "fault torn-write", "fault unsynced-lost"]


def missed(counts):
    """Those that were never hit."""
    return [name for name in named() if counts.get(name, 0) == 0]
