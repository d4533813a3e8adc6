"""How values look on pages: times with their age, sizes with units, and strangers' text without tricks."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from ingest import VERSION
from ingest.fleet.camera_records import camera_name
from ingest.fleet.codes import code_words
from ingest.fleet.texts import given_name
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time, is_id, parse_utc
from ingest.vocabulary import AWAITING_SITE, WHAT_TO_DO
from webadmin.access.session_words import agent_words
from webadmin.context import context
from webadmin.profiles.trace_words import trace_words
from webadmin.wording import coded, field_title, field_unit, figure, headed, lower_first, time_words

_TRICKS = frozenset("\u200b\u200c\u200d\u2060\ufeff")
SHOWN_MAX_CHARACTERS = 300


def plain(text: object, limit: int = SHOWN_MAX_CHARACTERS) -> str:
    r"""Return a stranger's text for a page: one line, no control or direction characters, bounded.

    >>> plain("a\u202egpj.exe\n<b>")
    'a�gpj.exe�<b>'
    """
    shown = "".join("�" if _is_trick(character) else character for character in str(text)[: limit + 1])
    return one_line(shown, limit)


def _is_trick(character: str) -> bool:
    return character in _TRICKS or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def size(size_bytes: float | None) -> str:
    """Return a size with its unit.

    >>> size(0), size(124901), size(2_500_000), size(None)
    ('0 B', '125 kB', '2.5 MB', '–')
    """
    if size_bytes is None:
        return "–"
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f} {unit}"
    return f"{size_bytes / 1e3:.0f} kB" if size_bytes >= 1000 else f"{size_bytes:.0f} B"


def count(number: int | None) -> str:
    """Return a whole number with thin spaces between thousands.

    >>> count(1234567).replace(chr(0x202f), "_")
    '1_234_567'
    """
    return "–" if number is None else f"{number:,}".replace(",", "\u202f")


def duration(seconds: float) -> str:
    """Return a length of time in its largest sensible unit. Days are whole ones, as where a camera is called silent.

    >>> duration(14), duration(200), duration(7300), duration(86400 * 10.9), duration(86400 * 800)
    ('14 s', '3 min', '2 h', '10 days', '2.2 years')
    """
    seconds = abs(seconds)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    if seconds < 2 * 86400:
        return f"{seconds / 3600:.0f} h"
    return f"{seconds // 86400:.0f} days" if seconds < 63_072_000 else f"{seconds / 31_536_000:.1f} years"


def days(number: float) -> str:
    """Return a number of days for a forecast, no finer than it can be known.

    >>> days(0.4), days(12.3), days(75), days(200)
    ('less than a day', 'about 12 days', 'about 11 weeks', 'about 7 months')
    """
    if number < 1:
        return "less than a day"
    if number < 45:
        return f"about {number:.0f} days"
    return f"about {number / 7:.0f} weeks" if number < 100 else f"about {number / 30.4:.0f} months"


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago, or in how long.

    >>> from datetime import timedelta
    >>> now = datetime(2026, 1, 2, tzinfo=UTC)
    >>> age(now - timedelta(seconds=14), now), age(now + timedelta(days=2.99), now), age(now - timedelta(days=2.9), now)
    ('14 s ago', 'in 3 days', '2 days ago')
    """
    seconds = (now - moment).total_seconds()
    if seconds >= 0:
        return f"{duration(seconds)} ago"
    days_ahead = round(-seconds / 86400)
    return f"in {duration(max(-seconds, days_ahead * 86400) if days_ahead > 1 else -seconds)}"


def as_moment(value: str | datetime | None) -> datetime | None:
    """Read a UTC text or an id as a time; None when it is neither."""
    if value is None or isinstance(value, datetime):
        return value
    try:
        return id_time(value) if is_id(value) else parse_utc(value)
    except ValueError:
        return None


def when(value: str | datetime | None, zone: ZoneInfo, now: datetime) -> Markup:
    """Return a time in the cameras' time zone with its age, as HTML."""
    moment = as_moment(value)
    if moment is None:
        return Markup("<span class=none>never</span>")
    local = moment.astimezone(zone)
    return Markup('<time datetime="{}" title="{} UTC"><span class=nowrap>{}</span> <small>{}</small></time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"),
        moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        local.strftime("%d %b %Y, %H:%M").lstrip("0"),
        age(moment, now),
    )


def ago(value: str | datetime | None, zone: ZoneInfo, now: datetime) -> Markup:
    """Return the age of a time, with the time itself for whoever points at it, as HTML."""
    moment = as_moment(value)
    if moment is None:
        return Markup("<span class=none>never</span>")
    local = moment.astimezone(zone)
    return Markup('<time class=nowrap datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), local.strftime("%Y-%m-%d %H:%M:%S %Z"), age(moment, now)
    )


def camera_time(value: str | None) -> str:
    """Return a camera's own naive time, as people write it."""
    return plain(time_words(value)) if value else "–"


def position(latitude: float | None, longitude: float | None) -> str:
    """Return a position in degrees, five decimals (about a metre)."""
    return "–" if latitude is None or longitude is None else f"{latitude:.5f}, {longitude:.5f}"


def teach(app: Flask, settings: Settings) -> None:
    """Give the templates these words."""
    zone = settings.zone
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    words = (
        agent_words,
        code_words,
        coded,
        days,
        duration,
        field_title,
        field_unit,
        figure,
        headed,
        lower_first,
        trace_words,
    )
    values = (camera_time, count, plain, size)
    app.jinja_env.filters.update({function.__name__: function for function in (*words, *values)})
    app.jinja_env.filters["age"] = lambda moment: age(moment, page_time())
    app.jinja_env.filters["when"] = lambda value: when(value, zone, page_time())
    app.jinja_env.filters["ago"] = lambda value: ago(value, zone, page_time())
    app.jinja_env.globals.update(position=position, version=VERSION, zone_name=settings.time_zone)
    app.jinja_env.globals.update(awaiting_site=AWAITING_SITE, what_to_do=WHAT_TO_DO)

    @app.template_global()
    def camera_label(camera_id: str | None) -> Markup | str:
        return label(camera_id)


def page_time() -> datetime:
    """Return the moment of this page: one for all ages on it."""
    if "page_time" not in g:
        g.page_time = datetime.now(UTC)
    moment: datetime = g.page_time
    return moment


def label(camera_id: str | None) -> Markup | str:
    """Return a camera's name and ID; the name is what an admin wrote, or else what the camera itself is called."""
    if not camera_id:
        return Markup("<span class=none>unknown camera</span>")
    here = context()
    name = camera_name(here.camera_records.all(here.root).get(camera_id))
    if name := name or given_name(camera_id, here.camera_texts().get(camera_id, ())):
        return Markup("<span class=name>{}</span> <small class=id>{}</small>").format(plain(name, 60), camera_id)
    return Markup("<span class=name>{}</span>").format(camera_id)
