"""A text and the choices of its draft stay in step: a draft with the answers in a text says what the text says."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.answers import answers_in, is_same
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import Answers, Given
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, parse_profile
from ingest.profiles.samples import find_samples
from ingest.profiles.written_back import zone_of
from ingest.reading.facts import read_facts
from ingest.settings.values import SHIPPED_PROFILES, Limits
from ingest.simulation.photos import swift_exif, swift_name
from ingest.simulation.reports import swift_report
from tests.samples.drawing import drawn
from tests.samples.judging import shipped
from tests.samples.strangers import FIRST, Bundle, bare, commented, moments, original, tagged
from tests.samples.swift import IMEI, POSITION, WHEN

TODAY = date(2026, 5, 1)
IDS = [one.id for one in shipped().profiles]


def given(files: Bundle) -> list[Given]:
    return [Given(path, read_facts(content, len(content), path, Limits()), "ridge") for path, content in files]


@lru_cache
def samples(id_: str) -> tuple[Given, ...]:
    profile = next(one for one in shipped().profiles if one.id == id_)
    return tuple(given([(one.upload_path, one.file.read_bytes()) for one in find_samples(profile)]))


SWIFT = [(swift_name(IMEI, WHEN, 1), drawn(swift_exif(WHEN, *POSITION), (64, 48))), ("a.txt", swift_report(IMEI, WHEN))]
TACTACAM = bare(f"016719001060737-28-4-{one:%m%d%Y%H%M%S}-SYFW0001{n}.JPG" for n, one in enumerate(moments()))
BUNDLES = {
    "swift": SWIFT,
    "tactacam": TACTACAM,
    "reolink": bare(f"camera/{one:%Y/%m/%d}/Gate North_01_{one:%Y%m%d%H%M%S}.jpg" for one in moments()),
    "folders": bare(["cam7/2026-11-21/event93/01-15-30.jpg"]),
    "comment": commented("snap.jpg", "SN=ACCC8E123456 TS=2026-11-21 01:15:30"),
    "tagged": [("a.jpg", tagged("X", "", original(FIRST), "ID=UO001;TEMP=12C", Software="BS686A1"))],
    "report": SWIFT[1:],
}


def agree(text: str, files: Sequence[Given]) -> dict[str, str]:
    """Fail unless the draft from these files says what the text says; return the answers that it took."""
    answers = answers_in(text, files, TODAY)
    made = draft("other name", files, TODAY, answers).text
    one, other = parse_profile(made, Path("x")), parse_profile(text, Path("x"))
    assert [is_same(one.part(part), other.part(part)) for part in ("image", "report")] == [True, True], made
    assert head(one) == head(other)
    return answers


def head(profile: Profile) -> tuple[object, ...]:
    told = (profile.name, profile.evidence, profile.notes, profile.confirmed, profile.connection_test)
    return (*told, zone_of(profile))


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.parametrize("files", ["its own", "reolink", "swift", "report", "none"])
def test_every_shipped_profile_can_be_said_in_answers_whatever_files_there_are(id_: str, files: str) -> None:
    text = (SHIPPED_PROFILES / id_ / FILE).read_text()
    chosen = samples(id_) if files == "its own" else given(BUNDLES.get(files, []))
    agree(text, chosen)


@pytest.mark.parametrize("name", BUNDLES)
def test_every_draft_can_be_said_in_answers_with_choices_for_all_that_are_choices(name: str) -> None:
    files = given(BUNDLES[name])
    plain = draft("x", files, TODAY)
    answers = agree(plain.text, files)
    assert [one for one in answers if ".own." in one and not one.endswith((".name", ".notes"))] == []
    for decision in plain.decisions:
        for choice in decision.choices[1:2]:
            made = draft("x", files, TODAY, {decision.name: choice.key})
            if made.text != plain.text:
                agree(made.text, files)


EDITS = [
    ('from = "exif.DateTimeOriginal", as', 'from = ["exif.DateTimeOriginal", "exif.DateTime"], as'),
    ("[image]", 'zone = "Africa/Nairobi"\nconfirmed = false\n\n[image]'),
    ("[image]\n", '[image]\nencoding = "gbk"\n'),
    ("[image]\nmatch = { ", "[image]\nmatch = { \"exif.Make | exif.Artist\" = 'S', "),
    ("[image]\nmatch = { ", '[image]\nabsent = ["xmp.a:b"]\nmatch = { "exif.Make " = \'S\', '),
    ("^SY$", "^S"),
    ('location = { from = ["exif.GPS", "record"] }\n', 'location = { from = "exif.GPS" }\n'),
    (', "location"]\n\n[image.fields]', "]\n\n[image.fields]"),
    ('require = ["camera_id", "captured_at", "location"]', 'require = ["camera_id", "location"]'),
    ("[report]", '[connection_test]\npath = "x"\n\n[report]'),
    ('camera_id = { from = "{id}", check = "imei" }', 'camera_id = { from = ["{id}", "account"] }'),
]


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_a_draft_that_was_edited_is_said_with_own_rules_where_no_choice_says_so(old: str, new: str) -> None:
    files = given(SWIFT)
    text = draft("x", files, TODAY).text
    assert old in text
    agree(text.replace(old, new), files)


def test_an_own_rule_is_a_choice_beside_the_others_and_gives_way_to_one_of_them() -> None:
    files = given(SWIFT)
    text = draft("x", files, TODAY).text.replace('from = "{id}", check = "imei"', 'from = "{id}-{exif.Make}"')
    answers: Answers = agree(text, files)
    camera = next(one for one in draft("x", files, TODAY, answers).decisions if one.name == "image.camera_id")
    assert camera.chosen is not None
    assert (camera.chosen.key, camera.chosen.words, camera.chosen.reads) == (
        "own",
        "as the profile says",
        (f"{IMEI}-SY",),
    )
    for choice in camera.choices:
        again = draft("x", files, TODAY, {**answers, "image.camera_id": choice.key})
        image = parse_profile(again.text, Path("x")).image
        assert image is not None
        assert (image.fields["camera_id"].sources == ("{id}-{exif.Make}",)) == (choice.key == "own")


def test_a_field_may_be_left_out() -> None:
    files = given(SWIFT)
    text = draft("x", files, TODAY, {"image.require.location": "may"}).text
    lines = [line for line in text.splitlines() if not line.startswith("location = { from = [")]
    assert len(lines) < len(text.splitlines())
    agree("\n".join(lines), files)


def test_a_text_that_is_no_profile_says_why() -> None:
    with pytest.raises(CamspoolError, match="camera_id is missing"):
        answers_in('name = "x"\nevidence = "x"\n[image]\nmatch = { path = "x" }\n[image.fields]\n', [], TODAY)


HOSTILE = [
    "]",
    "1\n[image]",
    "'''",
    '{ from = "record" }',
    '{ match = { path = "(" } }',
    "{ fields = { camera_id = 1 } }",
]


@pytest.mark.parametrize("text", [*HOSTILE, "-", "false", "{}", '{ from = "{x}" }', "['(?P<id>.)']", "9" * 5000])
@pytest.mark.parametrize("name", ["camera_id", "part", "path", "find", "known.path", "known.x y", "zone", "encoding"])
def test_a_rule_that_no_profile_can_have_counts_for_none(name: str, text: str) -> None:
    for part in ("image", "report"):
        made = draft("x", given(SWIFT), TODAY, {f"{part}.own.{name}": text, f"{part}.{name}": "own"})
        parse_profile(made.text, Path("x"))
