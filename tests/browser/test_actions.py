"""What people do, with and without JavaScript: the watcher carries out every change, and the page says how it ended."""

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.ftps.sender import FtpsServer, UploadError
from ingest.ftps.sender import upload as ftps_upload
from ingest.simulation.photos import plain_photo, simulated_imei, swift_name, swift_photo, willfine_photo
from ingest.simulation.reports import willfine_report
from tests.browser.axe import violations
from tests.browser.clicks import clicks, count_clicks
from tests.browser.clock import look_until
from tests.browser.conftest import SCREENSHOTS, OpenPage, log_in
from tests.browser.looking import wider_than_the_screen
from tests.browser.stack import Stack
from tests.browser.uploads import camera_now, follow, unique, with_and_without_script, without_position


@with_and_without_script
def test_a_photo_sent_over_ftps_appears_with_its_picture(stack: Stack, open_page: OpenPage, script: bool) -> None:
    imei, seed = simulated_imei(100 + script), time.time_ns() % 10**6
    path = unique("E")
    stack.upload(path, willfine_photo(imei, camera_now(), 52.1, 5.1, seed=seed), implicit=script)
    page = open_page(script=script)
    page.goto(f"/files?q={path}")
    follow(page, page.get_by_role("link", name=path))
    expect(page.get_by_text("Photo accepted.")).to_be_visible()
    assert page.locator("img.photo").evaluate("image => image.complete && image.naturalWidth") == 400
    with page.expect_download() as download:
        page.get_by_role("link", name="Sidecar", exact=True).click()
    assert json.loads(Path(download.value.path()).read_text())["camera_id"] == imei


@with_and_without_script
def test_one_rejected_file_is_tried_again(stack: Stack, open_page: OpenPage, script: bool) -> None:
    item_id = stack.upload(unique("again"), without_position(200 + script))
    page = open_page(script=script)
    page.goto(f"/files/{item_id}")
    expect(page.get_by_text("Rejected: The photo has no position")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 file sent back for a new verdict.")).to_be_visible()
    deadline = time.monotonic() + 30
    page.goto(f"/files/{item_id}")
    while not page.locator("dt:text('Attempts') + dd").count() and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        page.goto(f"/files/{item_id}")
    expect(page.locator("dt:text('Attempts') + dd")).to_have_text("2")
    expect(page.get_by_text("What was done with it")).to_be_visible()


@with_and_without_script
def test_selected_files_are_deleted_after_a_question(stack: Stack, open_page: OpenPage, script: bool) -> None:
    path = unique("delete")
    item_id = stack.upload(path, without_position(300 + script))
    page = open_page(script=script)
    page.goto(f"/files?q={path}")
    page.check(f"input[value='{item_id}']")
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_role("heading", name="Delete 1 file?")).to_be_visible()
    page.get_by_role("link", name="Keep").click()
    page.check(f"input[value='{item_id}']")
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("1 file deleted.")).to_be_visible()
    page.goto(f"/files/{item_id}")
    expect(page.get_by_role("heading", name="This file is in the trash")).to_be_visible()
    expect(page.get_by_text("What was done with it")).to_be_visible()
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_text("1 file restored.")).to_be_visible()
    expect(page.get_by_text("Rejected: The photo has no position")).to_be_visible()


def test_a_mistaken_delete_is_restored(stack: Stack, open_page: OpenPage) -> None:
    path = unique("mistake")
    item_id = stack.upload(path, without_position(310))
    page = open_page()
    count_clicks(page)
    page.goto(f"/files?q={path}")
    page.check(f"input[value='{item_id}']")
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("1 file deleted.")).to_be_visible()
    before = clicks(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 file put back.")).to_be_visible()
    assert clicks(page) - before <= 3
    expect(page.get_by_role("link", name=path)).to_be_visible()


def test_the_trash_shows_who_deleted_what_and_gives_it_back(stack: Stack, open_page: OpenPage) -> None:
    path = unique("trash")
    item_id = stack.upload(path, without_position(320))
    page = open_page()
    page.goto(f"/files/{item_id}")
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("link", name="Trash").click()
    row = page.locator("tbody tr", has_text=path)
    expect(row).to_contain_text("admin")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENSHOTS / f"trash-{width}.png", full_page=True)
        assert not wider_than_the_screen(page)
    assert not violations(page)
    row.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("1 file restored.")).to_be_visible()
    expect(row).to_have_count(0)


