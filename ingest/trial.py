"""What would happen to a file: the verdict that the watcher would give, for any file or sample; nothing is stored."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.index.same_report import find_same_report
from ingest.index.spellings import in_known_spelling
from ingest.index.store import find_original, read_index
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.matching import asks_for_makernotes, failures
from ingest.profiles.patterns import Budget
from ingest.profiles.profile import Profile
from ingest.profiles.samples import ARRIVAL, Sample, differences, expected_object, find_samples, read_expectation
from ingest.profiles.sources import subject_of
from ingest.profiles.yielding import unconfirmed_yields
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import Facts, bytes_to_read, read_facts, with_makernotes
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, parse_utc
from ingest.verdict.belonging import Records
from ingest.verdict.decision import as_duplicate, decide
from ingest.verdict.earlier import judge_earlier
from ingest.verdict.senders import sender_of

_State = tuple[int, int] | None
"""What tells one version of a file from another: its change time (ns) and its size; None where there is none."""

_SHIPPED = Settings()
"""Samples give the same on every machine, whatever its settings are."""


@dataclass(frozen=True)
class Outcome:
    """What a sample gave: by its own profile, and which of all profiles claim it."""

    sample: Sample
    sidecar: Sidecar
    claims: tuple[str, ...]
    wrong: tuple[str, ...]


def sound_catalogue(settings: Settings) -> Catalogue:
    """Return the profiles in use. Raise CamspoolError when one is broken: a person is there to mend it."""
    catalogue = load_catalogue(settings.profile_folders)
    if catalogue.broken:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    return catalogue


def upload_path(file: Path, wanted: str | None, *, alone: bool) -> bytes:
    """Return the upload path to try a file under: as wanted, in the wanted folder (`folder/`), or its own name.

    Raise CamspoolError when several files would get the same path.
    """
    own = os.fsencode(file.name)
    if not wanted:
        return own
    if wanted.endswith("/"):
        return os.fsencode(wanted.lstrip("/")) + own
    if not alone:
        raise CamspoolError(f"--as {wanted} would give several files one path; expected a folder, ending in /.")
    return os.fsencode(wanted.lstrip("/"))


def read_file(file: Path, path: str, settings: Settings) -> Facts:
    """Read a file's facts as if it had been uploaded as `path`. Raise CamspoolError when it cannot be read."""
    try:
        if not file.is_file():
            raise CamspoolError(f"{file} is not a file." if file.exists() else f"There is no file {file}.")
        with file.open("rb") as content:
            return read_facts(
                content.read(bytes_to_read(path, settings.limits)), file.stat().st_size, path, settings.limits
            )
    except OSError as error:
        raise CamspoolError(f"{file} cannot be read: {error.strerror}.") from error


def try_file(file: Path, path: bytes, catalogue: Catalogue, settings: Settings, account: str | None = None) -> Sidecar:
    """Return the verdict that a file would get now under this upload path, as a duplicate of what is here too."""
    return try_items(file, path, catalogue, settings, account)[-1]


def try_items(
    file: Path, path: bytes, catalogue: Catalogue, settings: Settings, account: str | None = None
) -> list[Sidecar]:
    """Return the verdicts on all items that a file would be now: each report before its last one, and the file."""
    item = Item(new_id(), path, "local", account=account)
    verdicts = _decide_now(item, read_file(file, item.path, settings), catalogue, settings)
    return [_settled(sidecar, settings.root) for sidecar in verdicts]


def try_content(content: bytes, path: str, account: str | None, catalogue: Catalogue, settings: Settings) -> Sidecar:
    """Return the verdict that an uploaded file would get now. Whether it is a duplicate is not looked at."""
    item = Item(new_id(), path.encode(), "upload", account=account)
    kept = content[: bytes_to_read(item.path, settings.limits)]
    return _decide_now(item, read_facts(kept, len(content), item.path, settings.limits), catalogue, settings)[-1]


def judge_as_sample(facts: Facts, path: str, account: str | None, arrival: datetime, profile: Profile) -> Sidecar:
    """Return the verdict that a file gets as a sample: by one profile alone, and without any camera's record."""
    item = Item(new_id(arrival), path.encode("utf-8", "surrogateescape"), "local", account=account)
    return decide(item, facts, Catalogue((profile,)), _SHIPPED, decided_at=arrival)


def run_sample(
    sample: Sample, profile: Profile, catalogue: Catalogue, account: str | None = None, arrival: datetime = ARRIVAL
) -> Outcome:
    """Decide about a sample and compare with what is expected. Raise CamspoolError for an unreadable expectation.

    A sample is judged by its own profile alone, so that a new profile never changes what an old one's samples give;
    that no other profile claims it is a check of its own. `account` and `arrival` are of one without an expectation.
    """
    expected = read_expectation(sample)
    if expected:
        arrival, account = parse_utc(expected["received_at"]), expected.get("account")
    sidecar = _judge(sample, arrival, account, Catalogue((profile,)))
    everyone = _judge(sample, arrival, account, replace(catalogue, yields=unconfirmed_yields(catalogue.profiles)))
    claims = tuple(trace.profile for trace in everyone.trace if trace.matched)
    wrong = [*differences(sample, expected, expected_object(sidecar)), *_stolen(sidecar, claims, profile, catalogue)]
    return Outcome(sample, sidecar, claims, tuple(wrong))


