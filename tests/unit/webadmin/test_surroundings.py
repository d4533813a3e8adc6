"""What the admin knows of its machine, from the environment that the unit sets."""

from pathlib import Path

import pytest

from ingest.settings.values import Settings
from webadmin.surroundings import Surroundings, read_surroundings

SETTINGS = Settings(root=Path("/srv/camspool"))


def test_without_an_environment_nothing_stands_around_the_admin() -> None:
    assert read_surroundings(SETTINGS, {}) == Surroundings(False, Path("/srv/cache"), None)


def test_the_unit_tells_proxy_cache_and_relay() -> None:
    environment = {
        "CAMSPOOL_BEHIND_PROXY": "1",
        "CACHE_DIRECTORY": "/var/cache/camspool-admin",
        "CAMSPOOL_RELAY": "/run/camspool/relay",
    }
    assert read_surroundings(SETTINGS, environment) == Surroundings(
        True, Path("/var/cache/camspool-admin"), Path("/run/camspool/relay")
    )


@pytest.mark.parametrize("value", ["", "0", "yes", "true"])
def test_only_a_one_makes_the_admin_believe_in_a_proxy(value: str) -> None:
    assert not read_surroundings(SETTINGS, {"CAMSPOOL_BEHIND_PROXY": value}).behind_proxy


def test_what_is_set_but_empty_is_not_set() -> None:
    found = read_surroundings(SETTINGS, {"CACHE_DIRECTORY": "", "CAMSPOOL_RELAY": ""})
    assert (found.cache, found.relay) == (Path("/srv/cache"), None)


def test_the_environment_of_the_process_is_read_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_DIRECTORY", "/var/cache/ours")
    assert read_surroundings(SETTINGS).cache == Path("/var/cache/ours")
