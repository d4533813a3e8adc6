"""The page of a profile: its history is undone, somebody says that it is right, and its sample pack is given away."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ingest.requests.asking import have_done
from ingest.spool.saved_profiles import current
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script
from tests.samples.strangers import original, tagged

SERIAL = "C3461324512345"
OAKFINE = """name = "Oakfine T-9"
evidence = "photos of our own"
confirmed = false

[image]
match = { "exif.Make" = '^Oakfine' }
require = ["camera_id", "captured_at"]

[image.fields]
camera_id   = { from = "exif.BodySerialNumber" }
captured_at = { from = "exif.DateTimeOriginal", as = "datetime", format = "%Y:%m:%d %H:%M:%S" }
"""


def save(stack: Stack, profile_id: str, text: str, why: str) -> None:
    """Have a profile saved by the watcher, as the workshop does."""
    root = stack.gateway.root
    last = current(root, profile_id)
    words: dict[str, Any] = {"profile": profile_id, "text": text, "based_on": last.id if last else None, "why": why}
    answer = have_done(root, "save_profile", "admin", settings=stack.gateway.settings, **words)
    assert answer["results"][0]["outcome"] == "saved", answer


def oakfine(stack: Stack, make: str) -> str:
    """Send a photo of a camera of this make; return its item."""
    return stack.upload(unique("oak"), tagged(make, "T-9", original=original(camera_now()), serial=SERIAL))


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@with_and_without_script
def test_a_profile_is_confirmed_on_a_files_page_packed_and_undone(
    stack: Stack, open_page: OpenPage, script: bool, tmp_path: Path
) -> None:
    profile_id, make = f"oakfine-{script}".lower(), f"Oakfine{int(script)}"
    text = OAKFINE.replace("^Oakfine", f"^{make}$")
    save(stack, profile_id, text, "first try")
    save(stack, profile_id, text.replace("T-9", "T-9 and T-10"), "the T-10 writes the same")
    item = oakfine(stack, make)
    page = open_page(script=script)
    page.goto(f"/files/{item}")
    expect(page.get_by_role("link", name="Something is wrong")).to_have_attribute("href", f"/workshop/{item}")
    press(page, "Yes, ID, time and place are right")
    expect(page.get_by_text("counts as confirmed now")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, ID, time and place are right")).to_have_count(0)
    follow(page, page.get_by_role("link", name=profile_id))
    expect(page.get_by_text("Confirmed by admin")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Sample pack").click()
    download.value.save_as(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        contents = {name.partition("/")[2]: pack.read(name) for name in pack.namelist()}
    assert {"README.txt", "profile.toml", "confirmation.json"} < contents.keys()
    assert not [name for name, content in contents.items() if SERIAL.encode() in content]
    page.get_by_text("What changed in version 2").click()
    expect(page.locator("ins", has_text="T-9 and T-10")).to_be_visible()
    press(page, "Take it back")
    expect(page.get_by_role("button", name="Yes, ID, time and place are right")).to_be_visible()
    page.get_by_label("Why").fill("they are different after all")
    press(page, "Undo version 2")
    expect(page.get_by_role("heading", name="Oakfine T-9", exact=True)).to_be_visible()
    expect(page.get_by_text("they are different after all")).to_be_visible()
    press(page, "Undo version 3")
    expect(page.get_by_role("heading", name="Oakfine T-9 and T-10")).to_be_visible()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_accessible_and_fits_in_every_state(stack: Stack, open_page: OpenPage, width: int) -> None:
    profile_id, make = f"oakfine-{width}", f"Oakfine{width}"
    text = OAKFINE.replace("^Oakfine", f"^{make}$")
    for number in range(3):
        note = f'notes = "{"A long note of what to set in its menu. " * number}"\n[image]'
        save(stack, profile_id, text.replace("[image]", note, 1), f"try {number}: {'x' * 80}")
    item = oakfine(stack, make)
    page = open_page(width=width)
    found: list[str] = []
    for name, path in (("item-unconfirmed", f"/files/{item}"), ("profile-saved", f"/profiles/{profile_id}")):
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()
        found += looked_at(page, f"{name}-{width}")
    press(page, "Yes, ID, time and place are right")
    found += looked_at(page, f"profile-confirmed-{width}")
    once = f"{profile_id}-once"
    save(stack, once, text.replace(f"^{make}", f"^{make}-once"), "")
    page.goto(f"/profiles/{once}")
    found += looked_at(page, f"profile-without-a-file-{width}")
    press(page, "Undo version 1")
    expect(page.get_by_text("This profile is not in use")).to_be_visible()
    found += looked_at(page, f"profile-gone-{width}")
    assert found == []
