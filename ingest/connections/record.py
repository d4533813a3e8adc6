"""What is known of one FTPS connection, as a value, as a JSON line, and as a sentence for the admin."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from ingest.spool.json_text import parse_json
from ingest.spool.names import one_line

NO_LOGIN = "It connected and left without a log-in."
NOTHING_SENT = "It logged in and sent nothing."
UNCLOSED = (
    "It hung up without a TLS goodbye. A whole photo is accepted all the same, and a beginning waits for the rest: "
    "Files shows both. If it sends whole photos so, again and again, its account belongs into ftps.lenient_accounts."
)

Outcome = Literal["complete", "failed", "unfinished"]
Mode = Literal["explicit", "implicit"]


@dataclass(frozen=True)
class Transfer:
    """One file that a camera began to send. `name` is as vsftpd logs it: `?` for every byte that is not plain ASCII.

    `at` is a UTC time, in whole seconds: when it ended (`complete`: vsftpd acknowledged it; `failed`: vsftpd said why
    not) or, when `unfinished`, when it began: then the log tells no end. `name` is the last one that the camera gave
    it, `sent_as` the one that it was sent under where that was another. `withdrawn` says that the camera deleted it,
    `closed` whether it said goodbye in TLS after the last byte.
    """

    name: str
    size_bytes: int | None
    outcome: Outcome
    at: str
    because: str | None = None
    sent_as: str | None = None
    withdrawn: bool = False
    closed: bool = True


@dataclass(frozen=True)
class ConnectionRecord:
    """One FTPS session from connect to close. `logins_refused` are the account names that were tried.

    `mode` is None when the log does not tell it: the camera left before TLS. `failures` are sentences about what went
    wrong beside transfers and log-ins, each with what to change; what was refused and did no harm is only in
    `what_happened`. `ended_at` is the time of the last line. `account` is None without a log-in.
    """

    id: str
    client: str | None
    account: str | None
    tls_version: str | None
    tls_cipher: str | None
    mode: Mode | None
    logins_refused: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    failures: tuple[str, ...]
    started_at: str
    ended_at: str
    what_happened: str


def connection_record_line(record: ConnectionRecord) -> str:
    """Return the record as one line of JSON, with its newline."""
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"


def parse_connection_record(line: str) -> ConnectionRecord:
    """Read what `connection_record_line` wrote. Raise ValueError when the line is not a complete record."""
    content: Any = parse_json(line)
    try:
        transfers = tuple(Transfer(**transfer) for transfer in content.pop("transfers"))
        refused, failures = tuple(content.pop("logins_refused")), tuple(content.pop("failures"))
        record = ConnectionRecord(**content, transfers=transfers, logins_refused=refused, failures=failures)
    except (AttributeError, TypeError, KeyError) as error:
        raise ValueError(f"incomplete connection record: {error!r}") from error
    if unknown := {transfer.outcome for transfer in transfers} - set(get_args(Outcome)):
        raise ValueError(f"unknown outcome of a transfer: {unknown}")
    return record


def tls_words(record: ConnectionRecord, old_tls: bool) -> str:
    """Return which TLS was spoken, as far as it can be known where the setting ftps.old_tls is on.

    vsftpd logs no version for a cipher that older TLS has as well: only what is allowed then tells it.
    """
    if record.tls_version is None:
        return "no TLS"
    is_sure = not old_tls or any(part in (record.tls_cipher or "") for part in ("GCM", "POLY1305", "SHA256", "SHA384"))
    return record.tls_version if is_sure else f"{record.tls_version} or older"


def bare_name(path: str) -> str:
    """Return a file's name without the folders before it."""
    return path.rpartition("/")[2]


def last_arrivals(transfers: Sequence[Transfer]) -> dict[str, int]:
    """Return, by bare name, the number of the last transfer that came whole."""
    return {bare_name(one.name): number for number, one in enumerate(transfers) if one.outcome == "complete"}


def lost(transfers: Sequence[Transfer]) -> list[Transfer]:
    """Return the transfers that failed or broke off, and whose file did not come whole afterwards."""
    arrivals = last_arrivals(transfers)
    return [
        one
        for number, one in enumerate(transfers)
        if one.outcome != "complete" and arrivals.get(bare_name(one.name), -1) < number
    ]


def what_happened(
    account: str | None,
    logins_refused: tuple[str, ...],
    transfers: tuple[Transfer, ...],
    failures: tuple[str, ...],
    harmless: str = "",
) -> str:
    """Tell a connection in a sentence or a few: what came, what did not, why, and what was refused without harm."""
    if account is None:
        return _without_login(logins_refused, failures)
    return " ".join(part for part in [_came(transfers), *_broken(transfers), *failures, harmless] if part)


def _without_login(logins_refused: tuple[str, ...], failures: tuple[str, ...]) -> str:
    if logins_refused:
        names = ", ".join(f"“{one_line(name, 60)}”" for name in dict.fromkeys(logins_refused))
        return " ".join([f"The log-in as {names} was refused: wrong account or password.", *failures])
    return " ".join(failures) or NO_LOGIN


def _came(transfers: tuple[Transfer, ...]) -> str:
    complete = sum(transfer.outcome == "complete" for transfer in transfers)
    if complete:
        return "1 file came." if complete == 1 else f"{complete} files came."
    return "" if transfers else NOTHING_SENT


def _broken(transfers: tuple[Transfer, ...]) -> list[str]:
    broken = [one for one in transfers if one.outcome != "complete"]
    gone = {id(one) for one in lost(transfers)} if broken else set()
    said = [_not_arrived(one, id(one) in gone) for one in broken]
    return [*said, UNCLOSED] if any(not one.closed for one in broken) else said


def _not_arrived(transfer: Transfer, is_lost: bool) -> str:
    name = one_line(transfer.name.lstrip("/"), 80) or "A file without a name"
    because = f": {transfer.because}" if transfer.because else ""
    if transfer.outcome == "unfinished":
        return f"{name} has not arrived completely{because}{'' if is_lost else '; it came afterwards'}."
    size = f" after {transfer.size_bytes} bytes" if transfer.size_bytes else ""
    return f"{name} failed{size}{because}{'' if is_lost else '; it came afterwards'}."
