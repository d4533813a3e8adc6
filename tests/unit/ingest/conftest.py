"""A spool and its index, and a certificate, for the tests that need one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.ftps.certificate import make_self_signed
from ingest.index.store import open_index
from tests.spools import make_spool
from tests.unit.ingest.ftps.server import Tls


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root of an empty spool."""
    return make_spool(tmp_path)


@pytest.fixture
def index(root: Path) -> Iterator[sqlite3.Connection]:
    """The index of that spool, for writing."""
    with closing(open_index(root)) as index:
        yield index


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A certificate of this machine, and its key: made once, because that takes a while."""
    folder = tmp_path_factory.mktemp("tls")
    made = Tls(folder / "cert.pem", folder / "key.pem")
    make_self_signed(made.certificate, made.key, ["localhost", "127.0.0.1"])
    return made
