"""Matching: all conditions, each profile for itself, and what failed with which value."""

from dataclasses import replace
from pathlib import Path
from time import process_time

from ingest.profiles.matching import Answers, match, seen_by
from ingest.profiles.profile import Part, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject


def profile(id_: str, conditions: str, part: str = "image") -> Profile:
    text = f"""
    name = "n"
    evidence = "e"
    [{part}]
    match = {{ {conditions} }}
    {'require = ["camera_id"]' if part == "image" else ""}
    [{part}.fields]
    camera_id = {{ from = "account" }}
    """
    return parse_profile(text, Path(id_))


def because(subject: Subject, one: Profile) -> str:
    (trace,) = match(subject, [one]).trace
    return trace.because


PHOTO = Subject("image", "INSTAR/a.jpg", "camera", {"Make": "SY", "Model": "4.0PCG"})


def test_it_works() -> None:
    right = profile("right", "\"exif.Make\" = '^sy$', \"exif.Model\" = '4.0pcg'")
    wrong = profile("wrong", "\"exif.Make\" = 'Willfine'")
    matching = match(PHOTO, [right, wrong])
    assert matching.claims == (right,)
    assert [trace.matched for trace in matching.trace] == [True, False]


def test_every_condition_that_fails_is_named_with_its_value() -> None:
    one = profile("one", "\"exif.Make\" = '^X$', \"exif.Model\" = '-R', \"exif.Software\" = ''")
    assert because(PHOTO, one) == (
        "exif.Make: `SY` lacks `^X$`; exif.Model: `4.0PCG` lacks `-R`; exif.Software: not in the file"
    )


def test_a_path_that_does_not_fit_is_just_no_match() -> None:
    assert because(PHOTO, profile("one", "path = '^OTHER/'")) == "path: no match"


def test_alternatives_need_only_one() -> None:
    report = Subject("report", "a.txt", report={"send": ""})
    either = profile("one", "\"report.Total | report.Send\" = ''", "report")
    assert match(report, [either]).claims == (either,)
    assert because(Subject("report", "a.txt"), either) == "report.Total | report.Send: not in the file"


def test_a_source_may_have_to_be_absent() -> None:
    one = parse_profile(
        """
        name = "n"
        evidence = "e"
        [image]
        match = { path = '^INSTAR/' }
        absent = ["exif.Make", "comment"]
        require = ["camera_id"]
        [image.fields]
        camera_id = { from = "account" }
        """,
        Path("one"),
    )
    bare = Subject("image", "INSTAR/a.jpg", "camera", {"Make": "", "Model": "x"})
    assert match(bare, [one]).claims == (one,)
    assert because(PHOTO, one) == "exif.Make: `SY` is there"
    assert because(Subject("image", "INSTAR/a.jpg", comment=b"hi"), one) == "comment: `hi` is there"


def test_a_pattern_that_takes_too_long_costs_its_own_profile_the_file_and_no_other() -> None:
    hostile = [profile(f"hostile{number}", "\"exif.Make\" = '(a+)+$'") for number in range(60)]
    right = profile("right", "\"exif.Model\" = '^X.*$', path = '^(?:a+/)?b'")
    subject = Subject("image", "a/b.jpg", None, {"Make": "a" * 900 + "!", "Model": "X1"})
    began = process_time()
    matching = match(subject, [right, *hostile])
    assert process_time() - began < 5
    assert matching.claims == (right,)
    assert "the pattern `(a+)+$` takes too long" in matching.trace[1].because


def test_a_profile_whose_groups_take_too_long_does_not_claim_a_file() -> None:
    one = parse_profile(
        """
        name = "n"
        evidence = "e"
        [image]
        match = { "exif.Make" = "a" }
        find = { "exif.Make" = '(?P<id>(a+)+)$' }
        require = ["camera_id"]
        [image.fields]
        camera_id = { from = "{id}" }
        """,
        Path("one"),
    )
    subject = Subject("image", "a.jpg", None, {"Make": "a" * 900 + "!"})
    assert "takes too long" in because(subject, one)
    assert seen_by(subject, one.image or Part((), {})).groups == {}


def test_what_profiles_said_to_a_camera_type_is_known_for_its_next_file() -> None:
    by_type = profile("by-type", "\"exif.Make\" = '^X', \"exif.Model\" = '.'")
    by_path = profile("by-path", "\"exif.Make\" = '^X', path = '^INSTAR'")
    reports = profile("reports", "\"report.IMEI\" = ''", "report")
    right = profile("right", "\"exif.Make\" = '^SY'")
    everyone, answers = [by_type, by_path, reports, right], Answers()
    first = match(PHOTO, everyone, answers)
    assert [set(known) for known in answers.values()] == [{"by-type", "reports"}]
    again = match(replace(PHOTO, path="OTHER/b.jpg"), everyone, answers)
    assert again == match(replace(PHOTO, path="OTHER/b.jpg"), everyone)
    assert (again.claims, again.trace[0]) == ((right,), first.trace[0])
    assert again.trace[1].because == "exif.Make: `SY` lacks `^X`; path: no match"
    other = Subject("image", "INSTAR/a.jpg", exif={"Make": "X", "Model": "Y"})
    assert match(other, everyone, answers) == match(other, everyone)
    assert len(answers) == 2


def test_an_answer_that_was_given_up_is_not_kept_and_ever_new_types_fill_no_memory() -> None:
    hostile = profile("hostile", "\"exif.Make\" = '(a+)+$'")
    answers = Answers()
    match(Subject("image", "a.jpg", exif={"Make": "a" * 900 + "!"}), [hostile], answers)
    assert [known for known in answers.values() if known] == []
    for number in range(2000):
        match(Subject("image", "a.jpg", exif={"Make": str(number)}), [hostile], answers)
    assert len(answers) <= 500


def test_a_profile_without_reports_says_so() -> None:
    assert because(Subject("report", "a.txt"), profile("one", "path = ''")) == "reads no reports"


def test_hostile_values_stay_on_one_line() -> None:
    hostile = Subject("image", "a", None, {"Make": "a\nb\x1b[31m" + "x" * 1000})
    shown = because(hostile, profile("one", "\"exif.Make\" = '^SY'"))
    assert shown.isprintable()
    assert len(shown) < 120
