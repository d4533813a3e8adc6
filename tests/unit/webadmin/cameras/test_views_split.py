"""An ID that several cameras feed is shown, split into cameras for past and future, or settled as one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.settings.values import Cameras, Settings
from ingest.spool.assignments import Assignment, assignments_in
from ingest.spool.camera_records import read_camera_record, registers, write_camera_record
from ingest.spool.sidecar import Sidecar, Warn
from tests.unit.webadmin.site import Person, Site, accepted, make_site, photo, rejected

MIXED = (Warn("mixed_camera", "The ID camera is fed by two."),)
SPLIT = "/cameras/camera/split"
TO_GATE = {"by": "make", "key": ["browning", "willfine"], "to": ["Gate North", "camera"]}
SURE = {"confirmed": "1", "lasting": "1", "why": "two cameras"}


def put(site: Site, minutes: int, make: str, **changes: Any) -> Sidecar:
    exif = {"Make": make, "Model": "M"} if make else {}
    values = {"camera_id": "camera", "exif": exif, "upload_path": f"{minutes}.jpg", **changes}
    return site.put(accepted(timedelta(minutes=minutes), **values), photo(minutes))


@pytest.fixture
def mixed(site: Site) -> list[Sidecar]:
    """Two photos of each of two makes, and a rejected one, under one ID."""
    made = [put(site, 9, "Willfine"), put(site, 8, "Browning"), put(site, 7, "Willfine")]
    made.append(put(site, 6, "Browning", warnings=MIXED))
    refused = rejected(timedelta(minutes=5), camera_id="camera", exif={"Make": "Browning"}, upload_path="5.jpg")
    return [*made, site.put(refused, photo(5))]


def cameras(admin: Person) -> dict[str, str]:
    """Return what the table of cameras says is to see to, by camera."""
    rows = admin.get("/cameras?format=csv").text.splitlines()
    header = rows[0].split(",")
    return {row.split(",")[0]: row.split(",")[header.index("attention")] for row in rows[1:]}


def test_overview_camera_and_file_say_it_with_what_to_do(site: Site, admin: Person, mixed: list[Sidecar]) -> None:
    overview = admin.get("/overview").text
    assert "Several cameras under one ID" in overview and "is fed by Browning M as well as Willfine M" in overview
    assert (
        "Browning M (willfine-4.0t-cg, account camera): 2 photos, the first" in overview
        and "several cameras in one" in overview
    )
    page = admin.get("/cameras/camera").text
    assert "Fed by Browning M as well as Willfine M" in page and "This is one camera" in page
    item = admin.get(f"/files/{mixed[3].id}").text
    assert "mixed camera" in item and "Split the files of this ID, or say that it is one camera" in item


def test_the_page_shows_groups_with_number_span_and_pictures(site: Site, admin: Person, mixed: list[Sidecar]) -> None:
    page = admin.get(SPLIT).text
    assert page.index("Browning") < page.index("Willfine")
    assert "3 files, 1 of them rejected" in page
    assert all(f"/files/{one.id}/thumbnail" in page for one in mixed)
    assert "without an account" not in admin.get(f"{SPLIT}?by=account").text
    spans = admin.get(f"{SPLIT}?by=span&cut=2020-01-01T00:00&cut=nonsense").text
    assert "from 2020-01-01 00:00" in spans and "until" not in spans.split("New camera from")[1].split("</form>")[1]


def test_a_split_is_shown_first_and_then_holds_for_past_and_future(
    site: Site, admin: Person, mixed: list[Sidecar]
) -> None:
    preview = admin.send(SPLIT, TO_GATE).text
    assert (
        "Split camera like this?" in preview
        and "Gate_North <small>new</small>" in preview
        and "go there too" in preview
    )
    assert site.requests() == []
    admin.send(SPLIT, {**TO_GATE, **SURE})
    edit, correct = site.requests()
    assert assignments_in(edit["record"]) == (Assignment("Gate_North", make="Browning"),)
    assert (correct["action"], correct["value"], correct["why"], correct["by"]) == (
        *("correct", "Gate_North", "two cameras", "anna"),
    )
    assert sorted(correct["ids"]) == sorted(mixed[number].id for number in (1, 3, 4))
    site.watch()
    assert "Fed by" not in cameras(admin)["camera"] and set(cameras(admin)) == {"camera", "Gate_North"}
    assert "Several cameras under one ID" not in admin.get("/overview").text
    assert "3 files match" in admin.get("/files?camera=Gate_North").text
    assert "warnings: mixed camera" not in admin.get("/files?camera=Gate_North").text


def test_without_the_future_only_what_is_here_is_given_away(site: Site, admin: Person, mixed: list[Sidecar]) -> None:
    del mixed
    admin.send(SPLIT, {**TO_GATE, "confirmed": "1"})
    assert [one["action"] for one in site.requests()] == ["correct"]
    assert site.requests()[0]["why"] == "Split by make."


def test_files_without_a_make_go_and_what_is_to_come_of_them_stays(site: Site, admin: Person) -> None:
    put(site, 9, "Willfine")
    put(site, 8, "")
    form = {"by": "make", "key": [""], "to": ["Pond"]}
    assert "stay with camera: nothing tells them apart" in admin.send(SPLIT, form).text
    admin.send(SPLIT, {**form, **SURE})
    assert [one["action"] for one in site.requests()] == ["correct"]


def test_a_span_is_given_away_for_past_and_future(site: Site, admin: Person) -> None:
    old, new = put(site, 6000, "Willfine"), put(site, 5, "Willfine")
    cut = accepted(timedelta(minutes=3000)).captured_at or ""
    admin.send(SPLIT, {"by": "span", "cut": [cut], "key": ["1"], "to": ["Pond"], **SURE})
    edit, correct = site.requests()
    assert [one["from"] for one in edit["record"]["assignments"]] == [cut]
    assert correct["ids"] == [new.id] and old.id not in correct["ids"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"by": "make"}, "Nothing was chosen"),
        ({**TO_GATE, "to": ["camera", ""]}, "Nothing was chosen"),
        ({**TO_GATE, "to": ["../x", "camera"]}, "cannot be a camera&#39;s ID"),
        ({**TO_GATE, "key": ["gone"], "to": ["Pond"]}, "Nothing was chosen"),
    ],
)
def test_what_cannot_be_split_is_a_sentence_and_changes_nothing(
    site: Site, admin: Person, mixed: list[Sidecar], form: dict[str, Any], said: str
) -> None:
    del mixed
    assert said in admin.send(SPLIT, {**form, **SURE}).text
    assert site.requests() == []


def test_only_a_camera_has_files_to_split(site: Site, admin: Person) -> None:
    assert admin.get("/cameras/nobody/split").status_code == 404
    assert admin.get("/cameras/..%2Fx/split").status_code == 404
    write_camera_record(site.root, "camera", {})
    assert "Nothing is here under this ID" in admin.get(SPLIT).text
    assert admin.send("/cameras/camera/move-all", {}).status_code == 400


def test_one_camera_is_settled_until_a_further_make_comes(site: Site, admin: Person, mixed: list[Sidecar]) -> None:
    admin.send("/cameras/camera/one-camera", {})
    site.watch()
    record = read_camera_record(site.root, "camera") or {}
    assert (record["registered"], record["one_camera"]["by"], len(record["one_camera"]["looks"])) == (False, "anna", 2)
    assert "This is one camera" not in admin.get("/cameras/camera").text
    assert "That was settled since." in admin.get(f"/files/{mixed[3].id}").text
    put(site, 1, "Cuddeback")
    assert "This is one camera" in admin.get("/cameras/camera").text


def test_an_id_that_is_another_name_gives_its_files_away(site: Site, admin: Person, mixed: list[Sidecar]) -> None:
    write_camera_record(site.root, "camera", {"assignments": [{"camera_id": "Oak"}]})
    assert "Give Oak these files as well" in admin.get("/cameras/camera").text
    answer = admin.send("/cameras/camera/move-all", {})
    assert answer.headers["Location"] == "/cameras/Oak"
    (correct,) = site.requests()
    assert (correct["value"], len(correct["ids"])) == ("Oak", len(mixed))
    site.watch()
    assert "Give Oak" not in admin.get("/cameras/camera").text


def test_a_camera_that_was_named_here_is_entered_where_only_entered_ones_may_send(tmp_path: Path) -> None:
    site = make_site(tmp_path, Settings(cameras=Cameras(must_be_registered=True)))
    admin = site.admin()
    write_camera_record(site.root, "camera", {"registered": True})
    put(site, 9, "Willfine")
    put(site, 8, "Browning")
    admin.send(SPLIT, {**TO_GATE, **SURE})
    site.watch()
    assert registers(read_camera_record(site.root, "Gate_North"))
