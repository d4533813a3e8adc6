"""An item's id tells when it came, and its path is readable whatever bytes a camera gave it."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.spool.item import Item
from ingest.spool.stamp import new_id


def test_the_time_of_arrival_is_that_of_the_id_and_not_the_present() -> None:
    item = Item("20251205T154647.120034Z-4f2a", b"a.jpg", "ftps")
    assert item.received_at == datetime(2025, 12, 5, 15, 46, 47, 120034, UTC)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert Item(new_id(yesterday), b"a.jpg", "ftps").received_at == yesterday


def test_the_path_is_text_and_the_bytes_stay_as_they_came() -> None:
    item = Item("20251205T154647.120034Z-4f2a", "grün/".encode() + b"a\xff.jpg", "ftps")
    assert item.path == "grün/a\\xff.jpg"
    assert item.upload_path.endswith(b"/a\xff.jpg")


def test_an_id_without_a_time_is_an_error() -> None:
    with pytest.raises(ValueError):
        _ = Item("photo", b"a.jpg", "ftps").received_at
