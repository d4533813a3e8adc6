"""One target's courier: takes what waits to it, the oldest first, notes each answer, and rests where it must.

At least once: an answer is on the disk before its mark goes, so a kill between the two sends the item again.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

from ingest.errors import in_words
from ingest.index.places import waiting_ids
from ingest.outbox import records
from ingest.outbox.answers import Answer, Goods, Job, TargetDownError, Tell
from ingest.outbox.kinds import Kind
from ingest.outbox.lots import Lots
from ingest.outbox.outlook import Outlook, read_outlook, resting, working, write_outlook
from ingest.outbox.parcels import Found, find, is_as_it_was
from ingest.outbox.pauses import target_pause_s
from ingest.spool.deliveries import Delivery, forget_failed, note_done, note_failed
from ingest.spool.names import one_line
from ingest.spool.outbox import (
    is_paused,
    marked_ids,
    prepare_target,
    put_back_marks,
    remove_marks,
    shall_try_at_once,
)
from ingest.spool.stamp import utc_text

log = logging.getLogger("camspool")

LOOK_S = 1.0
"""How often a target's folder is looked at when nothing waits."""
SAID_MAX = 500
LATER_MAX = 5
"""So many items in a row that could not go, and none that could: the target rests, and is not asked for each."""


class Courier:
    """State that lives: which items rest until when, and how often the target could not be reached."""

    def __init__(self, job: Job, kind: Kind) -> None:
        self.job, self.kind = job, kind
        self.root, self.name = job.root, job.target.name
        prepare_target(self.root, self.name)
        put_back_marks(self.root, self.name)
        before = read_outlook(self.root, self.name)
        # What has been wrong for long is not new with each start.
        self.outlook = replace(before, tries=0) if before else Outlook(utc_text(datetime.now(UTC)))
        self.lots = Lots(kind.parcels_max)
        self._rests_until = self._records_at = 0.0
        self._told: set[str] = set()
        self._unnoted: tuple[Mapping[str, Goods], Sequence[Answer]] | None = None

    def turn(self) -> float:
        """Take one lot of what waits to the target; return the seconds until there may be more to do.

        Raise OSError when the outbox cannot be written: then nothing more is sent before what was sent can be noted.
        """
        if self._unnoted:
            self._note(*self._unnoted)
        if is_paused(self.root, self.name):
            return LOOK_S
        if shall_try_at_once(self.root, self.name):
            self._rests_until = 0.0
            self.lots.all_now()
        now = monotonic()
        self._look_at_records(now)
        if now < self._rests_until:
            return min(LOOK_S, self._rests_until - now)
        ids = self.lots.due(marked_ids(self.root, self.name), now)
        if not ids:
            return LOOK_S
        self._carry(ids)
        return 0.0

    def _look_at_records(self, now: float) -> None:
        if now >= self._records_at:
            self._records_at = now + records.LOOK_S
            records.write_letters_about_records(self.root, self.name, self.job.target.selection)

    def _carry(self, ids: list[str]) -> None:
        found = find(self.root, ids)
        self._settle_missing(set(ids) - found.ids)
        for item_id, why in found.unreadable.items():
            self._put_off(Answer(item_id, "later", why))
        if found.goods:
            self._deliver(found)
        elif found.unreadable:
            self._say(self.outlook)

    def _deliver(self, found: Found) -> None:
        by_id = {one.id: one for one in found.goods}
        self._told = set()
        self._say(self.outlook)  # who finds the disk full only behind the sending sends again and again
        outcomes: list[str] = []
        try:
            self._hand_over(found, lambda answers: outcomes.extend(self._note(by_id, answers)))
        except TargetDownError as error:
            self._rest(str(error), outcomes)
        except OSError as error:
            self._look_for_the_cause(found.goods, f"The machine fails: {in_words(error)}.", outcomes)
        except Exception as error:
            sentence = f"This is a fault of Camspool: {type(error).__name__}: {one_line(str(error))}"
            if self._look_for_the_cause(found.goods, sentence, outcomes):
                log.exception("Delivering to %s failed.", self.name)
        else:
            self.lots.widen()
            self._judge(outcomes or self._say_of_untold(by_id))

    def _hand_over(self, found: Found, tell: Tell) -> None:
        if found.parcels:
            self.kind.deliver(self.job, found.parcels, tell)
        if not found.letters:
            return
        if self.kind.deliver_letters:
            self.kind.deliver_letters(self.job, found.letters, tell)
        else:
            tell(
                [
                    Answer(one.id, "failed", f"A target of kind {self.job.target.kind} takes no letters.")
                    for one in found.letters
                ]
            )

    def _look_for_the_cause(self, parcels: Sequence[Goods], sentence: str, outcomes: Sequence[str]) -> bool:
        """Take fewer at a time, as one item may be the cause: that one is put off when it fails alone; return True
        then. So it costs the others nothing for long."""
        left = [parcel.id for parcel in parcels if parcel.id not in self._told]
        if len(parcels) > 1 and left:
            self.lots.narrow(len(left))
            return False
        for item_id in left:
            self.lots.suspect(item_id)
            self._put_off(Answer(item_id, "later", sentence))
        self._rest(sentence, outcomes)
        return True

    def _say_of_untold(self, by_id: Mapping[str, Goods]) -> list[str]:
        """Put all off where no answer was told. Who tells of some may have had no time for the others: they are due."""
        if self.job.is_stopping():
            return []
        return self._note(by_id, [Answer(item_id, "later", "The target gave no answer.") for item_id in by_id])

    def _judge(self, outcomes: Sequence[str]) -> None:
        if outcomes.count("later") >= LATER_MAX and set(outcomes) == {"later"}:
            self._rest(self.outlook.item_trouble or "Nothing could go.")
        elif outcomes:
            self._say(working(self.outlook, some_wait=self.lots.has_tried))

    def _note(self, by_id: Mapping[str, Goods], answers: Sequence[Answer]) -> list[str]:
        """Put answers on the disk, then let the marks go. Raise OSError: then the next turn does it."""
        answers = [answer for answer in answers if answer.id in by_id]
        self._told.update(answer.id for answer in answers)
        self._unnoted = (by_id, answers)
        now = datetime.now(UTC)
        ended = {answer.id: _delivery(by_id[answer.id], answer, now) for answer in answers if answer.outcome != "later"}
        note_done(self.root, self.name, ended.values())
        for delivery in ended.values():
            if delivery.outcome == "failed":
                note_failed(self.root, self.name, delivery)
                log.warning("%s refuses %s for good: %s", self.name, delivery.id, delivery.said)
        forget_failed(self.root, self.name, (one.id for one in ended.values() if one.outcome == "delivered"))
        self._let_go([by_id[item_id] for item_id in ended])
        self._unnoted = None
        for answer in answers:
            if answer.outcome == "later":
                self._put_off(answer)
        if any(one.outcome == "delivered" for one in ended.values()):
            self.outlook = replace(self.outlook, delivered_at=utc_text(now))
        return [answer.outcome for answer in answers]

    def _let_go(self, parcels: Sequence[Goods]) -> None:
        """Remove marks, and make those again whose items have become something else meanwhile: that has to go too."""

        def changed() -> frozenset[str]:
            others = [parcel.id for parcel in parcels if not is_as_it_was(self.root, parcel)]
            return find(self.root, others).ids

        remove_marks(self.root, self.name, (parcel.id for parcel in parcels), changed)
        self.lots.forget(parcel.id for parcel in parcels)

    def _settle_missing(self, missing: set[str]) -> None:
        """Let go of the marks of items that were deleted. One that waits for a verdict keeps its own, or gets it again.

        The mark goes before the last look: who commits the item after that look makes a new one.
        """
        if not missing:
            return
        waiting = frozenset(waiting_ids(self.root))
        gone = sorted(missing - waiting)
        back = remove_marks(
            self.root,
            self.name,
            gone,
            lambda: find(self.root, gone).ids | (set(gone) & frozenset(waiting_ids(self.root))),
        )
        self.lots.forget(gone)
        now = datetime.now(UTC)
        said = "It had been deleted here before it went."
        note_done(
            self.root,
            self.name,
            (Delivery(one, one, None, utc_text(now), "gone", said) for one in gone if one not in back),
        )
        for item_id in missing & waiting:
            self.lots.look_again(item_id, monotonic())

    def _put_off(self, answer: Answer) -> None:
        if self.lots.put_off(answer.id, monotonic()) == 1:
            log.warning("%s cannot take %s now: %s", self.name, answer.id, one_line(answer.said, SAID_MAX))
        self.outlook = replace(self.outlook, item_trouble=one_line(answer.said, SAID_MAX))

    def _rest(self, sentence: str, outcomes: Sequence[str] = ()) -> None:
        """Let the target rest, longer each time that it has taken nothing before, and say why once."""
        if "delivered" in outcomes:
            self.outlook = replace(self.outlook, tries=0, trouble_since=None)
        sentence = one_line(sentence, SAID_MAX)
        pause_s = target_pause_s(self.outlook.tries + 1)
        self._rests_until = monotonic() + pause_s
        if not self.outlook.tries or sentence != self.outlook.trouble:
            log.warning("%s rests: %s What waits for it is kept.", self.name, sentence)
        self._say(resting(self.outlook, sentence, datetime.now(UTC), pause_s))

    def _say(self, outlook: Outlook) -> None:
        self.outlook = replace(outlook, at=utc_text(datetime.now(UTC)))
        write_outlook(self.root, self.name, self.outlook)


def _delivery(parcel: Goods, answer: Answer, now: datetime) -> Delivery:
    said = one_line(answer.said, SAID_MAX)
    return Delivery(parcel.id, parcel.key, parcel.sha256, utc_text(now), answer.outcome, said, answer.proof)
