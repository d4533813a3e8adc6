"""What happens to a gateway in the long run: each function is one disturbance, and counts itself."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import CamspoolError
from ingest.ftps.certificate import make_self_signed
from ingest.requests.asking import have_done
from tests.faults.knowing import write_profile
from tests.faults.scene import PROFILE
from tests.faults.visitor import PAGES, Visitor
from tests.integration.gateway import Gateway, sidecars
from tests.soak.clock import WrongClock

JUMP_MAX_S = 40 * 3600


@dataclass
class Soak:
    """A gateway, its clock, an admin who looks at it, and what happened so far: counts by kind of event.

    `acknowledged`: the upload paths of the photos that were, each of which is used once.
    """

    gateway: Gateway
    clock: WrongClock
    visitor: Visitor
    pace_s: float
    seen: Counter[str] = field(default_factory=Counter)
    acknowledged: set[str] = field(default_factory=set)
    stopping: bool = False


def _edit_a_profile(soak: Soak, dice: random.Random) -> None:
    write_profile(soak.gateway, PROFILE if dice.random() < 0.7 else PROFILE + "\nbroken = [")
    soak.seen["profile edits"] += 1


def _replace_the_certificate(soak: Soak, _: random.Random) -> None:
    """Replace it as a renewal does; what connects in between is turned away and tries again."""
    settings = soak.gateway.settings.ftps
    make_self_signed(settings.certificate, settings.certificate_key, ["localhost", "127.0.0.1"])
    soak.seen["certificates replaced"] += 1


def _ask_for_something(soak: Soak, dice: random.Random) -> None:
    if found := sidecars(soak.gateway.root):
        _ask(soak, dice.choice(["requeue", "delete"]), ids=[str(dice.choice(found)["id"])])


def _delete_what_is_old(soak: Soak, _: random.Random) -> None:
    _ask(soak, "retention", rejected_days=1, accepted_days=0, connections_days=3)


def _ask(soak: Soak, action: str, **words: Any) -> None:
    with suppress(CamspoolError):
        have_done(soak.gateway.root, action, by="soak", **words)
        soak.seen[f"requests: {action}"] += 1


def _let_the_clock_jump(soak: Soak, dice: random.Random) -> None:
    soak.clock.set(dice.randint(-JUMP_MAX_S, JUMP_MAX_S))
    soak.seen["clock jumps"] += 1


def _rotate_the_log(soak: Soak, _: random.Random) -> None:
    """As logrotate does: the log of all programs gets another name, and whoever has it open writes on."""
    with suppress(FileNotFoundError):
        log = soak.gateway.folder / "processes.log"
        log.replace(log.with_suffix(".log.1"))
        soak.seen["logs rotated"] += 1


def _look_at_a_page(soak: Soak, dice: random.Random) -> None:
    soak.visitor.look(dice.choice(PAGES))
    soak.seen["pages"] += 1


DISTURBANCES: list[Callable[[Soak, random.Random], None]] = [
    _edit_a_profile,
    _replace_the_certificate,
    _ask_for_something,
    _ask_for_something,
    _delete_what_is_old,
    _let_the_clock_jump,
    _rotate_the_log,
    _look_at_a_page,
    _look_at_a_page,
    _look_at_a_page,
]
