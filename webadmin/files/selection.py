"""What a person asks the list of files for: read from the address, written back into links. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from ingest.index.rows import first_number
from ingest.outbox.results import CATEGORIES
from ingest.spool.camera_ids import camera_id_from
from ingest.vocabulary import REASONS
from webadmin.days import read_day

Sort = Literal["newest", "oldest", "captured last", "captured first", "largest", "smallest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
VERDICTS = ("incoming", "accepted", "rejected")
_PROFILE = re.compile(r"[A-Za-z0-9._-]{1,100}")
_CURSOR = re.compile(r"([\dTZ:.-]{0,30}~)?\d{1,19}")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
WORDS_MAX, TYPE_MAX = 12, 250
TRAIL_MAX = 20
"""So many pages one can go back, one at a time; beyond that there is the first page."""

CAPTURE = "capture"
FIRST_DAY, LAST_DAY = "2020-01-01", "2090-12-31"
NO_CAMERA = "-"
"""Stands in links for what no camera is known of; it can be no camera's ID."""
NO_CAMERA_WORDS = "no camera"


@dataclass(frozen=True)
class Selection:
    """Which items, in which order, from where on. Empty text means "any".

    `since` and `until` are days, both included, in the cameras' zone: of the arrival, or `by` "capture" of the photo
    itself, by its camera's time. `type` is that of a camera that no profile knows, as the overview calls it; `found`
    what an AI has found in a photo. `trail` has where the pages between the first and this one began.
    """

    verdict: str = ""
    reason: str = ""
    camera: str = ""
    profile: str = ""
    since: str = ""
    until: str = ""
    by: str = ""
    q: str = ""
    sort: Sort = "newest"
    view: str = ""
    after: str = ""
    type: str = ""
    found: str = ""
    trail: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the free text; each stands for every word that begins so."""
        return tuple(_WORD.findall(self.q))[:WORDS_MAX]

    @property
    def camera_words(self) -> str:
        """What stands in the field for the camera: its ID, or the words for what no camera is known of."""
        return NO_CAMERA_WORDS if self.camera == NO_CAMERA else self.camera

    @property
    def is_filtered(self) -> bool:
        """Say whether it asks for less than everything."""
        return any((self.verdict, self.reason, self.camera, self.profile, self.type, self.found, self.has_days, self.q))

    @property
    def has_days(self) -> bool:
        """Say whether it asks for some days only."""
        return bool(self.since or self.until)

    @property
    def is_by_capture(self) -> bool:
        """Say whether its days are those on which photos were taken."""
        return self.has_days and self.by == CAPTURE

    def numbers(self, zone: ZoneInfo) -> tuple[int, int] | None:
        """Return the first row number of the first day and of the day after the last one, in the cameras' zone; None
        without days of arrival."""
        if not self.has_days or self.is_by_capture:
            return None
        start, end = (datetime.combine(one, time.min, zone) for one in self._days())
        return first_number(start), first_number(end)

    def captured(self) -> tuple[str, str] | None:
        """Return the first day and the one after the last, as photos tell their times; None without days of capture."""
        if not self.is_by_capture:
            return None
        first, after = self._days()
        return first.isoformat(), after.isoformat()

    def captured_utc(self) -> tuple[str, str]:
        """Return days between which all moments of the days of capture are in UTC: no zone is a day from it."""
        first, after = self._days()
        return (first - timedelta(days=1)).isoformat(), (after + timedelta(days=1)).isoformat()

    def _days(self) -> tuple[date, date]:
        """Return the first day and the one after the last."""
        first = date.fromisoformat(self.since or FIRST_DAY)
        return first, date.fromisoformat(self.until or LAST_DAY) + timedelta(days=1)

    def link(self, **changes: str) -> str:
        """Return the query of a link to this selection with changes; a change starts at the first page."""
        changed = replace(self, **{"after": "", "trail": "", **changes})  # type: ignore[arg-type]
        words = {key: value for key, value in asdict(changed).items() if value and (key, value) != ("sort", "newest")}
        return "?" + urlencode(words) if words else "?"

    @property
    def here(self) -> str:
        """The query of a link to this very page of the list."""
        return self.link(after=self.after, trail=self.trail)

    def next_link(self, after: str) -> str:
        """Return the query of a link to the page that begins behind a cursor."""
        passed = [*self._passed, self.after] if self.after else []
        return self.link(after=after, trail=",".join(passed[-TRAIL_MAX:]))

    @property
    def previous_link(self) -> str:
        """The query of a link to the page before this one."""
        *earlier, last = self._passed or ("",)
        return self.link(after=last, trail=",".join(earlier))

    @property
    def _passed(self) -> list[str]:
        return [one for one in self.trail.split(",") if one]


def read_selection(query: Mapping[str, str]) -> Selection:
    """Read a selection from an address; what makes no sense is left out: a mistyped link shows more, not an error.

    One `day`, as links of before have it, is from that day until that day.
    """

    def get(key: str) -> str:
        return query.get(key, "").strip()

    sort = get("sort")
    return Selection(
        verdict=get("verdict") if get("verdict") in VERDICTS else "",
        reason=get("reason") if get("reason") in REASONS else "",
        camera=_camera(get("camera")),
        profile=get("profile") if _PROFILE.fullmatch(get("profile")) else "",
        type=get("type")[:TYPE_MAX],
        found=get("found") if get("found") in CATEGORIES else "",
        since=_day(get("since")) or _day(get("day")),
        until=_day(get("until")) or _day(get("day")),
        by=CAPTURE if get("by") == CAPTURE else "",
        q=get("q")[:200],
        sort=next((one for one in SORTS if one == sort), "newest"),
        view="grid" if get("view") == "grid" else "",
        after=get("after") if _CURSOR.fullmatch(get("after")) else "",
        trail=",".join([one for one in get("trail").split(",") if _CURSOR.fullmatch(one)][-TRAIL_MAX:]),
    )


def _camera(text: str) -> str:
    if text.lower() in (NO_CAMERA, NO_CAMERA_WORDS):
        return NO_CAMERA
    return camera_id_from(text) or ""


def _day(text: str) -> str:
    found = read_day(text)
    return found.isoformat() if found else ""
