"""What came of telling people, and who has got what of a message that not all have got."""

import json
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from ingest.outbox.answers import Answer
from ingest.outbox.message_sender import NOT_UNDERSTOOD, Ended
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.names import one_line

Got = frozenset[str]
"""Marks of the addresses that have got a message, or refuse it for good."""

_HTTP = re.compile(r"error=(\d{3})\b")
_SMTP = re.compile(r"\((5\d\d), b['\"]")
WAIT_HTTP = frozenset({401, 403, 407, 408, 425, 429})
"""What a wrong key and a limit of rate are told by: mended, or passed, everything can go."""
REFUSED_SMTP = frozenset({550, 551, 553, 554})
"""RFC 5321, section 4.2.3: no such mailbox, not here, a name that cannot be, refused."""


def judge(key: str, ended: Sequence[Ended], addresses: int = 1) -> Answer:
    """Return the answer that the ends of one message to several addresses give."""
    failures = [(one, outcome_of(one)) for one in ended if not one.is_taken]
    for word in ("later", "failed"):
        said = [_words(one) for one, outcome in failures if outcome == word]
        if said:
            return Answer(key, "later" if word == "later" else "failed", one_line(" ".join(said), 500))
    return Answer(key, "delivered", f"Taken by {addresses} {'address' if addresses == 1 else 'addresses'}.")


def _words(ended: Ended) -> str:
    return f"{ended.shown} does not take it: {ended.said or 'it gives no reason'}."


def outcome_of(ended: Ended) -> Literal["later", "failed"]:
    """Say whether an address refuses a message for good: by the status that its service told.

    >>> [outcome_of(Ended(False, "x", said)) for said in ("error=404", "error=429", "(550, b'no')", "No route", "")]
    ['failed', 'later', 'failed', 'later', 'later']
    """
    http = [int(one) for one in _HTTP.findall(ended.said)]
    smtp = [int(one) for one in _SMTP.findall(ended.said)]
    is_refused = any(400 <= one < 500 and one not in WAIT_HTTP for one in http) or any(
        one in REFUSED_SMTP for one in smtp
    )
    return "failed" if is_refused or ended.said == NOT_UNDERSTOOD else "later"


def read_got(folder: Path, key: str) -> Got:
    """Return who has got a message; nobody where that is not known."""
    with suppress(OSError, ValueError):
        found = parse_json(_file(folder, key).read_bytes())
        return frozenset(str(one) for one in found) if isinstance(found, list) else frozenset()
    return frozenset()


def keep_got(folder: Path, key: str, got: Collection[str], mark: str) -> Got:
    """Note that one more has got it, on the disk when this returns. Raise OSError."""
    now = frozenset(got) | {mark}
    replace_file(_file(folder, key), json.dumps(sorted(now)).encode())
    return now


def forget_got(folder: Path, key: str) -> None:
    """Forget who has got a message: all have."""
    _file(folder, key).unlink(missing_ok=True)


def _file(folder: Path, key: str) -> Path:
    return folder / f"got-{key}.json"
