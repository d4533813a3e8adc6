"""Whose a photo is: an ID that becomes another name of a camera, the zone of its clock, and what people call it."""

import json
import re
import time
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from ingest.index.store import enter, open_index
from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.moves import place_of
from ingest.spool.sidecar import sidecar_text
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, unique, with_and_without_script
from tests.unit.webadmin.site import accepted


def upload_of(stack: Stack, imei: str, seed: int) -> str:
    """Let a camera with this IMEI send a photo; return the id of its item."""
    return stack.upload(unique("named"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=seed))


def camera_of(stack: Stack, item_id: str) -> tuple[str, str | None]:
    """Return the camera of an item, and what the file calls it."""
    (file,) = (stack.gateway.root / "accepted").glob(f"*/*/{item_id}-*.json")
    sidecar = json.loads(file.read_text())
    return sidecar["camera_id"], sidecar.get("camera_text")


@with_and_without_script
def test_an_id_becomes_another_name_of_a_camera_and_the_next_photo_is_its(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    camera, old = simulated_imei(2300 + script), simulated_imei(2310 + script)
    for seed, imei in enumerate((camera, old)):
        assert camera_of(stack, upload_of(stack, imei, 2300 + seed)) == (imei, None)
    page = open_page(script=script)
    page.goto(f"/cameras/{camera}")
    page.get_by_label("Files under this ID or name are this camera’s").fill(old)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    names = page.locator("#other-names")
    expect(names.get_by_role("link", name=old)).to_be_visible()
    assert camera_of(stack, upload_of(stack, old, 2340 + script)) == (camera, old)
    names.get_by_role("link", name=old).click()
    expect(page.get_by_text(f"{old} is another name of {camera}")).to_be_visible()
    page.locator("#other-names").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("is another name of")).to_have_count(0)
    assert camera_of(stack, upload_of(stack, old, 2350 + script)) == (old, None)


def test_a_photo_says_when_it_was_taken_by_the_zone_of_its_camera(stack: Stack, open_page: OpenPage) -> None:
    imei = simulated_imei(2400)
    upload_of(stack, imei, 2400)
    page = open_page()
    page.goto(f"/cameras/{imei}")
    zone = page.get_by_label("Time zone of its clock")
    zone.fill("Nairobi")
    page.locator("#record").get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("The time zone Nairobi is unknown; expected a name such as Africa/Nairobi.")
    ).to_be_visible()
    zone.fill("Africa/Nairobi")
    page.locator("#record").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(zone).to_have_value("Africa/Nairobi")
    (file,) = (stack.gateway.root / "accepted" / imei).glob(f"*/{upload_of(stack, imei, 2401)}-*.json")
    sidecar = json.loads(file.read_text())
    hour, utc_hour = int(sidecar["captured_at"][11:13]), int(sidecar["captured_at_utc"][11:13])
    assert (hour - utc_hour) % 24 == 3
    expect(open_once_there(page, "/cameras?show=clock", imei)).to_be_visible()
    page.goto("/cameras")
    expect(page.get_by_text(re.compile(r"^9\d min behind$"))).to_be_visible()
    assert not looked_at(page, "names-clock-1280")


def put_named(stack: Stack, camera_id: str, text: str) -> None:
    """Put an accepted photo of a camera that is called so where the watcher would."""
    item = accepted(camera_id=camera_id, camera_text=text, upload_path=unique("cave"))
    place = stack.gateway.root / place_of(item)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_name(f"{place.name}.json").write_text(sidecar_text(item))
    place.write_bytes(willfine_photo(simulated_imei(1), camera_now(), 52.1, 5.1, seed=1))
    with closing(open_index(stack.gateway.root)) as index:
        enter(index, [(item, place_of(item))])


def open_once_there(page: Page, path: str, name: str) -> Locator:
    """Open a page until a camera on it is called so: what pages say of cameras may be two seconds old."""
    page.goto(path)
    link = page.locator("a.camera", has_text=name).first
    deadline = time.monotonic() + 20
    while not link.count() and time.monotonic() < deadline:
        page.wait_for_timeout(250)
        page.reload()
    return link


@pytest.mark.parametrize("width", [360, 1280])
def test_a_camera_is_called_as_people_wrote_its_id_and_found_by_it(
    stack: Stack, open_page: OpenPage, width: int
) -> None:
    camera_id = f"Hoehle_{width}"
    put_named(stack, camera_id, f"Höhle {width}")
    page = open_page(width=width)
    for path in (f"/files?q=höhle+{width}", f"/files?camera=Höhle+{width}", f"/cameras?q=höhle+{width}"):
        called = open_once_there(page, path, f"Höhle {width}")
        expect(called).to_have_text(f"Höhle {width} {camera_id}")
        assert not looked_at(page, f"names-{'files' if 'files' in path else 'cameras'}-{width}")
    page.goto(f"/cameras/{camera_id}")
    page.get_by_label("Files under this ID or name are this camera’s").fill(f"old cave {width}")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text(f"Its files call it “Höhle {width}”.")).to_be_visible()
    assert not looked_at(page, f"names-camera-{width}")
    page.goto(f"/cameras/old_cave_{width}")
    expect(page.get_by_text(f"old_cave_{width} is another name of")).to_be_visible()
    assert not looked_at(page, f"names-other-{width}")
