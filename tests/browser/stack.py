"""Everything running for the browser: a filled spool, FTPS on both ports, the watcher, and gunicorn with the admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ingest.ftps.sender import upload
from ingest.index.store import read_index
from ingest.settings.file import read_settings
from tests.browser.incidents import put_incidents
from tests.browser.targets import SETTINGS, put_deliveries
from tests.demo_spool import fill
from tests.integration.admins import admin
from tests.integration.gateway import Gateway, ftps, prepared_gateway, wait_until, watcher


@dataclass(frozen=True)
class Stack:
    """A gateway with its admin; `password` opens the account `admin`."""

    gateway: Gateway
    address: str
    password: str

    def upload(self, path: str, content: bytes, *, implicit: bool = False) -> str:
        """Send a file as a camera does and return the id of the item it became."""
        upload(self.gateway.implicit if implicit else self.gateway.explicit, path, content)
        wait_until(lambda: self.item_id(path) is not None, f"{path} gets a verdict")
        return self.item_id(path) or ""

    def item_id(self, path: str) -> str | None:
        """Return the newest item with this upload path."""
        index = read_index(self.gateway.root)
        row = index.execute(
            "SELECT id FROM items WHERE upload_path = ? ORDER BY number DESC LIMIT 1", (path,)
        ).fetchone()
        index.close()
        return str(row[0]) if row else None


@contextmanager
def running_stack() -> Iterator[Stack]:
    """Start everything; on return it has stopped."""
    with prepared_gateway() as prepared:
        gateway = _with_targets(prepared)
        fill(gateway.root, gateway.settings)
        put_deliveries(gateway.root)
        put_incidents(gateway.root)
        with ftps(gateway), watcher(gateway), admin(gateway) as address:
            password = (gateway.folder / "admin.password").read_text("utf-8").strip()
            yield Stack(gateway, address, password)


def _with_targets(gateway: Gateway) -> Gateway:
    with gateway.settings_file.open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    return replace(gateway, settings=read_settings(gateway.settings_file))
