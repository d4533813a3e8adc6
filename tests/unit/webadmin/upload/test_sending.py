"""A file on its way through FTPS: handed to what sends it, and found again among the items that came since."""

import hashlib
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from ingest.errors import CamspoolError
from ingest.index.store import open_index, read_index
from ingest.settings.values import Ftps, Settings
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from tests.unit.webadmin.site import Site, accepted, make_site
from webadmin.upload import sending
from webadmin.upload.sending import send_over_ftps

PATH = "INSTAR/a.jpeg"


@contextmanager
def _relay(
    folder: Path, on_file: Callable[[bytes], object], refused: str | None = None
) -> Iterator[tuple[Path, list[str]]]:
    """Stand at the socket where the relay listens: take one order with its file, and answer."""
    orders: list[str] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as asked:
            orders.append(asked.readline().decode())
            on_file(asked.read(json.loads(orders[0])["size_bytes"]))
            connection.sendall(json.dumps({"refused": refused}).encode() + b"\n")

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "relay"))
        listener.listen(1)
        thread = Thread(target=serve)
        thread.start()
        yield folder / "relay", orders
        thread.join()


def _arrived(content: bytes, upload_path: str = PATH) -> Sidecar:
    """Return what a file becomes that arrives now."""
    return accepted(id=new_id(), upload_path=upload_path, sha256=hashlib.sha256(content).hexdigest())


def _send(site: Site, relay: Path | None, content: bytes = b"jpg", *, implicit: bool = False) -> str | None:
    return send_over_ftps(
        site.settings, relay, lambda: closing(read_index(site.root)), content, PATH, implicit=implicit
    )


@pytest.fixture(autouse=True)
def _an_index(site: Site) -> None:
    open_index(site.root).close()


def test_the_item_that_came_of_it_is_found(site: Site, tmp_path: Path) -> None:
    came: list[Sidecar] = []
    with _relay(tmp_path, lambda content: came.append(site.put(_arrived(content)))) as (relay, orders):
        found = _send(site, relay, implicit=True)
    assert found == came[0].id
    assert json.loads(orders[0]) == {"path": PATH, "implicit": True, "size_bytes": 3}


def test_a_file_without_a_digest_is_found_by_its_path(site: Site, tmp_path: Path) -> None:
    came: list[Sidecar] = []
    with _relay(tmp_path, lambda content: came.append(site.put(replace(_arrived(content), sha256=None)))) as (relay, _):
        assert _send(site, relay) == came[0].id


def test_what_came_before_or_under_another_name_or_with_other_bytes_is_not_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others_come(content: bytes) -> None:
        site.put(_arrived(content, "INSTAR/b.jpeg"))
        site.put(_arrived(b"of another camera"))

    monkeypatch.setattr(sending, "PATIENCE_S", 0.3)
    site.put(_arrived(b"jpg"))
    with _relay(tmp_path, others_come) as (relay, _):
        assert _send(site, relay) is None


def test_why_ftps_did_not_take_it_is_told(site: Site, tmp_path: Path) -> None:
    why = "127.0.0.1:21 (explicit TLS): 530 Login incorrect."
    with _relay(tmp_path, bytes, why) as (relay, _), pytest.raises(CamspoolError, match="530 Login incorrect"):
        _send(site, relay)


def test_without_a_relay_it_goes_to_the_port_of_the_settings_with_the_password(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    (tmp_path / "own").mkdir()
    site = make_site(tmp_path / "own", Settings(ftps=Ftps(bind="127.0.0.1", port=1, implicit_port=port)))
    with pytest.raises(CamspoolError, match=rf"127.0.0.1:{port} \(implicit TLS\): .*refused"):
        _send(site, None, implicit=True)
    (tmp_path / "own" / "ftps.password").unlink()
    with pytest.raises(CamspoolError, match="The FTPS password is not known here"):
        _send(site, None, implicit=True)
