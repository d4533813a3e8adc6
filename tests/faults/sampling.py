"""Tries a sweep at a sample of its moments, and says whether the sample has met all that it promises."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from tests.faults import straced
from tests.faults.drawing import draw
from tests.faults.scene import Scene
from tests.faults.sweeping import Outcome, at_once, rehearse, try_moment
from tests.faults.sweeps import SWEEPS

MET_MIN = 0.9
"""The order of calls differs a little from run to run, so some moments are met in no try; least of all those that were
the last of their kind."""

STRACED_EACH = 3


@dataclass(frozen=True)
class Sampled:
    """What became of the moments that were drawn; `names`: the calls of which each must have been struck."""

    title: str
    outcomes: tuple[Outcome, ...]
    names: frozenset[str]
    total: int

    def __str__(self) -> str:
        """Say how often each call was struck."""
        struck = Counter(name for one in self.outcomes for name in one.struck)
        counted = ", ".join(f"{name} {count}" for name, count in struck.most_common())
        return f"{self.title}: {len(self.outcomes)} of {self.total} moments; struck: {counted}"

    @property
    def struck_twice(self) -> int:
        """How many trials had a second fault."""
        return sum(len(one.struck) > 1 for one in self.outcomes)

    @property
    def complaints(self) -> list[str]:
        """What was wrong after a trial, and what the sample has not met, as sentences."""
        said = [f"{self.title} {one.moment}: {sentence}" for one in self.outcomes for sentence in one.wrong]
        met = [one for one in self.outcomes if one.struck]
        if missing := self.names - {one.moment.name for one in met}:
            said.append(f"{self.title} struck no {', '.join(sorted(missing))}")
        if len(met) < MET_MIN * (len(self.outcomes) - len(self.names)):
            said.append(f"{self.title} met only {len(met)} of {len(self.outcomes)} moments")
        return said


def sample(scene: Scene, title: str, seed: int) -> Sampled:
    """Try a sweep at the moments that the seed draws, which are some of each kind of call."""
    sweep = SWEEPS[title]
    totals = rehearse(scene, sweep)
    moments = draw(totals, sweep.each, seed)
    outcomes = tuple(at_once(partial(try_moment, scene, sweep, seed), moments))
    return Sampled(title, outcomes, sweep.names, totals.total())


def sample_straced(scene: Scene, seed: int) -> Sampled:
    """Kill the command itself at some of each kind of its calls."""
    moments = draw(straced.TOTALS, STRACED_EACH, seed)
    outcomes = tuple(at_once(partial(straced.kill_by_strace, scene), moments))
    return Sampled("strace", outcomes, frozenset(straced.TOTALS), sum(straced.TOTALS.values()))
