"""`camspool requeue`: rejected items go back to incoming/ and get a new verdict."""

import argparse

from ingest.commands.privileges import become_owner
from ingest.commands.progress import waiting_bar
from ingest.errors import CamspoolError
from ingest.index.places import day_folders, id_in, items_in
from ingest.requests.asking import PATIENCE_S, have_done
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.root import prepare_spool
from ingest.vocabulary import REASONS

HELP = "send rejected items back for a new verdict"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the ids and --reason."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="items by id")
    parser.add_argument("--reason", choices=REASONS, metavar="CODE", help="all items rejected for this reason")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Requeue; print what was refused; exit 1 when anything was."""
    if bool(arguments.ids) == bool(arguments.reason):
        raise CamspoolError("Name the items by their ids, or all of one reason by --reason CODE.")
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    ids = arguments.ids or [
        item_id
        for folder in day_folders(settings.root)
        if folder.startswith(f"rejected/{arguments.reason}/")
        for place in items_in(settings.root, folder)
        if (item_id := id_in(place))
    ]
    with waiting_bar(PATIENCE_S, "waiting for the watcher") as on_wait:
        results = have_done(settings.root, "requeue", by="command line", on_wait=on_wait, ids=ids)["results"]
    refused = [result for result in results if result["outcome"] == "refused"]
    for result in refused:
        print(f"{one_line(result['id'])}: {result['message']}")
    print(f"{len(results) - len(refused)} items wait for a new verdict.")
    return 1 if refused else 0
