"""Takes out of a text what a bug report must not tell: where cameras stand, and who connects from where. Pure."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

POSITION = "<position>"

_NUMBER = r"[-+−]?\d{1,3}(?:[.,]\d+)?"
_LETTER = r"(?-i:\s*[NSEW](?![A-Za-z]))"
_POSITIONS = re.compile(
    "|".join(
        (
            # Named: lat52.02368_lon12.98290, latitude=52, "GPSLongitude": 5.1, lon%3D5.1
            rf"(?:(?<![a-z])|(?<=%[0-9a-f]{{2}})|(?<=gps))(?:lat(?:itude)?|lon(?:gitude)?|lng)(?:\W|%3[AD]|_){{0,4}}{_NUMBER}{_LETTER}?",
            # Degrees, minutes, seconds: S32*56'06", 52°5'55.6"N
            rf"(?-i:[NSEW]?)\s?\d{{1,3}}\s?[°*º˚]\s?\d{{1,2}}\s?['′’](?:\s?\d{{1,2}}(?:\.\d+)?\s?[\"″”])?{_LETTER}?",
            # A pair: 52.098767,5.125342 or 52.1N 5.1E
            rf"(?<![\d.])[-+−]?\d{{1,3}}\.\d+{_LETTER}?\s?[,;_/ ]\s?[-+−]?\d{{1,3}}\.\d+{_LETTER}?(?![\d.])",
            # One number of it: four decimals are eleven metres
            r"(?<![\d.])(?<!\d:)[-+−]?\d{1,3}\.\d{4,}(?![\d.])",
        )
    ),
    re.IGNORECASE,
)
_IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)"
_ADDRESSES = re.compile(rf"(?<![\w:.])(?:[0-9A-Fa-f]{{0,4}}:[0-9A-Fa-f:]+(?:{_IPV4}|(?!\w|\.\d))|{_IPV4})")
_BEHIND_SERVER = re.compile(r"\b(https?://[^\s/?#\"'<>]+)[/?#][^\s\"'<>;,]+")
_LOG_IN = re.compile(r"\b(https?://)[^\s/@\"'<>]+@")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def mask(text: str, names: Iterable[str] = ()) -> str:
    """Return a text without positions, addresses and these names; the same address gets the same number throughout.

    Of what the web knows by an address only the server stays: the rest may be a key.

    Addresses of this machine itself (loopback, unspecified) stay: they say something about the set-up and nobody.

    >>> mask("lat52.1_lon5.1 from 192.0.2.7 and 192.0.2.8, 192.0.2.7 again, not from 127.0.0.1")
    '<position>_<position> from <address 1> and <address 2>, <address 1> again, not from 127.0.0.1'
    """
    text = _BEHIND_SERVER.sub(r"\1/<path>", _LOG_IN.sub(r"\1", text))
    for name in sorted(set(filter(None, names)), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", "<name>", text, flags=re.IGNORECASE)
    return _POSITIONS.sub(POSITION, _without_addresses(_MAIL.sub("<mail address>", text)))


def _without_addresses(text: str) -> str:
    known: dict[str, str] = {}

    def masked(found: re.Match[str]) -> str:
        written = found[0] if found[0].endswith("::") else found[0].rstrip(":")
        try:
            address = ip_address(written)
        except ValueError:
            return found[0]
        if address.is_loopback or address.is_unspecified:
            return found[0]
        number = known.setdefault(str(address), f"<address {len(known) + 1}>")
        return number + found[0][len(written) :]

    return _ADDRESSES.sub(masked, text)
