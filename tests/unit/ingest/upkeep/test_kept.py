"""Which promises hold here: said in one sentence, and bad where less holds than the settings ask for."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.ftps.intake import MISSING
from ingest.settings.values import Ftps, Settings
from ingest.spool.write_through import NOT_WRITTEN_THROUGH
from ingest.upkeep import kept
from ingest.upkeep.kept import FLUSHED, UNFLUSHED, what_is_kept


@pytest.mark.parametrize(("write_through", "expected"), [(True, FLUSHED), (False, UNFLUSHED)])
def test_with_the_intake_the_setting_decides_about_power_cuts(root: Path, write_through: bool, expected: str) -> None:
    assert what_is_kept(Settings(root=root, ftps=Ftps(write_through=write_through))) == (True, expected)


def test_what_waits_for_its_rest_is_counted(root: Path) -> None:
    folder = root / "partial" / "short"
    folder.mkdir()
    for number, more in enumerate(("1 cut upload waits for the rest.", "2 cut uploads wait for the rest.")):
        (folder / f"20261123T202316.31433{number}Z-10007498~local~a.jpg").write_bytes(b"x")
        assert what_is_kept(Settings(root=root))[1].endswith(more)


@pytest.mark.parametrize("wanted", [True, False])
def test_without_the_intake_less_holds_and_what_to_do_is_said(
    root: Path, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "find_intake", lambda: None)
    is_kept, sentence = what_is_kept(replace(Settings(root=root), ftps=Ftps(write_through=wanted)))
    assert not is_kept and MISSING in sentence
    assert (NOT_WRITTEN_THROUGH in sentence) is wanted
