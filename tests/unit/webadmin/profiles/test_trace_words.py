"""Why a profile did not claim a file, in words for people."""

import pytest

from tests.unit.webadmin.site import Site
from webadmin.profiles.trace_words import asked_of, asked_words, trace_words


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ("exif.Make: `BUSHNELL` lacks `^Willfine$`", "Make must be Willfine, not BUSHNELL"),
        ("exif.Make: not in the file", "Make is missing"),
        ("exif.Make or exif.Model: not in the file", "Make or Model is missing"),
        ("path: no match", "the upload path is of another form"),
        ("comment: `a; b` lacks `^UOV`; exif.GPS: not in the file",
         "the JPEG's comment must begin with UOV, not a; b; its GPS data is missing"),
        ("makernote.Firmware: `2` lacks `^3\\.`", "MakerNote Firmware must begin with 3., not 2"),
        ("exif.Software: `x` is there", "Software must be absent, and is x"),
        ("exif.Make: `` lacks `^A$`", "Make must be A, not empty"),
        ("exif.Make: `^A$` lacks `^[0-9]{4}`", "Make must be of another form, not ^A$"),
        ("every condition of it is met", "every condition of it is met"),
        ("reads no reports", "reads no reports"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_trace_is_said_without_patterns(because: str, words: str) -> None:
    assert trace_words(because) == words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "be there"),
        ("^Willfine$", "be Willfine"),
        (r"\AWillfine\Z", "be Willfine"),
        ("^SY", "begin with SY"),
        ("4G$", "end with 4G"),
        ("LTE", "have LTE in it"),
        ("^(A|B C)$", "be A or B C"),
        ("^(?:A|B)", "begin with A or B"),
        (r"^4\.0PCG\-R$", "be 4.0PCG-R"),
        (r"cost\$", "have cost$ in it"),
        ("(?i)^bushnell$", "be bushnell"),
        ("^(A|[0-9])$", "be of another form"),
        (r"^\d+$", "be of another form"),
        ("^A(B)$", "be of another form"),
        ("a|b", "be of another form"),
    ],
)
def test_what_a_pattern_asks_is_a_text_or_another_form(pattern: str, words: str) -> None:
    assert asked_words(pattern) == words


def test_a_profile_says_what_it_asks_for(site: Site) -> None:
    profiles = {one.id: one for one in site.app.extensions["camspool"].catalogue.profiles}
    willfine = profiles["willfine-4.0t-cg"].image
    assert willfine and "Make must begin with Willfine" in asked_of(willfine)
    for profile in profiles.values():
        for part in filter(None, (profile.image, profile.report)):
            assert not [said for said in asked_of(part) if "^" in said or "\\" in said], profile.id
