"""From rejected photos to accepted ones in the browser: a profile is saved on the workshop's page."""

import time
from pathlib import Path

import piexif
from playwright.sync_api import Page, expect

from ingest.profiles.profile_file import parse_profile
from ingest.requests.asking import have_done
from ingest.simulation.photos import photo
from ingest.spool.saved_profiles import current, versions
from tests.browser.conftest import OpenPage
from tests.browser.looking import looked_at, wider_than_the_screen
from tests.browser.stack import Stack
from tests.browser.uploads import follow, unique, with_and_without_script


def stranger(make: str, seed: int, serial: str = "7745-0012") -> bytes:
    """Return a photo of a make of its own, with a serial number and a time."""
    tags = {
        "0th": {piexif.ImageIFD.Make: make.encode(), piexif.ImageIFD.Model: b"T-9"},
        "Exif": {
            piexif.ExifIFD.BodySerialNumber: serial.encode(),
            piexif.ExifIFD.DateTimeOriginal: f"2026:11:21 01:15:{seed:02}".encode(),
        },
    }
    return photo(tags, size=(64, 48), seed=seed)


def problems(page: Page, name: str, *, script: bool) -> list[str]:
    return looked_at(page, name) if script else wider_than_the_screen(page)


def wait_for_verdicts(page: Page, words: str, *, script: bool) -> None:
    """Wait until the page tells of the last verdict; without JavaScript a person looks again."""
    deadline = time.monotonic() + 60
    while not script and page.get_by_text("still wait").count() and time.monotonic() < deadline:
        follow(page, page.get_by_role("link", name="Look again"))
    expect(page.get_by_text(words)).to_be_visible(timeout=60_000)


@with_and_without_script
def test_a_group_of_photos_is_accepted_after_one_press_and_the_page_says_under_which_id(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    make = f"Elm{time.time_ns() % 10**9}"
    ids = [stack.upload(unique("saved"), stranger(make, seed)) for seed in range(3)]
    page = open_page(script=script, width=360 if script else 1280)
    page.goto(f"/workshop/{ids[0]}")
    page.get_by_label("Why (optional; it stays in the history)").fill("the cameras at the creek")
    page.get_by_role("button", name="Save and accept these 3").click()
    page.wait_for_url("**/workshop/saved/*")
    expect(page.get_by_text("is saved, and the next files are read by it")).to_be_visible()
    wait_for_verdicts(page, "3 of 3 files were accepted.", script=script)
    expect(page.get_by_role("link", name="7745-0012")).to_be_visible()
    assert problems(page, f"saved-{script}", script=script) == []
    (version,) = versions(stack.gateway.root, f"{make.lower()}-t-9")
    assert (version.by, version.why) == ("admin", "the cameras at the creek")


@with_and_without_script
def test_photos_in_which_nothing_names_the_camera_are_accepted_as_the_one_that_a_person_names(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    make = f"Ash{time.time_ns() % 10**9}"
    ids = [stack.upload(unique("unnamed"), stranger(make, seed, "")) for seed in range(2)]
    page = open_page(script=script, width=360 if script else 1280)
    page.goto(f"/workshop/{ids[0]}")
    expect(page.get_by_role("group", name="Does each camera have an FTPS account of its own?")).to_be_visible()
    page.get_by_label("All these files are from one camera, and you know which?").fill(f"{make} North")
    if script:
        page.keyboard.press("Tab")
    else:
        page.get_by_role("button", name="Use these answers").last.click()
    page.get_by_role("button", name="Save and accept these 2").click()
    page.wait_for_url("**/workshop/saved/*")
    wait_for_verdicts(page, "2 of 2 files were accepted.", script=script)
    expect(page.get_by_role("link", name=f"{make}_North")).to_be_visible()
    page.goto(f"/files/{ids[0]}")
    expect(page.get_by_role("link", name=f"{make}_North").first).to_be_visible()


@with_and_without_script
def test_what_would_take_files_of_another_camera_is_named_and_the_choices_stay(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    make, root = f"Oak{time.time_ns() % 10**9}", stack.gateway.root
    first = stack.upload(unique("first"), stranger(make, 1, "OAK-1"))
    page = open_page(script=script, width=360 if script else 1280)
    page.goto(f"/workshop/{first}?profile={make.lower()}-one")
    page.get_by_role("button", name="Save and accept this file").click()
    page.wait_for_url("**/workshop/saved/*")
    wait_for_verdicts(page, "1 of 1 file was accepted.", script=script)
    version = current(root, f"{make.lower()}-one")
    assert version and version.text and parse_profile(version.text, Path("x"))
    settings, name = stack.gateway.settings, f"{make.lower()}-two"
    answer = have_done(root, "save_profile", "ben", settings=settings, profile=name, text=version.text)
    assert "which" in answer["results"][0]["message"], "a second profile would claim the same photos"
    later = stack.upload(unique("later"), stranger(f"{make}x", 2, "OAK-2"))
    page.goto(f"/workshop/{later}?profile={make.lower()}-one")
    expect(page.get_by_text("Saving now replaces it")).to_be_visible()
    page.get_by_role("button", name="Save and accept this file").click()
    expect(page.get_by_role("heading", name="Nothing was saved")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("would no longer accept files: of OAK-1")
    assert problems(page, f"not-saved-{script}", script=script) == []
    expect(page.get_by_role("button", name="Save it all the same")).to_be_visible()
    page.get_by_role("button", name="Back to the workshop").click()
    expect(page.get_by_role("button", name="Save and accept this file")).to_be_visible()
    assert problems(page, f"workshop-save-{script}", script=script) == []
