"""Counts cameras anew from their items, after a correction has given some of them to another camera."""

import sqlite3
from collections.abc import Callable, Iterable

from ingest.index.feeds import recount_feeds
from ingest.index.totals import CAMERAS_OF, CONTACTS_OF, HOMES, REFRESH_IMAGES, REFRESH_REPORTS

_ONE = " WHERE camera_id = ?"


def recount_cameras(
    index: sqlite3.Connection, cameras: Iterable[str], alive: Callable[[], None] = lambda: None
) -> None:
    """Let every row about these cameras say what a rebuilt index would: contact, counts, home, what feeds them.

    What was deleted since is forgotten, as it is by a rebuild.
    """
    for camera_id in sorted(cameras):
        alive()
        index.execute("BEGIN IMMEDIATE")
        try:
            _recount(index, camera_id)
        except BaseException:
            index.execute("ROLLBACK")
            raise
        index.execute("COMMIT")


def _recount(index: sqlite3.Connection, camera_id: str) -> None:
    source = "items INDEXED BY items_camera"
    index.execute("DELETE FROM cameras WHERE camera_id = ?", (camera_id,))
    index.execute(CAMERAS_OF.format(items=source, condition="camera_id = ?"), (camera_id,))
    index.execute("DELETE FROM contact_days WHERE camera_id = ?", (camera_id,))
    index.execute(CONTACTS_OF.format(items=source, condition="camera_id = ?"), (camera_id,))
    index.execute(REFRESH_IMAGES + _ONE, (camera_id,))
    index.execute(HOMES.format(items=source, condition="camera_id = ?"), (camera_id,))
    index.execute(REFRESH_REPORTS + _ONE, (camera_id,))
    recount_feeds(index, camera_id)
