"""Files for dry runs: shipped samples and files of strangers, as they lie here after a verdict, and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Literal

from ingest.profiles.catalogue import Catalogue, with_profile
from ingest.profiles.profile import Profile
from ingest.profiles.samples import ARRIVAL, find_samples, read_expectation
from ingest.reading.facts import Facts, bytes_to_read, read_facts
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.sidecar import Problem, Sidecar
from ingest.spool.stamp import new_id, parse_utc
from ingest.trial import with_all_makernotes
from ingest.verdict.candidate import Candidate
from ingest.verdict.decision import decide
from tests.samples.judging import shipped
from tests.samples.strangers import commented, original, tagged

SETTINGS = Settings()


@dataclass(frozen=True)
class File:
    """A file under its upload path, with all that can be read of it."""

    path: str
    account: str | None
    arrival: datetime
    facts: Facts

    @property
    def item(self) -> Item:
        """The item that it is."""
        return Item(new_id(self.arrival), self.path.encode("utf-8", "surrogateescape"), "ftps", account=self.account)


@lru_cache
def files() -> tuple[File, ...]:
    """Return the samples of all shipped profiles, and files of cameras that none of them knows."""
    return (*_samples(), *_strangers())


def _samples() -> Iterator[File]:
    for profile in shipped().profiles:
        for sample in find_samples(profile):
            expected = read_expectation(sample) or {}
            arrival = parse_utc(expected["received_at"]) if expected else ARRIVAL
            yield _file(sample.upload_path, sample.file.read_bytes(), expected.get("account"), arrival)


def _strangers() -> Iterator[File]:
    told = {"make": "Oakfine", "model": "T-9", "original": original(datetime(2026, 4, 30, 15, 46, 7))}  # noqa: DTZ001
    yield _file("IMG_0001.JPG", tagged(**told, serial="77"))
    yield _file("IMG_0002.JPG", tagged(**told))
    yield _file("IMG_0003.JPG", tagged(make="Oakfine", model="T-9", serial="77", description="Förster"))
    yield _file("oakfine/ridge/a.jpg", commented("", "ID=ridge;20260430154607")[0][1])
    yield _file("oakfine/creek/a.jpg", commented("", "nothing")[0][1])
    yield _file("oakfine/creek/report.txt", b"ID:creek\r\nDate:30.04.2026 15:46:07\r\nBattery:60%\r\n")
    yield _file("report.txt", b"Name:creek\r\nBattery:60%\r\n")


def _file(path: str, content: bytes, account: str | None = None, arrival: datetime = ARRIVAL) -> File:
    facts = read_facts(content[: bytes_to_read(path, SETTINGS.limits)], len(content), path, SETTINGS.limits)
    return File(path, account, arrival, with_all_makernotes(facts))


def decided(file: File, item: Item, catalogue: Catalogue) -> Sidecar:
    """Return the verdict on a file."""
    return decide(item, file.facts, catalogue, SETTINGS, decided_at=file.arrival)


def without(catalogue: Catalogue, profile: Profile) -> Catalogue:
    """Return a catalogue as it was before a profile was in it."""
    others = [one for one in catalogue.profiles if one.id != profile.id]
    found = Catalogue()
    for one in others:
        found = with_profile(found, one, [])
    return found


def candidate(sidecar: Sidecar) -> Candidate | None:
    """Return what a dry run knows of an item from its sidecar; None of what is wrong by itself."""
    if sidecar.kind == "other":
        return None
    facts = None
    if sidecar.kind == "image":
        codes = [one.code for one in sidecar.problems]
        code: Literal["unreadable_metadata", "no_metadata"]
        code = "unreadable_metadata" if "unreadable_metadata" in codes else "no_metadata"
        facts = Facts("image", sidecar.size_bytes, sidecar.sha256, exif=sidecar.exif)
        facts = facts if sidecar.exif else replace(facts, metadata_problem=Problem(code, ""))
    return Candidate(
        sidecar.id,
        sidecar.verdict == "accepted",
        "image" if sidecar.kind == "image" else "report",
        sidecar.upload_path,
        sidecar.account,
        facts,
        sidecar.profile,
        sidecar.camera_id,
        sidecar.sha256,
    )
