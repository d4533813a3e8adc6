"""Names of time zones, as people and strangers write them."""

import pytest

from ingest.settings.time_zones import zone_named


@pytest.mark.parametrize("name", ["UTC", "Africa/Nairobi", "Europe/Amsterdam"])
def test_a_zone_has_its_name(name: str) -> None:
    zone = zone_named(name)
    assert zone and zone.key == name


@pytest.mark.parametrize(
    "name", ["", "Nairobi", "Africa", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000, None, 3, []]
)
def test_what_is_no_zone_is_none(name: object) -> None:
    assert zone_named(name) is None
