"""Every fault at every moment, of which the tests draw a sample: hundreds of kills, of failing calls and of power cuts.

A trial is called SWEEP/NAME:NUMBER, as in kill-all/rename:3; a sweep alone stands for all of its own.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from tests.faults import straced
from tests.faults.cameras import WAYS
from tests.faults.drawing import Moment, every, parse_moment
from tests.faults.interpose import NUMBERS
from tests.faults.power import cut_power_often
from tests.faults.sampling import MET_MIN
from tests.faults.scene import Scene
from tests.faults.sweeping import Outcome, at_once, rehearse, scratch_scene, try_moment
from tests.faults.sweeps import SWEEPS

STRACE, POWER = "strace", "power-cuts"
NAMES = (*SWEEPS, STRACE, POWER)
CUTS = 300
MARGIN = 3
"""The order of calls differs a little from run to run: so many moments more of each name may come in another one."""


def parse_trial(text: str) -> tuple[str, Moment | None]:
    """Return a sweep and the moment that is meant, or None for all. Raise ValueError when there is no such trial."""
    title, _, moment = text.partition("/")
    parsed = parse_moment(moment) if moment else None
    if title not in NAMES or (parsed and parsed.name not in NUMBERS):
        raise ValueError(f"there is no trial {text}")
    return title, parsed


def run(chosen: list[tuple[str, Moment | None]], seed: int) -> list[str]:
    """Try what was chosen, or everything; print what was tried. Return what failed, with what repeats it."""
    said = []
    with scratch_scene() as scene:
        for title, moment in chosen or [(name, None) for name in NAMES]:
            failed = _power_cuts(seed) if title == POWER else _sweep(scene, title, moment, seed)
            said += [f"{failure}\n    ./dev soak --seed {seed} --sweep {again}" for again, failure in failed.items()]
    return said


def _sweep(scene: Scene, title: str, moment: Moment | None, seed: int) -> dict[str, str]:
    """Return what was wrong after a sweep by what repeats the trial."""
    began = time.monotonic()
    trial, totals, margin = _trials(scene, title, seed)
    moments = [moment] if moment else every({name: total + margin for name, total in totals.items()})
    outcomes = list(at_once(trial, moments))
    failed = {f"{title}/{one.moment}": f"{title}/{one.moment}: {'; '.join(one.wrong)}" for one in outcomes if one.wrong}
    struck = sum(1 for one in outcomes if one.struck)
    if struck < (1 if moment else MET_MIN * sum(totals.values())):
        failed[f"{title}/{moment}" if moment else title] = f"{title} struck only {struck} of {len(moments)} moments"
    seconds = time.monotonic() - began
    print(f"{title}: {len(outcomes)} tried, {struck} struck, {len(failed)} failed, {seconds:.0f} s", flush=True)
    return failed


def _trials(scene: Scene, title: str, seed: int) -> tuple[Callable[[Moment], Outcome], Mapping[str, int], int]:
    """Return how a moment is tried, how many of each name there are, and how many more there may be."""
    if title == STRACE:
        return partial(straced.kill_by_strace, scene), straced.TOTALS, 0
    sweep = SWEEPS[title]
    return partial(try_moment, scene, sweep, seed), rehearse(scene, sweep), MARGIN


def _power_cuts(seed: int) -> dict[str, str]:
    try:
        for name, way in WAYS.items():
            print(f"{name}: {cut_power_often(CUTS // len(WAYS), seed, way)}", flush=True)
    except AssertionError as error:
        return {POWER: f"{POWER}: {error}"}
    return {}
