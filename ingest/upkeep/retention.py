"""Retention: asks for the deletion of what the settings say is old enough, and tells what came of it."""

from dataclasses import dataclass
from typing import Any

from ingest.requests.asking import OnWait, have_done
from ingest.settings.values import Settings


@dataclass(frozen=True)
class Deletions:
    """How many items were due and are deleted, those that could not be, each with its id and a message, and a sentence
    for each reason why old ones are kept: no archive has proved them."""

    deleted: int
    refused: tuple[dict[str, Any], ...] = ()
    kept: tuple[str, ...] = ()


def delete_what_is_due(settings: Settings, on_wait: OnWait = lambda _: None) -> Deletions:
    """Have everything deleted that is older than its days. Raise CamspoolError when the watcher does not answer."""
    days = settings.retention
    answer = have_done(
        settings.root,
        "retention",
        by="retention",
        on_wait=on_wait,
        settings=settings,
        rejected_days=days.rejected_days,
        unusable_days=days.unusable_days,
        accepted_days=days.accepted_days,
        connections_days=days.connections_days,
        trash_days=days.trash_days,
    )
    refused = tuple(result for result in answer["results"] if result["outcome"] == "refused")
    emptied = sum(result["outcome"] == "emptied" for result in answer["results"])
    kept = tuple(f"{result['id']}: {result['message']}" for result in answer["results"] if result["outcome"] == "kept")
    return Deletions(len(answer["results"]) - len(refused) - len(kept) - emptied, refused, kept)
