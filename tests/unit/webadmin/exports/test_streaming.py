"""A package that is sent as it is made."""

import io
import zipfile
from pathlib import Path

from ingest.exports.checking import check_package
from ingest.exports.package import Order
from tests.exported import DAY, NOON, daily, surveyed
from tests.spools import make_spool
from webadmin.exports.journeys import begin, journeys
from webadmin.exports.streaming import stream_package


def test_what_arrives_whole_is_a_valid_package(tmp_path: Path) -> None:
    for name, with_photos in (("a", True), ("b", False)):
        folder = tmp_path / name
        folder.mkdir()
        settings, found = surveyed(make_spool(folder), daily(9), NOON + 9 * DAY)
        teller = begin(tmp_path, "anna", "everything", with_photos)
        sent = list(stream_package(settings, found, Order(with_photos=with_photos), tmp_path, teller))
        (tmp_path / f"{name}.zip").write_bytes(b"".join(sent))
        assert list(check_package(tmp_path / f"{name}.zip")) == []
        assert len(sent) > 2
    assert [one.how for one in journeys(tmp_path)] == ["whole", "whole"]
    assert journeys(tmp_path)[0].taken == 9


def test_what_the_browser_broke_off_is_no_zip_and_is_said_to_be_none(tmp_path: Path) -> None:
    settings, found = surveyed(make_spool(tmp_path), daily(9), NOON + 9 * DAY)
    stream = stream_package(settings, found, Order(with_photos=True), tmp_path, begin(tmp_path, "anna", "all", True))
    part = [next(stream) for _ in range(3)]
    stream.close()
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(part)))
    assert [one.how for one in journeys(tmp_path)] == ["broken off"]
