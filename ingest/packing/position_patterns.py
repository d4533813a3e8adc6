r"""What written positions look like anywhere in a text: decimal degrees, degrees with minutes and seconds, NMEA, links.

Every repeat is bounded and none of them goes beyond a line, so that a text of a stranger costs little.
"""

import re

_BOUND = r"(?<![\d.])"
_END = r"(?![\d])"
_PLAIN = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
_EXACT = r"[+-]?\d{1,3}\.\d{3,20}"
_PART = r"\d{1,3}(?:[.,]\d{1,20})?"
_MARKS = r"[\"”″'’′*°º˚ \t]{0,4}"
_FURTHER = r"\d{1,2}(?:[.,]\d{1,20})?"
_DMS = rf"{_PART}(?:[*°º˚: \t]{{1,3}}{_FURTHER})?(?:['’′: \t]{{1,3}}{_FURTHER})?{_MARKS}"
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
POINTED = re.compile(r"\d+(?:\.\d+)?")
SENTENCE = re.compile(r"\$?(G[A-Z](?:RMC|GGA|GLL),[^*\r\n]{0,120})\*([0-9A-Fa-f]{2})")
_NMEA_MINUTES = r"(\d{2}(?:\.\d{1,10})?)"
NMEA = re.compile(
    rf"{_BOUND}(\d{{2}}){_NMEA_MINUTES}( ?,? ?[NS][, \t]{{1,3}})(\d{{3}}){_NMEA_MINUTES}(?= ?,? ?[EW])",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN = r"(?:[ \t]{0,3}[,;][ \t]{0,3}|[ \t]{1,3}|(?:,|%2C)(?:\+|%20| ){0,2})"
_IN_LINK = (
    r"(?:(?<=@)|(?<=/)(?=[+-]?\d{1,3}\.)|(?<=[?&#]q=)|(?<=ll=)|(?<=loc[:=])|(?<=geo:)|(?<=query=)|(?<=center=)"
    r"|(?<=daddr=)|(?<=destination=))"
)
PAIRS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_IN_LINK}({_PLAIN})(?:,|%2C)(?: |\+|%20){{0,2}}({_PLAIN}){_END}",
        rf"(?<=map=)\d{{1,2}}(?:\.\d{{1,3}})?/({_PLAIN})/({_PLAIN}){_END}",
        rf"(?<![A-Za-z])[NS][ \t:]{{0,3}}({_DMS})[ \t,;]{{0,3}}[EW][ \t:]{{0,3}}({_DMS})",
        rf"{_BOUND}({_DMS})[NS][ \t,;_]{{0,3}}({_DMS})[EW](?![A-Za-z])",
        rf"(?:gps|pos|position|location|coord[a-z]{{0,8}})\W{{1,6}}({_PLAIN}){_BETWEEN}({_PLAIN}){_END}",
        rf"{_BOUND}({_EXACT}){_BETWEEN}({_EXACT}){_END}",
        rf"{_BOUND}([+-]?\d{{1,3}},\d{{3,20}})(?:[ \t]{{0,3}};[ \t]{{0,3}}|,?[ \t])([+-]?\d{{1,3}},\d{{3,20}}){_END}",
    )
)
_XMP = r"\d{1,3},\d{1,2}(?:\.\d{1,20}|,\d{1,2})(?=[NSEW])"
_VALUE = rf"(?:\W|_|%3A|%3D){{0,4}}?({_XMP}|[+-]?{_DMS})"
_BEFORE = r"(?:(?<![a-z])|(?<=gps)|(?<=dest)|(?<=[?&]m))"
HALVES = (
    re.compile(rf"{_BEFORE}lat(?:itude)?{_VALUE}", re.IGNORECASE),
    re.compile(rf"{_BEFORE}(?:lon(?:gitude)?|lng){_VALUE}", re.IGNORECASE),
)
ALONE = re.compile(r"(?<![\d.:])[+-]?\d{1,3}\.\d{4,20}(?![\d.])", re.ASCII)
