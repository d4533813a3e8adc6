"""A parcel's key is the same for each repetition, and another for each state of its item."""

from pathlib import Path

from ingest.outbox.answers import Parcel
from ingest.settings.targets import WebhookOptions
from ingest.spool.sidecar import Correction, changed
from tests.spools import make_sidecar
from tests.unit.ingest.outbox.jobs import job_for


def test_the_key_is_the_id_until_something_changes() -> None:
    sidecar = make_sidecar()
    note = Correction("camera_id", "Y", "X", "anna", "2026-04-01T00:00:00.000000Z")
    states = [sidecar, changed(sidecar, attempts=2), changed(sidecar, attempts=2, corrections=(note,))]
    assert [Parcel(one.id, "x", one, 1).key for one in states] == [sidecar.id, f"{sidecar.id}.1", f"{sidecar.id}.2"]


def test_a_job_knows_its_folders_and_options(root: Path) -> None:
    job = job_for(root, "webhook", "hook", url="https://example.org")
    assert (job.folder, job.options) == (root / "outbox" / "hook", WebhookOptions(url="https://example.org"))
    assert job.work_folder.is_dir()
