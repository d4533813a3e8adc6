"""Draws a sample of the moments at which a fault can strike: other ones each day, of every kind of call on all days."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 3


@dataclass(frozen=True, order=True)
class Moment:
    """Just before one call of a run: the call's name, and how many of that name came before it."""

    name: str
    number: int

    def __str__(self) -> str:
        """Return it as `parse_moment` reads it."""
        return f"{self.name}:{self.number}"


def parse_moment(text: str) -> Moment:
    """Return the moment that was written as text. Raise ValueError when it is none."""
    name, _, number = text.partition(":")
    return Moment(name, int(number))


def every(totals: Mapping[str, int]) -> list[Moment]:
    """Return all moments of a run with so many calls of each name."""
    return [Moment(name, number) for name in sorted(totals) for number in range(totals[name])]


def draw(totals: Mapping[str, int], each: int, seed: int) -> list[Moment]:
    """Draw `each` moments of every name, or all where there are no more: its first, its last, and one of each of the
    equal stretches between them. Equal seeds draw the same; over many seeds every moment is drawn.
    """
    assert each >= FEWEST, "a first one, a last one and one between them"
    return [
        Moment(name, number)
        for name in sorted(totals)
        for number in _numbers(totals[name], each, random.Random(f"{seed} {name}"))
    ]


def _numbers(total: int, each: int, dice: random.Random) -> list[int]:
    if total <= each:
        return list(range(total))
    stretches = each - 2
    bounds = [1 + (total - 2) * stretch // stretches for stretch in range(stretches + 1)]
    return [0, *(dice.randrange(first, end) for first, end in pairwise(bounds)), total - 1]
