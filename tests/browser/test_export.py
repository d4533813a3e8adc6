"""A biologist takes a package home, in a real browser, and a table of effort for a spreadsheet."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ingest.exports.checking import check_package
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.stack import Stack
from tests.browser.uploads import follow
from tests.demo_fleet import FLEET


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_package_of_one_camera_with_its_photos_arrives_and_is_valid(
    stack: Stack, open_page: OpenPage, tmp_path: Path, width: int, script: bool
) -> None:
    camera = FLEET[4].id
    page = open_page(width=width, script=script)
    page.goto(f"/cameras/{camera}")
    follow(page, page.get_by_role("link", name="Export", exact=True).last)
    expect(page.get_by_label("Camera ID")).to_have_value(camera)
    page.get_by_label("The photos go with it").check()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Take the package").click()
    arriving.value.save_as(tmp_path / "package.zip")
    assert arriving.value.suggested_filename.endswith(".zip")
    assert list(check_package(tmp_path / "package.zip")) == []
    if not script:
        page.goto("/export")
    expect(page.get_by_text("whole", exact=True).first).to_be_visible()
    page.screenshot(path=SCREENSHOTS / f"export-{width}.png", full_page=True)


def test_effort_is_a_table_for_a_spreadsheet(stack: Stack, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.goto("/export")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Effort as CSV").click()
    arriving.value.save_as(tmp_path / "effort.csv")
    with (tmp_path / "effort.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["cameraID"] for row in rows} >= {FLEET[4].id} and all(float(row["hours"]) <= 25 for row in rows)


def test_a_camera_that_nobody_knows_is_a_sentence(stack: Stack, open_page: OpenPage) -> None:
    page = open_page(width=360)
    page.goto("/export")
    page.get_by_label("Camera ID").fill("nobody-knows-it")
    page.get_by_role("button", name="Take the package").click()
    expect(page.get_by_text("Nothing came of a camera nobody-knows-it")).to_be_visible()
