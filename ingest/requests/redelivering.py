"""What people ask of the outbox: items go to a target once more, a target rests, and goes on.

It needs the settings, which name the targets. A target that they do not name any more still has its folder, and what
it once answered about can wait for it again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.index.places import find_item, read_sidecar, waiting_ids
from ingest.requests.result import Alive, Result
from ingest.requests.retrying import unknown_item
from ingest.settings.targets import is_target_name
from ingest.settings.values import Settings
from ingest.spool import deliveries, outbox
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time, is_id

BATCH = 200
"""So many marks share one flush; between batches the watcher gives a sign of life."""


def send_again(
    settings: Settings, index: sqlite3.Connection, request_id: str, request: dict[str, Any], alive: Alive
) -> list[Result]:
    """Let the items that a request names go to a target once more, or all that it has refused.

    A mark that is there already stays: asked twice, an item goes as if asked once.
    """
    name = _known_target(settings, request)
    if name is None:
        return [_unknown_target(request_id, request)]
    judge, results = _judge_for(settings, index, name), []
    for batch in _batches(_ids_in(settings.root, name, request)):
        alive()
        judged = [judge(item_id) for item_id in batch]
        deliveries.send_again(settings.root, name, _ids_of(judged, "marked"))
        deliveries.forget_failed(settings.root, name, _ids_of(judged, "forgotten"))
        results += judged
    return results


def pause_target(
    settings: Settings, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let a target rest until somebody lets it go on; who asked first is kept."""
    name = _known_target(settings, request)
    if name is None:
        return [_unknown_target(request_id, request)]
    if not outbox.is_paused(settings.root, name):
        outbox.pause_target(settings.root, name, one_line(str(request.get("by")), 64))
    return [Result(name, "paused", f"{name} rests until somebody lets it go on; what is for it waits.")]


def resume_target(
    settings: Settings, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let a target go on, and be tried at once."""
    name = _known_target(settings, request)
    if name is None:
        return [_unknown_target(request_id, request)]
    outbox.resume_target(settings.root, name)
    return [Result(name, "resumed", f"{name} goes on.")]


def _known_target(settings: Settings, request: dict[str, Any]) -> str | None:
    """Return the name of the target a request is about: one that the settings or the outbox know; else None."""
    name = request.get("target")
    if not isinstance(name, str) or not is_target_name(name):
        return None
    known = {target.name for target in settings.targets}
    return name if name in known or name in outbox.targets_on_disk(settings.root) else None


def _unknown_target(request_id: str, request: dict[str, Any]) -> Result:
    shown = one_line(str(request.get("target")), 80)
    return Result(request_id, "refused", f"There is no target {shown}: neither the settings nor the outbox know it.")


def _ids_in(root: Path, target: str, request: dict[str, Any]) -> list[str]:
    """Return the ids that a request names, each once. Raise KeyError when it names none."""
    if request.get("all_failed") is True:
        return deliveries.failed_ids(root, target)
    return list(dict.fromkeys(str(item_id) for item_id in request["ids"]))


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _ids_of(results: list[Result], outcome: str) -> list[str]:
    return [result.id for result in results if result.outcome == outcome]


def _judge_for(settings: Settings, index: sqlite3.Connection, name: str) -> Callable[[str], Result]:
    """Return what says whether an item may go to a target: where the settings send it, or where it has been before."""
    root, targets = settings.root, [target for target in settings.targets if target.name == name]
    is_answered = _answered_by(root, name)

    def judge(item_id: str) -> Result:
        place = find_item(root, index, item_id) if is_id(item_id) else None
        if place is None:
            return _missing(root, name, item_id)
        sidecar = read_sidecar(root, place)
        if sidecar is None:
            return Result(item_id, "refused", "The item's sidecar cannot be read.")
        if outbox.wanted_by(sidecar, targets) or is_answered(item_id):
            return Result(item_id, "marked", "Goes to the target once more.")
        return Result(item_id, "refused", "The target's settings do not ask for such an item.")

    return judge


def _missing(root: Path, target: str, item_id: str) -> Result:
    """Refuse what is no item here. That a target refused one which was deleted since is of no use to anybody."""
    if is_id(item_id) and item_id in waiting_ids(root):
        return Result(item_id, "refused", "The item waits for a verdict; what is accepted goes by itself.")
    if is_id(item_id) and deliveries.read_failed(root, target, item_id):
        return Result(item_id, "forgotten", "It was deleted here and cannot go any more: the refusal is forgotten.")
    return unknown_item(one_line(item_id, 80))


def _answered_by(root: Path, target: str) -> Callable[[str], bool]:
    """Return what says whether a target has answered about an item; it reads each day's answers once."""
    days: dict[str, frozenset[str]] = {}

    def is_answered(item_id: str) -> bool:
        day = id_time(item_id).strftime("%Y-%m-%d")
        if day not in days:
            days[day] = frozenset(answer.id for answer in deliveries.done_on(root, target, day))
        return item_id in days[day]

    return is_answered
