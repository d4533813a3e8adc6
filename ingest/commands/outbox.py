"""`camspool outbox`: what still has to go where, and what can be done about it; `deliver` is the outbox service."""

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import asdict

from tabulate import tabulate

from ingest.commands.journal import start_logging
from ingest.commands.privileges import become_owner, who_asks
from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError
from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.filling import extent_of, fill, note_filled
from ingest.outbox.kinds import KINDS
from ingest.outbox.ping import ping_once
from ingest.outbox.service import carry_once, gateway_name, serve
from ingest.outbox.standing import Standing, standings
from ingest.outbox.words import oldest_words, standing_words
from ingest.settings.targets import Target
from ingest.settings.values import Settings
from ingest.spool.deliveries import failed_ids, send_again
from ingest.spool.names import one_line
from ingest.spool.outbox import is_paused, pause_target, resume_target, try_at_once
from ingest.spool.root import check_readable, check_root, prepare_outbox

HELP = "what still has to go to the targets, and carrying it there"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with targets."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="what waits for each target, and how it is doing").add_argument(
        "--json", action="store_true", help="as JSON"
    )
    filling = _with_name(actions.add_parser("fill", help="let what is here already go to a target, too"))
    filling.add_argument("--from", dest="from_day", metavar="DAY", help="what arrived on this day or later")
    filling.add_argument("--until", dest="until_day", metavar="DAY", help="what arrived on this day or before")
    filling.add_argument("--camera", metavar="ID", help="what came from this camera")
    filling.add_argument("--none", action="store_true", help="nothing of it shall go: ask no more")
    retrying = _with_name(actions.add_parser("retry", help="send again what a target has refused, and try it now"))
    retrying.add_argument("ids", nargs="*", metavar="ID", help="these items only")
    for action, told in _SIMPLE.items():
        _with_name(actions.add_parser(action, help=told))
    actions.add_parser("ping", help="say now to who waits for the ping how the gateway is")
    delivering = actions.add_parser("deliver", help="carry what waits to every target, until stopped: the service")
    delivering.add_argument("--once", action="store_true", help="only what can go now; exit 1 when something waits on")


_SIMPLE = {
    "pause": "let a target rest; what is accepted meanwhile waits for it",
    "resume": "let a target go on",
    "test": "say whether a target can be reached and used",
}


def _with_name(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("name", metavar="NAME", help="the target's name in the settings")
    return parser


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; exit 1 when a target cannot be used, or something still waits."""
    by = who_asks()
    # The outbox has its own user, the only one that may read the targets' secrets.
    outbox = settings.root / "outbox"
    become_owner(outbox if outbox.exists() else settings.root / "incoming")
    check_root(settings.root)
    if arguments.action == "list":
        return _list(arguments, settings)
    os.umask(0o007)
    prepare_outbox(settings.root)
    if arguments.action == "deliver":
        return _deliver_once(settings) if arguments.once else _deliver(settings)
    if arguments.action == "ping":
        return _ping(settings)
    return _ACTIONS[arguments.action](_named(arguments.name, settings), arguments, settings, by)


def _named(name: str, settings: Settings) -> Target:
    for target in settings.targets:
        if target.name == name:
            return target
    known = ", ".join(target.name for target in settings.targets) or "none"
    raise CamspoolError(f"There is no target {one_line(name)!r} in the settings; there are: {known}.")


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    check_readable(settings.root / "outbox")
    found = standings(settings.root, settings.targets)
    if arguments.json:
        print(json.dumps([_as_json(one) for one in found], indent=2))
    elif found:
        head = ("target", "kind", "waiting", "oldest", "failed", "")
        print(tabulate([_row(one) for one in found], head, maxcolwidths=[None] * 5 + [60]))
    else:
        print("No target is set: nothing leaves this gateway. camspool settings shows how one is set.")
    return 0


def _row(standing: Standing) -> tuple[str, str, int, str, int, str]:
    kind, oldest = standing.kind or "–", oldest_words(standing)
    return standing.name, kind, standing.waiting, oldest, standing.failed, standing_words(standing)


def _as_json(standing: Standing) -> dict[str, object]:
    began_at = standing.began_at.isoformat() if standing.began_at else None
    return {**asdict(standing), "began_at": began_at, "said": standing_words(standing)}


def _ping(settings: Settings) -> int:
    if not settings.ping.is_set:
        raise CamspoolError("No ping is set: [ping] url_file in the settings names the file with its address.")
    pinged = ping_once(settings)
    print(f"The ping was taken: {pinged.said}" if pinged.is_taken else f"The ping was not taken: {pinged.said}")
    return 0 if pinged.is_taken else 1


def _deliver(settings: Settings) -> int:
    start_logging()
    return serve(settings)


def _deliver_once(settings: Settings) -> int:
    waiting = 0
    for target in settings.targets:
        if is_paused(settings.root, target.name):
            print(f"{target.name} rests, as somebody wanted.")
            continue
        left = carry_once(settings, target)
        waiting += left
        print(f"{target.name}: {f'{left} items still wait.' if left else 'everything has gone.'}")
    return 1 if waiting else 0


def _fill(target: Target, arguments: argparse.Namespace, settings: Settings, by: str) -> int:
    if arguments.none:
        if arguments.from_day or arguments.until_day or arguments.camera:
            raise CamspoolError("--none lets nothing go; it takes no --from, --until or --camera.")
        note_filled(settings.root, target.name, by, None, 0)
        print(f"What was here before goes to {target.name} only when somebody asks for it.")
        return 0
    extent = extent_of(arguments.from_day, arguments.until_day, arguments.camera)
    with progress_bar(unit=" items", desc="looking") as bar:
        count = fill(settings.root, target, extent, by, bar.update)
    print(f"{count} items more go to {target.name}.")
    return 0


def _retry(target: Target, arguments: argparse.Namespace, settings: Settings, _by: str) -> int:
    failed = failed_ids(settings.root, target.name)
    wanted = arguments.ids or failed
    if unknown := sorted(set(wanted) - set(failed)):
        raise CamspoolError(f"{target.name} has not refused {one_line(unknown[0])}; see camspool outbox list.")
    send_again(settings.root, target.name, wanted)
    print(f"{len(wanted)} items go to {target.name} once more; what waits is tried now.")
    return 0


def _pause(target: Target, _arguments: argparse.Namespace, settings: Settings, by: str) -> int:
    pause_target(settings.root, target.name, by)
    print(f"{target.name} rests. What is accepted waits for it; camspool outbox resume {target.name} lets it go on.")
    return 0


def _resume(target: Target, _arguments: argparse.Namespace, settings: Settings, _by: str) -> int:
    resume_target(settings.root, target.name)
    print(f"{target.name} goes on.")
    return 0


def _test(target: Target, _arguments: argparse.Namespace, settings: Settings, _by: str) -> int:
    try:
        print(KINDS[target.kind].try_out(Job(settings.root, gateway_name(settings), target)))
    except TargetDownError as error:
        print(f"{target.name} cannot be used: {error}")
        return 1
    try_at_once(settings.root, target.name)
    return 0


_ACTIONS: dict[str, Callable[[Target, argparse.Namespace, Settings, str], int]] = {
    "fill": _fill,
    "retry": _retry,
    "pause": _pause,
    "resume": _resume,
    "test": _test,
}
