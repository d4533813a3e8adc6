"""What a draft of a profile is made from and what it is: choices, why they were made, and what has to be asked.

Only values here; `drafting.py` makes them. A page or a command shows them and hands the answers back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ingest.profiles.profile import PartName
from ingest.profiles.sources import Subject, subject_of
from ingest.reading.facts import Facts

Answers = Mapping[str, str]
"""What a person chose: the key of a choice, by the name of its decision, such as `{"image.camera_id": "account"}`."""

ANSWERED = "as it was answered"
"""Why something is as a person chose it."""

MARK = "mark"
"""The key of what a person marked in one of the files, alone or before a colon and how it is read."""

OWN = "own"
"""The key of what a profile says that no other choice says."""


@dataclass(frozen=True)
class Given:
    """One file to draft from: the upload path it came under, what it says, and how and when it came, where known.

    `is_own` says that its account belongs to one camera; `arrived` is in UTC.
    """

    path: str
    facts: Facts
    account: str | None = None
    is_own: bool = False
    arrived: datetime | None = None

    @property
    def subject(self) -> Subject:
        """What its sources say."""
        return subject_of(self.facts, "report" if self.facts.kind == "report" else "image", self.path, self.account)


@dataclass(frozen=True)
class Find:
    """Where a pattern with named groups looks: a source, and the pattern."""

    source: str
    pattern: str


@dataclass(frozen=True)
class Choice:
    """One way to fill a field. `reads` is what it gives for each file, in order; empty where it gives nothing.

    `words` fit behind "take"; `doubt` is a sentence that says why it may be wrong. `rule` is what the profile then
    says of the field (without braces), which may need the groups of `find`.
    """

    key: str
    words: str
    rule: str
    reads: tuple[str, ...] = ()
    doubt: str = ""
    find: Find | None = None

    def is_of(self, key: str) -> bool:
        """Say whether it has this key, alone or before a colon."""
        return self.key.partition(":")[0] == key

    @property
    def fills_all(self) -> bool:
        """Whether it gives something for every file."""
        return bool(self.reads) and all(self.reads)


@dataclass(frozen=True)
class Decision:
    """How one field of a part is filled, why, and what else could fill it, the best first.

    Beside the fields of a profile there are others: `known.<source>` is what a source must say, `require.<field>`
    whether a photo must have it. A `question` is open: a sentence for the person who knows the cameras, to be answered
    by one of the choices. A file counts without what is optional.
    """

    part: PartName
    field: str
    chosen: Choice | None
    because: str
    choices: tuple[Choice, ...] = ()
    question: str = ""
    is_optional: bool = False

    @property
    def name(self) -> str:
        """What an answer names it by."""
        return f"{self.part}.{self.field}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be asked, and every file gets a value that it needs."""
        if self.question or self.is_optional:
            return not self.question
        return self.chosen is not None and (self.chosen.fills_all or not self.chosen.rule)


@dataclass(frozen=True)
class Draft:
    """A profile to begin with. `text` is its profile.toml, which always loads.

    `known_by` says in words how it knows its files. `left_out` are the paths of files that are of another camera type
    than most, or that are neither photo nor report: the draft is not for these.
    """

    text: str
    known_by: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    @property
    def questions(self) -> tuple[Decision, ...]:
        """The decisions that a person has to make."""
        return tuple(one for one in self.decisions if one.question)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of photos that are not settled; as long as there is one, their photos are not to be accepted."""
        return tuple(one.field for one in self.decisions if one.part == "image" and not one.is_settled)

    @property
    def is_settled(self) -> bool:
        """Whether ID and time of every photo that it was drafted from are found, and nothing is to be asked."""
        return bool(self.decisions) and all(one.is_settled for one in self.decisions)


def asked_lines(decision: Decision) -> list[str]:
    """Return an open question as comments: what to ask, and the lines among which to choose."""
    if not decision.question:
        return []
    lines = [f"# {decision.question}"]
    known = decision.chosen.find if decision.chosen else None
    for one in (one for one in decision.choices if one.rule):
        lines.append(f"#   {decision.field} = {{ {one.rule} }}")
        if one.find and one.find != known:
            lines.append(f"#     with find = {{ {quoted(one.find.source)} = {pattern_text(one.find.pattern)} }}")
    return lines


def quoted(text: str) -> str:
    """Return text as a TOML string, without anything that cannot be seen."""
    return json.dumps("".join(one if one.isprintable() else "." for one in text), ensure_ascii=False)


def pattern_text(pattern: str) -> str:
    """Return a pattern as a TOML string: as it is read, between single quotes, where that can be."""
    return f"'{pattern}'" if "'" not in pattern and pattern.isprintable() else quoted(pattern)
