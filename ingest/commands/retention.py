"""`camspool retention`: delete what the settings say is old enough; the timer runs it daily."""

import argparse

from ingest.asking import ask
from ingest.privileges import become_owner
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.root import prepare_spool

HELP = "delete what the settings say is old enough"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Delete what is due; what was deleted stands in requests/done/."""
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    days = settings.retention
    answer = ask(
        settings.root,
        "retention",
        by="retention",
        rejected_days=days.rejected_days,
        accepted_days=days.accepted_days,
        connections_days=days.connections_days,
    )
    refused = [result for result in answer["results"] if result["outcome"] == "refused"]
    print(f"{len(answer['results']) - len(refused)} items were due and are deleted.")
    for result in refused:
        print(f"{one_line(result['id'])} was not deleted: {one_line(result['message'], 500)}")
    return 1 if refused else 0
