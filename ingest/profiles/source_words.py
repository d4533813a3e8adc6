"""Where a value of a file comes from, in words for people: `exif.GPS` is its GPS data. Pure."""

from collections.abc import Iterable

from ingest.profiles.joined import is_joined

_TAGS = {"exif": "EXIF", "xmp": "XMP", "makernote": "MakerNote"}
_PLAIN = {
    "account": "the camera's own account",
    "record": "the camera's site",
    "path": "the upload path",
    "comment": "the JPEG's comment",
}


def source_words(source: str) -> str:
    """Return one source in words.

    >>> source_words("exif.GPS"), source_words("exif.Model"), source_words("path.imei"), source_words("report.IMEI")
    ('its GPS data', 'EXIF Model', 'the upload path', "the report's IMEI")
    """
    if source == "exif.GPS":
        return "its GPS data"
    if is_joined(source):
        return f"its parts put together: {source}"
    first, _, rest = source.partition(".")
    if first in _TAGS and rest:
        return f"{_TAGS[first]} {rest}"
    if first == "report" and rest:
        return f"the report's {rest}"
    return _PLAIN.get(first, source)


def any_of(sources: Iterable[str]) -> str:
    """Return sources as they stand after `in`, each once.

    >>> any_of(["exif.BodySerialNumber", "path.imei", "path.id"])
    'EXIF BodySerialNumber or the upload path'
    """
    return " or ".join(dict.fromkeys(source_words(one) for one in sources))
