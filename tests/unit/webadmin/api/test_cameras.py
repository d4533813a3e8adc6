"""Cameras are told with what needs attention, and in the order of their IDs."""

from datetime import timedelta

import pytest

from ingest.fleet.attention import URGENCY
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.cameras.examples import judged
from tests.unit.webadmin.site import Site, accepted
from webadmin.api.cameras import CamerasQuestion, page_of


def put_cameras(site: Site) -> None:
    for number, camera in enumerate(("oak", "elm", "ash")):
        site.put(accepted(timedelta(days=40 * number), camera_id=camera, sha256=f"{number:064}"))
    write_camera_record(site.root, "oak", {"name": "At the ford", "notes": "north"})


def test_cameras_are_told_page_by_page(site: Site, program: Program) -> None:
    put_cameras(site)
    first = program.read("/cameras?limit=2")
    second = program.read(f"/cameras?limit=2&after={first['next']}")
    found = first["cameras"] + second["cameras"]
    assert [one["id"] for one in found] == ["ash", "elm", "oak"] and second["next"] is None
    assert found[2]["name"] == "At the ford" and (found[2]["latitude"], found[2]["longitude"]) == (52.098767, 5.125342)
    assert found[0]["state"] == "silent" and found[0]["attention"][0]["kind"] == "silent"
    assert found[2]["last_contact_at"].endswith("Z")


def test_cameras_are_filtered(site: Site, program: Program) -> None:
    put_cameras(site)
    for query, ids in (
        ("state=active", ["oak"]),
        ("state=silent", ["ash", "elm"]),
        ("attention=silent", ["ash", "elm"]),
        ("attention=battery", []),
        ("q=ford", ["oak"]),
    ):
        assert [one["id"] for one in program.read(f"/cameras?{query}")["cameras"]] == ids, query


def test_one_camera_has_its_record(site: Site, program: Program) -> None:
    put_cameras(site)
    assert program.read("/cameras/oak")["record"] == {"name": "At the ford", "notes": "north"}
    assert program.read("/cameras/elm")["record"] is None


def test_where_to_go_is_told(site: Site, program: Program) -> None:
    put_cameras(site)
    found = program.read("/visits")["visits"]
    assert {one["camera_id"] for one in found} >= {"elm", "ash"} and found[0]["things"][0]["task"]


@pytest.mark.parametrize("kind", URGENCY)
def test_every_kind_of_attention_can_be_asked_for(program: Program, kind: str) -> None:
    assert program.read(f"/cameras?attention={kind}") == {"cameras": [], "next": None}


def test_a_camera_without_a_position_has_none() -> None:
    (camera,) = page_of([judged({}, camera_id="oak", positions="[]", home=None)], CamerasQuestion()).cameras
    assert camera.latitude is None and camera.longitude is None
