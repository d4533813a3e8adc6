"""Which cameras somebody may see: all, or in the field those of their accounts and tags."""

from collections.abc import Iterable

from ingest.fleet.health import Camera
from ingest.index.feeds import cameras_of
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.camera_records import tags_in
from ingest.spool.people import Person
from webadmin.context import context


def may_see(person: Person, camera_id: str) -> bool:
    """Say whether somebody may see a camera."""
    if person.role != "field":
        return True
    here = context()
    record = here.camera_records.all(here.root).get(camera_id)
    return bool(set(tags_in(record)) & set(person.tags)) or camera_id in _of_accounts(person)


def seen_by(person: Person, cameras: Iterable[Camera]) -> list[Camera]:
    """Return those of the cameras that somebody may see."""
    if person.role != "field":
        return list(cameras)
    by_account, tags = _of_accounts(person), set(person.tags)
    return [camera for camera in cameras if camera.id in by_account or tags & set(camera.tags)]


def _of_accounts(person: Person) -> frozenset[str]:
    """Return the cameras that an account of the person's was made for, and those that have come by one."""
    here, accounts = context(), set(person.accounts)
    own = {one.camera_id for name, one in camera_accounts(here.root).items() if name in accounts}
    with here.index() as index:
        return cameras_of(index, person.accounts) | own
