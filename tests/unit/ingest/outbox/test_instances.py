"""instances.json is what SpeciesNet reads, and what somebody else wrote is not lost."""

import json
from pathlib import Path

import pytest

from ingest.outbox.instances import Instance, add_instances


def listed(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "instances.json").read_bytes())["instances"]
    return found


def test_photos_are_added_and_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    add_instances(tmp_path, [Instance("/a.jpg", "NLD", 52.1, 5.1)])
    add_instances(tmp_path, [Instance("/b.jpg"), Instance("/a.jpg", "NLD", 52.2, 5.1)])
    assert listed(tmp_path) == [
        {"filepath": "/a.jpg", "country": "NLD", "latitude": 52.2, "longitude": 5.1},
        {"filepath": "/b.jpg"},
    ]


def test_without_photos_there_is_no_file(tmp_path: Path) -> None:
    add_instances(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"instances": [3]}', b'{"instances": [{"filepath": 3}]}', b"\xff"])
def test_a_file_that_is_none_of_ours_is_kept_under_another_name(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "instances.json").write_bytes(content)
    add_instances(tmp_path, [Instance("/a.jpg")])
    assert listed(tmp_path) == [{"filepath": "/a.jpg"}]
    (kept,) = (file for file in tmp_path.iterdir() if file.name != "instances.json")
    assert kept.read_bytes() == content
