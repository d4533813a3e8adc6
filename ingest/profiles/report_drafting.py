"""Drafts how a profile reads a report, from its keys and its values; what these do not tell is asked. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ingest.profiles.drafts import ANSWERED, Answers, Choice, Decision, Find, Given, asked_lines, pattern_text, quoted
from ingest.profiles.time_formats import Reading, readings_of
from ingest.profiles.time_settling import ORDERS, arrivals, ask, settle
from ingest.reading import figures, sizes
from ingest.reading.camera_time import time_text
from ingest.reading.figures import NoFigureError
from ingest.reading.location import InvalidLocationError, position_from_text

FOLDER = r"(?P<folder>[^/]+)/(?=[^/]*$)"
_IDS = ("imei", "serial", "serial number", "sn", "device id", "camera id", "id", "camid")
_BATTERY = ("battery", "bat", "battery level")
_MOST_TELLING = 4
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

_DATES = ("date", "datetime", "date time", "time", "timestamp")
_COMMON = frozenset({*_IDS, *_DATES, *(key for _, keys, _ in _FIELDS for key in keys)})
_ASK_CAMERA = (
    "No line of the report names its camera. Is it the folder, or does each camera have an account of its own?"
)


def draft_report(given: Sequence[Given], answers: Answers) -> tuple[str, list[Decision]]:
    """Return the part of a profile.toml that knows and reads reports like the first, and what was decided for it.

    The others tell the day from the month, where they can.
    """
    values = {key: value for key, value in given[0].facts.report.items() if can_be_named(key)}
    key = next((key for key in _IDS if values.get(key)), None)
    decisions = [_camera(given[0], key, values, answers.get("report.camera_id"))]
    decisions += _times(given, answers.get("report.reported_at"))
    chosen = decisions[0].chosen
    match = ", ".join(f"{quoted(source)} = ''" for source in _known_by(key, values))
    lines = ["[report]", f"match = {{ {match} }}"]
    lines += [f"path = {pattern_text(chosen.find.pattern)}"] if chosen and chosen.find else []
    lines += ["", "[report.fields]"]
    for one in decisions:
        lines += asked_lines(one)
        lines += [f"{one.field} = {{ {one.chosen.rule} }}"] if one.chosen else []
    return "\n".join([*lines, *_figures(values)]), decisions


def can_be_named(key: str) -> bool:
    """Say whether a profile can name a report's key: without the mark between sources, and all of it to be seen."""
    return "|" not in key and key.isprintable()


def _known_by(camera: str | None, values: Mapping[str, str]) -> list[str]:
    """Return the sources that must be there: the ID, and one of those that tell this camera from others.

    Few, so that a day without GPS, or without another line, is a report of that camera. Most telling is a line that few
    cameras have; counters have many names.
    """
    others = [key for key in values if key != camera and key not in _DATES]
    others = others or [key for key in values if key != camera]
    if camera is None:
        return [f"report.{key}" for key in others[:2]]
    rare = [key for key in others if key not in _COMMON]
    counters = [key for name, keys, _ in _FIELDS if name.startswith("images") for key in keys if key in others]
    some = " | ".join(f"report.{key}" for key in (rare or counters or others)[:_MOST_TELLING])
    return [f"report.{camera}", *([some] if some else [])]


def _camera(given: Given, key: str | None, values: Mapping[str, str], answer: str | None) -> Decision:
    if key:
        check = ', check = "imei"' if key == "imei" else ""
        line = Choice(f"report.{key}", f"the line {key}", f"from = {quoted(f'report.{key}')}{check}", (values[key],))
        return Decision("report", "camera_id", line, "the report says so itself", (line,))
    account = Choice(
        "account",
        "the camera's own FTPS account",
        'from = "account"',
        (given.account if given.is_own and given.account else "",),
    )
    folders = re.findall(FOLDER, given.path)
    folder = [
        Choice("folder", "the folder", 'from = "path.folder"', (one,), find=Find("path", FOLDER)) for one in folders
    ]
    choices = (account, *folder)
    if answered := next((one for one in choices if one.key == answer), None):
        return Decision("report", "camera_id", answered, ANSWERED, choices)
    question = "" if account.fills_all else _ASK_CAMERA
    return Decision("report", "camera_id", account, "no line of the report names the camera", choices, question)


def _figures(values: Mapping[str, str]) -> Iterator[str]:
    for field, keys, kinds in _FIELDS:
        found = (
            (key, kind) for key in keys if values.get(key) for kind, read in kinds if _fits(kind, read, key, values)
        )
        if best := next(found, None):
            yield f"{field} = {{ from = {quoted(f'report.{best[0]}')}, as = {quoted(best[1])} }}"


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


def _times(given: Sequence[Given], answer: str | None) -> list[Decision]:
    """Decide on `reported_at`, where a line may tell it; nothing is chosen where the day may be the month."""
    possible = [("{report.date} {report.time}", ("date", "time")), *((f"report.{one}", (one,)) for one in _DATES)]
    for source, keys in possible:
        told = [one for one in given if all(one.facts.report.get(key) for key in keys)]
        if not told or told[0] is not given[0]:
            continue
        readings = readings_of([" ".join(one.facts.report[key] for key in keys) for one in told])
        if not readings:
            continue
        choices = tuple(_time(source, one) for one in readings)
        if answered := next((one for one in choices if one.key == answer), None):
            return [Decision("report", "reported_at", answered, ANSWERED, choices, is_optional=True)]
        if settled := readings[0] if len(readings) == 1 else settle(readings, arrivals(told)):
            chosen, because = _time(source, settled), "it can be read in one way only, or agrees with its arrival"
            return [Decision("report", "reported_at", chosen, because, choices, is_optional=True)]
        because = f"{source} can be read in {len(readings)} ways"
        return [Decision("report", "reported_at", None, because, choices, ask(readings), is_optional=True)]
    return []


def _time(source: str, reading: Reading) -> Choice:
    rule = f"from = {quoted(source)}, format = {reading.formats_text}"
    reads = tuple(time_text(time) for time in reading.times)
    return Choice(
        f"{source}:{'|'.join(reading.formats)}", f"{source.strip('{}')}, {ORDERS[reading.order]}", rule, reads
    )
