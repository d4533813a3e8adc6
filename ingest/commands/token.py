"""`camspool token`: lets programs of people read what the gateway knows (`/api/v1/`), and takes that back."""

import argparse
from typing import Any

from tabulate import tabulate

from ingest.commands.privileges import become_owner, who_asks
from ingest.errors import CamspoolError
from ingest.requests.asking import have_done
from ingest.settings.values import Settings
from ingest.spool.root import check_root
from ingest.spool.tokens import new_token, tokens_in

HELP = "let programs read what the gateway knows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show which tokens are valid")
    add = actions.add_parser("add", help="make a token and print it, this once")
    add.add_argument("person", help="the person whose program it is; it reads as long as they are an admin or a viewer")
    add.add_argument("label", help="what it is for")
    actions.add_parser("revoke", help="let a token be valid no more").add_argument(
        "token", help="its id, as list shows it"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do it; print the token that was made."""
    check_root(settings.root)
    by = who_asks()
    become_owner(settings.root / "incoming")
    if arguments.action == "list":
        rows = [(one.id, one.person, one.label, one.made_at[:10]) for one in tokens_in(settings.root)]
        print(tabulate(rows, headers=("id", "person", "for", "since")) if rows else "No token is valid.")
        return 0
    if arguments.action == "revoke":
        return _tell(have_done(settings.root, "revoke_token", by, token=arguments.token))
    token, hashed = new_token()
    words = {"person": arguments.person, "label": arguments.label, "token_hash": hashed}
    _tell(have_done(settings.root, "make_token", by, **words))
    print(token)
    return 0


def _tell(answer: dict[str, Any]) -> int:
    (result,) = answer["results"]
    if result["outcome"] == "refused":
        raise CamspoolError(str(result["message"]))
    print(result["message"])
    return 0