@with_and_without_script
def test_everything_that_a_filter_matches_is_tried_again(stack: Stack, open_page: OpenPage, script: bool) -> None:
    imei = simulated_imei(400 + script)
    for number in range(3):
        seed = time.time_ns() % 10**6
        stack.upload(unique(f"all{number}"), willfine_photo(imei, camera_now(), None, None, seed=seed))
    page = open_page(script=script)
    page.goto(f"/files?verdict=rejected&camera={imei}")
    page.get_by_label("Everything that the filter matches (3)").check()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("3 files sent back for a new verdict.")).to_be_visible()


def test_nothing_selected_is_said(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/files")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Nothing was selected.")).to_be_visible()


@with_and_without_script
def test_files_are_downloaded_as_a_zip_with_sidecars_and_sums(open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/files?verdict=rejected&reason=empty_file")
    for box in page.locator("input[name=id]").all():
        box.check()
    number = page.locator("input[name=id]").count()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert archive.testzip() is None
    assert len(archive.namelist()) == 2 * number + 2
    assert "sha256sums.txt" in archive.namelist()


def test_selecting_all_of_a_page_needs_one_click(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/files?verdict=rejected")
    page.get_by_label("Select all on this page").check()
    assert page.locator("input[name=id]:checked").count() == page.locator("input[name=id]").count()
    expect(page.locator("#ticked")).to_contain_text("selected")


@with_and_without_script
@pytest.mark.parametrize("way", ["try", "process", "ftps", "ftps-implicit"])
def test_the_upload_tool_shows_each_verdict(stack: Stack, open_page: OpenPage, script: bool, way: str) -> None:
    imei, seed = simulated_imei(500 + script), time.time_ns() % 10**6
    good = swift_name(imei, camera_now(), seed % 10_000)
    files = [
        {"name": good, "mimeType": "image/jpeg", "buffer": swift_photo(camera_now(), 52.1, 5.1, seed=seed)},
        {"name": f"IMG_{seed}.JPG", "mimeType": "image/jpeg", "buffer": plain_photo(seed=seed)},
    ]
    page = open_page(script=script)
    page.goto("/upload")
    page.set_input_files("#files", files)  # type: ignore[arg-type]
    page.check(f"input[value='{way}']")
    page.get_by_role("button", name="Send").click()
    results = page.locator(".outcome")
    expect(results).to_have_count(2, timeout=30_000)
    expect(results.filter(has_text=good)).to_contain_text("Photo accepted.", timeout=30_000)
    expect(results.filter(has_text=f"IMG_{seed}.JPG")).to_contain_text("Rejected:", timeout=30_000)
    page.screenshot(path=SCREENSHOTS / f"upload-{way}-{'script' if script else 'no-script'}.png", full_page=True)
    assert (stack.item_id(good) is None) == (way == "try")


@with_and_without_script
def test_a_path_profile_is_tried_with_its_sub_folder(open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script)
    page.goto("/upload")
    page.set_input_files(
        "#files", {"name": "A_2026-04-09_16-04-05.jpeg", "mimeType": "image/jpeg", "buffer": plain_photo(seed=7)}
    )
    page.fill("[name=folder]", "INSTAR/lat52.02368_lon12.98290")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".outcome")).to_contain_text("lat52.02368_lon12.98290")
    page.get_by_text("How it was decided").click()
    expect(page.locator(".outcome li").filter(has_text="instar")).to_contain_text("matched")


