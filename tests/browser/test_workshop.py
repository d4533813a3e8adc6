"""The workshop: a person reads what was found, chooses, marks what was not found, and sees the text follow."""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from ingest.index.store import enter, open_index
from ingest.simulation.photos import plain_photo
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, sidecar_text
from tests.browser.conftest import PATIENCE_MS, OpenPage
from tests.browser.looking import looked_at
from tests.browser.stack import Stack
from tests.browser.uploads import with_and_without_script
from tests.samples.strangers import moments, original, tagged
from tests.unit.webadmin.site import rejected

NAME = "Den7_IMG_0411_20260411030100.JPG"
CAMERA = {"image.camera_id": ["mark"], "image.mark.camera_id": ["path|0|4|0"]}
"""What the address says once the beginning of the name was marked as the camera."""


def put(stack: Stack, sidecar: Sidecar) -> str:
    """Put a rejected photo where the watcher would; return its id."""
    place = stack.gateway.root / place_of(sidecar)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_name(f"{place.name}.json").write_text(sidecar_text(sidecar))
    place.write_bytes(plain_photo(seed=7, size=(320, 240)))
    with closing(open_index(stack.gateway.root)) as index:
        enter(index, [(sidecar, place_of(sidecar))])
    return sidecar.id


@pytest.fixture(scope="module")
def item_id(stack: Stack) -> str:
    """The last of three photos of a camera that no profile knows."""
    exif = {"Make": "Oakfine", "Model": "T-9 browser", "DateTimeOriginal": "2026:04:11 03:01:00"}
    names = [NAME.replace("0411_", f"04{number}_") for number in (12, 13)] + [NAME]
    made = [replace(rejected(upload_path=name, reason="no_matching_profile"), exif=exif) for name in names]
    return [put(stack, one) for one in made][-1]


def said(page: Page) -> dict[str, list[str]]:
    """Return what the address says of the marks."""
    return {name: text for name, text in parse_qs(urlsplit(page.url).query).items() if "camera_id" in name}


def piece(page: Page, text: str) -> Locator:
    """Return the first piece of a value that reads so."""
    return page.locator("#values .piece", has_text=re.compile(f"^{re.escape(text)}$")).first


def press(page: Page) -> None:
    piece(page, "Den").click()
    expect(page.get_by_text("Marked: Den")).to_be_visible()
    piece(page, "7").click()


def select(page: Page) -> None:
    """Draw the mouse over the first four characters."""
    first, last = (piece(page, text).bounding_box() for text in ("Den", "7"))
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=5)
    page.mouse.up()


def by_keyboard(page: Page) -> None:
    piece(page, "Den").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Marked: Den")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")


@pytest.mark.parametrize("mark", [press, select, by_keyboard])
def test_a_part_of_the_name_is_marked_and_becomes_the_camera(
    stack: Stack, open_page: OpenPage, item_id: str, mark: Callable[[Page], None]
) -> None:
    page = open_page()
    page.goto(f"/workshop/{item_id}")
    mark(page)
    expect(page.get_by_text("Marked: Den7")).to_be_visible()
    button = page.get_by_role("button", name="This is the camera")
    if mark is by_keyboard:
        while not button.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    else:
        button.click()
    expect(page.get_by_text("Marked: ")).to_have_count(0)
    assert said(page) == CAMERA
    page.reload()
    expect(page.locator("#choices")).to_contain_text("Den7 ✓")


def test_without_script_each_piece_is_a_button_that_asks_the_same(open_page: OpenPage, item_id: str) -> None:
    page = open_page(width=360, script=False)
    page.goto(f"/workshop/{item_id}")
    press(page)
    page.get_by_role("button", name="This is the camera").click()
    expect(page.get_by_text("Marked: ")).to_have_count(0)
    assert said(page) == CAMERA


