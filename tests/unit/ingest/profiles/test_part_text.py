"""A part is written with what it has, and nothing else."""

import tomllib

from ingest.profiles.part_text import FieldText, PartText, part_block


def test_a_part_says_what_it_has_and_asks_above_a_field() -> None:
    fields = [FieldText("camera_id", 'from = "account"', ("# Which?",)), FieldText("captured_at", "", ("# When?",))]
    block = part_block("image", PartText({"path": "x"}, fields, require=("camera_id",)))
    assert tomllib.loads(block)["image"] == {
        "match": {"path": "x"},
        "require": ["camera_id"],
        "fields": {"camera_id": {"from": "account"}},
    }
    assert block.endswith('# Which?\ncamera_id = { from = "account" }\n# When?')


def test_a_report_has_no_list_of_what_it_must_have() -> None:
    part = PartText({"path": "x"}, [], ("exif.Make",), "p", {"comment": "c"}, "gbk", ("camera_id",))
    assert set(tomllib.loads(part_block("image", part))["image"]) >= {"absent", "path", "find", "encoding", "require"}
    assert "require" not in part_block("report", part)
