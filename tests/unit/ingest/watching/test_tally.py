"""The watcher counts its verdicts, and how long each took from the end of its upload."""

import os
from pathlib import Path
from typing import Any

import pytest

from ingest.watching.tally import BOUNDS_S, Tally, counted, lengths, verdict_name
from tests.spools import make_sidecar, put_item


def test_verdicts_are_counted_by_reason_and_lengths_by_the_bound_they_keep() -> None:
    tally = counted(Tally(), ["accepted", "rejected/no_metadata", "accepted"], [0.05, 0.051, 100000.0])
    tally = counted(tally, ["accepted"], [1.0])
    assert tally.verdicts == {"accepted": 3, "rejected/no_metadata": 1} and tally.decided == 4
    found = {bound: count for bound, count in zip([*BOUNDS_S, None], tally.slots, strict=True) if count}
    assert found == {0.05: 1, 0.1: 1, 1.0: 1, None: 1} and tally.sum_s == pytest.approx(100001.101)


def test_a_verdict_is_called_by_its_reason() -> None:
    assert verdict_name(make_sidecar()) == "accepted"
    assert verdict_name(make_sidecar(verdict="rejected", reason="not_jpeg")) == "rejected/not_jpeg"


def test_an_upload_takes_from_its_last_byte_to_its_first_verdict(root: Path) -> None:
    sidecar, place = put_item(root, source="ftps")
    os.utime(root / place, (1000, 1000))
    assert lengths(root, [(sidecar, place)], 1002.5) == [2.5]
    assert lengths(root, [(sidecar, place)], 900.0) == [0.0]


@pytest.mark.parametrize("changes", [{"source": "upload"}, {"attempts": 2}, {"part_of": "another"}])
def test_what_was_not_just_uploaded_has_no_length(root: Path, changes: dict[str, Any]) -> None:
    assert lengths(root, [put_item(root, **{"source": "ftps", **changes})], 1e12) == []


def test_a_file_that_is_gone_has_no_length(root: Path) -> None:
    assert lengths(root, [(make_sidecar(source="ftps"), "accepted/gone.jpg")], 1e12) == []
