"""What an export leaves out or takes with a doubt: `report.md` tells of each, why, and what to do. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ingest.spool.names import one_line

EXAMPLES = 5
_WORDS: Mapping[str, tuple[str, str]] = {
    "no_position": (
        "Left out: neither an admin nor a photo says where the camera stood.",
        "Enter its site on its page, from the day on which it was put up; then export again.",
    ),
    "no_time": (
        "Left out: the photos have no time that can be read.",
        "Look at one of them: its page says what its profile took for the time. Set the camera's clock.",
    ),
    "before_first": (
        "Left out: taken, by the camera's clock, before it stood at its first site.",
        "If the camera stood there already, enter an earlier begin of the site. If its clock was wrong, say so.",
    ),
    "between_sites": (
        "Left out: taken, by the camera's clock, when it stood at no site.",
        "Enter where the camera stood then. Photos from the way to its tree may stay out.",
    ),
    "silent_site": (
        "Left out: at this site the camera gave no sign of life.",
        "If it never stood there, take the site away on the camera's page. If its photos are on a card, upload them.",
    ),
    "rejected": (
        "Left out: rejected, so they are no photos of this gateway yet.",
        "Mend the cause that the admin's overview names, have them tried again, then export again.",
    ),
    "no_record": (
        "Left out: the file beside the photo that tells of it cannot be read, or the photo was deleted meanwhile.",
        "Run camspool reindex, then export again.",
    ),
    "wrong_day": (
        "Taken with a doubt: the camera's clock stood at another day. The row says so, and the time is a failure.",
        "The photos belong to their deployment; do not use their times. Set the camera's clock.",
    ),
    "outside": (
        "Taken with a doubt: the time lies a little outside the deployment. The row says so.",
        "Look at the camera's clock, and at the moments that were entered for its site.",
    ),
    "other_id": (
        "Taken under another ID than the files say: somebody has corrected it. The row says so.",
        "Nothing, unless the correction is a mistake: the page of a file takes it back.",
    ),
    "moved": (
        "Taken where its photos say, which is not the site that was entered.",
        "Enter the new site on the camera's page, or say there that it was only carried.",
    ),
    "wrong_clock": (
        "Taken as the camera says, though its clock was wrong for a time: the deployment says timestampIssues.",
        "Correct the times by so much before you analyse hours of the day. Set the clock, or its time zone.",
    ),
}
CODES = tuple(_WORDS)


@dataclass(frozen=True)
class LeftOut:
    """Why something of a camera is not in an export as it is; `about` says more, or names an item."""

    code: str
    camera_id: str
    count: int = 1
    about: str = ""


def report_text(found: Iterable[LeftOut], head: str) -> str:
    """Return report.md: a table for each reason, with the cameras, how many photos or sites, and examples."""
    ordered = sorted(found, key=lambda one: (CODES.index(one.code), one.camera_id))
    if not ordered:
        return f"{head}\nNothing was left out.\n"
    parts = [head]
    for code, entries in groupby(ordered, key=lambda one: one.code):
        words, task = _WORDS[code]
        parts.append(f"\n## {words}\n\n{task}\n\n| camera | how many | such as |\n|---|---|---|\n")
        parts += _lines(entries)
    return "".join(parts)


def _lines(entries: Iterable[LeftOut]) -> Iterator[str]:
    for camera_id, of_camera in groupby(entries, key=lambda one: one.camera_id):
        found = list(of_camera)
        examples = ", ".join(_cell(one.about) for one in found[:EXAMPLES] if one.about)
        yield f"| {_cell(camera_id)} | {sum(one.count for one in found)} | {examples} |\n"


def _cell(text: str) -> str:
    """Return what a stranger wrote as code in a cell of a table: nothing in it means anything there."""
    return "`" + one_line(text, 200).replace("`", "'").replace("|", "\\|") + "`"
