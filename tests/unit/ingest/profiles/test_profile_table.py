"""Profiles in words, and the table inside a page: what stands around it stays."""

from pathlib import Path

from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.profile_table import known_by, profiles_markdown, with_table

IMAGE = """
[image]
match = { "exif.Make" = '^Acme', "exif.Model | exif.Software" = 'X1' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = ["exif.BodySerialNumber", "account"] }
captured_at = { from = "exif.DateTime", format = "%Y:%m:%d %H:%M:%S" }
"""
REPORT = """
[report]
match = { "report.IMEI" = '' }
[report.fields]
camera_id = { from = "report.IMEI" }
"""
START, END = "<!-- table: camspool profiles --markdown -->\n", "<!-- end of table -->"


def profile(*parts: str) -> Profile:
    return parse_profile("\n".join(('name = "Acme X1"\nevidence = "a test"', *parts)), Path("acme-x1"))


def test_a_profile_is_known_by_its_photos_and_without_photos_by_its_reports() -> None:
    assert known_by(profile(IMAGE, REPORT)) == "exif.Make ~ ^Acme, exif.Model | exif.Software ~ X1"
    assert known_by(profile(REPORT)) == "report.IMEI ~ "
    without = IMAGE.replace("require", 'absent = ["comment"]\nrequire')
    assert known_by(profile(without)) == "exif.Make ~ ^Acme, exif.Model | exif.Software ~ X1, without comment"


def test_the_table_tells_where_ids_come_from_and_what_is_required() -> None:
    header, _, both, reports = profiles_markdown(
        [profile(IMAGE, REPORT), profile("confirmed = false", REPORT)]
    ).splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in (header, both, reports)]
    assert cells == [
        ["camera", "profile", "ID in photos", "ID in reports", "required", "confirmed"],
        [
            "Acme X1",
            "`acme-x1`",
            "`exif.BodySerialNumber`, `account`",
            "`report.IMEI`",
            "camera_id, captured_at",
            "yes",
        ],
        ["Acme X1", "`acme-x1`", "not read", "`report.IMEI`", "", "not yet"],
    ]


def test_an_id_that_is_the_same_for_every_file_is_told() -> None:
    always = REPORT.replace('from = "report.IMEI"', 'value = "gate-1"')
    assert "always `gate-1`" in profiles_markdown([profile(always)])


def test_only_what_stands_between_the_marks_of_a_page_is_replaced() -> None:
    page = f"before\n{START}old\ntable\n{END}\nafter\n"
    assert with_table(page, "new") == f"before\n{START}new\n{END}\nafter\n"
    assert with_table(with_table(page, "new"), "new") == with_table(page, "new")
