"""How targets stand, also those that the settings do not name any more."""

from pathlib import Path

from ingest.outbox.standing import standing_of, standings
from ingest.settings.targets import Target, defaults_of
from ingest.spool.deliveries import Delivery, note_failed
from ingest.spool.outbox import pause_target, prepare_target
from tests.unit.ingest.outbox.jobs import put_waiting


def test_a_target_without_anything_has_never_begun(root: Path) -> None:
    found = standing_of(root, "nas", "archive")
    assert (found.waiting, found.oldest_id, found.failed, found.is_paused) == (0, None, 0, False)
    assert (found.outlook, found.began_at, found.is_filled) == (None, None, False)


def test_what_waits_and_what_was_refused_is_counted(root: Path) -> None:
    prepare_target(root, "nas")
    first, second = (put_waiting(root, "nas", text)[0] for text in (b"a", b"b"))
    note_failed(root, "nas", Delivery(first, first, None, "", "failed", "no"))
    pause_target(root, "nas", "anna")
    found = standing_of(root, "nas", "archive")
    assert (found.waiting, found.oldest_id, found.failed, found.is_paused) == (2, min(first, second), 1, True)
    assert found.is_filled


def test_former_targets_stand_behind_the_others_as_long_as_something_waits(root: Path) -> None:
    prepare_target(root, "gone")
    put_waiting(root, "former")
    targets = [Target(name, "archive", *defaults_of("archive")) for name in ("b", "a")]
    assert [(one.name, one.kind) for one in standings(root, targets)] == [
        ("b", "archive"),
        ("a", "archive"),
        ("former", None),
    ]
