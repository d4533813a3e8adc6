"""Makes up IDs, names and numbers that have the form of real ones and are of nobody. Pure but for chance."""

import re
from random import Random

from ingest.reading.imei import check_digit, is_imei

TEST_IMEI = "001"
"""What made-up IMEIs begin with: 00 is kept for tests (GSMA TS.06), and no modem that is sold has it."""

_DIGITS = "0123456789"
_HEX = re.compile(r"[0-9A-Fa-f:-]+")
_ENOUGH_DIGITS = 3
_TRIES = 100
_KINDS = (
    "bcdfghjkmnpqrstvwxz",
    "BCDFGHJKMNPQRSTVWXZ",
    "äåæçèéêëìíîïñòóôöøùúûü",
    "ÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜ",
    "бвгджзиклмнпрст",
    "БВГДЖЗИКЛМНПРСТ",
    "甲乙丙丁山水木火土金东西南北",
)


def made_up(text: str, chance: Random, *, keeps_letters: bool = False) -> str:
    """Return a text of the same form and length: digits for digits, letters for letters, all else as it stands.

    An IMEI stays one, with a number that is kept for tests; one whose last digit is wrong keeps that. `keeps_letters`
    changes only the digits, where there are enough of them.

    >>> is_imei(made_up("861943070068027", Random(1))), is_imei(made_up("861943070068028", Random(1)))
    (True, False)
    """
    if re.fullmatch(r"[0-9]{15}", text):
        return _imei(chance, is_right=is_imei(text))
    keeps_letters = keeps_letters and sum(character in _DIGITS for character in text) >= _ENOUGH_DIGITS
    letters = {"b": "bcdef", "B": "BCDEF"} if _HEX.fullmatch(text) else {}
    for _ in range(_TRIES):
        made = "".join(_like(one, chance, letters, keeps_letters=keeps_letters) for one in text)
        if made.casefold() != text.casefold():
            return made
    return text


def _imei(chance: Random, *, is_right: bool) -> str:
    first = TEST_IMEI + "".join(chance.choice(_DIGITS) for _ in range(14 - len(TEST_IMEI)))
    digit = check_digit(first)
    return first + (digit if is_right else str((int(digit) + 1) % 10))


def _like(character: str, chance: Random, letters: dict[str, str], *, keeps_letters: bool) -> str:
    if character in _DIGITS:
        return chance.choice(_DIGITS[1:])
    if keeps_letters or not character.isalpha():
        return character
    if character.isascii():
        kind = _KINDS[1] if character.isupper() else _KINDS[0]
        return chance.choice(letters.get(kind[0], kind))
    kind = next((one for one in _KINDS[2:] if _is_of_kind(character, one)), character)
    return chance.choice(kind)


def _is_of_kind(character: str, kind: str) -> bool:
    """Say whether a letter takes as many bytes as these in every encoding, and is of their case."""
    if character.isupper() != kind[0].isupper() or len(character.encode()) != len(kind[0].encode()):
        return False
    return (ord(character) < 0x100) == (ord(kind[0]) < 0x100)
