"""Reads what vsftpd wrote about one connection. Pure: text in, a ConnectionRecord out.

The lines are those of vsftpd 3.0.3 and 3.0.5 with `log_ftp_protocol`, `debug_ssl` and without `xferlog_std_format`:

    Mon Nov 23 20:23:16 2026 [pid 7503] [camera] OK UPLOAD: Client "127.0.0.1", "/a.jpg", 1000 bytes, 21.63Kbyte/sec

vsftpd puts `?` for bytes that are not printable ASCII, newlines among them, so a camera cannot forge a line. It can put
quotes and brackets anywhere in a name, so each part is read from the side where no stranger's text stands.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from ingest.connections.reading import UNCLOSED, Reading, read_event, settle
from ingest.connections.record import ConnectionRecord, what_happened
from ingest.connections.refusals import judge
from ingest.spool.stamp import id_time, utc_text

_LINE = re.compile(r"\w{3} (\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}) \[pid \d+\] (.*)")
_EVENT = re.compile(r'([A-Za-z ]+): Client "([^"]*)"(?:, "?(.*))?')
_REFUSED = re.compile(r"camspool: refused(?: ([0-9A-Fa-f.:]+))?: (.*)")


def parse_connection_log(connection_id: str, text: str) -> ConnectionRecord:
    """Return what a connection's log says. Lines that are cut or unknown are passed over."""
    start = utc_text(id_time(connection_id))
    reading = Reading(start, start)
    for line in _whole_lines(text):
        _read_line(reading, line)
    settle(reading)
    sentences, harmless = judge(reading.refused.values(), reading.transfers) if reading.refused else ([], "")
    failures = tuple(dict.fromkeys([*reading.failures, *sentences]))
    told = (tuple(reading.logins_refused), tuple(reading.transfers), failures)
    return ConnectionRecord(
        id=connection_id,
        client=reading.client,
        account=reading.account,
        tls_version=reading.tls[0],
        tls_cipher=reading.tls[1],
        mode=reading.mode,
        logins_refused=told[0],
        transfers=told[1],
        failures=told[2],
        started_at=reading.start,
        ended_at=max(reading.at, reading.start),
        what_happened=what_happened(reading.account, *told, harmless),
    )


def parse_login(text: str) -> tuple[str | None, str | None]:
    """Return the account that logged in and the client's address; None for what the log does not tell (yet)."""
    reading = Reading("", "")
    for line in _whole_lines(text):
        _read_line(reading, line)
        if reading.account is not None:
            break
    return reading.account, reading.client


def _whole_lines(text: str) -> Iterator[str]:
    """Yield the lines that have their newline: vsftpd may be in the middle of the last one."""
    return (line for line in text.split("\n")[:-1] if line)


def _read_line(reading: Reading, line: str) -> None:
    if refused := _REFUSED.fullmatch(line):
        reading.client = _address(refused[1] or "")
        reading.failures.append(refused[2])
    elif line == UNCLOSED:
        reading.closed = False
    if not (parts := _LINE.fullmatch(line)):
        return
    if (at := _time(parts[1])) is None:
        return
    rest = parts[2]
    # The account stands in brackets from USER on; only by knowing it can its own brackets be told from ours.
    if reading.user is not None:
        rest = rest.removeprefix(f"[{reading.user}] ")
    if event := _EVENT.fullmatch(rest):
        reading.at = at
        reading.client = reading.client or _address(event[2])
        read_event(reading, event[1], event[3] or "")


def _address(text: str) -> str | None:
    """A socket for both kinds of addresses shows an IPv4 address as ::ffff:192.0.2.7."""
    return text.removeprefix("::ffff:") or None


@lru_cache(maxsize=64)  # strptime took most of the reading, and a connection's 27 lines are of a second or two
def _time(text: str) -> str | None:
    try:
        return utc_text(datetime.strptime(text, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC))
    except ValueError:
        return None
