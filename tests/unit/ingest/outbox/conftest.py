"""What tests of the outbox share."""

import pytest

from tests.authorities import Authority, make_authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority whose certificates nobody trusts but who is told to: made once, because that takes a while."""
    return make_authority(tmp_path_factory.mktemp("authority"))
