"""Which value of a camera's state each line of a report may tell, and how it is read: by its name and text. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ingest.profiles.drafts import ANSWERED, Answers, Choice, Decision
from ingest.profiles.sources import Subject, look_up
from ingest.profiles.toml_writing import toml_text
from ingest.reading import figures, sizes
from ingest.reading.figures import NoFigureError
from ingest.reading.location import InvalidLocationError, position_from_text

_BATTERY = ("battery", "bat", "battery level")
_SIGNAL = ("csq", "signal", "rssi", "signal strength")
_CARD = ("sd", "card", "sd card", "memory", "storage")
_HAS_UNIT: dict[str, str] = {"volts": "V", "dbm": "dB", "megabytes": "[MGT]", "percent": "%"}

_Read = Callable[[str], object]
_FIELDS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, _Read], ...]], ...] = (
    ("battery_percent", _BATTERY, (("percent", figures.percent), ("bars", figures.bars))),
    ("battery_volts", (*_BATTERY, "voltage", "volt", "battery voltage"), (("volts", figures.volts),)),
    ("signal_csq", ("csq", "signal"), (("csq", figures.csq),)),
    ("signal_dbm", _SIGNAL, (("dbm", figures.dbm),)),
    ("signal_percent", _SIGNAL, (("percent", figures.percent), ("bars", figures.bars))),
    ("temperature_c", ("temp", "temperature"), (("celsius", figures.celsius),)),
    (
        "sd_free_mb",
        (*_CARD, "free", "sd free", "free space", "available"),
        (
            ("sd_free", partial(sizes.card_mb, unit="M")),
            ("sd_free_gb", partial(sizes.card_mb, unit="G")),
            ("megabytes", partial(sizes.size_mb, unit="M")),
        ),
    ),
    (
        "sd_total_mb",
        (*_CARD, "sd total", "total space", "capacity", "sd size"),
        (
            ("sd_total", partial(sizes.card_mb, unit="M")),
            ("sd_total_gb", partial(sizes.card_mb, unit="G")),
            ("megabytes", partial(sizes.size_mb, unit="M")),
        ),
    ),
    ("sd_used_percent", _CARD, (("sd_used", sizes.used_percent), ("percent", figures.percent))),
    ("images_total", ("total", "total pics", "pictures"), (("integer", figures.integer),)),
    ("images_sent", ("send", "send times", "sent"), (("integer", figures.integer),)),
    ("location", ("gps", "location", "position", "map"), (("location", position_from_text),)),
)
"""Fields of a report, the keys under which cameras tell them, and how each may be read: the first that can."""


_WORDS = {
    "bars": "bars",
    "csq": "0 to 31",
    "dbm": "dBm",
    "celsius": "degrees",
    "integer": "a number",
    "location": "a position",
    "sd_free": "what is free of both",
    "sd_free_gb": "what is free of both, in GB",
    "sd_total": "the whole of both",
    "sd_total_gb": "the whole of both, in GB",
    "sd_used": "what is used of both",
}
NAMES = frozenset(key for _, keys, _ in _FIELDS for key in keys)
"""Every name of a line that a value may stand in."""

COUNTERS = tuple(key for name, keys, _ in _FIELDS if name.startswith("images") for key in keys)
"""Names of lines that count."""


def decide_figures(subjects: Sequence[Subject], values: Mapping[str, str], answers: Answers) -> list[Decision]:
    """Decide on every value that a line of the first report can be read as; `values` are its lines."""
    return [
        decision
        for field, keys, kinds in _FIELDS
        if (decision := _decide(field, keys, kinds, subjects, values, answers))
    ]


def _decide(
    field: str,
    keys: Sequence[str],
    kinds: Sequence[tuple[str, _Read]],
    subjects: Sequence[Subject],
    values: Mapping[str, str],
    answers: Answers,
) -> Decision | None:
    found = [
        (key, kind, read) for key in keys if values.get(key) for kind, read in kinds if _fits(kind, read, key, values)
    ]
    if not found:
        return None
    choices = (*(_choice(*one, subjects) for one in found), Choice("none", "left out", ""))
    answer = answers.get(f"report.{field}")
    taken = next((one for one in choices if one.key == answer), None)
    because = ANSWERED if taken else "its name and its text say so"
    return Decision("report", field, taken or choices[0], because, choices, is_optional=True)


def _choice(key: str, kind: str, read: _Read, subjects: Sequence[Subject]) -> Choice:
    rule = f"from = {toml_text(f'report.{key}')}, as = {toml_text(kind)}"
    reads = tuple(_shown(read, look_up(f"report.{key}", one) or "") for one in subjects)
    return Choice(f"report.{key}:{kind}", f"the line {key}, as {_WORDS.get(kind, kind)}", rule, reads)


def _shown(read: _Read, text: str) -> str:
    try:
        value = read(text) if text else None
    except (NoFigureError, InvalidLocationError):
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _fits(kind: str, read: _Read, key: str, values: Mapping[str, str]) -> bool:
    """Say whether a value can be read so. Where a bare number may be anything, its unit or its key must tell."""
    value = values[key]
    is_bare = kind in _HAS_UNIT and re.search(_HAS_UNIT[kind], value, re.IGNORECASE) is None
    is_told = "volt" in key if kind == "volts" else kind == "percent" and key in _BATTERY
    if is_bare and not is_told:
        return False
    try:
        read(value)
    except (NoFigureError, InvalidLocationError):
        return False
    return kind != "bars" or key not in _SIGNAL or not value.endswith("/31")
