"""What was here before a target goes there when somebody says so, each item once."""

import json
import shutil
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.outbox.filling import Extent, delivered_on, extent_of, fill, note_filled
from ingest.settings.targets import Selection, Target, defaults_of
from ingest.spool.deliveries import Delivery, note_done, note_failed
from ingest.spool.outbox import FILLED, marked_ids, target_folder
from tests.spools import put_item

NAS = Target("nas", "archive", *defaults_of("archive"))
DAYS = ("20260401", "20260402", "20260403")
IDS = [f"{day}T120000.000001Z-10000001" for day in DAYS]


def put_three(root: Path) -> None:
    for item_id, camera_id in zip(IDS, ("X", "Y", "X"), strict=True):
        put_item(root, item_id=item_id, camera_id=camera_id)


def test_all_that_is_wanted_and_not_there_yet_gets_its_mark(root: Path) -> None:
    put_three(root)
    put_item(root, verdict="rejected", reason="no_metadata")
    shutil.rmtree(root / "cache")
    note_done(root, "nas", [Delivery(IDS[0], IDS[0], None, "", "delivered", "")])
    note_failed(root, "nas", Delivery(IDS[1], IDS[1], None, "", "failed", ""))
    looked: list[int] = []
    assert fill(root, NAS, Extent(), "anna", lambda: looked.append(1)) == 1
    assert (marked_ids(root, "nas"), len(looked)) == ([IDS[2]], 4)
    assert fill(root, NAS, Extent(), "anna") == 0


def test_what_was_deleted_here_before_it_went_may_go_when_it_is_back(root: Path) -> None:
    put_three(root)
    note_done(root, "nas", [Delivery(IDS[0], IDS[0], None, "", "gone", "")])
    assert delivered_on(root, "nas", "2026-04-01") == frozenset()
    assert fill(root, NAS, Extent(), "anna") == 3


@pytest.mark.parametrize(
    ("extent", "wanted"),
    [
        (Extent("2026-04-02"), [1, 2]),
        (Extent("", "2026-04-02"), [0, 1]),
        (Extent("2026-04-02", "2026-04-02"), [1]),
        (Extent(camera="X"), [0, 2]),
        (Extent(camera="Z"), []),
    ],
)
def test_days_and_camera_narrow_it(root: Path, extent: Extent, wanted: list[int]) -> None:
    put_three(root)
    fill(root, NAS, extent, "anna")
    assert marked_ids(root, "nas") == [IDS[number] for number in wanted]
    told = json.loads((target_folder(root, "nas") / FILLED).read_bytes())
    assert (told["by"], told["items"], told["extent"]) == ("anna", len(wanted), vars(extent))


def test_what_is_rejected_is_of_its_camera_too(root: Path) -> None:
    everything = Target("all", "webhook", Selection(sends=("accepted", "rejected")), defaults_of("webhook")[1])
    accepted, rejected, _ = (
        put_item(root, item_id=IDS[0], camera_id="X"),
        put_item(root, item_id=IDS[1], camera_id="X", verdict="rejected", reason="bad_datetime"),
        put_item(root, item_id=IDS[2], camera_id=None, verdict="rejected", reason="no_metadata"),
    )
    assert fill(root, everything, Extent(camera="X"), "anna") == 2
    assert marked_ids(root, "all") == [accepted[0].id, rejected[0].id]


def test_somebody_may_decide_that_nothing_goes(root: Path) -> None:
    put_three(root)
    note_filled(root, "nas", "anna", None, 0)
    assert (marked_ids(root, "nas"), (target_folder(root, "nas") / FILLED).exists()) == ([], True)


def test_a_day_that_is_none_is_said() -> None:
    assert extent_of("2026-04-01", None, "X") == Extent("2026-04-01", "", "X")
    for day in ("yesterday", "20260401", "2026-02-30"):
        with pytest.raises(CamspoolError, match=f"'{day}' is not a day; expected such as 2026-04-09."):
            extent_of(None, day, None)
