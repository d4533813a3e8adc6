"""What a profile's page says of it: conditions as sentences, samples with the verdict that is expected."""

import json
from pathlib import Path

from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.description import SAMPLES_SHOWN, Sample, conditions, faults, origin, samples, upload_names
from ingest.profiles.patterns import compiled
from ingest.profiles.profile import Condition, FieldRule, Part, Profile
from ingest.settings.values import SHIPPED_PROFILES


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


def _shipped(name: str) -> Profile:
    return next(one for one in load_catalogue([SHIPPED_PROFILES]).profiles if one.id == name)


def test_a_field_tells_its_sources_in_words_and_each_of_them_once() -> None:
    found = origin(FieldRule(("path.a", "path.b", "account", "makernote.SerialNumber", "report.IMEI"), "text"))
    assert (
        found == "the upload path, else the camera's own account, else MakerNote SerialNumber, else the report's IMEI"
    )
    assert origin(FieldRule(("{date} {time}",), "datetime")) == "its parts put together: {date} {time}"
    assert origin(FieldRule((), "text", value="gate-1")) == "always gate-1"


def test_names_are_those_that_the_camera_sends_and_not_the_folders_of_the_samples() -> None:
    willfine, hikvision = _shipped("willfine-4.0t-cg"), _shipped("hikvision")
    names = [one.name for one in upload_names(willfine, samples(willfine))]
    assert names[0] == "E1000159.JPG"
    assert names[-1] == "861943070068027-30042026154607-dr.txt"
    assert not any("/" in name for name in names)
    shown = {one.name: one for one in upload_names(hikvision, samples(hikvision))}
    assert shown["gate_733804851_20260430154607748_MOTION_DETECTION.jpg"].camera_id == "733804851"
    assert shown["192.168.0.64_01_20260430154607123_MOTION_DETECTION.jpg"].account == "gate-north"


def test_folders_that_the_camera_makes_belong_to_its_names() -> None:
    reolink = _shipped("reolink")
    names = [one.name for one in upload_names(reolink, samples(reolink))]
    assert "2026/04/30/Gate North_00_20260430154607.jpg" in names
    assert not any("own-account" in name for name in names)


def test_what_goes_wrong_is_told_once_and_without_what_is_of_other_cameras() -> None:
    found = [
        Sample("a.jpg", "rejected", "missing_datetime"),
        Sample("b.jpg", "rejected", "missing_datetime"),
        Sample("c.jpg", "rejected", "no_matching_profile"),
        Sample("d.jpg", "accepted", "", warnings=("truncated",)),
    ]
    assert {code: one.name for code, one in faults(found).items()} == {
        "missing_datetime": "a.jpg",
        "truncated": "d.jpg",
    }
