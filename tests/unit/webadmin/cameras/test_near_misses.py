"""IDs that differ by one typing mistake."""

import pytest

from tests.unit.webadmin.site import CAMERA
from webadmin.cameras.near_misses import near_misses


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("861943070068072", True),
        ("86194307006802", True),
        ("8619430700680277", True),
        ("861943070068127", True),
        ("861943070068035", False),
        ("861943070068027", False),
        ("861943070068", False),
    ],
)
def test_one_typing_mistake_is_a_near_miss(other: str, near: bool) -> None:
    assert (near_misses(CAMERA, [other]) == [other]) == near


def test_at_most_three_are_named_in_their_order() -> None:
    others = [f"{CAMERA[:-1]}{digit}" for digit in (9, 8, 6, 5)]
    assert near_misses(CAMERA, [*others, CAMERA]) == others[:3]
    assert near_misses(CAMERA, others, most=1) == others[:1]


def test_letters_of_another_size_are_one_mistake() -> None:
    assert near_misses("oak-ride", ["OAK-RIDE", "OAK-SIDE", "OAK-SITE"]) == ["OAK-RIDE", "OAK-SIDE"]
