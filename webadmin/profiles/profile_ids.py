"""The id under which a profile is saved: the one that is proposed, and what is wrong with one that was typed. Pure."""

import re
import unicodedata
from collections.abc import Collection

from ingest.spool.saved_profiles import is_profile_id

_LONGEST_PROPOSED = 50
_NAMELESS = "new-camera"
_OTHERS = re.compile(r"[^a-z0-9._]+")


def proposed_id(make: str, model: str, taken: Collection[str]) -> str:
    """Return an id for a profile of this make and model that no other profile has.

    >>> proposed_id("BUSHNELL", "Trophy Cam HD", ()), proposed_id("Höhle", "Höhle 3", ["hohle-3"])
    ('bushnell-trophy-cam-hd', 'hohle-3-2')
    """
    whole = model if model.casefold().startswith(make.casefold()) else f"{make} {model}"
    letters = unicodedata.normalize("NFKD", whole.strip()).encode("ascii", "ignore").decode().lower()
    wanted = _OTHERS.sub("-", letters)[:_LONGEST_PROPOSED].strip("._-") or _NAMELESS
    return next(one for one in _numbered(wanted, len(taken)) if one not in taken)


def _numbered(wanted: str, most: int) -> list[str]:
    return [wanted, *(f"{wanted}-{number}" for number in range(2, most + 3))]


def id_problem(profile_id: str) -> str:
    """Return what is wrong with an id that somebody typed, as a sentence; empty when nothing is.

    >>> id_problem("acme-x1"), id_problem("Acme")
    ('', 'Only small letters a to z, digits, dot, - and _, the first a letter or digit, and 63 characters at most.')
    """
    if is_profile_id(profile_id):
        return ""
    return "Only small letters a to z, digits, dot, - and _, the first a letter or digit, and 63 characters at most."
