"""What is made up has the form of the real thing, and is another."""

from random import Random

import pytest

from ingest.packing.made_up import made_up
from ingest.reading.imei import is_imei


@pytest.mark.parametrize(
    "text", ["WBC398", "Gate North", "0017", "a4:da:22:00:11:22", "Höhle 1", "测试01", "Ж-7", "jan@x.org"]
)
def test_it_has_as_many_characters_and_bytes_and_the_same_signs(text: str) -> None:
    made = made_up(text, Random(1))
    assert made.casefold() != text.casefold()
    for encoding in ("utf-8", "utf-16-le"):
        assert len(made.encode(encoding)) == len(text.encode(encoding))
    for was, new in zip(text, made, strict=True):
        assert (was.isdigit(), was.isalpha(), was.isupper()) == (new.isdigit(), new.isalpha(), new.isupper())
        assert was == new or was.isalnum()


def test_an_imei_stays_one_that_nobody_has_and_a_wrong_one_stays_wrong() -> None:
    made = [made_up("861943070068027", Random(seed)) for seed in range(50)]
    assert all(is_imei(one) and one.startswith("00") for one in made)
    assert len(set(made)) == 50
    assert not is_imei(made_up("861943070068028", Random(1)))


def test_letters_stay_only_where_digits_are_enough_to_tell_it_apart() -> None:
    assert made_up("NG-4711", Random(1), keeps_letters=True).startswith("NG-")
    assert not made_up("Gate 7", Random(1), keeps_letters=True).startswith("Gate")


def test_what_is_written_with_the_digits_of_16_stays_so() -> None:
    assert int(made_up("00a1b2c3", Random(1)), 16)


def test_what_has_neither_letters_nor_digits_stays() -> None:
    assert made_up("--", Random(1)) == "--"
