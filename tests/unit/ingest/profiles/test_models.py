"""A camera that is partly known is read as a known one is, and known by what it is itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import Answers, Decision, Draft, Given
from ingest.profiles.models import decide_model, model_of
from ingest.profiles.profile import Part, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import read_facts
from ingest.settings.values import Limits
from ingest.simulation.photos import swift_exif, swift_name
from ingest.simulation.reports import swift_report
from tests.samples.drawing import drawn
from tests.samples.judging import judge, shipped
from tests.samples.strangers import Bundle, bare, moments
from tests.samples.swift import IMEI, POSITION, WHEN

TODAY = date(2026, 5, 1)
KNOWN = shipped().profiles
INSTAR = bare(f"garden/lat52.1_lon5.{n}/A_{one:%Y-%m-%d_%H-%M-%S}.jpeg" for n, one in enumerate(moments()))


def other_firmware() -> Bundle:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"][0x0110] = b"4.5PCG-X"
    return [(swift_name(IMEI, WHEN, 1), drawn(exif, (64, 48)))]


def given(files: Bundle) -> list[Given]:
    return [Given(path, read_facts(one, len(one), path, Limits())) for path, one in files]


def drafted(files: Bundle, answers: Answers) -> tuple[Draft, Part]:
    made = draft("x", given(files), TODAY, answers, KNOWN)
    part = parse_profile(made.text, Path("x")).part("image")
    assert part is not None
    return made, part


def like(made: Draft, part: str = "image") -> Decision:
    return next(one for one in made.decisions if one.name == f"{part}.like")


def test_the_closest_profiles_are_offered_with_what_they_read_and_none_is_taken() -> None:
    made, _ = drafted(other_firmware(), {})
    decision = like(made)
    assert decision.chosen is not None and decision.chosen.key == "none"
    assert decision.choices[1].key == "swift-enduro-4.0pcg-r"
    assert decision.choices[1].reads == (f"{IMEI}, {WHEN.isoformat()}",)
    assert len(decision.choices) <= 6 and "canary" not in [one.key for one in decision.choices]


def test_the_model_gives_the_fields_and_the_camera_its_own_conditions() -> None:
    files = other_firmware()
    made, part = drafted(files, {"image.like": "swift-enduro-4.0pcg-r", "image.camera_id": "account"})
    model = next(one for one in KNOWN if one.id == "swift-enduro-4.0pcg-r").image
    assert model is not None
    assert (part.fields, part.path, part.require) == (model.fields, model.path, model.require)
    assert {one.shown: one.pattern.pattern for one in part.conditions} == {
        "exif.Make": "^SY$",
        "exif.Model": "^4\\.5PCG-X$",
    }
    profile = parse_profile(made.text, Path("x"))
    sidecar = judge(files[0][1], files[0][0], catalogue=Catalogue((profile,)))
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", IMEI)


def test_a_field_may_be_chosen_otherwise_under_a_model() -> None:
    made, _ = drafted(other_firmware(), {"image.like": "swift-enduro-4.0pcg-r"})
    place = next(one for one in made.decisions if one.field == "location")
    record = next(one.key for one in place.choices if one.key.startswith("record"))
    _, part = drafted(other_firmware(), {"image.like": "swift-enduro-4.0pcg-r", "image.location": record})
    assert part.fields["location"].sources == ("record",)
    assert "path.imei" in part.fields["camera_id"].sources


@pytest.mark.parametrize("profile", KNOWN, ids=lambda one: one.id)
def test_every_shipped_profile_can_be_a_model_or_is_not_offered(profile: Profile) -> None:
    for files in (other_firmware(), INSTAR):
        made, part = drafted(files, {"image.like": profile.id})
        chosen = like(made).chosen if any(one.field == "like" for one in made.decisions) else None
        if chosen and chosen.key == profile.id:
            assert profile.image is not None and set(part.fields) == set(profile.image.fields)


def test_reports_have_a_model_too_and_nonsense_is_none() -> None:
    files = [("a.txt", swift_report(IMEI, WHEN).replace(b"Total Pics", b"Pictures"))]
    made = draft("x", given(files), TODAY, {"report.like": "swift-enduro-4.0pcg-r"}, KNOWN)
    chosen = like(made, "report").chosen
    assert chosen is not None and chosen.key == "swift-enduro-4.0pcg-r"
    report = parse_profile(made.text, Path("x")).report
    assert report is not None and report.fields["reported_at"].formats[0].text == "%d/%m/%Y %H:%M:%S"
    assert draft("x", given(files), TODAY, {"report.like": "../x"}, KNOWN).text == draft("x", given(files), TODAY).text


def test_one_that_cannot_be_written_as_rules_is_no_model() -> None:
    swift = next(one for one in KNOWN if one.id == "swift-enduro-4.0pcg-r")
    assert swift.image is not None
    twice = replace(swift, image=replace(swift.image, conditions=swift.image.conditions * 2))
    assert decide_model("image", given(other_firmware()), [twice], None) is None
    with pytest.raises(ValueError, match="reads no reports"):
        model_of("report", next(one for one in KNOWN if one.id == "axis"))
