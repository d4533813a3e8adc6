"""Gateways for the tests of this folder."""

from collections.abc import Iterator

import pytest

from ingest.ftps.listener import acceptor_command, listen_command
from tests.integration.gateway import Gateway, ftps, prepared_gateway, watcher


@pytest.fixture
def prepared() -> Iterator[Gateway]:
    """A gateway that nothing serves yet."""
    with prepared_gateway() as gateway:
        yield gateway


@pytest.fixture
def gateway(prepared: Gateway) -> Iterator[Gateway]:
    """A gateway with FTPS on both ports and no watcher: what arrives stays in uploads/."""
    with ftps(prepared):
        yield prepared


@pytest.fixture(params=[acceptor_command, listen_command])
def either(prepared: Gateway, request: pytest.FixtureRequest) -> Iterator[Gateway]:
    """A gateway with FTPS on both ports and no watcher: once as `camspool run` listens, and once as a host does."""
    with ftps(prepared, listen=request.param):
        yield prepared


@pytest.fixture
def watched(gateway: Gateway) -> Iterator[Gateway]:
    """A gateway with FTPS on both ports and a watcher."""
    with watcher(gateway):
        yield gateway
