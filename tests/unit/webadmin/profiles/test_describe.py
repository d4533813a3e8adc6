"""What a profile's page says of it: conditions as sentences, samples with the verdict that is expected."""

import json
from pathlib import Path

from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Condition, Part, Profile
from ingest.settings.values import SHIPPED_PROFILES
from webadmin.profiles.describe import SAMPLES_SHOWN, Sample, conditions, samples


def _profile(folder: Path) -> Profile:
    return Profile("oak", str(folder), "Oak", "a test")


def _put(folder: Path, name: str, content: object) -> None:
    file = folder / "samples" / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def test_each_condition_is_a_sentence_with_all_places_it_is_looked_for_in() -> None:
    part = Part(
        (
            Condition(("exif.Make",), compiled("^Willfine")),
            Condition(("report.Total", "report.Send"), compiled("[0-9]")),
        ),
        {},
        absent=("exif.Model",),
    )
    assert conditions(part) == [
        "exif.Make matches ^Willfine",
        "report.Total or report.Send matches [0-9]",
        "exif.Model is absent",
    ]


def test_samples_are_listed_by_verdict_and_then_by_name_with_their_folder(tmp_path: Path) -> None:
    _put(tmp_path, "z.jpg", {"verdict": "accepted", "reason": None})
    _put(tmp_path, "no date/a.jpg", {"verdict": "rejected", "reason": "missing_datetime"})
    _put(tmp_path, "b.jpg", {"verdict": "accepted"})
    assert samples(_profile(tmp_path)) == [
        Sample("b.jpg", "accepted", ""),
        Sample("z.jpg", "accepted", ""),
        Sample("no date/a.jpg", "rejected", "missing_datetime"),
    ]


def test_what_expects_nothing_readable_is_passed_over(tmp_path: Path) -> None:
    for number, content in enumerate(("{", [], "null", {}, {"reason": "duplicate"})):
        _put(tmp_path, f"{number}.jpg", content)
    assert samples(_profile(tmp_path)) == []
    assert samples(_profile(tmp_path / "nowhere")) == []


def test_a_profile_with_very_many_samples_shows_a_part(tmp_path: Path) -> None:
    for number in range(SAMPLES_SHOWN + 5):
        _put(tmp_path, f"{number:03d}.jpg", {"verdict": "accepted"})
    assert [sample.name for sample in samples(_profile(tmp_path))] == [f"{n:03d}.jpg" for n in range(SAMPLES_SHOWN)]


def test_every_shipped_profile_has_samples_of_both_verdicts() -> None:
    for profile in load_catalogue([SHIPPED_PROFILES]).profiles:
        assert {sample.verdict for sample in samples(profile)} == {"accepted", "rejected"}, profile.id
