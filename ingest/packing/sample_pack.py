"""Makes a sample pack: a profile, and files of its cameras that give the same verdicts and tell of nobody.

Every sample is proved before it is in: it gives what the original gave, and nothing of the original's IDs, names and
positions can be found in its bytes. What cannot be proved is left out, with a sentence that says why.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from ingest.errors import CamspoolError
from ingest.packing.anonymous import anonymous
from ingest.packing.anonymous_profile import anonymous_profile
from ingest.packing.identities import identities, texts_of
from ingest.packing.pack_words import readme
from ingest.packing.positions import positions, written_positions
from ingest.packing.read_sources import read_sources
from ingest.packing.replacing import Replacing, replacing
from ingest.packing.sameness import difference
from ingest.packing.sample_names import sample_names
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, parse_profile
from ingest.profiles.samples import ARRIVAL, expected_object
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import Facts, read_facts, with_makernotes
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar
from ingest.trial import judge_as_sample

MOST_SAMPLES = 12
MOST_REPORT_BYTES = 100_000
MOST_NAMES = 60
"""More names in one file are an attack: each is searched for in every file, in every form."""

_SHIPPED = Settings()


@dataclass(frozen=True)
class Original:
    """A file to make a sample of. `account` is the one by which it came; `is_own`, that it belongs to one camera."""

    content: bytes
    path: str
    account: str | None = None
    is_own: bool = False
    arrived: datetime = ARRIVAL


@dataclass(frozen=True)
class SamplePack:
    """A pack's files by their names, and why each file that is not in it was left out, by its upload path."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def samples(self) -> list[str]:
        """The names of its samples."""
        return [name for name in self.files if name.startswith("samples/") and f"{name}.json" in self.files]


@dataclass(frozen=True)
class _Seen:
    """An original with the verdict that it gets as a sample, and everything that it says."""

    original: Original
    sidecar: Sidecar
    facts: Facts
    account: str | None
    told: frozenset[str]


@dataclass(frozen=True)
class _Bench:
    """What all samples of a pack are made with."""

    profile: Profile
    text: str
    exiftool: Exiftool
    chance: Random
    confirmation: Mapping[str, Any]

    def facts(self, content: bytes, path: str) -> Facts:
        """Return what a file says, with its MakerNote where the profile reads any."""
        facts = read_facts(content, len(content), path, _SHIPPED.limits)
        if facts.unread is None or self.profile.image is None or not self.profile.image.reads_makernotes:
            return facts
        return with_makernotes(facts, self.exiftool.read(facts.unread))


class _LeaveOutError(Exception):
    """A file cannot be a sample; the text says why and fits behind its name."""


def make_pack(
    profile: Profile,
    text: str,
    originals: Sequence[Original],
    confirmation: Mapping[str, Any] | None = None,
    chance: Random | None = None,
) -> SamplePack:
    """Make a sample pack of a profile, whose file is `text`, and of files that it knows.

    Raise CamspoolError when the profile itself names a person or a camera, or no file can be a sample.
    """
    with Exiftool() as exiftool:
        bench = _Bench(profile, text, exiftool, chance or SystemRandom(), confirmation or {})
        seen = [_look_at(one, bench) for one in originals[:MOST_SAMPLES]]
        pack = _pack(bench, seen, keeps_letters=False)
        if not pack.samples:
            pack = _pack(bench, seen, keeps_letters=True)
    if not pack.samples:
        why = next(iter(pack.left_out.values()), "there is none")
        raise CamspoolError(f"No file of {profile.id} can be a sample: {why}.")
    return pack


def _look_at(original: Original, bench: _Bench) -> _Seen:
    account = original.account if original.is_own or original.account is None else _SHIPPED.ftps.account
    facts = bench.facts(original.content, original.path)
    sidecar = judge_as_sample(facts, original.path, account, original.arrived, bench.profile)
    told = identities(facts, original.path, sidecar, account if original.is_own else None)
    return _Seen(original, sidecar, facts, account, frozenset(told))


def _pack(bench: _Bench, seen: Sequence[_Seen], *, keeps_letters: bool) -> SamplePack:
    everything = _everything(seen, bench.text, bench.chance, keeps_letters=keeps_letters)
    text = anonymous_profile(bench.profile, bench.text, everything)
    own = replace(bench, profile=parse_profile(text, Path(bench.profile.id)))
    names = sample_names([(one.original.path, one.sidecar) for one in seen], own.profile, everything)
    files: dict[str, bytes] = {FILE: text.encode()}
    left_out: dict[str, str] = {}
    for one, name in zip(seen, names, strict=True):
        try:
            files |= _sample(one, name, own, everything)
        except (_LeaveOutError, CamspoolError) as error:
            left_out[one_line(one.original.path, 120)] = str(error).rstrip(".")
    if bench.confirmation:
        files["confirmation.json"] = (json.dumps(dict(bench.confirmation), indent=1) + "\n").encode()
    files["README.txt"] = readme(own.profile, files, len(left_out), keeps_letters=keeps_letters).encode()
    return SamplePack(dict(sorted(files.items())), left_out)


def _everything(seen: Sequence[_Seen], text: str, chance: Random, *, keeps_letters: bool) -> Replacing:
    """Return what must be replaced in all files alike: what one file tells may stand in another one's name."""
    real: set[str] = set()
    places: dict[str, str] = {}
    for one in seen:
        if len(one.told) > MOST_NAMES:
            continue
        own = {one.sidecar.camera_id, one.sidecar.camera_text, one.account}
        real |= {word for word in one.told if word in own or word.casefold() not in text.casefold()}
        places |= positions(one.facts)
    return replacing(real, places, chance, keeps_letters=keeps_letters)


def _sample(one: _Seen, name: str | None, bench: _Bench, everything: Replacing) -> dict[str, bytes]:
    """Return a sample and its expected sidecar. Raise _LeaveOutError, or CamspoolError, when it cannot be proved."""
    if name is None:
        raise _LeaveOutError("its name cannot be that of a sample")
    if one.facts.kind == "report" and len(one.original.content) > MOST_REPORT_BYTES:
        raise _LeaveOutError("it is too large for a sample")
    if len(one.told) > MOST_NAMES:
        raise _LeaveOutError("it names too much that would have to be made up")
    content = anonymous(one.original.content, everything, read_sources(bench.profile))
    account = everything.in_text(one.account) if one.account and one.original.is_own else one.account
    facts = bench.facts(content, name)
    after = judge_as_sample(facts, name, account, one.original.arrived, bench.profile)
    if why := difference(one.sidecar, after):
        raise _LeaveOutError(f"with made-up values {why}")
    expected = (json.dumps(expected_object(after), indent=1) + "\n").encode()
    if left := next(_still_there(one, (name.encode(), content, expected), facts, everything), None):
        raise _LeaveOutError(f"`{one_line(left, 40)}` would still stand in it")
    return {f"samples/{name}": content, f"samples/{name}.json": expected}


def _still_there(one: _Seen, written: tuple[bytes, ...], facts: Facts, everything: Replacing) -> Iterator[str]:
    """Yield what of the original can still be found: in the bytes, and in every text that is read in them."""
    searched = (*written, *(text.encode("utf-8", "replace") for text in texts_of(facts)))
    yield from filter(None, map(everything.left_in, searched))
    for place in written_positions(one.facts, one.original.path, one.sidecar):
        if any(place.encode() in raw for raw in searched):
            yield place
