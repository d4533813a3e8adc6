"""From a spool to a package."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.errors import CamspoolError
from ingest.exports.building import build, check_choice, survey_spool
from ingest.exports.checking import check_package
from ingest.exports.choosing import Choice
from ingest.exports.package import Order
from ingest.index.store import FILE
from ingest.settings.values import Settings
from tests.exported import DAY, NOON, daily, enter_site, exported, surveyed
from tests.spools import make_spool


def test_where_the_name_ends_in_zip_it_is_one(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    settings, found = surveyed(root, daily(3), NOON + 3 * DAY)
    package = exported(settings, found, tmp_path / "a.ZIP", Order(with_photos=True))
    with ZipFile(package) as archive:
        assert sum(name.startswith("media/") for name in archive.namelist()) == 3
        assert archive.namelist()[-1] == "datapackage.json"
    assert list(check_package(package)) == []


def test_progress_goes_from_the_first_photo_to_the_last(tmp_path: Path) -> None:
    settings, found = surveyed(make_spool(tmp_path), daily(7), NOON + 7 * DAY)
    steps = list(build(settings, found, Order(), tmp_path / "package"))
    assert [one.done for one in steps] == list(range(1, 8))
    assert (steps[-1].total, steps[-1].taken) == (7, 7)


def test_who_stops_half_way_has_no_package(tmp_path: Path) -> None:
    settings, found = surveyed(make_spool(tmp_path), daily(7), NOON + 7 * DAY)
    for name in ("package", "package.zip"):
        steps = build(settings, found, Order(with_photos=True), tmp_path / name)
        next(steps)
        steps.close()
    assert [one.name for one in tmp_path.iterdir()] == ["spool"]


def test_what_is_chosen_and_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    _, found = surveyed(root, daily(3), NOON + 3 * DAY)
    check_choice(found, Choice(cameras=("oak",), site="Old oak"))
    with pytest.raises(CamspoolError, match="Nothing came of a camera elm"):
        check_choice(found, Choice(cameras=("elm",)))
    with pytest.raises(CamspoolError, match="No camera stood at a site Elm"):
        check_choice(found, Choice(site="Elm"))
    with pytest.raises(CamspoolError, match="is after"):
        check_choice(found, Choice(first=NOON.date(), last=(NOON - DAY).date()))


def test_without_a_whole_index_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    with pytest.raises(CamspoolError, match="run camspool reindex"):
        survey_spool(Settings(root=root), NOON)
    surveyed(root, daily(1), NOON + DAY)
    (root / FILE).write_bytes(b"no database" * 500)
    with pytest.raises(CamspoolError, match="run camspool reindex"):
        survey_spool(Settings(root=root), NOON)
