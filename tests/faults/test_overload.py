"""All cameras come back at once: the limits turn the excess away, and in the end everything is in and in order."""

import pytest

from tests.faults.conftest import Tell
from tests.faults.managed import limit
from tests.faults.overload import complaints, overload
from tests.integration.gateway import prepared_gateway

CAMERAS, PHOTOS = 300, 3


@pytest.mark.timeout(900)
def test_all_cameras_come_back_at_once(tell: Tell) -> None:
    assert limit("MaxConnectionsPerSource") < CAMERAS <= limit("MaxConnections")
    with prepared_gateway() as gateway:
        told = overload(gateway, CAMERAS, PHOTOS)
        tell(str(told))
        assert complaints(gateway, told) == []
