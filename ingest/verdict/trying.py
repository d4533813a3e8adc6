"""What a profile would do to one item that is here: what the verdict would say, by its own parts, but no sidecar."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import thread_time

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.kept_sources import Asked, claims_by_kept, is_told
from ingest.profiles.matching import failures, leaving, match, meets, seen_by
from ingest.profiles.patterns import Budget
from ingest.profiles.profile import Part, PartName, Profile
from ingest.profiles.sources import Subject, subject_of
from ingest.reading.camera_time import time_text
from ingest.reading.facts import Facts
from ingest.reading.location import Position
from ingest.settings.values import Settings
from ingest.spool.sidecar import Problem
from ingest.spool.stamp import id_time
from ingest.verdict.candidate import Candidate, Here, Outcome, Said
from ingest.verdict.claimed import Claimed, in_order, read_claimed
from ingest.verdict.connection_test import is_test_by_name, whose_test
from ingest.verdict.report_fields import ReportReading

PATTERNS_S, ALL_S = 1.5, 4.0
"""How much processor time the patterns of the profile may take, and everything: a person waits for the answer."""

_ENOUGH_S = 0.1
"""With less than this left, that a pattern was given up tells nothing of what the verdict would say."""

_NOTHING_KEPT = Facts("image", 0)


@dataclass
class Trying:
    """The work of one dry run: a profile, the catalogue as it would be with it, and what is left of the time. State."""

    profile: Profile
    catalogue: Catalogue
    settings: Settings
    here: Here
    trouble: str = ""
    patterns: Budget = field(default_factory=lambda: Budget(PATTERNS_S))
    until_s: float = field(default_factory=lambda: thread_time() + ALL_S)

    def outcome(self, item: Candidate) -> Outcome | None:
        """Return what would become of an item; None where it stays what it is."""
        if self._is_over():
            return Outcome(item, "missed")
        self.patterns.gave_up = False
        claim = self._claim(item)
        if self.patterns.gave_up:
            self.trouble = self.trouble or self._complaint(item)
            if self._is_over():
                return Outcome(item, "missed")
        return _fate_of_accepted(self.profile.id, item, claim) if item.is_accepted else claim

    def _is_over(self) -> bool:
        if self.patterns.left_s >= _ENOUGH_S and thread_time() < self.until_s:
            return False
        self.trouble = self.trouble or "Looking at all files took too long."
        return True

    def _complaint(self, item: Candidate) -> str:
        """Say which pattern was given up."""
        failed = failures(replace(self._subject(item), budget=Budget()), self.profile)
        return f"In this profile {'; '.join(failed)}." if failed else ""

    @cached_property
    def _asked(self) -> dict[PartName, Asked]:
        return dict(_parts(self.profile))

    @cached_property
    def _others(self) -> tuple[Profile, ...]:
        return tuple(one for one in self.catalogue.profiles if one.id != self.profile.id)

    @cached_property
    def _testers(self) -> tuple[Profile, ...]:
        return tuple(one for one in self._others if one.connection_test)

    @cached_property
    def _unclear(self) -> dict[PartName, dict[str, Asked]]:
        """The other profiles that ask for what is not kept of a file, by their ids."""
        parts = [(name, one) for profile in self._others for name, one in _parts(profile)]
        return {
            "image": {one.profile.id: one for name, one in parts if name == "image" and not one.knows_by_sidecar},
            "report": {one.profile.id: one for name, one in parts if name == "report" and not one.knows_by_name},
        }

    def _claim(self, item: Candidate) -> Outcome | None:
        if self.profile.connection_test and whose_test([self.profile], item.path):
            return Outcome(item, "refused", reason="connection_test")
        asked = self._asked.get(item.kind)
        if asked is None:
            return None
        subject = self._subject(item)
        claims = self._claims(asked, item, subject)
        if claims is False or (self._testers and whose_test(self._testers, item.path)):
            return None
        if item.is_whole or (claims and self._is_told(asked, item, subject)):
            return self._judged(asked.part, item, subject)
        return self._claim_of_read(asked, item)

    def _claim_of_read(self, asked: Asked, item: Candidate) -> Outcome | None:
        facts = self.here.read(item)
        if facts is None:
            return Outcome(item, "unsure")
        item = replace(item, facts=facts, is_whole=True)
        subject = self._subject(item)
        return self._judged(asked.part, item, subject) if self._claims(asked, item, subject) else None

    def _subject(self, item: Candidate) -> Subject:
        return subject_of(item.facts or _NOTHING_KEPT, item.kind, item.path, item.account, self.patterns)

    def _claims(self, asked: Asked, item: Candidate, subject: Subject) -> bool | None:
        if item.is_whole:
            return meets(subject, asked.part)
        return claims_by_kept(asked, subject, has_exif=item.facts is not None)

    def _is_told(self, asked: Asked, item: Candidate, subject: Subject) -> bool:
        """Say whether what is kept of a file tells all, also which other profiles claim it."""
        has_exif = item.facts is not None
        unclear = (one for id_, one in self._unclear[item.kind].items() if id_ != item.profile)
        return is_told(asked, subject, has_exif=has_exif) and not any(
            claims_by_kept(one, subject, has_exif=has_exif) is None for one in unclear
        )

    def _judged(self, part: Part, item: Candidate, subject: Subject) -> Outcome | None:
        claiming = [*self._claims_of_others(item, subject), self.profile]
        left = leaving(claiming, self.catalogue.yields) if len(claiming) > 1 else {}
        if self.profile.id in left:
            return None
        claiming = [one for one in claiming if one.id not in left]
        facts, said = item.facts or _NOTHING_KEPT, None
        if len(claiming) > 1:
            problems = in_order([*facts.problems, Problem("ambiguous_profile", "")])
        else:
            records, at = self.here.records(item), id_time(item.id)
            found = read_claimed(self.profile.id, part, seen_by(subject, part), at, self.settings, records)
            problems, said = found.problems(facts, part), self._said(found)
        if not problems:
            return Outcome(item, "accepted", said)
        is_test = is_test_by_name(item.path, (one.part(item.kind) for one in claiming))
        return Outcome(item, "refused", said, "connection_test" if is_test else problems[0].code)

    def _claims_of_others(self, item: Candidate, subject: Subject) -> list[Profile]:
        """Return which others claim a file: one that has claimed it before does, where only the file could tell."""
        key = (item.id, item.is_whole)
        known = self.here.claims.get(key)
        if known is None:
            found = match(replace(subject, budget=Budget()), self._others, self.catalogue.answers)
            former = {item.profile or ""} & set(self._unclear[item.kind]) if not item.is_whole else set()
            known = self.here.claims[key] = frozenset({one.id for one in found.claims} | former)
        return [one for one in self._others if one.id in known] if known else []

    def _said(self, found: Claimed) -> Said | None:
        if found.owner.camera_id is None:
            return None
        local = found.said.local
        return Said(self.here.spelling(found.owner.camera_id), time_text(local) if local else None, _position(found))


def _parts(profile: Profile) -> Iterator[tuple[PartName, Asked]]:
    if profile.image:
        yield "image", Asked(profile, profile.image)
    if profile.report:
        yield "report", Asked(profile, profile.report)


def _position(found: Claimed) -> Position | None:
    if not isinstance(found.said, ReportReading):
        return found.place.position
    latitude, longitude = (found.said.fields.get(half) for half in ("latitude", "longitude"))
    return (latitude, longitude) if isinstance(latitude, float) and isinstance(longitude, float) else None


def _fate_of_accepted(profile_id: str, item: Candidate, claim: Outcome | None) -> Outcome | None:
    """Return what a profile would do to a file like one that was accepted before."""
    is_own = item.profile == profile_id
    if claim is None:
        return Outcome(item, "lost") if is_own else None
    if claim.fate == "unsure":
        return claim
    if claim.reason == "ambiguous_profile":
        return replace(claim, fate="contested")
    if not is_own:
        return replace(claim, fate="taken")
    stays = claim.fate == "accepted" and claim.said and claim.said.camera_id == item.camera_id
    return None if stays else replace(claim, fate="lost")
