"""Matching: all conditions, each profile for itself, and what failed with which value."""

from dataclasses import replace
from pathlib import Path
from time import process_time

from ingest.profiles.matching import Answers, asks_for_makernotes, match, meets, seen_by, unmet
from ingest.profiles.profile import Part, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject, subject_of
from ingest.reading.facts import read_facts
from ingest.reading.makernotes import Makernotes
from ingest.settings.values import Limits
from ingest.simulation.photos import willfine_photo
from tests.reconyx import PROFILE, hyperfire_photo
from tests.samples.judging import shipped
from tests.samples.tried import files
from tests.samples.willfine import IMEI, WHEN


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
    assert [set(known) for known in answers.values()] == [{"by-type", "by-path", "reports"}]
    assert (again.claims, again.trace[0]) == ((right,), first.trace[0])
    assert again.trace[1].because == "exif.Make: `SY` lacks `^X`; path: no match"
    for path in ("INSTAR/a.jpg", "instar", "b/INSTAR", "\u0130NSTAR/a.jpg"):
        assert match(replace(PHOTO, path=path), everyone, answers) == match(replace(PHOTO, path=path), everyone)
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


def asks(photo: bytes, *conditions: str, path: str = "a/IMG_1.JPG", account: str | None = None) -> bool:
    facts = read_facts(photo, len(photo), path, Limits())
    return asks_for_makernotes(facts, path, account, [profile("one", condition) for condition in conditions])


def test_a_makernote_is_asked_for_where_all_other_conditions_of_its_profile_are_found() -> None:
    serial = "\"makernote.SerialNumber\" = '^H5'"
    assert asks(hyperfire_photo(), f"\"exif.Make\" = '^RECONYX$', {serial}")
    assert asks(hyperfire_photo(), "\"exif.Make\" = 'Willfine'", f"path = '^a/', {serial}")
    assert asks(hyperfire_photo(), serial)
    assert not asks(hyperfire_photo(), f"\"exif.Make\" = '^Browning', {serial}", "path = '^a/'")
    assert not asks(hyperfire_photo(), f"path = '^b/', {serial}")
    assert not asks(willfine_photo(IMEI, WHEN, 52.1, 5.1, seed=1, size=(64, 48)), serial)


def test_a_makernote_is_asked_for_where_a_field_a_group_or_an_absence_needs_it() -> None:
    facts = read_facts(photo := hyperfire_photo(), len(photo), "a.jpg", Limits())
    wanting = (
        ('from = "account"', 'from = "makernote.SerialNumber"'),
        ('from = "account"', 'from = "{makernote.SerialNumber}-1"'),
        ("[image.fields]", 'absent = ["makernote.SerialNumber"]\n[image.fields]'),
    )
    for old, new in wanting:
        text = (
            PROFILE.replace("makernote.SerialNumber", "account")
            .replace("makernote.", "exif.")
            .replace('from = "account"', new if old.startswith("from") else 'from = "account"')
            .replace("[image.fields]", new if old.startswith("[") else "[image.fields]")
        )
        assert asks_for_makernotes(facts, "a.jpg", None, [parse_profile(text, Path("one"))])
    text = PROFILE.replace("makernote.SerialNumber", "account").replace("makernote.", "exif.")
    assert not asks_for_makernotes(facts, "a.jpg", None, [parse_profile(text, Path("one"))])


def test_a_condition_on_a_makernote_that_could_not_be_read_says_why() -> None:
    one = profile("one", "\"makernote.SerialNumber\" = '^H5'")
    assert because(PHOTO, one) == "makernote.SerialNumber: not in the file"
    read = replace(PHOTO, makernotes=Makernotes({"SerialNumber": "H600"}))
    assert because(read, one) == "makernote.SerialNumber: `H600` lacks `^H5`"
    unread = replace(PHOTO, makernotes=Makernotes(problem="exiftool took more than 4 seconds."))
    assert because(unread, one) == "makernote.SerialNumber: exiftool took more than 4 seconds."


def test_the_quick_look_says_the_same_as_the_reasons_for_samples_of_all_profiles() -> None:
    for file in files():
        if file.facts.kind == "other":
            continue
        subject = subject_of(file.facts, file.facts.kind, file.path, file.account)
        for profile in shipped().profiles:
            part = profile.part(subject.part)
            assert part is None or meets(subject, part) == (not unmet(subject, part)), (file.path, profile.id)
