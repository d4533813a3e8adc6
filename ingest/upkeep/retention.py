"""Retention: asks for the deletion of what the settings say is old enough, and tells what came of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.requests.asking import OnWait, have_done
from ingest.settings.values import Retention


@dataclass(frozen=True)
class Deletions:
    """How many items were due and are deleted, and those that could not be: each with its id and a message."""

    deleted: int
    refused: tuple[dict[str, Any], ...]


def delete_what_is_due(root: Path, days: Retention, on_wait: OnWait = lambda _: None) -> Deletions:
    """Have everything deleted that is older than its days. Raise CamspoolError when the watcher does not answer."""
    answer = have_done(
        root,
        "retention",
        by="retention",
        on_wait=on_wait,
        rejected_days=days.rejected_days,
        unusable_days=days.unusable_days,
        accepted_days=days.accepted_days,
        connections_days=days.connections_days,
    )
    refused = tuple(result for result in answer["results"] if result["outcome"] == "refused")
    return Deletions(len(answer["results"]) - len(refused), refused)
