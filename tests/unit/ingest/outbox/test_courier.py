"""A courier takes every item to its target at least once, whatever becomes of item, target and answer."""

import logging
import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox import courier as courier_module
from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.courier import LATER_MAX, Courier
from ingest.outbox.kinds import Kind
from ingest.outbox.outlook import read_outlook
from ingest.outbox.parcels import parcels_of
from ingest.spool.deliveries import Delivery, done_on, failed_ids, last_done, note_failed, read_failed
from ingest.spool.moves import amend, delete, requeue
from ingest.spool.origin import Origin
from ingest.spool.outbox import (
    has_mark,
    make_marks,
    mark_again,
    marked_ids,
    pause_target,
    remove_marks,
    resume_target,
    try_at_once,
)
from ingest.spool.sidecar import changed, parse_sidecar
from tests.integration.watching import until
from tests.unit.ingest.outbox.jobs import Shelf, job_for, put_waiting


def courier_of(root: Path, shelf: Shelf) -> Courier:
    return Courier(job_for(root, "archive", "shelf"), shelf.kind)


def answering(outcome: str, said: str = "no") -> Callable[[Parcel], Answer]:
    return lambda parcel: Answer(parcel.id, outcome, said)  # type: ignore[arg-type]


def test_what_waits_goes_the_oldest_first_and_its_answer_is_kept(root: Path) -> None:
    ids = [put_waiting(root, "shelf", text)[0] for text in (b"a", b"b", b"c")]
    shelf = Shelf()
    courier = courier_of(root, shelf)
    assert courier.turn() == 0.0
    assert shelf.got == sorted(ids)
    assert (marked_ids(root, "shelf"), courier.turn() > 0) == ([], True)
    answer = last_done(root, "shelf", ids[0])
    assert answer and (answer.outcome, answer.said, answer.proof) == ("delivered", "On the shelf.", {"slot": "7"})
    outlook = read_outlook(root, "shelf")
    assert outlook and (outlook.delivered_at, outlook.trouble) != (None, "")


def test_the_answer_is_on_the_disk_before_the_mark_goes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id, _ = put_waiting(root, "shelf")
    seen: list[bool] = []

    def watch_and_remove(*words: Any) -> frozenset[str]:
        seen.append(last_done(root, "shelf", item_id) is not None)
        return remove_marks(*words)

    monkeypatch.setattr(courier_module, "remove_marks", watch_and_remove)
    courier_of(root, Shelf()).turn()
    assert (seen, marked_ids(root, "shelf")) == ([True], [])


