"""Our own clock as text: ids that sort in order of arrival, and UTC times as the sidecar writes them."""

import re
import secrets
from datetime import UTC, datetime

ID_PATTERN = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{6})Z-[0-9a-f]{4,8}", re.ASCII)
_ID_TIME = "%m%dT%H%M%S.%fZ"


def new_id(now: datetime | None = None) -> str:
    """Return an id such as `20251205T154647.120034Z-4f2a9c01`: UTC time and randomness."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    # strftime does not fill up the years before 1000, and ids must sort.
    return f"{moment.year:04}{moment.strftime(_ID_TIME)}-{secrets.token_hex(4)}"


def is_id(text: str) -> bool:
    """Say whether `text` is an id, time included.

    >>> is_id("20251205T154647.120034Z-4f2a"), is_id("20251399T154647.120034Z-4f2a"), is_id("../x")
    (True, False, False)
    """
    try:
        id_time(text)
    except ValueError:
        return False
    return True


def earlier_id(item_id: str, number: int) -> str:
    """Return the id of the report that stands `number` reports before the last one of the file `item_id`: always the
    same, of the same moment, and before that of the file.

    >>> earlier_id("20251205T154647.120034Z-4f2a9c01", 2), earlier_id("20251205T154647.120034Z-4f2a", 1)
    ('20251205T154647.120034Z-4f2a9bff', '20251205T154647.120034Z-00004f29')
    """
    moment, _, randomness = item_id.rpartition("-")
    return f"{moment}-{(int(randomness, 16) - number) % (1 << 32):08x}"


def id_time(item_id: str) -> datetime:
    """Return the UTC time inside an id. Raise ValueError when it is none.

    >>> id_time("20251205T154647.120034Z-4f2a").isoformat()
    '2025-12-05T15:46:47.120034+00:00'
    """
    found = ID_PATTERN.fullmatch(item_id)
    if found is None:
        raise ValueError(f"{item_id!r} is not an id")
    year, month, day, hour, minute, second, microsecond = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second, microsecond, UTC)


def utc_text(moment: datetime) -> str:
    """Return a UTC time as the sidecar writes it: `2025-12-05T15:46:47.120034Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """Read what `utc_text` wrote; fractions may be missing. Raise ValueError on anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; expected UTC, ending in Z")
    return moment.astimezone(UTC)
