"""A camera's page has its own bounds, and the rules that tell nothing of it."""

import pytest

from ingest.spool.camera_records import read_camera_record, write_camera_record
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo
from tests.unit.webadmin.watching import answering
from webadmin.cameras.views_alerts import read_form


def send(admin: Person, **form: str) -> str:
    return str(admin.send(f"/cameras/{CAMERA}/alerts", form, follow_redirects=True).text)


def test_what_is_typed_is_kept_beside_the_rest_of_the_record_and_shown(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    write_camera_record(site.root, CAMERA, {"name": "Oak"})
    with answering(site):
        page = send(admin, battery_percent="20", silent_hours="72", off="clock")
        assert read_camera_record(site.root, CAMERA) == {
            "name": "Oak",
            "alerts": {"silent_hours": 72, "battery_percent": 20, "off": ["clock"]},
        }
        assert 'name="battery_percent" inputmode="numeric" maxlength="3" value="20" placeholder="30"' in page
        assert 'value="clock" checked' in page and 'value="card" checked' not in page
        send(admin)
    assert read_camera_record(site.root, CAMERA) == {"name": "Oak"}


def test_a_camera_without_a_record_is_not_registered_by_it(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    with answering(site):
        send(admin, card_percent="95")
    assert read_camera_record(site.root, CAMERA) == {"registered": False, "alerts": {"card_percent": 95}}


@pytest.mark.parametrize("typed", ["low", "-1", "101", "3.5", "\u0663"])
def test_a_bound_that_is_none_is_said_and_nothing_is_saved(site: Site, admin: Person, typed: str) -> None:
    site.put(accepted(), photo())
    assert "Battery below, in %: expected a whole number from 0 to 100." in send(admin, battery_percent=typed)
    assert read_camera_record(site.root, CAMERA) is None


def test_rules_that_there_are_not_are_passed_over() -> None:
    assert read_form({}, ["nonsense", "disk"]) == ({}, "")