def test_a_thumb_marks_and_chooses_on_a_phone(
    stack: Stack, browser: Browser, session: StorageState, item_id: str
) -> None:
    phone = browser.new_context(
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        base_url=stack.address,
        storage_state=session,
    )
    page = phone.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"/workshop/{item_id}")
    expect(page.locator("#values")).to_be_hidden()
    page.get_by_role("heading", name="What the files say").tap()
    piece(page, "Den").tap()
    expect(page.get_by_text("Marked: Den")).to_be_in_viewport()
    assert not looked_at(page, "workshop-marked-360")
    piece(page, "7").tap()
    expect(page.get_by_text("Marked: Den7")).to_be_visible()
    page.get_by_role("button", name="This is the camera").tap()
    expect(page.get_by_text("Marked: ")).to_have_count(0)
    assert said(page) == CAMERA
    page.locator("summary", has_text="Place: may lack it").tap()
    page.get_by_label("Must have it").last.tap()
    expect(page.get_by_text("Place: must have it")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["image.require.location"] == ["must"]
    assert not looked_at(page, "workshop-360")
    phone.close()


@with_and_without_script
def test_a_choice_changes_the_sentence_the_text_and_the_address(
    open_page: OpenPage, item_id: str, script: bool
) -> None:
    page = open_page(script=script)
    page.goto(f"/workshop/{item_id}")
    make = page.locator("details.decision", has_text="Make is exactly Oakfine")
    make.get_by_text("Change").click()
    make.get_by_label("Has any text").check()
    if not script:
        page.get_by_role("button", name="Use these answers").last.click()
    expect(page.locator("summary", has_text="Make has any text")).to_be_visible()
    assert "image.known.exif.Make=any" in page.url
    assert "exif.Make\" = '.'" in page.locator("textarea").input_value()
    page.reload()
    expect(page.locator("summary", has_text="Make has any text")).to_be_visible()


@with_and_without_script
def test_who_writes_the_text_sees_the_choices_follow_and_loses_nothing_that_does_not_load(
    open_page: OpenPage, item_id: str, script: bool
) -> None:
    page = open_page(script=script)
    page.goto(f"/workshop/{item_id}")
    page.get_by_text("The profile as text (TOML)").click()
    text = page.locator("textarea")
    whole = text.input_value()
    text.fill(f"{whole}\nnonsense")
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator("#text-problem")).to_contain_text("is not TOML")
    expect(text).to_have_value(f"{whole}\nnonsense")
    text.fill(whole.replace('require = ["camera_id", "captured_at"]', 'require = ["camera_id"]'))
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator("#choices")).to_contain_text("Time: may lack it")
    expect(page.locator("#text-problem")).to_be_empty()


def test_names_are_typed_without_losing_the_place_and_a_wrong_one_is_told(open_page: OpenPage, item_id: str) -> None:
    page = open_page()
    page.goto(f"/workshop/{item_id}")
    name = page.get_by_label("Name of this camera type")
    name.fill("Gate cameras")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Short name")).to_be_focused()
    expect(page.locator("textarea")).to_have_value(re.compile('^name = "Gate cameras"'))
    page.get_by_label("Short name").fill("../Gate")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Only small letters")).to_be_visible()
    expect(page.get_by_label("Short name")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_workshop_is_whole_and_accessible_with_all_of_it_open(
    open_page: OpenPage, item_id: str, width: int
) -> None:
    page = open_page(width=width)
    page.goto(f"/workshop/{item_id}?pick=path|0|3|0")
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert not looked_at(page, f"workshop-open-{width}")
    page.goto(f"/workshop/{item_id}")
    assert not looked_at(page, f"workshop-{width}")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_hostile_file_is_shown_as_what_it_is(stack: Stack, open_page: OpenPage, width: int) -> None:
    exif: dict[str, object] = {f"Tag{number}": f"{number} value" for number in range(10_000)}
    exif |= {"Make": "<img src=x onerror=alert(1)>", "Model": f"שלום\u202eabc {width}", "Artist": "a1-" * 20_000}
    exif["ImageDescription"] = "</textarea></button><script>alert(1)</script>"
    sidecar = rejected(upload_path="\"'><b>/a\u200bb.JPG", reason="no_matching_profile")
    page = open_page(width=width)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/workshop/{put(stack, replace(sidecar, exif=exif))}")
    expect(page.get_by_text("9 884 more are not shown".replace(" ", "\u202f", 1))).to_have_count(1)
    assert not looked_at(page, f"workshop-hostile-{width}")
    assert page.locator("#values img[src=x], main script:not([src])").count() == 0
    assert not complaints


@with_and_without_script
def test_rejected_photos_are_accepted_under_what_was_marked_in_their_names(
    stack: Stack, open_page: OpenPage, script: bool
) -> None:
    make = "Larch" if script else "Alder"
    sent = {f"{make}-Lin{number}.JPG": tagged(make, "L2", original(when)) for number, when in enumerate(moments())}
    items = [stack.upload(name, content) for name, content in sent.items()]
    page = open_page(script=script)
    page.goto(f"/files/{items[0]}")
    page.get_by_role("link", name="Teach Camspool this camera").click()
    expect(page.locator("#choices")).to_contain_text("Nothing in these files names the camera for sure.")
    piece(page, "Lin").click()
    expect(page.get_by_text("Marked: Lin")).to_be_visible()
    piece(page, "0").or_(piece(page, "1")).or_(piece(page, "2")).first.click()
    expect(page.get_by_text(re.compile(r"Marked: Lin\d"))).to_be_visible()
    page.get_by_role("button", name="This is the camera").click()
    expect(page.locator("#choices")).to_contain_text("Lin2")
    page.get_by_role("button", name="Save and accept these 3").click()
    page.wait_for_url("**/workshop/saved/**")
    while not script and page.get_by_text("still wait for their verdict").count():
        page.reload()
    expect(page.get_by_text("3 of 3 files were accepted")).to_be_visible()
    for camera in ("Lin0", "Lin1", "Lin2"):
        expect(page.get_by_role("link", name=camera)).to_be_visible()
