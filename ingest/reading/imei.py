"""The IMEI: the 15-digit identity of a modem, whose last digit checks the others (Luhn; 3GPP TS 23.003, annex B)."""

import re

_DIGITS = re.compile(r"[0-9]{15}")


def is_imei(text: str) -> bool:
    """Say whether text is 15 digits with the right check digit.

    >>> is_imei("861943070068027"), is_imei("861943070068028"), is_imei("86194307006802")
    (True, False, False)
    """
    return _DIGITS.fullmatch(text) is not None and check_digit(text[:14]) == text[14]


def check_digit(first_14: str) -> str:
    """Return the digit that completes 14 digits to an IMEI.

    >>> check_digit("86194307006802")
    '7'
    """
    doubled = (2 * int(digit) if index % 2 else int(digit) for index, digit in enumerate(first_14))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
