"""The IMEI: what a camera or a person mistypes is noticed."""

import pytest

from ingest.reading.imei import check_digit, is_imei
from ingest.simulation.photos import simulated_imei

IMEI = "861943070068027"


@pytest.mark.parametrize("imei", [IMEI, "868020035314870", "490154203237518", "0" * 15, simulated_imei(999_999)])
def test_real_ones_are_valid(imei: str) -> None:
    assert is_imei(imei)
    assert check_digit(imei[:14]) == imei[14]


def test_one_wrong_digit_is_always_noticed() -> None:
    wrong = [
        IMEI[:place] + digit + IMEI[place + 1 :]
        for place in range(15)
        for digit in "0123456789"
        if digit != IMEI[place]
    ]
    assert len(wrong) == 135
    assert not any(is_imei(text) for text in wrong)


def test_two_neighbours_that_changed_places_are_noticed() -> None:
    assert IMEI[1:3] == "61"
    assert not is_imei(IMEI[0] + "16" + IMEI[3:])


@pytest.mark.parametrize(
    "text", ["", IMEI[:14], IMEI + "0", f"{IMEI}\n", f" {IMEI}", "٨٦١٩٤٣٠٧٠٠٦٨٠٢٧", "86194307006802x"]
)
def test_only_fifteen_plain_digits_are_one(text: str) -> None:
    assert not is_imei(text)