def test_files_are_dropped_onto_the_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/upload")
    report = willfine_report(simulated_imei(600), camera_now()).decode()
    page.evaluate(
        """text => {
            const bag = new DataTransfer();
            bag.items.add(new File([text], "dropped-dr.txt", {type: "text/plain"}));
            document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: bag, bubbles: true}));
        }""",
        report,
    )
    expect(page.locator(".outcome")).to_contain_text("Report accepted")


@with_and_without_script
def test_a_camera_gets_a_name_notes_and_a_site(stack: Stack, open_page: OpenPage, script: bool) -> None:
    imei = simulated_imei(700 + script)
    stack.upload(unique("name"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=script))
    page = open_page(script=script)
    page.goto(f"/cameras/{imei}")
    page.get_by_label("Name", exact=True).fill(f"Clearing {script}")
    page.get_by_label("Notes").fill("Key 7")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Clearing {script}")).to_be_visible()
    page.goto(f"/cameras?q=clearing+{script}")
    expect(page.get_by_role("cell", name=imei)).to_be_visible()
    page.goto(f"/cameras/{imei}")
    page.get_by_role("textbox", name="Position").fill("north of the oak")
    page.get_by_role("button", name="Enter the site").click()
    expect(page.get_by_text("The site was not entered: the position is `north of the oak`")).to_be_visible()


def test_a_photo_of_a_camera_that_moved_is_accepted_as_its_new_place(stack: Stack, open_page: OpenPage) -> None:
    imei = simulated_imei(800)
    for number, latitude in enumerate((52.0, 52.01, 52.01)):
        stack.upload(unique("move"), willfine_photo(imei, camera_now(), latitude, 5.0, seed=number))
    page = open_page()
    page.goto(f"/cameras/{imei}")
    expect(page.get_by_text("Moved 1112 m.")).to_be_visible()
    page.get_by_role("button", name="New site since").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("Moved 1112 m.")).to_have_count(0)


