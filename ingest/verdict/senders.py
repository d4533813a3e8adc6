"""Which camera an upload can only be from: the one whose own account or folder it came by, or that a person named."""

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.settings.values import Settings
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.camera_records import owns_folder
from ingest.spool.corrections import BY_HAND, by_hand
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras


@dataclass(frozen=True)
class Sender:
    """A camera, and why an upload is its own: by its `account`, by its folder in the `path`, or by a `correction`."""

    camera_id: str
    source: str


def is_own(account: str | None, settings: Settings) -> bool:
    """Say whether an account belongs to one camera, so that it can be the camera's ID."""
    return account not in (None, settings.ftps.account, *settings.ftps.shared_accounts)


def sender_of(cameras: KnownCameras, item: Item, settings: Settings) -> Sender | None:
    """Return the camera that an item can only be from; None where its account is everybody's, or the deployment's.

    What a person has said of it comes first: it is tried again because of that.
    """
    if camera_id := by_hand(item.corrections, "camera_id"):
        return Sender(cameras.spelling(camera_id), BY_HAND)
    if item.account is None:
        return None
    if is_own(item.account, settings):
        return _of_account(cameras.root, item.account)
    folder, below, _ = item.path.partition("/")
    return _of_folder(cameras, folder) if below else None


def _of_folder(cameras: KnownCameras, folder: str) -> Sender | None:
    """Look up whose a folder is, as people type its name: in small letters, or with the spaces of the camera's name."""
    if (camera_id := camera_id_from(folder)) is None:
        return None
    camera_id = cameras.spelling(camera_id)
    return Sender(camera_id, "path") if owns_folder(cameras.record(camera_id)) else None


def _of_account(root: Path, account: str) -> Sender | None:
    """Look an account up. A damaged list must not stop the photos of all others: the status tells of it."""
    try:
        found = camera_accounts(root).get(account)
    except CamspoolError:
        return None
    return Sender(found.camera_id, "account") if found else None
