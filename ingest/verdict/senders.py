"""Which camera an upload can only be from: the one whose own account, or whose own folder, it came by."""

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.settings.values import Settings
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.camera_records import has_own_folder
from ingest.spool.item import Item


@dataclass(frozen=True)
class Sender:
    """A camera, and why an upload is its own: by its `account`, or by its folder in the `path`."""

    camera_id: str
    source: str


def is_own(account: str | None, settings: Settings) -> bool:
    """Say whether an account belongs to one camera, so that it can be the camera's ID."""
    return account not in (None, settings.ftps.account, *settings.ftps.shared_accounts)


def sender_of(root: Path, item: Item, settings: Settings) -> Sender | None:
    """Return the camera that an item can only be from; None where its account is everybody's, or the deployment's."""
    if item.account is None:
        return None
    if is_own(item.account, settings):
        return _of_account(root, item.account)
    folder, below, _ = item.path.partition("/")
    return Sender(folder, "path") if below and has_own_folder(root, folder) else None


def _of_account(root: Path, account: str) -> Sender | None:
    """Look an account up. A damaged list must not stop the photos of all others: the status tells of it."""
    try:
        found = camera_accounts(root).get(account)
    except CamspoolError:
        return None
    return Sender(found.camera_id, "account") if found else None
