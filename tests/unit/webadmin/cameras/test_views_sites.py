"""Sites of a camera: entered, taken away, read from its photos; and what waited for a position is tried again."""

from datetime import timedelta

import pytest

from ingest.requests import answers
from ingest.spool.camera_records import read_camera_record, write_camera_record
from ingest.spool.carried import carried_in
from ingest.spool.sites import sites_in
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.cameras.views_sites import read_site

SITES = f"/cameras/{CAMERA}/sites"
GATE = {"name": " North gate ", "position": "52.09877, 5.12534", "from": "2026-04-01T14:00"}


def test_a_site_is_entered_and_what_waits_for_a_position_is_tried_again(site: Site, admin: Person) -> None:
    waiting = [site.put(rejected(reason=reason), photo()) for reason in ("missing_location", "invalid_location")]
    site.put(rejected(reason="missing_location", camera_id="another"), photo(2))
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "2 files wait</b>" not in page and "<b>2 files wait for a position</b>" in page
    answer = admin.send(SITES, GATE)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cameras/{CAMERA}")
    edit, requeue = site.requests()
    assert edit["record"] == {
        "registered": False,
        "sites": [
            {
                "name": "North gate",
                "latitude": 52.09877,
                "longitude": 5.12534,
                "from": "2026-04-01T14:00:00",
                "until": None,
            }
        ],
    }
    assert (requeue["action"], sorted(requeue["ids"])) == ("requeue", sorted(one.id for one in waiting))


def test_a_second_site_ends_the_first_and_each_can_be_taken_away(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak", "latitude": 52.5, "longitude": 5.5})
    site.put(accepted(), photo())
    admin.send(SITES, GATE)
    site.watch()
    page = admin.get(f"/cameras/{CAMERA}").text
    assert page.index("North gate") < page.index("52.50000, 5.50000") and "2026-04-01 14:00" in page
    admin.send(f"{SITES}/remove", {"start": "2026-04-01T14:00:00"})
    site.watch()
    (left,) = sites_in(read_camera_record(site.root, CAMERA))
    assert left.position == (52.5, 5.5)
    admin.send(f"{SITES}/remove", {"start": ""})
    site.watch()
    assert read_camera_record(site.root, CAMERA) == {"name": "Oak", "sites": []}


@pytest.mark.parametrize(
    "typed", ["52,09877, 5,12534", "52.09877N 5.12534E", "https://maps.google.com/?q=52.09877,5.12534"]
)
def test_a_position_is_understood_as_maps_and_people_write_it(site: Site, admin: Person, typed: str) -> None:
    site.put(rejected(reason="missing_location"), photo())
    admin.send(SITES, GATE | {"position": typed})
    site.watch()
    assert [one.position for one in sites_in(read_camera_record(site.root, CAMERA))] == [(52.09877, 5.12534)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"position": "north of the oak"}, "The site was not entered: the position is `north of the oak`; expected"),
        ({"position": "52,09877"}, "The site was not entered: the position is 52.0, 9877.0"),
        ({"position": "91, 5"}, "The site was not entered: the position is 91.0, 5.0"),
        ({"position": "0, 0"}, "The site was not entered: the position is exactly 0, 0"),
        ({"position": ""}, "The site was not entered"),
        ({"from": "last spring"}, "its start was not understood; write it as 2026-04-01T14:00"),
    ],
)
def test_what_cannot_be_a_site_is_a_sentence_and_changes_nothing(
    site: Site, admin: Person, typed: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 0.0)
    site.put(rejected(reason="missing_location"), photo())
    page = admin.send(SITES, GATE | typed, follow_redirects=True).text
    assert said in page
    assert site.requests() == []


def test_a_site_belongs_to_a_camera_id_and_to_nothing_else(site: Site, admin: Person) -> None:
    assert admin.send("/cameras/..%2Fx/sites", GATE).status_code == 404
    assert admin.send("/cameras/.hidden/sites/remove", {}).status_code == 404
    site.put(accepted(), photo())
    assert admin.send(f"{SITES}/remove", {"start": "yesterday"}).status_code == 400
    assert site.requests() == []


