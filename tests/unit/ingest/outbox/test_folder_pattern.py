"""A pattern becomes a path that stays below its folder, whatever a stranger has named."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from ingest.outbox.folder_pattern import as_part, beside, filled_in, values_of
from ingest.spool.sidecar import Correction, changed
from tests.spools import make_sidecar

ID = "20260401T120000.000001Z-10000001"
RECORD: dict[str, Any] = {
    "sites": [
        {"name": "Gate / North", "latitude": 52.0, "longitude": 5.0, "from": None, "until": "2026-03-01T00:00:00"},
        {"name": "Ford", "latitude": 52.0, "longitude": 5.0, "from": "2026-03-01T00:00:00", "until": None},
    ]
}


def values(record: dict[str, Any] | None = RECORD, **changes: Any) -> dict[str, str]:
    given = {"item_id": ID, "camera_id": "X", "captured_at": "2026-02-27T23:59:00", "upload_path": "DCIM/E1.JPG"}
    return dict(values_of(make_sidecar(**{**given, **changes}), record))


def test_words_are_what_is_known_of_the_photo() -> None:
    assert values() == {
        "site": "Gate _ North",
        "camera": "X",
        "date": "2026-02-27",
        "day": "2026-04-01",
        "id": ID,
        "name": "E1.JPG",
    }
    assert values(captured_at="2026-03-02T00:00:00")["site"] == "Ford"


def test_what_is_not_known_has_a_word_of_its_own() -> None:
    found = values(None, captured_at=None, camera_id=None, verdict="rejected", reason="no_metadata")
    assert (found["site"], found["camera"], found["date"]) == ("no-site", "unknown", "2026-04-01")


def test_a_correction_counts() -> None:
    note = Correction("camera_id", "Y", "X", "anna", "2026-04-01T00:00:00.000000Z")
    assert values_of(changed(make_sidecar(camera_id="X"), corrections=(note,)), None)["camera"] == "Y"


HOSTILE = ["../../etc", "/etc", "..", ".", "", "a/b", "a\0b", "a\nb", "~", "\\..", ".hidden", "x" * 999]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_stranger_s_text_is_one_harmless_part_of_a_path(text: str) -> None:
    part = as_part(text)
    assert part not in ("", ".", "..")
    assert not part.startswith(".")
    assert "/" not in part and part.isprintable() and len(part.encode()) <= 200
    path = filled_in("{site}/{name}", {**values(), "site": part})
    assert path.parts == (part, "E1.JPG")


def test_names_in_braces_are_no_words() -> None:
    path = filled_in("{site}/{camera}/{date}/{name}", {**values(), "site": as_part("{id}")})
    assert str(path) == "_id_/X/2026-02-27/E1.JPG"


def test_the_other_name_of_a_photo_is_always_the_same() -> None:
    assert beside(PurePosixPath("a/E1.JPG"), ID) == PurePosixPath(f"a/E1-{ID}.JPG")
    assert beside(PurePosixPath("a/E1"), ID) == PurePosixPath(f"a/E1-{ID}")
