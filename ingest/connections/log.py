"""Reads what vsftpd wrote about one connection. Pure: text in, a ConnectionRecord out.

The lines are those of vsftpd 3.0.3 and 3.0.5 with `log_ftp_protocol`, `debug_ssl` and without `xferlog_std_format`:

    Mon Nov 23 20:23:16 2026 [pid 7503] [camera] OK UPLOAD: Client "127.0.0.1", "/a.jpg", 1000 bytes, 21.63Kbyte/sec

vsftpd puts `?` for bytes that are not printable ASCII, newlines among them, so a camera cannot forge a line. It can put
quotes and brackets anywhere in a name, so each part is read from the side where no stranger's text stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from ingest.connections.record import ConnectionRecord, Mode, Outcome, Transfer, what_happened
from ingest.spool.stamp import id_time, utc_text

_LINE = re.compile(r"\w{3} (\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}) \[pid \d+\] (.*)")
_EVENT = re.compile(r'([A-Za-z ]+): Client "([^"]*)"(?:, "?(.*))?')
_TRANSFER = re.compile(r'(.*)"(?:, (\d+) bytes)?, [\d.]+Kbyte/sec')
_TLS = re.compile(r"SSL version: ([^,]+), SSL cipher: ([^,]+),")
_REFUSED = re.compile(r"camspool: refused(?: ([0-9A-Fa-f.:]+))?: (.*)")
_UNCLOSED = ("camspool: the data ended without a TLS goodbye", "DATA connection terminated without SSL shutdown")
_REFUSALS = frozenset("45")
_PLAIN_TEXT = "It tried to log in without TLS, which is refused. Switch the camera to FTPS."
_OLD_TLS = " TLS 1.2 is needed; a camera that knows only older TLS needs the setting ftps.old_tls."


@dataclass
class _Reading:
    """What the lines have told so far."""

    start: str
    at: str
    client: str | None = None
    account: str | None = None
    tls: tuple[str | None, str | None] = (None, None)
    mode: Mode | None = None
    greeted: bool = False
    user: str | None = None
    reply: str = ""
    arriving: Transfer | None = None
    closed: bool = True
    logins_refused: list[str] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """By the name under which the camera sees it: the position of an acknowledged transfer."""


def parse_connection_log(connection_id: str, text: str) -> ConnectionRecord:
    """Return what a connection's log says. Lines that are cut or unknown are passed over."""
    start = utc_text(id_time(connection_id))
    reading = _Reading(start, start)
    for line in _whole_lines(text):
        _read_line(reading, line)
    _settle(reading)
    told = (tuple(reading.logins_refused), tuple(reading.transfers), tuple(dict.fromkeys(reading.failures)))
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
        what_happened=what_happened(reading.account, *told),
    )


def parse_login(text: str) -> tuple[str | None, str | None]:
    """Return the account that logged in and the client's address; None for what the log does not tell (yet)."""
    reading = _Reading("", "")
    for line in _whole_lines(text):
        _read_line(reading, line)
        if reading.account is not None:
            break
    return reading.account, reading.client


def _whole_lines(text: str) -> Iterator[str]:
    """Yield the lines that have their newline: vsftpd may be in the middle of the last one."""
    return (line for line in text.split("\n")[:-1] if line)


def _read_line(reading: _Reading, line: str) -> None:
    if refused := _REFUSED.fullmatch(line):
        reading.client = _address(refused[1] or "")
        reading.failures.append(refused[2])
    if line == _UNCLOSED[0]:
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
        _read_event(reading, event[1], event[3] or "")


def _read_event(reading: _Reading, name: str, said: str) -> None:
    match name:
        case "FTP command":
            _read_command(reading, said.removesuffix('"'))
        case "FTP response":
            _read_response(reading, said.removesuffix('"'))
        case "OK LOGIN":
            reading.account = reading.user
        case "FAIL LOGIN":
            reading.logins_refused.append(reading.user or "")
        case "OK UPLOAD" | "FAIL UPLOAD":
            _end_transfer(reading, said, "complete" if name == "OK UPLOAD" else "failed")
        case "OK RENAME":
            _rename(reading, said.removesuffix('"'))
        case "OK DELETE":
            _withdraw(reading, said.removesuffix('"'))
        case "DEBUG":
            _read_debug(reading, said.removesuffix('"'))


