"""Whether a photo without EXIF should have some, because a profile that needs EXIF knows its path or its account.

Of such a photo something has taken the EXIF away. Of any other nobody knows the camera, and many cameras write none.
Whether its camera or account sent photos with EXIF before is not asked: several cameras may share both.
"""

from collections.abc import Iterable

from ingest.profiles.patterns import Pattern, TooSlowError, search
from ingest.profiles.profile import Condition, Part, Profile
from ingest.profiles.sources import Subject, find_in, in_encoding

_COMMONPLACE = ("a.jpg", "IMG_0001.JPG", "DCIM/100MEDIA/DSCF0001.JPG", "cam1/2026-01-31/12-30-00.jpeg")
"""Paths as any camera may send them: a pattern that fits one says nothing about whose photo it is."""


def expects_exif(subject: Subject, profiles: Iterable[Profile]) -> bool:
    """Say whether a profile knows the path or the account of a photo, and has EXIF of the photos that it knows so."""
    return any(profile.image is not None and _expects(subject, profile.image) for profile in profiles)


def _expects(subject: Subject, part: Part) -> bool:
    outside = [one for one in part.conditions if all(_is_outside(source) for source in one.sources)]
    if not part.reads_exif and len(outside) == len(part.conditions):
        return False
    seen = in_encoding(part.encoding, subject)
    try:
        if not all(_is_found(one, seen) for one in outside):
            return False
        return any("account" in one.sources for one in outside) or any(
            _is_telling(pattern, seen) for pattern in part.path_patterns
        )
    except TooSlowError:
        return False


def _is_outside(source: str) -> bool:
    """Say whether a source is no part of the photo, so that it is there with EXIF and without."""
    return source in ("path", "account") or source.startswith("path.")


def _is_found(condition: Condition, subject: Subject) -> bool:
    own_group = all(source.startswith("path.") for source in condition.sources)
    return own_group or find_in(condition, subject) is not None


def _is_telling(pattern: Pattern, subject: Subject) -> bool:
    if not search(pattern, subject.path, subject.budget):
        return False
    return not any(search(pattern, path, subject.budget) for path in _COMMONPLACE)