def test_an_answer_that_cannot_be_kept_lets_the_item_go_again(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    shelf = Shelf()
    courier = courier_of(root, shelf)
    (root / "outbox" / "shelf" / "done").rmdir()
    (root / "outbox" / "shelf" / "done").touch()
    courier.turn()
    assert has_mark(root, "shelf", item_id)
    assert courier.outlook.trouble and courier.outlook.trouble.startswith("The machine fails: ")
    (root / "outbox" / "shelf" / "done").unlink()
    try_at_once(root, "shelf")
    courier.turn()
    assert (shelf.got, has_mark(root, "shelf", item_id)) == ([item_id, item_id], False)


def test_what_is_refused_for_good_is_set_aside_with_its_answer(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    courier_of(root, Shelf(answering("failed", "too dark"))).turn()
    refused = read_failed(root, "shelf", item_id)
    assert (marked_ids(root, "shelf"), failed_ids(root, "shelf")) == ([], [item_id])
    assert refused and (refused.said, refused.outcome) == ("too dark", "failed")


def test_what_is_sent_again_and_taken_is_no_failure_any_more(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    note_failed(root, "shelf", Delivery(item_id, item_id, None, "", "failed", "too dark"))
    courier_of(root, Shelf()).turn()
    assert failed_ids(root, "shelf") == []


def test_an_item_that_cannot_go_now_rests_and_delays_no_other(root: Path) -> None:
    bad, _ = put_waiting(root, "shelf", b"a")
    good, _ = put_waiting(root, "shelf", b"b")
    shelf = Shelf(lambda one: Answer(one.id, "later" if one.id == bad else "delivered", "busy"))
    courier = courier_of(root, shelf)
    courier.turn()
    assert (marked_ids(root, "shelf"), last_done(root, "shelf", good) is not None) == ([bad], True)
    assert courier.turn() > 0
    assert shelf.got.count(bad) == 1
    try_at_once(root, "shelf")
    courier.turn()
    assert shelf.got.count(bad) == 2
    assert courier.outlook.item_trouble == "busy"


def test_an_item_without_an_answer_is_tried_again_later(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    courier = Courier(job_for(root, "archive", "shelf"), Shelf().kind)
    courier.kind = Shelf().kind.__class__(lambda _job, _parcels, _tell: None, lambda _: "", 10)
    courier.turn()
    assert (marked_ids(root, "shelf"), courier.outlook.item_trouble) == ([item_id], "The target gave no answer.")


def test_a_target_that_is_down_rests_longer_each_time_and_says_why(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(_: Parcel) -> Answer:
        raise TargetDownError("It cannot be reached.")

    put_waiting(root, "shelf")
    courier = courier_of(root, Shelf(fall))
    since = []
    with caplog.at_level(logging.WARNING, "camspool"):
        for tries in (1, 2, 3):
            courier.turn()
            assert (courier.outlook.trouble, courier.outlook.tries) == ("It cannot be reached.", tries)
            assert courier.turn() > 0
            since.append(courier.outlook.trouble_since)
            try_at_once(root, "shelf")
    assert len(set(since)) == 1
    assert caplog.text.count("shelf rests: It cannot be reached.") == 1
    assert read_outlook(root, "shelf") == courier.outlook
    courier.kind = Shelf().kind
    courier.turn()
    assert (courier.outlook.trouble, courier.outlook.tries) == (None, 0)


def test_a_courier_that_starts_again_knows_since_when_its_target_is_down(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fall(_: Parcel) -> Answer:
        raise TargetDownError("It cannot be reached.")

    put_waiting(root, "shelf")
    outlooks = []
    for _ in range(2):
        courier = courier_of(root, Shelf(fall))
        courier.turn()
        outlooks.append(courier.outlook)
    assert outlooks[0].trouble_since == outlooks[1].trouble_since
    assert [outlook.tries for outlook in outlooks] == [1, 1]
    assert caplog.text.count("shelf rests: It cannot be reached.") == 2


def test_what_was_wrong_with_an_item_is_told_until_it_has_gone(root: Path) -> None:
    put_waiting(root, "shelf")
    courier = courier_of(root, Shelf(answering("later", "busy")))
    courier.turn()
    assert courier.outlook.item_trouble == "busy"
    courier.kind = Shelf().kind
    try_at_once(root, "shelf")
    courier.turn()
    assert courier.outlook.item_trouble is None


def test_a_fault_of_a_kind_loses_nothing(root: Path) -> None:
    def break_down(_: Parcel) -> Answer:
        raise RuntimeError("a wheel came off")

    item_id, _ = put_waiting(root, "shelf")
    courier = courier_of(root, Shelf(break_down))
    courier.turn()
    assert has_mark(root, "shelf", item_id)
    assert courier.outlook.trouble == "This is a fault of Camspool: RuntimeError: a wheel came off"


@pytest.mark.parametrize("fault", [RuntimeError("a wheel came off"), OSError(5, "Input/output error")])
def test_an_item_that_breaks_its_delivery_costs_the_others_nothing(root: Path, fault: Exception) -> None:
    waiting = sorted(put_waiting(root, "shelf", b"%d" % number)[0] for number in range(30))
    poison = waiting[3]

    def break_at_one(parcel: Parcel) -> Answer:
        if parcel.id == poison:
            raise fault
        return Answer(parcel.id, "delivered", "")

    shelf = Shelf(break_at_one)
    courier = courier_of(root, shelf)
    for _ in range(40):
        courier.turn()
        try_at_once(root, "shelf")
    assert marked_ids(root, "shelf") == [poison]
    assert sorted(shelf.got) == [one for one in waiting if one != poison]
    assert courier.outlook.item_trouble and "error" in courier.outlook.item_trouble.lower()


def test_a_lot_of_which_one_breaks_before_any_is_told_is_halved(root: Path) -> None:
    waiting = sorted(put_waiting(root, "shelf", b"%d" % number)[0] for number in range(8))
    lots: list[int] = []

    def break_with_one(_job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
        lots.append(len(parcels))
        if waiting[1] in {parcel.id for parcel in parcels}:
            raise RuntimeError("a wheel came off")
        tell([Answer(parcel.id, "delivered", "") for parcel in parcels])

    courier = Courier(job_for(root, "archive", "shelf"), Kind(break_with_one, lambda _: "", 8))
    for _ in range(12):
        courier.turn()
        try_at_once(root, "shelf")
    assert (lots[:7], marked_ids(root, "shelf")) == ([8, 4, 2, 1, 2, 1, 1], [waiting[1]])


def test_a_target_that_takes_some_before_it_falls_does_not_rest_longer_each_time(root: Path) -> None:
    for number in range(3):
        put_waiting(root, "shelf", b"%d" % number)
    taken: list[str] = []

    def take_one(_job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
        taken.append(parcels[0].id)
        tell([Answer(parcels[0].id, "delivered", "")])
        raise TargetDownError("Enough for now.")

    courier = Courier(job_for(root, "archive", "shelf"), Kind(take_one, lambda _: "", 10))
    for count in (1, 2, 3):
        courier.turn()
        assert (len(taken), courier.outlook.tries, courier.outlook.trouble) == (count, 1, "Enough for now.")
        try_at_once(root, "shelf")


def test_a_target_that_can_take_none_of_many_rests(root: Path) -> None:
    for number in range(LATER_MAX):
        put_waiting(root, "shelf", f"{number}".encode())
    shelf = Shelf(answering("later", "busy"))
    courier = courier_of(root, shelf)
    courier.turn()
    assert (courier.outlook.trouble, len(shelf.got)) == ("busy", LATER_MAX)


def test_a_target_that_somebody_lets_rest_gets_nothing_until_it_goes_on(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    shelf = Shelf()
    courier = courier_of(root, shelf)
    pause_target(root, "shelf", "anna")
    assert (courier.turn() > 0, shelf.got) == (True, [])
    resume_target(root, "shelf")
    courier.turn()
    assert shelf.got == [item_id]


def test_an_item_that_was_deleted_loses_its_mark_and_the_answers_say_so(root: Path) -> None:
    item_id, place = put_waiting(root, "shelf")
    delete(root, place)
    courier_of(root, Shelf()).turn()
    day = place.split("/")[2]
    assert marked_ids(root, "shelf") == []
    assert [(one.id, one.outcome) for one in done_on(root, "shelf", day)] == [(item_id, "gone")]


def test_an_item_whose_sidecar_cannot_be_read_waits_and_is_no_deleted_one(root: Path) -> None:
    item_id, place = put_waiting(root, "shelf", b"a")
    other, _ = put_waiting(root, "shelf", b"b")
    whole = (root / f"{place}.json").read_bytes()
    (root / f"{place}.json").write_bytes(whole[:-20])
    shelf = Shelf()
    courier = courier_of(root, shelf)
    while courier.turn() == 0.0:
        continue
    assert (shelf.got, marked_ids(root, "shelf"), last_done(root, "shelf", item_id)) == ([other], [item_id], None)
    outlook = read_outlook(root, "shelf")
    assert outlook and outlook.item_trouble and f"The sidecar of {place} cannot be read" in outlook.item_trouble
    (root / f"{place}.json").write_bytes(whole)
    try_at_once(root, "shelf")
    courier.turn()
    assert (shelf.got, marked_ids(root, "shelf")) == ([other, item_id], [])


def test_an_item_that_waits_for_another_verdict_keeps_its_mark(root: Path) -> None:
    item_id, place = put_waiting(root, "shelf", verdict="rejected", reason="no_metadata")
    requeue(root, place, parse_sidecar((root / f"{place}.json").read_bytes()), Origin(b"a.jpg", "local"))
    courier_of(root, Shelf()).turn()
    assert marked_ids(root, "shelf") == [item_id]


def test_an_item_that_changes_while_it_goes_goes_again_as_what_it_is_then(root: Path) -> None:
    item_id, place = put_waiting(root, "shelf")

    def correct_meanwhile(parcel: Parcel) -> Answer:
        if parcel.sidecar.attempts == 1:
            amend(root, [(changed(parcel.sidecar, attempts=2), place)])
            make_marks(root, [("shelf", item_id)])
        return Answer(parcel.id, "delivered", "")

    shelf = Shelf(correct_meanwhile)
    courier = courier_of(root, shelf)
    while courier.turn() == 0.0:
        continue
    assert shelf.got == [item_id, f"{item_id}.1"]
    assert marked_ids(root, "shelf") == []


def test_an_item_that_is_corrected_twice_while_it_goes_goes_again(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")

    def correct_twice(parcel: Parcel) -> Answer:
        for attempts in (2, 3) if parcel.sidecar.attempts == 1 else ():
            amend(root, [(changed(parcel.sidecar, attempts=attempts), parcel.place)])
        return Answer(parcel.id, "delivered", "")

    shelf = Shelf(correct_twice)
    courier = courier_of(root, shelf)
    while courier.turn() == 0.0:
        continue
    assert (shelf.got, marked_ids(root, "shelf")) == ([item_id, f"{item_id}.2"], [])


def carry(root: Path, file: Path) -> None:
    """Carry to a target that writes down what it got, until nothing waits."""

    def note(parcel: Parcel) -> Answer:
        with file.open("a") as got:
            got.write(f"{parcel.key}\n")
        return Answer(parcel.id, "delivered", "")

    courier = courier_of(root, Shelf(note))
    while courier.turn() == 0.0:
        continue


def correct(root: Path, place: str) -> None:
    sidecar = parse_sidecar((root / f"{place}.json").read_bytes())
    amend(root, [(changed(sidecar, attempts=sidecar.attempts + 1), place)])
    mark_again(root, [("shelf", sidecar.id)])


def carry_and_kill(root: Path, file: Path, meanwhile: Callable[[], None]) -> None:
    """Kill a courier behind its first item, or later."""
    before = file.stat().st_size
    courier = multiprocessing.get_context("fork").Process(target=carry, args=(root, file))
    courier.start()
    until(lambda: file.stat().st_size > before or not courier.is_alive(), 60, "it carries")
    meanwhile()
    os.kill(courier.pid or 0, signal.SIGKILL)
    courier.join()


def test_a_courier_that_is_killed_again_and_again_takes_every_item_as_it_is_in_the_end(
    root: Path, tmp_path: Path
) -> None:
    waiting = [put_waiting(root, "shelf", b"%d" % number) for number in range(60)]
    file = tmp_path / "got"
    file.touch()
    dice = random.Random(13)
    for _ in range(15):
        carry_and_kill(root, file, lambda: correct(root, dice.choice(waiting)[1]))
    carry(root, file)
    last = [parcel.key for parcel in parcels_of(root, [item_id for item_id, _ in waiting])]
    assert set(last) <= set(file.read_text("ascii").split())
    assert marked_ids(root, "shelf") == []


def test_an_answer_about_another_item_is_passed_over(root: Path) -> None:
    item_id, _ = put_waiting(root, "shelf")
    courier_of(root, Shelf(lambda _: Answer("20260401T120000.000001Z-10000001", "delivered", ""))).turn()
    assert marked_ids(root, "shelf") == [item_id]
