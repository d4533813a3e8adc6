"""What became of an item at each target: a target that has nothing to do with it is not named."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.spool.deliveries import note_done
from ingest.spool.outbox import make_marks, prepare_target
from tests.spools import make_spool, put_item
from tests.unit.webadmin.outbox.answers import delivery, refuse
from tests.unit.webadmin.outbox.conftest import TARGETS
from webadmin.outbox.deliveries_of import Known, deliveries_of, line_of

NOTHING = Known("nas", "folder", is_wanted=False, is_waiting=False, last=None, failed=None)
DONE, REFUSED = delivery("x"), delivery("x", "failed", "No room.")


@pytest.mark.parametrize(
    ("known", "word", "button"),
    [
        (replace(NOTHING, is_wanted=True, is_waiting=True), "waits", ""),
        (replace(NOTHING, is_wanted=True, last=DONE), "delivered", "Send again"),
        (replace(NOTHING, last=DONE), "delivered", "Send again"),
        (replace(NOTHING, last=REFUSED, failed=REFUSED), "refused", "Send again"),
        (replace(NOTHING, last=REFUSED, failed=REFUSED, is_waiting=True), "waits", ""),
        (replace(NOTHING, last=delivery("x", "gone")), "gone", "Send again"),
        (replace(NOTHING, last=delivery("x", "new-word")), "new-word", "Send again"),
        (replace(NOTHING, is_wanted=True), "not sent", "Send"),
        (replace(NOTHING, kind=None, last=DONE), "delivered", ""),
    ],
)
def test_what_a_page_says_and_offers(known: Known, word: str, button: str) -> None:
    line = line_of(known)
    assert line and (line.word, line.button) == (word, button)


def test_what_waits_keeps_its_last_answer_in_sight() -> None:
    line = line_of(replace(NOTHING, is_waiting=True, last=DONE))
    assert line and line.answer == DONE


def test_a_target_that_has_nothing_to_do_with_an_item_is_not_named(tmp_path: Path) -> None:
    assert line_of(NOTHING) is None
    root = make_spool(tmp_path)
    sidecar, _ = put_item(root)
    assert [line.target for line in deliveries_of(root, sidecar.id, sidecar, TARGETS)] == ["nas"]


def test_it_is_read_from_the_folders_of_the_targets(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, _ = put_item(root)
    prepare_target(root, "former")
    note_done(root, "former", [delivery(sidecar.id)])
    refuse(root, "hook", sidecar.id)
    make_marks(root, [("nas", sidecar.id)])
    lines = deliveries_of(root, sidecar.id, sidecar, TARGETS)
    assert [(line.target, line.word) for line in lines] == [
        ("nas", "waits"), ("hook", "refused"), ("former", "delivered"),
    ]  # fmt: skip
    assert [line.kind for line in lines] == ["folder", "webhook", None]
    assert [line.target for line in deliveries_of(root, sidecar.id, None, TARGETS)] == ["nas", "hook", "former"]
