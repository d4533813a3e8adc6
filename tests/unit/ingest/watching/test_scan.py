"""One look into the folders takes what is finished, up to a limit, and says what waits."""

from contextlib import closing
from pathlib import Path

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.settings.values import Settings
from ingest.spool.names import aside_name, parse_incoming_name
from ingest.spool.patience import Patience
from ingest.spool.stamp import new_id
from ingest.watching import scan
from ingest.watching.scan import profiles_now, take, waiting_names
from ingest.watching.wakeup import Wakeups
from tests.unit.ingest.watching.photos import put_waiting


def _arrive(root: Path, *names: str) -> None:
    connection = root / "uploads" / new_id()
    connection.mkdir()
    for name in names:
        (connection / name).write_bytes(b"jpg")


def test_what_has_arrived_is_taken_and_its_folder_watched(root: Path) -> None:
    _arrive(root, "a.jpg", "b.jpg")
    _arrive(root, "c.jpg")
    with closing(Wakeups()) as wakeups:
        assert take(root, (), Patience(), wakeups) == (3, True)
    taken = [parsed.upload_path for name in waiting_names(root, ()) if (parsed := parse_incoming_name(name))]
    assert sorted(path or b"" for path in taken) == [b"a.jpg", b"b.jpg", b"c.jpg"]


def test_what_is_too_much_for_one_scan_is_left_for_the_next(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _arrive(root, "a.jpg", "b.jpg")
    _arrive(root, "c.jpg")
    monkeypatch.setattr(scan, "TAKE_MAX", 2)
    with closing(Wakeups()) as wakeups:
        assert take(root, (), Patience(), wakeups) == (2, False)
        assert take(root, (), Patience(), wakeups) == (1, True)


def test_what_waits_is_listed_in_order_of_arrival_without_what_is_known_or_lies_beside(root: Path) -> None:
    first, second, known = (put_waiting(root, name, b"jpg") for name in ("b.jpg", "a.jpg", "c.jpg"))
    (root / "incoming" / aside_name(first.partition("~")[0])).touch()
    (root / "incoming" / "by hand.jpg").touch()
    assert waiting_names(root, {known}) == [first, second]


def test_a_profile_that_breaks_is_said_once(root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = tmp_path / "profiles" / "broken"
    broken.mkdir(parents=True)
    (broken / "profile.toml").write_text("name = ")
    settings = Settings(root=root, profiles=(tmp_path / "profiles",))
    catalogue = profiles_now(settings, Catalogue())
    said = [record for record in caplog.records if "broken" in record.getMessage()]
    assert len(said) == 1
    profiles_now(settings, catalogue)
    assert [record for record in caplog.records if "broken" in record.getMessage()] == said
