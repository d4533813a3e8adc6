"""One part of the gateway as status shows it: a state, a sentence, and figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["good", "attention", "bad"]


@dataclass(frozen=True)
class Part:
    """One part of the gateway: its state, a sentence for people, and the figures behind it (units in their names)."""

    name: str
    state: State
    sentence: str
    figures: dict[str, Any] = field(default_factory=dict)


def worst(states: Iterable[State]) -> State:
    """Return the worst of some states.

    >>> worst(["good", "bad", "attention"]), worst([])
    ('bad', 'good')
    """
    order: tuple[State, ...] = ("good", "attention", "bad")
    return max(states, key=order.index, default="good")


def shown_age(age_s: float) -> str:
    """Return a length of time as people say it, in whole ones of its unit: who says 11 days has waited for 11.

    >>> shown_age(30.4), shown_age(7200), shown_age(10.9 * 86400)
    ('30 s', '2 hours', '10 days')
    """
    for unit, length_s in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if age_s >= 2 * length_s:
            return f"{age_s // length_s:.0f} {unit}"
    return f"{age_s:.0f} s"