def test_tables_are_exported_as_csv(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/cameras")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("camera_id,name,state")
    assert len(lines) > 12


def test_the_check_page_needs_no_log_in_is_small_and_tells_what_arrived(stack: Stack, open_page: OpenPage) -> None:
    imei = simulated_imei(900)
    stack.upload(unique("tree"), without_position(900))
    page = open_page()
    page.goto(f"/cameras/{imei}")
    address = page.locator("a[href*='/check/']").get_attribute("href") or ""
    visitor = open_page(logged_in=False, width=360, height=740)
    sizes: list[int] = []
    visitor.on("response", lambda answer: sizes.append(len(answer.body())))
    visitor.clock.install()
    visitor.goto(address, wait_until="networkidle")
    expect(visitor.locator("li").first).to_contain_text("Photo rejected")
    assert sum(sizes) < 20_000
    stack.upload(unique("tree"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=1))
    look_until(visitor, 15, visitor.locator("li:first-child", has_text="Photo received"))
    visitor.screenshot(path=SCREENSHOTS / "check-360.png", full_page=True)
    answer = visitor.goto(address[:-3] + "xyz")
    assert answer
    assert answer.status == 404
    visitor.goto("/cameras")
    expect(visitor.get_by_role("button", name="Log in")).to_be_visible()


def test_the_check_page_updates_on_a_phone_without_abort_timeouts(stack: Stack, open_page: OpenPage) -> None:
    imei = simulated_imei(950)
    stack.upload(unique("old phone"), without_position(950))
    page = open_page()
    page.goto(f"/cameras/{imei}")
    address = page.locator("a[href*='/check/']").get_attribute("href") or ""
    phone = open_page(logged_in=False, width=360, height=740)
    phone.clock.install()
    phone.add_init_script("delete AbortSignal.timeout")
    phone.goto(address)
    assert phone.evaluate("typeof AbortSignal.timeout") == "undefined"
    expect(phone.locator("li").first).to_contain_text("Photo rejected")
    stack.upload(unique("old phone"), willfine_photo(imei, camera_now(), 52.1, 5.1, seed=950))
    look_until(phone, 15, phone.locator("li:first-child", has_text="Photo received"))
    expect(phone.locator("#trouble")).to_be_hidden()


def test_a_refused_log_in_of_a_camera_appears_by_itself(stack: Stack, open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    page.goto("/set-up")
    before = page.get_by_text("wrong account or password").count()
    server = stack.gateway.explicit
    wrong = FtpsServer(server.host, server.port, False, server.account, "wrong", server.ca)
    with pytest.raises(UploadError):
        ftps_upload(wrong, "x.jpg", b"x")
    look_until(page, 5, page.get_by_text("wrong account or password").nth(before))
    expect(page.get_by_text("wrong account or password")).to_have_count(before + 1)


@with_and_without_script
def test_the_ftps_password_is_shown_only_on_request(stack: Stack, open_page: OpenPage, script: bool) -> None:
    password = stack.gateway.explicit.password
    page = open_page(script=script)
    page.goto("/set-up")
    assert password not in page.content()
    page.get_by_role("button", name="Show the password").click()
    expect(page.get_by_text(password)).to_be_visible()
    page.goto("/set-up")
    page.get_by_label("with the password").check()
    page.get_by_role("button", name="Make the card").click()
    expect(page.get_by_text(password)).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "card.png")


def test_a_profile_is_drafted_from_a_file(stack: Stack, open_page: OpenPage) -> None:
    item_id = stack.upload(unique("draft"), without_position(1000))
    page = open_page()
    page.goto(f"/files/{item_id}")
    page.get_by_role("link", name="Teach Camspool this camera").click()
    expect(page.locator("#choices")).to_contain_text("The tag BodySerialNumber")


def test_a_file_that_vanished_is_shown_as_vanished(stack: Stack, open_page: OpenPage) -> None:
    item_id = stack.upload(unique("vanish"), without_position(1100))
    for file in (stack.gateway.root / "rejected").rglob(f"{item_id}-*"):
        file.unlink()
    page = open_page()
    page.goto(f"/files/{item_id}")
    expect(page.get_by_text("The file has vanished.")).to_be_visible()


def test_the_log_is_filtered_and_what_admins_did_is_listed(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/system")
    page.fill("[name=q]", "missing_location")
    follow(page, page.get_by_role("button", name="Filter"))
    rows = page.locator("table.log tbody tr")
    assert rows.count() > 0
    assert all("missing_location" in text for text in rows.all_inner_texts())
    page.get_by_role("link", name="requeue").first.click()
    expect(page.get_by_text("done, ")).to_be_visible()


def test_every_part_is_green_while_everything_runs(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/system")
    lights = {
        light.locator("b").inner_text().partition(":")[0].strip(): light for light in page.locator(".light").all()
    }
    for name in ("Watcher", "Queue", "FTPS, explicit TLS", "FTPS, implicit TLS", "Certificate", "Last contact"):
        assert "good" in (lights[name].get_attribute("class") or ""), lights[name].inner_text()


@with_and_without_script
def test_logging_out_closes_every_page(stack: Stack, open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script, logged_in=False)
    log_in(page, stack)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    page.goto("/files")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


def test_a_brute_force_is_stopped_by_both_workers(open_page: OpenPage) -> None:
    page = open_page(logged_in=False)

    def guess(page: Page, number: int) -> None:
        page.goto("/log-in")
        page.fill("[name=name]", "guessed")
        page.fill("[name=password]", f"guess {number}")
        page.click("button")

    for number in range(10):
        guess(page, number)
        expect(page.get_by_text("Name or password is wrong.")).to_be_visible()
    guess(page, 10)
    expect(page.get_by_text("Too many attempts.")).to_be_visible()
