"""Decides where the place of some photos comes from: their own position, or the site of the camera. Pure."""

from collections.abc import Sequence

from ingest.profiles.drafts import Choice, Decision
from ingest.profiles.sources import Subject
from ingest.reading.location import InvalidLocationError, position_from_exif

_SITE = "the site of the camera, as its record has it"


def decide_location(subjects: Sequence[Subject], answer: str | None) -> Decision:
    """Decide on the photos' own position where they have one, and on that of the camera's site where not."""
    reads = tuple(map(_position, subjects))
    site = Choice("record", _SITE, 'from = "record"')
    if not any(reads):
        words = "no file has a position; enter the camera's site on its page"
        return Decision("image", "location", site, words, (site,), is_optional=True)
    own = Choice("exif.GPS", f"EXIF GPS, else {_SITE}", 'from = ["exif.GPS", "record"]', reads)
    words = f"{sum(map(bool, reads))} of {len(reads)} files have a position"
    if answer == site.key:
        return Decision("image", "location", site, words, (own, site), is_optional=True)
    return Decision("image", "location", own, words, (own, site), is_optional=True)


def _position(subject: Subject) -> str:
    try:
        position = position_from_exif(subject.exif)
    except InvalidLocationError:
        return ""
    return f"{position[0]}, {position[1]}" if position else ""
