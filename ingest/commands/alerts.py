"""`camspool alerts`: what people are told of; `watch` is the alerts' service."""

import argparse
import json
import os
from dataclasses import asdict
from datetime import UTC, datetime

from tabulate import tabulate

from ingest.alerts.rules import rules_table
from ingest.alerts.service import look_once, watch
from ingest.alerts.testing import send_test
from ingest.alerts.words import shown_time
from ingest.commands.journal import start_logging
from ingest.commands.privileges import become_owner, who_asks
from ingest.errors import CamspoolError
from ingest.settings.values import Settings
from ingest.spool.incidents import (
    Incident,
    Known,
    forget_known,
    incidents_in,
    read_incident,
    read_known,
    write_known,
)
from ingest.spool.names import one_line
from ingest.spool.root import check_root, prepare_incidents
from ingest.spool.stamp import parse_utc, utc_text

HELP = "what people are told of, and telling it"
SHOWN_MAX = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with incidents."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the incidents that are open")
    listing.add_argument("--all", action="store_true", help=f"the last {SHOWN_MAX}, also those that are over")
    listing.add_argument("--json", action="store_true", help="as JSON")
    actions.add_parser("rules", help="what is looked at, and when it is told")
    actions.add_parser("look", help="look at everything once, now")
    actions.add_parser("test", help="send a test message to everybody who is told of incidents")
    knowing = actions.add_parser("know", help="say that you know of an incident: it is not told again")
    knowing.add_argument("id", metavar="ID")
    knowing.add_argument("--until", metavar="DAY", help="until this day, such as 2026-04-09; else until it ends")
    knowing.add_argument("--because", default="", metavar="WHY", help="what is being done about it")
    actions.add_parser("unknow", help="take that back").add_argument("id", metavar="ID")
    actions.add_parser("watch", help="look once a minute, until stopped: the service")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked."""
    by = who_asks()
    if arguments.action == "rules":
        print(rules_table(), end="")
        return 0
    become_owner(settings.root / "incoming")
    check_root(settings.root)
    if arguments.action == "list":
        return _list(arguments, settings)
    os.umask(0o007)
    prepare_incidents(settings.root)
    match arguments.action:
        case "watch":
            start_logging()
            return watch(settings)
        case "look":
            return _look(settings)
        case "test":
            return _test(settings, by)
        case _:
            return _know(arguments, settings, by)


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    found = [one for one in incidents_in(settings.root) if one.is_open or arguments.all][:SHOWN_MAX]
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    elif found:
        print(
            tabulate([_row(settings, one) for one in found], ("since", "", "what", "id"), maxcolwidths=[None, None, 80])
        )
    else:
        print("Nothing is wrong that people are told of.")
    return 0


def _row(settings: Settings, incident: Incident) -> tuple[str, str, str, str]:
    known = read_known(settings.root, incident.id)
    state = "over" if not incident.is_open else f"known to {known.by}" if known else incident.urgency
    since = shown_time(parse_utc(incident.began_at), settings.zone, datetime.now(UTC))
    return since, one_line(state, 60), one_line(incident.title, 300), incident.id


def _look(settings: Settings) -> int:
    looked = look_once(settings)
    for call in looked.calls:
        print(f"{call.what}: {one_line(call.title, 300)}")
    print(f"{len(looked.open)} incidents are open.")
    return 0


def _test(settings: Settings, by: str) -> int:
    incident = send_test(settings, by)
    if incident is None:
        raise CamspoolError(
            "No target tells people of incidents: set one of kind message (camspool settings shows how)."
        )
    print(f"A test message is on its way to {', '.join(incident.messages[0].to)}. See: camspool outbox list.")
    return 0


def _know(arguments: argparse.Namespace, settings: Settings, by: str) -> int:
    if read_incident(settings.root, arguments.id) is None:
        raise CamspoolError(f"There is no incident {one_line(arguments.id)!r}; camspool alerts list names them.")
    if arguments.action == "unknow":
        forget_known(settings.root, arguments.id)
        print("It is told again when it gets worse.")
        return 0
    until = _end_of(arguments.until, settings) if arguments.until else None
    now = utc_text(datetime.now(UTC))
    write_known(settings.root, Known(arguments.id, by, now, until, arguments.because))
    print(f"It is not told again until {arguments.until or 'it ends'}.")
    return 0


def _end_of(day: str, settings: Settings) -> str:
    try:
        moment = datetime.fromisoformat(day).replace(tzinfo=settings.zone)
    except ValueError:
        raise CamspoolError(f"{day!r} is not a day; expected such as 2026-04-09.") from None
    return utc_text(moment)
