"""Items are listed in order of arrival, behind the last one that a program has."""

from datetime import timedelta
from itertools import pairwise

import pytest

from ingest.spool.stamp import id_time
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import CAMERA, NOW, Site, accepted, photo
from webadmin.api.items import ItemsQuestion, selection_of


def put_many(site: Site, count: int) -> list[str]:
    return [site.put(accepted(timedelta(minutes=count - number), sha256=f"{number:064}")).id for number in range(count)]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_tell_each_item_once_in_order(site: Site, program: Program, order: str) -> None:
    ids, seen, after = put_many(site, 7), [], ""
    while True:
        page = program.read(f"/items?limit=3&order={order}{after}")
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == (ids if order == "oldest" else ids[::-1])


def test_whoever_has_all_gets_what_has_arrived_since(site: Site, program: Program) -> None:
    last = put_many(site, 2)[-1]
    assert program.read(f"/items?order=oldest&after={last}") == {"items": [], "next": None}
    new = site.put(accepted(timedelta(0), sha256="c" * 64)).id
    assert [one["id"] for one in program.read(f"/items?order=oldest&after={last}")["items"]] == [new]


def test_an_item_that_was_deleted_is_still_a_place_to_go_on_from(site: Site, program: Program) -> None:
    ids = put_many(site, 3)
    between = f"{ids[1][:-1]}{'0' if ids[1][-1] != '0' else '1'}"
    newest, oldest = (program.read(f"/items?order={one}&after={between}")["items"] for one in ("newest", "oldest"))
    assert {one["id"] for one in [*newest, *oldest]} == set(ids) and len(newest) + len(oldest) == 3
    assert program.read("/items?after=00000000T000000.000000Z-0000")["items"] == []
    assert len(program.read("/items?order=oldest&after=00000000T000000.000000Z-0000")["items"]) == 3


def test_a_list_is_filtered(site: Site, program: Program) -> None:
    site.put(accepted(), photo())
    rejected = site.put(
        accepted(verdict="rejected", reason="no_metadata", camera_id=None, profile=None, sha256="d" * 64)
    )
    day = id_time(rejected.id).astimezone(site.settings.zone).date()
    for query, count in (
        ("verdict=rejected", 1),
        ("reason=no_metadata", 1),
        (f"camera_id={CAMERA}", 1),
        ("camera_id=null", 0),
        ("profile=willfine-4.0t-cg", 1),
        ("q=E1000", 2),
        ("q=nothing", 0),
        (f"day={day}", 2),
        (f"day={day - timedelta(days=1)}", 0),
        ("day=0001-01-01", 0),
        ("day=9999-12-31", 0),
    ):
        assert len(program.read(f"/items?{query}")["items"]) == count, query


def test_an_item_has_its_sidecar_and_its_bytes(site: Site, program: Program) -> None:
    item = site.put(accepted(exif={"Make": "Strange \udc80 make"}), photo())
    whole = program.read(f"/items/{item.id}")
    assert whole["item"]["camera_id"] == whole["sidecar"]["camera_id"] == CAMERA
    assert whole["sidecar"]["exif"] == {"Make": "Strange ? make"}
    file = program.get(f"/items/{item.id}/file")
    assert file.data == photo() and file.content_type == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_an_item_whose_files_are_gone_has_no_sidecar_and_no_bytes(site: Site, program: Program) -> None:
    item = site.put(accepted(), photo())
    for file in (site.root / "accepted").rglob("*"):
        if file.is_file():
            file.unlink()
    assert program.read(f"/items/{item.id}")["sidecar"] is None
    assert program.get(f"/items/{item.id}/file").status_code == 404


def test_a_question_becomes_a_selection() -> None:
    assert (
        selection_of(ItemsQuestion(verdict="accepted", order="oldest"), "7").link() == "?verdict=accepted&sort=oldest"
    )


def test_the_ids_grow_with_time(site: Site) -> None:
    assert all(one < later for one, later in pairwise(put_many(site, 3))) and NOW
