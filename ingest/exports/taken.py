"""To which deployment a photo belongs, and what is doubtful about that. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.exports.camera_facts import Shot
from ingest.exports.deployments import Deployment
from ingest.exports.failures import clock_words
from ingest.exports.spans import DAY_S, HOUR_S, moment
from ingest.exports.wrong_clocks import WrongClock, clock_of

FLAG = "Not in its deployment's time"
"""So the comment begins of a photo whose time is outside its deployment."""


@dataclass(frozen=True)
class Belonging:
    """`deployment` is None where there is none; `code` says why, or what is doubtful; `comment` is for its row.

    `at_s` is when it was taken, as far as that is known.
    """

    deployment: Deployment | None
    at_s: int
    code: str = ""
    comment: str = ""


def belonging(
    shot: Shot, deployments: Sequence[Deployment], clocks: Sequence[WrongClock], is_placed: bool
) -> Belonging:
    """Find the deployment of a photo among those of its camera, in order. `is_placed`: anything says where it stood."""
    if shot.captured_s is None:
        return Belonging(None, shot.received_s, "no_time")
    if not is_placed:
        return Belonging(None, shot.captured_s, "no_position")
    clock = clock_of(clocks, shot)
    if clock and clock.is_other_day:
        return _by_arrival(shot, deployments, clock_words(clock))
    if found := _at(deployments, shot.captured_s):
        return Belonging(found, shot.captured_s, comment=clock_words(clock) if clock else "")
    if shot.is_live and abs(shot.lateness_s) <= DAY_S and (found := _at(deployments, shot.received_s)):
        return Belonging(found, shot.captured_s, "outside", _outside(found, shot))
    if near := next((one for one in deployments if _is_near(one, shot.captured_s)), None):
        return Belonging(near, shot.captured_s, "outside", _outside(near, shot))
    return Belonging(None, shot.captured_s, _why(deployments, shot.captured_s))


def _at(deployments: Sequence[Deployment], at_s: int) -> Deployment | None:
    number = bisect_right(deployments, at_s, key=lambda one: one.span[0]) - 1
    return deployments[number] if number >= 0 and deployments[number].holds(at_s) else None


def _by_arrival(shot: Shot, deployments: Sequence[Deployment], words: str) -> Belonging:
    found = _at(deployments, shot.received_s)
    if found is None:
        return Belonging(None, shot.received_s, _why(deployments, shot.received_s))
    arrived = f"It arrived {moment(shot.received_s):%Y-%m-%dT%H:%M:%SZ}."
    return Belonging(found, shot.received_s, "wrong_day", f"{FLAG}: {words} {arrived}")


def _is_near(deployment: Deployment, at_s: int) -> bool:
    return deployment.span[0] - HOUR_S <= at_s <= deployment.span[1] + HOUR_S


def _outside(deployment: Deployment, shot: Shot) -> str:
    side = (
        "before its deployment begins" if (shot.captured_s or 0) < deployment.span[0] else "after its deployment ends"
    )
    return f"{FLAG}: by the camera's clock it was taken {side}."


def _why(deployments: Sequence[Deployment], at_s: int) -> str:
    return "between_sites" if deployments and at_s >= deployments[0].span[0] else "before_first"
