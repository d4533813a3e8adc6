"""What a file says of whose it is: IDs, serial numbers, names, telephone numbers, mail addresses. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.packing.made_up_place import elsewhere
from ingest.reading.facts import Facts
from ingest.spool.sidecar import Sidecar

LEAST_CHARACTERS = 4
"""A shorter ID, such as 7 or N2, tells of nobody, and stands in every file a hundred times by chance."""

PERSONAL_TAGS = frozenset({"Artist", "Copyright", "CameraOwnerName", "HostComputer", "XPAuthor"})
SERIAL_TAGS = frozenset({"BodySerialNumber", "CameraSerialNumber", "LensSerialNumber", "ImageUniqueID"})
_TELLING_WORDS = re.compile(
    r"serial|imei|imsi|iccid|meid|uuid|\bsn\b|owner|author|artist|creator|copyright|rights|credit|label|"
    r"cam(?:era)?[ ._-]?(?:id|name|no)|device[ ._-]?(?:id|name)|\bid\b|\bname\b|phone|mobile|msisdn|\btel\b|"
    r"e-?mail|user|account|\bssid\b|\bmac\b",
    re.IGNORECASE,
)
_TELLING_TEXTS = re.compile(
    r"(?<!\d)\d{15}(?!\d)"
    r"|(?<!\d)89\d{16,18}(?!\d)"  # the number of a SIM card
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<![\w+])\+\d{1,3}[ \-/]?(?:\(0\))?\d[\d \-/]{5,14}\d"
    r"|(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])"
)
_SAYS_NOTHING = re.compile(r"[\W_0]*|(.)\1*|unknown|none|null|n/?a|true|false|yes|no|on|off", re.IGNORECASE)
_MADE_OF_A_POSITION = re.compile(r"lat[^a-z]*lon", re.IGNORECASE)
_TYPE_TAGS = ("Make", "Model", "Software")


def identities(facts: Facts, path: str, sidecar: Sidecar, account: str | None) -> set[str]:
    """Return the texts that tell whose a file is. `account` is the one by which it came, where that is its camera's."""
    types = {str(facts.exif.get(tag) or "").strip().casefold() for tag in _TYPE_TAGS}
    own = (sidecar.camera_id, sidecar.camera_text, account)
    found = {text.strip() for text in (*_told(facts), *_in_texts(facts, path), *filter(None, own))}
    return {text for text in found if _is_telling(text) and text.casefold() not in types}


def is_telling_name(name: str) -> bool:
    """Say whether what has this name, a tag or a line of a report, tells whose a file is.

    >>> is_telling_name("CamID"), is_telling_name("SerialNumber"), is_telling_name("Battery")
    (True, True, False)
    """
    return name in PERSONAL_TAGS | SERIAL_TAGS or _TELLING_WORDS.search(name) is not None


def texts_of(facts: Facts) -> Iterator[str]:
    """Yield every text that was read in a file."""
    for value in facts.exif.values():
        yield _text(value)
    yield from facts.xmp.values()
    yield from facts.report.values()
    yield from facts.makernotes.values.values()
    yield facts.comment.decode("utf-8", "replace")


def _told(facts: Facts) -> Iterator[str]:
    groups: tuple[Mapping[str, Any], ...] = (facts.exif, facts.xmp, facts.report, facts.makernotes.values)
    for group in groups:
        yield from (_text(value) for name, value in group.items() if is_telling_name(name))


def _in_texts(facts: Facts, path: str) -> Iterable[str]:
    return [found[0] for text in (path, *texts_of(facts)) for found in _TELLING_TEXTS.finditer(text)]


def _is_telling(text: str) -> bool:
    if len(text) < LEAST_CHARACTERS or len(text) > 200 or _SAYS_NOTHING.fullmatch(text):
        return False
    # What is a position is moved, and so is an ID that is made of one.
    return elsewhere(text) == text and not _MADE_OF_A_POSITION.search(text)


def _text(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
