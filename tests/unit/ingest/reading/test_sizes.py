"""Sizes of cards: with units or without, free and total together or apart."""

import pytest

from ingest.reading.figures import NoFigureError
from ingest.reading.sizes import card_mb, size_mb, used_percent


@pytest.mark.parametrize(
    ("text", "percent"), [("59405M/59628M", 0.4), ("21/31", 32.3), ("21,99GB/29,8GB", 26.2), ("0M/100M", 100)]
)
def test_how_full_a_card_is_needs_no_unit(text: str, percent: float) -> None:
    assert used_percent(text) == percent


@pytest.mark.parametrize("text", ["31/21", "0/0", "21", "21/31K", "1,2,3G/5G"])
def test_what_is_no_card_says_what_was_expected(text: str) -> None:
    with pytest.raises(NoFigureError, match=r"^is `.*`; expected .+"):
        used_percent(text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("59405M", "M", 59405),
        ("59405", "M", 59405),
        ("59,405 MB", "M", 59405),
        ("21,99 GB", "M", 22517.76),
        ("21.99", "G", 22517.76),
        ("29,813GB", "M", 30528.512),
        ("1,5 TiB", "M", 1572864),
        ("512.5M", "M", 512.5),
    ],
)
def test_a_size_has_its_own_unit_or_that_of_its_profile(text: str, unit: str, value: float) -> None:
    assert size_mb(text, unit) == value


@pytest.mark.parametrize("text", ["", "M", "1,2,3 GB", "5 K", "-5M", "59405M/59628M", "9" * 400])
def test_what_is_no_size_says_so(text: str) -> None:
    with pytest.raises(NoFigureError, match=r"^is `.*`; expected a size such as 59405M"):
        size_mb(text, "M")


def test_a_card_without_any_unit_is_only_read_where_its_unit_is_known() -> None:
    assert card_mb("21/31", "G") == (21504, 31744)
    assert card_mb("21/31GB", "M") == (21504, 31744)
    assert card_mb("59405/59628", "M") == (59405, 59628)
    with pytest.raises(NoFigureError, match='expected a unit, or a field that is read as = "sd_free_gb"'):
        card_mb("21/31", "M")
