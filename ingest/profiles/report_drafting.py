"""Drafts how a profile reads a report, from its keys and its values; what these do not tell is asked. Pure."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial

from ingest.reading import figures, sizes
from ingest.reading.camera_time import NoTimeError, TimeFormat, read_camera_time, time_format
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
_DAYS = (
    *("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y:%m:%d"),
    *("%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y", "%Y%m%d"),
)
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H%M%S")
_BETWEEN = (" ", "T", "_", "")


def report_block(path: str, report: Mapping[str, str]) -> str:
    """Return the part of a profile.toml that knows and reads reports like this one."""
    values = {key: value for key, value in report.items() if can_be_named(key)}
    camera = next((key for key in _IDS if values.get(key)), None)
    fields = [*_times(values), *_figures(values)]
    has_folder = camera is None and "/" in path
    match = ", ".join(f"{quoted(source)} = ''" for source in _known_by(camera, values))
    lines = ["[report]", f"match = {{ {match} }}"]
    lines += [f"path = {quoted(FOLDER)}"] if has_folder else []
    return "\n".join([*lines, "", "[report.fields]", _camera_id(camera, has_folder=has_folder), *fields])


def can_be_named(key: str) -> bool:
    """Say whether a profile can name a report's key: without the mark between sources, and all of it to be seen."""
    return "|" not in key and key.isprintable()


def quoted(text: str) -> str:
    """Return text as a TOML string, without anything that cannot be seen."""
    return json.dumps("".join(one if one.isprintable() else "." for one in text), ensure_ascii=False)


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


def _camera_id(camera: str | None, *, has_folder: bool) -> str:
    if camera:
        check = ', check = "imei"' if camera == "imei" else ""
        return f"camera_id = {{ from = {quoted(f'report.{camera}')}{check} }}"
    if has_folder:
        return 'camera_id = { from = "path.folder" }  # no ID in the report: is it the folder, or the account?'
    return 'camera_id = { from = "account" }  # no ID in the report: give each camera its own account'


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


def _times(values: Mapping[str, str]) -> list[str]:
    """Return the line for `reported_at`; one that is no more than a comment where the day may be the month."""
    sources = [(f"report.{key}", values[key]) for key in _DATES if values.get(key)]
    if values.get("date") and values.get("time"):
        sources.insert(0, ("{report.date} {report.time}", f"{values['date']} {values['time']}"))
    for source, text in sources:
        forms = _formats(text)
        if len(forms) == 1:
            return [f'reported_at = {{ from = "{source}", format = "{forms[0]}" }}']
        if forms:
            asked = f"{quoted(text)} does not tell the day from the month: which of {' or '.join(map(quoted, forms))}?"
            return [f"# {asked}", f'# reported_at = {{ from = "{source}", format = "{forms[0]}" }}']
    return []


def _formats(text: str) -> list[str]:
    """Return the formats that read a time, as far as they read different times."""
    found: dict[datetime, str] = {}
    for form in _known_formats():
        try:
            read = read_camera_time(text, (form,))
        except NoTimeError:
            continue
        if read:
            found.setdefault(read.local, form.text)
    return list(found.values())


@cache
def _known_formats() -> tuple[TimeFormat, ...]:
    written = (f"{day}{gap}{clock}" for day in _DAYS for gap in _BETWEEN for clock in _CLOCKS)
    return tuple(one for text in ("epoch", "epoch_ms", *written) if (one := time_format(text)))