def test_positions_are_read_as_reports_and_maps_write_them() -> None:
    assert read_site("", """S32*56'06" E117*09'36\"""", "").position == (-32.935, 117.16)
    assert read_site("", "52,09877, 5,12534", "").position == (52.09877, 5.12534)
    assert read_site("a\x1b[2Jb", "52.1 5.2", "").name.isprintable()


def test_an_item_and_its_cause_lead_to_the_site_of_their_camera(site: Site, admin: Person) -> None:
    item = site.put(rejected(reason="missing_location"), photo())
    lost = site.put(rejected(reason="missing_location", camera_id=None), photo(2))
    link = f'href="/cameras/{CAMERA}#sites"'
    assert link in admin.get(f"/files/{item.id}").text
    assert "#sites" not in admin.get(f"/files/{lost.id}").text
    assert admin.get("/overview").text.count(link) == 1


def test_the_new_position_is_accepted_and_the_rest_of_the_record_stays(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak", "latitude": 52.5, "longitude": 5.5})
    site.put(accepted(timedelta(hours=3), upload_path="3.jpg", latitude=52.5, longitude=5.5), photo(3))
    first, _ = moved(site)
    assert f"New site since {first.replace('T', ' ')[:16]}</button>" in admin.get(f"/cameras/{CAMERA}").text
    admin.send(f"/cameras/{CAMERA}/accept-position", {})
    site.watch()
    old, new = sites_in(read_camera_record(site.root, CAMERA))
    assert (old.position, new.position, old.end) == ((52.5, 5.5), (52.098767, 5.125342), new.start)
    assert new.start is not None and new.start.isoformat() == first
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "New site since" not in page and "<title>A former site, until " in page


def moved(site: Site) -> tuple[str, str]:
    """Put two photos elsewhere; return when they were taken."""
    there = [site.put(accepted(timedelta(hours=hours), upload_path=f"{hours}.jpg"), photo(hours)) for hours in (2, 1)]
    first, last = (one.captured_at or "" for one in there)
    return first, last


def test_a_camera_that_was_only_carried_about_stands_where_it_stood(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak", "latitude": 52.5, "longitude": 5.5})
    first, last = moved(site)
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "Moved " in page and "It was only carried about</button>" in page
    admin.send(f"/cameras/{CAMERA}/carried", {})
    site.watch()
    (carried,) = carried_in(read_camera_record(site.root, CAMERA))
    assert (carried.start.isoformat(), carried.end.isoformat(), carried.by) == (first, last, "anna")
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "Moved " not in page and "52.50000, 5.50000</a></dd>" in page and "Carried about" in page
    assert admin.send(f"/cameras/{CAMERA}/carried/remove", {"start": "yesterday"}).status_code == 400
    admin.send(f"/cameras/{CAMERA}/carried/remove", {"start": first})
    site.watch()
    assert read_camera_record(site.root, CAMERA) == {"name": "Oak", "latitude": 52.5, "longitude": 5.5}
    assert "Moved " in admin.get(f"/cameras/{CAMERA}").text


def test_when_nobody_knows_when_a_camera_was_carried_that_is_said(site: Site, admin: Person) -> None:
    site.put(accepted(captured_at=None), photo())
    assert "Nothing is known of when" in admin.send(f"/cameras/{CAMERA}/carried", {}, follow_redirects=True).text
    assert site.requests() == []


def test_accepting_a_position_registers_nobody(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    admin.send(f"/cameras/{CAMERA}/accept-position", {})
    stands = {"name": "", "latitude": 52.098767, "longitude": 5.125342, "from": None, "until": None}
    assert site.requests()[0]["record"] == {"registered": False, "sites": [stands]}


def test_a_camera_that_moved_and_had_no_site_has_two_then(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(hours=3), upload_path="3.jpg", latitude=52.5, longitude=5.5), photo(3))
    first, _ = moved(site)
    admin.send(f"/cameras/{CAMERA}/accept-position", {})
    site.watch()
    old, new = sites_in(read_camera_record(site.root, CAMERA))
    assert (old.position, old.start, old.end) == ((52.5, 5.5), None, new.start)
    assert new.start is not None and new.start.isoformat() == first
