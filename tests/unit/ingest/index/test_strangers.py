"""Files of camera types that no profile knows: what their type is called, and which files are of one."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.index.reindex import rebuild
from ingest.index.store import enter, forget, open_index, read_index
from ingest.index.strangers import stranger_rows, type_of_stranger
from ingest.spool.sidecar import Sidecar
from tests.spools import make_sidecar, put_item

UNKNOWN: dict[str, Any] = {
    "verdict": "rejected",
    "reason": "no_matching_profile",
    "camera_id": None,
    "profile": None,
}


def stranger(exif: dict[str, Any] | None = None, path: str = "IMG_0001.JPG", **changes: Any) -> Sidecar:
    return make_sidecar(**{**UNKNOWN, "exif": exif or {}, "upload_path": path, "account": None, **changes})


@pytest.mark.parametrize(
    ("exif", "path", "account", "shown"),
    [
        ({"Make": "RECONYX ", "Model": "HC500"}, "a/IMG_0001.JPG", "north", "RECONYX HC500"),
        ({"Make": "", "Model": "X1"}, "a/IMG_0001.JPG", None, "X1"),
        ({"Make": "", "Model": ""}, "IMG_0001.JPG", None, "IMG_#.JPG"),
        ({}, "cam7/2026-11-21/event93/01-15-30.jpg", "north", "cam#/#-#-#/event#/#-#-#.jpg from the account north"),
        ({"Make": 7}, "a.jpg", None, "7"),
        ({"Make": "A\nB"}, "a.jpg", None, "A\N{REPLACEMENT CHARACTER}B"),
    ],
)
def test_a_type_is_called_by_make_and_model_or_by_its_path(
    exif: dict[str, Any], path: str, account: str | None, shown: str
) -> None:
    assert type_of_stranger(stranger(exif, path, account=account)) == shown


def test_photos_of_one_camera_have_one_type_whatever_their_numbers_are() -> None:
    paths = (
        "4C01231PAG00A7/2026-11-21/001/jpg/01/15/30[M][0@0][0].jpg",
        "9A0X1/2026-11-22/001/jpg/23/59/01[M][0@0][1].jpg",
    )
    assert len({type_of_stranger(stranger(path=path)) for path in paths}) == 1


def test_what_a_stranger_wrote_is_bounded() -> None:
    wordy = {"Make": "x" * 5000, "Model": "y" * 5000}
    assert all(len(type_of_stranger(stranger(exif, "p" * 5000, account="a" * 500))) < 250 for exif in (wordy, {}))


def test_only_what_a_profile_would_mend_is_of_an_unknown_type() -> None:
    assert [row[1:] for row in stranger_rows(stranger({"Make": "ACME"}))] == [("image", "ACME")]
    for reason in ("no_metadata", "broken_jpeg", "missing_location"):
        assert stranger_rows(stranger(reason=reason)) == []
    assert stranger_rows(make_sidecar()) == []


def test_the_index_keeps_them_also_when_it_is_made_anew(root: Path) -> None:
    kept, gone = put_item(root, exif={"Make": "ACME"}, **UNKNOWN), put_item(root, exif={"Make": "ACME"}, **UNKNOWN)
    known = put_item(root)
    with closing(open_index(root)) as index:
        enter(index, [kept, gone, known])
        forget(index, [gone[0].id])
        before = [tuple(row) for row in index.execute("SELECT * FROM strangers")]
    assert before == [(kept[0].id, "image", "ACME")]
    (root / gone[1]).unlink()
    (root / f"{gone[1]}.json").unlink()
    rebuild(root, lambda counts, _: counts)
    with closing(read_index(root)) as index:
        assert [tuple(row) for row in index.execute("SELECT * FROM strangers")] == before
