"""What a sidecar keeps of the sources that profiles name, so that profiles can be asked without opening the file. Pure.

It keeps the path, the account and the EXIF; not a report's lines, the MakerNote, XMP, the comment, nor the bytes of a
text in a foreign encoding.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.profiles.joined import is_group, names_in
from ingest.profiles.matching import meets
from ingest.profiles.profile import Condition, Part, Profile
from ingest.profiles.sources import RECORD, Subject

_BY_NAME = frozenset({"path", "account", RECORD})


@dataclass(frozen=True)
class Asked:
    """A profile's part, and what of its conditions can be asked where only some sources are known."""

    profile: Profile
    part: Part

    @cached_property
    def by_sidecar(self) -> Part:
        """Its conditions that path, account and EXIF can meet."""
        return _only(self.part, has_exif=True)

    @cached_property
    def by_name(self) -> Part:
        """Its conditions that path and account can meet."""
        return _only(self.part, has_exif=False)

    @cached_property
    def is_told_by_sidecar(self) -> bool:
        """Whether path, account and EXIF tell all that it asks and reads."""
        return self.knows_by_sidecar and _are_kept(_read(self.part), _lost_groups(self.part, True), True)

    @cached_property
    def knows_by_sidecar(self) -> bool:
        """Whether path, account and EXIF tell if a file is its own."""
        return _has_all(self.part, self.by_sidecar)

    @cached_property
    def knows_by_name(self) -> bool:
        """Whether path and account alone tell if a file is its own."""
        return _has_all(self.part, self.by_name)


def claims_by_kept(asked: Asked, subject: Subject, *, has_exif: bool) -> bool | None:
    """Say by what is kept of a file whether it is a profile's own; None where only the file itself tells."""
    known = has_exif and not (asked.part.encoding and _is_foreign(subject))
    if not meets(subject, asked.by_sidecar if known else asked.by_name):
        return False
    return True if (asked.knows_by_sidecar if known else asked.knows_by_name) else None


def is_told(asked: Asked, subject: Subject, *, has_exif: bool) -> bool:
    """Say whether what is kept of a file tells all that a profile asks and reads."""
    return has_exif and asked.is_told_by_sidecar and not (asked.part.encoding and _is_foreign(subject))


def _is_foreign(subject: Subject) -> bool:
    return any(isinstance(value, str) and not value.isascii() for value in subject.exif.values())


def _has_all(part: Part, kept: Part) -> bool:
    return len(kept.conditions) == len(part.conditions) and len(kept.absent) == len(part.absent)


def _read(part: Part) -> list[str]:
    return [source for rule in part.fields.values() for source in rule.sources]


def _only(part: Part, has_exif: bool) -> Part:
    lost = _lost_groups(part, has_exif)
    return replace(
        part,
        conditions=tuple(one for one in part.conditions if _are_kept(one.sources, lost, has_exif)),
        find=tuple(one for one in part.find if _are_kept(one.sources, lost, has_exif)),
        absent=tuple(source for source in part.absent if _are_kept((source,), lost, has_exif)),
    )


def _lost_groups(part: Part, has_exif: bool) -> frozenset[str]:
    """Return the named groups that are found, or may be, in what is not kept."""
    lost: set[str] = set()
    for one in part.named:
        if not _are_kept(one.sources, (), has_exif):
            lost |= set(_groups(one))
    return frozenset(lost)


def _groups(condition: Condition) -> Iterable[str]:
    return condition.pattern.groupindex


def _are_kept(sources: Iterable[str], lost: Collection[str], has_exif: bool) -> bool:
    return all(_is_kept(name, lost, has_exif) for source in sources for name in names_in(source))


def _is_kept(name: str, lost: Collection[str], has_exif: bool) -> bool:
    if name in _BY_NAME:
        return True
    if name.startswith("path."):
        return name.removeprefix("path.") not in lost
    if name.startswith("exif."):
        return has_exif
    return is_group(name) and "." not in name and name not in lost