def _read_command(reading: _Reading, said: str) -> None:
    _settle(reading)
    verb, _, argument = said.partition(" ")
    match verb.upper():
        case "USER" if reading.account is None:
            reading.user = argument or None
        case "AUTH":
            reading.mode = "explicit"
        case "STOR":
            reading.arriving = Transfer(argument, None, "unfinished", reading.at)
            reading.reply, reading.closed = "", True


def _settle(reading: _Reading) -> None:
    """End a transfer about which vsftpd wrote no line of its own: refused before it began, or cut off with vsftpd."""
    if reading.arriving and reading.reply[:1] in _REFUSALS:
        because = reading.reply.rstrip(".")
        reading.transfers.append(replace(reading.arriving, outcome="failed", because=because, at=reading.at))
    elif reading.arriving:
        reading.transfers.append(reading.arriving)
    reading.arriving = None


def _read_response(reading: _Reading, said: str) -> None:
    reading.greeted = True
    reading.reply = said
    if said.startswith("530 Non-anonymous sessions must use encryption"):
        reading.failures.append(_PLAIN_TEXT)
    elif said.startswith("522"):
        reading.failures.append("It sent data without TLS, which is refused. The camera must encrypt data as well.")
    elif said.startswith("425"):
        reading.failures.append("The data connection did not come about. Check passive ports and firewall.")
    elif said.startswith("421"):
        reading.failures.append(f"The connection was closed: {said[4:]}")


def _end_transfer(reading: _Reading, said: str, outcome: Outcome) -> None:
    if not (parts := _TRANSFER.fullmatch(said)):
        return
    # When a transfer stalls, the reply that says so comes after this line: it is among the failures.
    refused = outcome == "failed" and reading.reply[:1] in _REFUSALS
    because = reading.reply.rstrip(".") if refused else None
    # An empty file has no size in the log.
    if outcome == "complete":
        reading.seen[parts[1]] = len(reading.transfers)
    size_bytes = int(parts[2] or 0)
    reading.transfers.append(Transfer(parts[1], size_bytes, outcome, reading.at, because, closed=reading.closed))
    reading.arriving = None


def _rename(reading: _Reading, said: str) -> None:
    """Follow `/old /new`: names may hold spaces, so the old one is known by what was sent."""
    names = [name for name in reading.seen if said.startswith(f"{name} /")]
    for old in sorted(names, key=len)[-1:]:
        position, new = reading.seen.pop(old), said[len(old) + 1 :]
        transfer = reading.transfers[position]
        reading.transfers[position] = replace(transfer, name=new, sent_as=transfer.sent_as or transfer.name)
        reading.seen[new] = position


def _withdraw(reading: _Reading, name: str) -> None:
    if (position := reading.seen.pop(name, None)) is not None:
        reading.transfers[position] = replace(reading.transfers[position], withdrawn=True)


def _read_debug(reading: _Reading, said: str) -> None:
    if (tls := _TLS.match(said)) and reading.tls == (None, None):
        reading.tls = (tls[1], tls[2])
        reading.mode = reading.mode or (None if reading.greeted else "implicit")
    elif said.startswith(_UNCLOSED[1]):
        reading.closed = False
    elif said.startswith("SSL_accept failed"):
        # OpenSSL's own text: error:0A000102:SSL routines::unsupported protocol
        why = said.rpartition("::")[2]
        hint = _OLD_TLS if why in ("unsupported protocol", "no shared cipher", "wrong version number") else ""
        reading.failures.append(f"TLS failed: {why}.{hint}")


def _address(text: str) -> str | None:
    """A socket for both kinds of addresses shows an IPv4 address as ::ffff:192.0.2.7."""
    return text.removeprefix("::ffff:") or None


@lru_cache(maxsize=64)  # strptime took most of the reading, and a connection's 27 lines are of a second or two
def _time(text: str) -> str | None:
    try:
        return utc_text(datetime.strptime(text, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC))
    except ValueError:
        return None
