"""The dry run: what it says of files that are here is what the verdict says once the profile is saved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.profiles.catalogue import with_profile
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.spool.sidecar import Sidecar
from ingest.verdict.candidate import Candidate, Here, Said
from ingest.verdict.dry_run import DryRun, Owner, dry_run
from ingest.vocabulary import BY_PROFILE
from tests.samples.judging import shipped
from tests.samples.tried import SETTINGS, File, candidate, decided, files, without

HEAD = 'name = "x"\nevidence = "a test"\n'
BY_SERIAL = """
[image]
match = { "exif.Make" = '^Oakfine$' }
[image.fields]
camera_id = { from = "exif.BodySerialNumber" }
captured_at = { from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
location = { from = "exif.GPS" }
"""
OWN = {
    "by-serial": BY_SERIAL.replace("[image]\n", '[image]\nrequire = ["camera_id", "captured_at"]\n'),
    "by-serial-with-place": BY_SERIAL,
    "by-comment": r"""
[image]
match = { path = '^oakfine/', comment = 'ID=(?P<id>[^;]+);(?P<time>[0-9]+)' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = "{id}" }
captured_at = { from = "{time}", format = "%Y%m%d%H%M%S" }
""",
    "in-gbk": BY_SERIAL.replace("[image]\n", '[image]\nencoding = "gbk"\nrequire = ["camera_id"]\n'),
    "without-make": """
[image]
match = { path = '^oakfine/(?P<id>[^/]+)/' }
absent = ["exif.Make", "xmp.tiff:Make"]
require = ["camera_id"]
[image.fields]
camera_id = { from = "path.id" }
""",
    "all-makes-with-notes": """
[image]
match = { "exif.Make" = '^' }
require = ["camera_id"]
[image.fields]
camera_id = { from = ["makernote.SerialNumber", "exif.BodySerialNumber"] }
""",
    "reports": """
[report]
match = { "report.id" = '.' }
[report.fields]
camera_id = { from = "report.id" }
reported_at = { from = "report.date", format = "%d.%m.%Y %H:%M:%S" }
battery_percent = { from = "report.battery" }
""",
    "reports-by-path": """
[report]
match = { path = '^oakfine/(?P<id>[^/]+)/' }
[report.fields]
camera_id = { from = "path.id" }
""",
}


def profiles() -> Iterator[Profile]:
    yield from shipped().profiles
    for id_, text in OWN.items():
        yield parse_profile(HEAD + text, Path(id_))


def tried(profile: Profile, one: Candidate, here: Here) -> DryRun:
    return dry_run(profile, with_profile(shipped(), profile, []), SETTINGS, [one], here)


@pytest.mark.parametrize("profile", [*profiles()], ids=lambda one: one.id)
def test_what_it_says_is_what_the_verdict_says_for_samples_of_all_profiles_and_for_strangers(profile: Profile) -> None:
    before, after = without(shipped(), profile), with_profile(shipped(), profile, [])
    told = 0
    for file in files():
        item = file.item
        was, real = decided(file, item, before), decided(file, item, after)
        one = candidate(was)
        if one is None or not (one.is_accepted or was.reason in BY_PROFILE):
            continue
        read = tried(profile, one, Here(read=lambda _, file=file: file.facts))  # type: ignore[misc]
        assert read.unsure == (), file.path
        assert_same(read, profile, one, was, real)
        unread = tried(profile, one, Here())
        if not unread.unsure:
            told += 1
            assert_same(unread, profile, one, was, real)
    assert told


def assert_same(found: DryRun, profile: Profile, one: Candidate, was: Sidecar, real: Sidecar) -> None:
    why = f"{one.path}: {was.profile} {was.reason} became {real.profile} {real.reason}: {found}"
    claims = next(trace.matched for trace in real.trace if trace.profile == profile.id) if real.trace else False
    if not claims:
        assert not (found.waiting or found.taken or found.contested), why
    elif one.is_accepted:
        assert list(found.taken if real.profile == profile.id else found.contested) == [
            Owner(one.camera_id or "", one.profile or "")
        ], why
    elif real.verdict == "accepted":
        reported = real.fields.get("reported_at")
        position = (real.latitude, real.longitude) if real.latitude is not None and real.longitude is not None else None
        time = real.captured_at or (reported if isinstance(reported, str) else None)
        said = found.accepted[one.id]
        assert (said.camera_id, said.captured_at) == (real.camera_id, time), why
        assert said.position == position or real.kind == "report", why
    else:
        assert found.refused == {real.reason: (one.id,)}, why


@pytest.mark.parametrize("profile", shipped().profiles, ids=lambda one: one.id)
def test_a_profile_that_is_saved_as_it_is_loses_and_takes_nothing(profile: Profile) -> None:
    here = Here(read=lambda one: facts[one.id])
    facts, candidates = {}, []
    for file in files():
        item = file.item
        was = decided(file, item, shipped())
        if was.verdict == "accepted" and (one := candidate(was)):
            candidates.append(one)
            facts[one.id] = file.facts
    found = dry_run(profile, with_profile(shipped(), profile, []), SETTINGS, candidates, here)
    assert (found.taken, found.contested, found.lost) == ({}, {}, {})
    assert found.looked_at == len(candidates) > 20


def stranger(number: int, **changes: Any) -> Candidate:
    one = candidate(decided(oakfine(), replace(oakfine().item, id=f"20260501T12000{number}.000000Z-4f2a"), shipped()))
    assert one
    return replace(one, **changes)


def oakfine() -> File:
    return next(file for file in files() if file.path == "IMG_0001.JPG")


def test_several_files_are_counted_and_the_same_file_is_accepted_once() -> None:
    profile = parse_profile(HEAD + OWN["by-serial"], Path("oakfine"))
    lacks_its_time = next(file for file in files() if file.path == "IMG_0003.JPG")
    without_time = candidate(decided(lacks_its_time, lacks_its_time.item, shipped()))
    assert without_time
    same = [stranger(3), stranger(2), stranger(1, sha256="ab")]
    found = dry_run(profile, with_profile(shipped(), profile, []), SETTINGS, [*same, without_time], Here())
    assert found.accepted == {one.id: Said("77", "2026-04-30T15:46:07") for one in (stranger(2), stranger(1))}
    assert found.refused == {"missing_datetime": (without_time.id,), "duplicate": (stranger(3).id,)}
    assert (found.waiting, found.cameras, found.places) == (4, {"77": 2}, 0)
    assert found.times == ("2026-04-30T15:46:07", "2026-04-30T15:46:07")
    assert found.paths[without_time.id] == "IMG_0003.JPG"
    here = Here(original=lambda camera_id, sha256: "x" if (camera_id, sha256) == ("77", "ab") else None)
    again = dry_run(profile, with_profile(shipped(), profile, []), SETTINGS, same, here)
    assert again.refused == {"duplicate": (stranger(3).id, stranger(1).id)}


def test_a_profile_that_reads_its_own_files_otherwise_than_until_now_says_so() -> None:
    profile = parse_profile(HEAD + OWN["by-serial"], Path("oakfine"))
    own: dict[str, Any] = {"is_accepted": True, "profile": "oakfine"}
    candidates = [stranger(1, **own, camera_id="77"), stranger(2, **own, camera_id="CAM7")]
    found = dry_run(profile, with_profile(shipped(), profile, []), SETTINGS, candidates, Here())
    assert found.lost == {Owner("CAM7", "oakfine"): (stranger(2).id,)}
    other = parse_profile(HEAD + OWN["by-serial"].replace("Oakfine", "Elmfine"), Path("oakfine"))
    found = dry_run(other, with_profile(shipped(), other, []), SETTINGS, candidates, Here())
    assert sorted(owner.camera_id for owner in found.lost) == ["77", "CAM7"]
