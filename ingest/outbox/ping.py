"""The dead man's ping: says at short intervals that the gateway lives, to a service that calls when it hears nothing.

An alert from the box cannot say that the box is dead. Written after the convention of healthchecks.io ("Pinging API"):
a POST to the address says success, to `/fail` below it failure, `/start` that a run begins; the body is kept as a log.
The address is a secret: whoever knows it can say that all is well. So it stands in a file of its own.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic

from ingest.errors import in_words
from ingest.outbox.answers import TargetDownError
from ingest.outbox.posting import Body, Reach, post
from ingest.settings.values import Ping, Settings
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.names import one_line
from ingest.spool.outbox import OUTBOX
from ingest.spool.stamp import utc_text
from ingest.spool.status_note import StatusNote, read_status_note

log = logging.getLogger("camspool")

NOTE_LATE_S, FIRST_LOOK_S = 10 * 60.0, 180.0
REPLY_S = 20.0
TEXT_MAX = 10_000
FILE = Path(OUTBOX) / ".ping.json"


@dataclass(frozen=True)
class Life:
    """What a ping says: whether the gateway is well, and why not."""

    is_well: bool
    text: str


@dataclass(frozen=True)
class Pinged:
    """The last ping: when (UTC text), whether it was taken, and what was said, or why it was not."""

    at: str
    is_taken: bool
    said: str


def life_of(note: StatusNote | None, now: datetime) -> Life:
    """Say how the gateway is, by its last measured status; without one of the last minutes it is not well.

    What only wants attention is well: a person is told of that in another way.
    """
    if note is None or not _is_fresh(note, now):
        return Life(False, "Nobody has looked how the gateway is for ten minutes: camspool-alerts does not work.")
    lines = [f"{state} {name}: {one_line(said, 300)}" for name, state, said in note.parts if state != "good"]
    is_well = all(state != "bad" for _, state, _ in note.parts)
    return Life(is_well, "\n".join(lines)[:TEXT_MAX] or "All is well.")


def send_ping(ping: Ping, life: Life) -> None:
    """Say how the gateway is. Raise TargetDownError where that was not taken; its text names no address."""
    url = _address_in(ping.url_file)
    body = Body(life.text.encode(), "text/plain; charset=utf-8")
    reply = post(f"{url}{'' if life.is_well else '/fail'}", {}, body, Reach(None, ping.private_addresses, REPLY_S))
    if not 200 <= reply.status < 300:
        raise TargetDownError(f"It answers {reply.status}: {one_line(' '.join(reply.text.split()), 100)}")


def _address_in(file: Path) -> str:
    try:
        lines = [line.strip() for line in file.read_text("ascii").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise TargetDownError(f"url_file cannot be read: {in_words(error)}.") from error
    found = [line for line in lines if line and not line.startswith("#")]
    if len(found) != 1 or not found[0].startswith(("https://", "http://")):
        raise TargetDownError(f"url_file {file} holds no address; expected one line, such as https://hc-ping.com/...")
    return found[0].rstrip("/")


def ping_once(settings: Settings, now: datetime | None = None) -> Pinged:
    """Ping, and note what came of it: a full disk or a dead service must not end who calls this."""
    now = now or datetime.now(UTC)
    life = life_of(read_status_note(settings.root), now)
    try:
        send_ping(settings.ping, life)
        pinged = Pinged(utc_text(now), True, life.text.partition("\n")[0])
    except TargetDownError as error:
        pinged = Pinged(utc_text(now), False, one_line(str(error), 500))
    with suppress(OSError):
        replace_file(settings.root / FILE, json.dumps(asdict(pinged), ensure_ascii=False).encode())
    return pinged


def ping_on(settings: Settings, stopping: Event, pause_s: Callable[[], float] | None = None) -> None:
    """Ping until the service stops; say once when it is not taken, and once when it is again."""
    was_taken = True
    _await_a_look(settings.root, stopping)
    while not stopping.is_set():
        pinged = ping_once(settings)
        if pinged.is_taken != was_taken:
            log.warning("The ping %s", "is taken again." if pinged.is_taken else f"is not taken: {pinged.said}")
        was_taken = pinged.is_taken
        stopping.wait(pause_s() if pause_s else settings.ping.minutes * 60.0)


def _await_a_look(root: Path, stopping: Event) -> None:
    """Wait for the first look after the machine's start: before it, nobody knows how the gateway is."""
    deadline = monotonic() + FIRST_LOOK_S
    while monotonic() < deadline and not stopping.is_set() and not _is_fresh(read_status_note(root), datetime.now(UTC)):
        stopping.wait(1.0)


def _is_fresh(note: StatusNote | None, now: datetime) -> bool:
    return note is not None and (now - note.at).total_seconds() <= NOTE_LATE_S


def last_ping(root: Path) -> Pinged | None:
    """Return the last ping; None when there was none, or it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return Pinged(**parse_json((root / FILE).read_bytes()))
    return None