def stolen_samples(profile: Profile, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield profile and upload path of each sample of another profile that this one claims as well.

    Its patterns have the time of one file for all samples together, so that one that never ends keeps nobody waiting.
    """
    budget = Budget()
    for other in catalogue.profiles:
        if other.id == profile.id:
            continue
        for sample in find_samples(other):
            if not _claims(profile, sample, budget):
                continue
            if {profile.id, other.id} <= set(run_sample(sample, other, Catalogue((other, profile))).claims):
                yield other.id, sample.upload_path


def _claims(profile: Profile, sample: Sample, budget: Budget) -> bool:
    """Say at little cost whether a profile claims a sample, whatever its expectation is."""
    path, account, facts = _said_by(sample, _state(sample.file), _state(sample.expectation))
    facts = with_asked_makernotes(facts, path, account, (profile,))
    return facts.kind != "other" and not failures(subject_of(facts, facts.kind, path, account, budget), profile)


# The workshop asks at every choice, and reading all samples takes longer than all else that it does.
@lru_cache(maxsize=1024)
def _said_by(sample: Sample, _file: _State, _expectation: _State) -> tuple[str, str | None, Facts]:
    """Return path, account and facts of a sample; it is read again when one of its files has changed."""
    expected = read_expectation(sample)
    path = Item(new_id(ARRIVAL), sample.upload_path.encode("utf-8", "surrogateescape"), "local").path
    return path, expected.get("account") if expected else None, read_file(sample.file, path, _SHIPPED)


def _state(file: Path) -> _State:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def with_asked_makernotes(facts: Facts, path: str, account: str | None, profiles: Iterable[Profile]) -> Facts:
    """Return a photo's facts with its MakerNote where a profile that may claim it asks for it."""
    if not asks_for_makernotes(facts, path, account, profiles):
        return facts
    return with_all_makernotes(facts)


def with_all_makernotes(facts: Facts) -> Facts:
    """Return a photo's facts with its MakerNote, if it has one."""
    if facts.unread is None:
        return facts
    with Exiftool() as exiftool:
        return with_makernotes(facts, exiftool.read(facts.unread))


def _decide_now(item: Item, facts: Facts, catalogue: Catalogue, settings: Settings) -> list[Sidecar]:
    cameras = KnownCameras(settings.root)
    records = Records(cameras.record, cameras.spelling, sender_of(cameras, item, settings))
    facts = with_asked_makernotes(facts, item.path, item.account, catalogue.profiles)
    judge = partial(decide, catalogue=catalogue, settings=settings, decided_at=datetime.now(UTC), records=records)
    whole, earlier = judge_earlier(judge(item, facts), item, facts, judge)
    whole = replace(whole, earlier_reports=tuple(report.id for report in earlier))
    return [*(report.sidecar for report in earlier), whole]


def _settled(sidecar: Sidecar, root: Path) -> Sidecar:
    """Return a verdict beside what is here: as it stands when this machine has no index to ask."""
    try:
        with closing(read_index(root)) as index:
            sidecar = in_known_spelling(root, index, sidecar)
            original = find_original(index, sidecar.camera_id, sidecar.sha256 or "")
            if sidecar.part_of and sidecar.verdict == "accepted":
                original = find_same_report(index, sidecar)
    except sqlite3.Error:
        return sidecar
    return as_duplicate(sidecar, original) if original and sidecar.verdict == "accepted" else sidecar


def _judge(sample: Sample, arrival: datetime, account: str | None, catalogue: Catalogue) -> Sidecar:
    item = Item(new_id(arrival), sample.upload_path.encode("utf-8", "surrogateescape"), "local", account=account)
    facts = read_file(sample.file, item.path, _SHIPPED)
    facts = with_asked_makernotes(facts, item.path, account, catalogue.profiles)
    judge = partial(decide, catalogue=catalogue, settings=_SHIPPED, decided_at=arrival)
    return judge_earlier(judge(item, facts), item, facts, judge)[0]


def _stolen(sidecar: Sidecar, claims: tuple[str, ...], profile: Profile, catalogue: Catalogue) -> list[str]:
    """Say who claims the sample as well. What an unconfirmed profile leaves to a confirmed one is not stolen."""
    left_to = set() if profile.confirmed else {one.id for one in catalogue.profiles if one.confirmed}
    others = [claim for claim in claims if claim != profile.id and claim not in left_to]
    if sidecar.profile is None or not others:
        return []
    return [f"{profile.folder}: {sidecar.upload_path} is also claimed by {' and '.join(others)}"]
