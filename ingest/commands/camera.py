"""`camspool camera`: enters cameras, and makes, renews and closes their FTPS accounts."""

import argparse
from collections.abc import Callable
from typing import Any

from ingest.commands.privileges import become_owner
from ingest.commands.progress import waiting_bar
from ingest.errors import CamspoolError
from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.requests.asking import PATIENCE_S, have_done
from ingest.requests.new_cameras import Entry, NewCamera, account_for, entry_for, new_password
from ingest.settings.values import Settings
from ingest.spool.camera_accounts import CameraAccount, account_of, camera_accounts
from ingest.spool.names import one_line
from ingest.spool.root import check_root, prepare_spool
from ingest.spool.sites import Site

HELP = "enter a camera, and make, renew or close its FTPS account"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done, and the camera it is done to."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="enter a new camera, with an FTPS account of its own")
    add.add_argument("name", metavar="NAME", help="what people call it, such as 'Gate North'")
    add.add_argument("--make", default="", metavar="MAKE", help="what is written on it")
    add.add_argument("--position", metavar="POSITION", help="where it stands, such as '52.09877, 5.12534'")
    add.add_argument("--site", default="", metavar="NAME", help="the name of the place where it stands")
    add.add_argument("--folder", action="store_true", help="know it by the folder set in it instead of an account")
    for action, told in _CHANGES.items():
        actions.add_parser(action, help=told).add_argument("camera_id", metavar="CAMERA", help="the camera's ID")
    actions.add_parser("list", help="the accounts that were made for cameras")


_CHANGES = {
    "account": "give a camera that is here already an account of its own",
    "password": "give a camera's account a new password; the former one stays valid beside it",
    "end-former": "end the former password of a camera's account",
    "close": "let nobody in any more with a camera's account",
}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do it, and print what to type into the camera; exit 1 when it was refused."""
    if arguments.action == "list":
        return _list(settings)
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    return _ACTIONS[arguments.action](arguments, settings)


def _list(settings: Settings) -> int:
    check_root(settings.root)
    for account in sorted(camera_accounts(settings.root).values(), key=lambda one: one.camera_id):
        closed = f", closed {account.closed_at}" if account.closed_at else ""
        former = ", former password valid" if account.has_former else ""
        print(f"{account.camera_id}  {account.name}  made {account.made_at}{former}{closed}")
    return 0


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    wish = NewCamera(arguments.name, arguments.make, _site(arguments), "folder" if arguments.folder else "account")
    return _enter(entry_for(settings.root, settings.ftps, wish), settings)


def _site(arguments: argparse.Namespace) -> Site | None:
    if arguments.position is None:
        return None
    try:
        return Site(*position_from_text(arguments.position), one_line(arguments.site))
    except InvalidLocationError as error:
        raise CamspoolError(f"The position {error}.") from error


def _account(arguments: argparse.Namespace, settings: Settings) -> int:
    return _enter(account_for(settings.root, settings.ftps, arguments.camera_id), settings)


def _enter(entry: Entry, settings: Settings) -> int:
    if not _ask(settings, "add_camera", **entry.words):
        return 1
    print(f"Camera {entry.camera_id}. Type into it:")
    print(f"  host      {settings.ftps.host or 'this machine'}, port {settings.ftps.port}, FTPS")
    print(f"  user      {entry.account or settings.ftps.account}")
    print(f"  password  {entry.password or 'that of the account'}")
    print(f"  folder    {'/' if entry.account else f'/{entry.camera_id}'}")
    return 0


def _renew(arguments: argparse.Namespace, settings: Settings) -> int:
    account = _open_account(arguments.camera_id, settings)
    password, hashed = new_password()
    if not _ask(settings, "renew_password", account=account.name, password_hash=hashed):
        return 1
    print(f"The account {account.name} has the password {password}. The former one stays valid: end it with")
    print(f"  camspool camera end-former {account.camera_id}")
    return 0


def _changing(action: str) -> Callable[[argparse.Namespace, Settings], int]:
    def change(arguments: argparse.Namespace, settings: Settings) -> int:
        return 0 if _ask(settings, action, account=_open_account(arguments.camera_id, settings).name) else 1

    return change


def _open_account(camera_id: str, settings: Settings) -> CameraAccount:
    account = account_of(settings.root, camera_id)
    if account is None or account.closed_at:
        raise CamspoolError(f"{one_line(camera_id)} has no open account that was made here: see camspool camera list.")
    return account


def _ask(settings: Settings, action: str, **words: Any) -> bool:
    """Have it done; print how it ended, and say whether it was done."""
    with waiting_bar(PATIENCE_S, "waiting for the watcher") as on_wait:
        (result,) = have_done(settings.root, action, by="command line", on_wait=on_wait, **words)["results"]
    print(result["message"])
    return bool(result["outcome"] != "refused")


_ACTIONS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "add": _add,
    "account": _account,
    "password": _renew,
    "end-former": _changing("end_former_password"),
    "close": _changing("close_account"),
}
