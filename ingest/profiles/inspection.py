"""Everything about one file that helps to write a profile: tags, name, report lines, and which profile came closest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.profiles.matching import failures
from ingest.profiles.profile import Profile
from ingest.profiles.sources import subject_of
from ingest.reading.exif_values import narrow_text
from ingest.reading.facts import Facts
from ingest.spool.names import one_line

_TOKEN = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z]+")


@dataclass(frozen=True)
class Closeness:
    """How many conditions of a profile a file meets, and what differs in the others."""

    profile: Profile
    met: int
    conditions: int
    differs: tuple[str, ...]


def tokens(path: str) -> list[str]:
    """Split a path into what a pattern would be made of; numbers with how many digits they have.

    >>> tokens("a/868020035314870-4-SYPR0260.JPG")
    ['a', '/', '868020035314870 [15]', '-', '4 [1]', '-', 'SYPR', '0260 [4]', '.', 'JPG']
    """
    found = _TOKEN.findall(path)
    return [f"{token} [{len(token)}]" if token.isdigit() else token for token in found]


def closest(facts: Facts, path: str, profiles: Iterable[Profile], account: str | None = None) -> list[Closeness]:
    """Return the profiles that read this kind of file, the one that came closest first."""
    if facts.kind == "other":
        return []
    subject = subject_of(facts, facts.kind, path, account)
    found = []
    for profile in profiles:
        if part := profile.part(facts.kind):
            differs = failures(subject, profile)
            conditions = len(part.conditions) + len(part.absent)
            found.append(Closeness(profile, conditions - len(differs), conditions, tuple(differs)))
    return sorted(found, key=lambda one: (len(one.differs), -one.met))


def inspection_text(facts: Facts, path: str, profiles: Iterable[Profile], account: str | None = None) -> str:
    """Return what is known of a file as lines for a person."""
    size = f", {facts.width} × {facts.height} pixels" if facts.width else ""
    lines = [f"{one_line(path)}: {facts.kind}, {facts.size_bytes} bytes{size}", f"sha256: {facts.sha256}"]
    lines.append(f"name: {'  '.join(one_line(token) for token in tokens(path))}")
    lines += [f"account: {one_line(account)}"] if account else []
    lines += [f"exif.{tag}: {one_line(str(value))}" for tag, value in facts.exif.items()]
    lines += [
        f"makernote.{name}: {one_line(value)}" for name, value in facts.makernotes.values.items() if ":" not in name
    ]
    lines += [f"xmp.{one_line(name)}: {one_line(value)}" for name, value in facts.xmp.items()]
    lines += [f"comment: {one_line(narrow_text(facts.comment))}"] if facts.comment else []
    lines += [f"report.{one_line(key)}: {one_line(value)}" for key, value in facts.report.items()]
    problems = [*facts.problems, *([facts.metadata_problem] if facts.metadata_problem else [])]
    lines += [f"problem: {problem.message}" for problem in problems]
    lines += [f"warning: {warning.message}" for warning in facts.warnings]
    for position, one in enumerate(closest(facts, path, profiles, account)):
        how = "claims it" if not one.differs else f"{one.met} of {one.conditions} conditions met"
        lines.append(f"{'closest: ' if not position else ''}{one.profile.id}: {how}")
        lines += [f"  differs in {one_line(difference)}" for difference in one.differs]
    return "\n".join(lines)
