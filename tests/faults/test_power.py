"""The power is cut at many instants while files arrive and get verdicts; each time the spool is whole again.

The instants are others each day; `./dev soak --sweep` has more of them.
"""

from collections import Counter
from pathlib import Path

import pytest

from ingest.spool.durable import flush_file, flush_folder
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from ingest.upkeep.audit import audit
from tests.faults.conftest import Tell
from tests.faults.disks import cut_power, mounted, new_disk
from tests.faults.interpose import interpose
from tests.faults.power import cut_power_often
from tests.faults.scene import Scene, picture, write_log, write_settings
from tests.integration.watching import until

CUTS = 70


@pytest.mark.timeout(900)
def test_power_cuts_lose_nothing_that_was_acknowledged_and_no_verdict(seed: int, tell: Tell) -> None:
    told = cut_power_often(CUTS, seed)
    tell(str(told))
    assert told.middle > 10
    assert told.arrived > CUTS


def test_what_was_not_written_through_and_is_lost_is_named_by_the_audit(tmp_path: Path) -> None:
    """Without chattr +S, in the moment when the log of the connection is on the disk and the photo is not."""
    settings, copy, connection = write_settings(tmp_path), tmp_path / "copy.img", new_id()
    with new_disk(tmp_path, 24) as disk:
        root = disk.folder / "spool"
        root.mkdir()
        prepare_spool(root)
        upload = root / "uploads" / connection / "lost.jpg"
        upload.parent.mkdir()
        upload.write_bytes(picture(1))
        write_log(root, connection, {"lost.jpg": len(picture(1))})
        flush_file(root / "connections" / f"{connection}.log")
        flush_folder(root / "connections")
        until(lambda: cut_power(disk, copy), 60, "an instant between two writes")
    with mounted(copy, tmp_path / "again") as disk:
        again = Scene(tmp_path, disk.folder / "spool", settings, Counter())
        assert interpose(again.drain, (), lambda _: None).status == 0
        (finding,) = audit(again.root).findings
    assert finding.sentence.startswith(f"lost.jpg of connection {connection} is not whole")
