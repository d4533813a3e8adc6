"""The page Export, and what is taken from it."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from ingest.exports.checking import check_package
from tests.exported import DAY, NOON, daily, enter_site
from tests.unit.webadmin.site import Person, Site
from tests.years import fill
from webadmin.exports.journeys import begin, journeys


@pytest.fixture
def filled(site: Site) -> Site:
    """Return the admin of a spool with two cameras."""
    enter_site(site.root)
    fill(site.root, [*daily(5), *daily(5, "elm", NOON + DAY, latitude=52.3)])
    return site


def test_a_package_arrives_and_the_page_tells_of_it(filled: Site, admin: Person, tmp_path: Path) -> None:
    answer = admin.get("/export/package.zip?photos=1")
    assert answer.headers["X-Accel-Buffering"] == "no" and answer.mimetype == "application/zip"
    (tmp_path / "a.zip").write_bytes(answer.data)
    assert list(check_package(tmp_path / "a.zip")) == []
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert sum(name.startswith("media/") for name in archive.namelist()) == 10
    page = admin.get("/export?live=1").text
    assert "everything" in page and "whole" in page and "10" in page and "anna" in page
    assert [one.how for one in journeys(filled.app.extensions["camspool"].surroundings.cache)] == ["whole"]


def test_a_camera_or_a_site_can_be_chosen(filled: Site, admin: Person) -> None:
    for query in ("camera=elm", "site=52.30000N_5.10000E", "camera=elm&from=2026-06-01&until=2026-06-30"):
        answer = admin.get(f"/export/package.zip?{query}")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            assert archive.read("media.csv").count(b"\n") == 6


@pytest.mark.parametrize(("table", "rows"), [("effort", 10), ("failures", 0), ("cameras", 2), ("reports", 10)])
def test_tables_are_csv_for_a_spreadsheet(table: str, rows: int, filled: Site, admin: Person) -> None:
    text = admin.get(f"/export/{table}.csv").data.decode()
    assert text[0] == "\ufeff" and len(text.splitlines()) >= rows + 1


def test_sites_are_files_for_maps(filled: Site, admin: Person) -> None:
    assert b"<wpt" in admin.get("/export/sites.gpx").data
    assert len(json.loads(admin.get("/export/sites.geojson").data)["features"]) == 2
    assert admin.get("/export/sites.exe").status_code == admin.get("/export/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("camera=beech", "Nothing came of a camera beech"),
        ("from=June", "is no day"),
        ("site=Elm", "No camera stood at"),
    ],
)
def test_what_cannot_be_leads_back_with_a_sentence(query: str, said: str, filled: Site, admin: Person) -> None:
    for path in ("package.zip", "effort.csv", "sites.gpx"):
        answer = admin.get(f"/export/{path}?{query}")
        assert answer.status_code == 302
        assert said in admin.get(answer.headers["Location"]).text


def test_a_third_package_at_the_same_time_has_to_wait(filled: Site, admin: Person) -> None:
    cache = filled.app.extensions["camspool"].surroundings.cache
    going = [begin(cache, "bert", "everything", True) for _ in range(2)]
    answer = admin.get("/export/package.zip")
    assert answer.status_code == 302 and "under way already" in admin.get("/export").text
    for one in going:
        one.end("whole")


def test_who_asks_for_the_head_alone_takes_nothing(filled: Site, admin: Person) -> None:
    assert admin.client.head("/export/package.zip").status_code == 200
    assert journeys(filled.app.extensions["camspool"].surroundings.cache) == []


def test_the_page_offers_sites_and_keeps_what_was_asked(filled: Site, admin: Person) -> None:
    page = admin.get("/export?camera=oak&from=2026-06-01").text
    assert 'value="Old oak"' in page and 'value="oak"' in page and 'value="2026-06-01"' in page
    assert "under [project]" in page
    camera = admin.get("/cameras/oak").text
    assert "/export?camera=oak" in camera and "/export" in admin.get("/cameras").text
    assert "/export?camera=oak&amp;from=2026-06-02" in admin.get("/files?camera=oak&day=2026-06-02").text
