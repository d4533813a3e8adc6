"""What an AI has found stands on a photo's page with boxes over it, and lists show what it was found in."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from ingest.outbox.results import Detection, Finding
from tests.unit.webadmin.outbox.results import put_results
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.files.listing import PAGE
from webadmin.outbox.found import ids_of, shown

FOX = Detection("animal", 0.93, (0.25, 0.5, 0.5, 0.25))
MAYBE = Detection("person", 0.19, (0, 0, 1, 1))


def finding(*detections: Detection, category: str = "animal") -> Finding:
    return Finding("x", category, 0.93, detections, "nas", "a.json")


@pytest.mark.parametrize(
    ("changes", "corner"),
    [({}, 'x="320.0" y="480.0"'), ({"exif": {"Orientation": 3}}, 'x="320.0" y="240.0"')],
)
def test_boxes_lie_over_the_photo_also_over_one_that_is_turned(changes: dict[str, Any], corner: str) -> None:
    found = shown(finding(MAYBE, FOX), accepted(**changes))
    assert found.drawing and corner in found.drawing
    assert [box.words for box in found.boxes] == ["animal 93 %"]
    assert found.file == "outbox/nas/results/a.json"


def test_without_boxes_or_a_size_nothing_is_drawn() -> None:
    assert shown(finding(category="blank"), accepted()).drawing is None
    assert shown(finding(FOX), accepted(width=None)).drawing is None
    assert shown(finding(FOX), None).drawing is None
    assert shown(finding(FOX), accepted(exif={"Orientation": 2})).drawing is None


def test_items_are_told_by_what_was_found() -> None:
    found = {"a": finding(FOX), "b": finding(category="blank")}
    assert (ids_of(found, "animal"), ids_of(found, "vehicle")) == (["a"], [])


def test_a_photos_page_shows_what_was_found_and_in_which_file(site: Site, admin: Person) -> None:
    item, other = site.put(accepted(), photo()), site.put(accepted(timedelta(hours=1)), photo())
    put_results(site.root, "nas", {item.id: ("animal", 0.93)})
    page = admin.get(f"/files/{item.id}").text
    assert "What an AI has found" in page
    assert "animal 93 %" in page
    assert "outbox/nas/results/megadetector.json" in page
    assert '<rect class="animal" x="320.0" y="480.0" width="640.0" height="240.0"/>' in page
    assert "What an AI has found" not in admin.get(f"/files/{other.id}").text


def test_lists_are_filtered_page_by_page(site: Site, admin: Person) -> None:
    names = [f"photo-{number:03d}" for number in range(PAGE * 2)]
    items = [site.put(accepted(timedelta(minutes=n), upload_path=f"{name}.jpg")) for n, name in enumerate(names)]
    put_results(site.root, "nas", {item.id: ("animal" if n % 4 else "blank", 0.9) for n, item in enumerate(items)})
    first = admin.get("/files?found=animal").text
    assert f"{PAGE * 3 // 2} files match." in first
    found = re.search(r'href="([^"]+)">Next page<', first)
    assert found and "found=animal" in found[1]
    second = admin.get(unescape(found[1])).text
    shown_names = [name for page in (first, second) for name in re.findall(r">(photo-\d+).jpg</a>", page)]
    assert shown_names == [name for n, name in enumerate(names) if n % 4]
    assert "25 files match." in admin.get("/files?found=blank").text


def test_all_that_a_filter_matches_is_only_what_was_found(site: Site, admin: Person) -> None:
    items = [site.put(accepted(timedelta(minutes=n), upload_path=f"{n}.jpg"), photo()) for n in range(3)]
    put_results(site.root, "nas", {items[0].id: ("person", 0.9), items[1].id: ("blank", 1)})
    form = {"action": "send_again", "target": "nas", "everything": "1", "found": "person", "newest": str(2**62)}
    answer = admin.send("/files/act", form)
    assert "found=person" in answer.headers["Location"]
    (request,) = site.requests()
    assert request["ids"] == [items[0].id]


def test_without_results_nobody_is_asked_about_them(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert "What an AI has found" not in admin.get("/files").text
    assert "0 files match." in admin.get("/files?found=animal").text


def test_a_filter_that_nobody_knows_is_left_out(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert "1 file matches." in admin.get("/files?found=%3Cb%3E").text
