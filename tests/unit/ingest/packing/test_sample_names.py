"""Samples are named by upload paths that can be files, without a person's folders where these say nothing."""

from dataclasses import replace
from random import Random

from ingest.packing.replacing import Replacing, replacing
from ingest.packing.sample_names import sample_names
from ingest.profiles.samples import ARRIVAL
from ingest.reading.facts import Facts
from ingest.spool.sidecar import Sidecar
from ingest.trial import judge_as_sample
from tests.unit.ingest.packing.hostile import PROFILE, profile

REPORT = judge_as_sample(Facts("report", 1, report={"imei": "Gate"}), "a.txt", None, ARRIVAL, profile())
PHOTO = replace(REPORT, kind="image")
FREE = profile(PROFILE.replace(', "path"]', "]"))


def named(*files: tuple[str, Sidecar], by: Replacing = Replacing()) -> list[str | None]:  # noqa: B008
    return sample_names(files, FREE, by)


def test_folders_go_where_the_profile_reads_none_and_a_reason_is_one() -> None:
    assert named(("Jansen Farm/DCIM/1.JPG", PHOTO), ("x/2.JPG", replace(PHOTO, reason="missing_location"))) == [
        "1.JPG",
        "missing_location/2.JPG",
    ]


def test_folders_stay_where_it_reads_them_with_made_up_names() -> None:
    by = replacing(["Gate North"], {}, Random(1), keeps_letters=False)
    (name,) = sample_names([("Gate North/DCIM/1.JPG", PHOTO)], profile(), by)
    assert name and name.endswith("/DCIM/1.JPG") and "Gate" not in name


def test_several_of_one_name_lie_in_folders_and_a_json_report_is_no_expectation() -> None:
    assert named(("1.JPG", PHOTO), ("a/1.JPG", PHOTO), ("r.json", REPORT)) == ["1.JPG", "2/1.JPG", "r.json.1"]


def test_what_cannot_be_a_file_has_no_name() -> None:
    assert named(("a\nb.JPG", PHOTO), ("a\\b.JPG", PHOTO), ("x" * 300, PHOTO), ("..", PHOTO)) == [None] * 4
    assert sample_names([("../../etc/1.JPG", PHOTO)], profile(), Replacing()) == ["etc/1.JPG"]
