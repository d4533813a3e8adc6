"""Reasons, warnings and fields as words. Pure."""

_ACRONYMS = {"jpeg": "JPEG", "id": "ID", "sd": "SD", "gps": "GPS", "csq": "CSQ", "exif": "EXIF"}


def code_words(code: str | None) -> str:
    """Return a reason, warning or field name as words.

    >>> code_words("missing_location"), code_words("not_a_jpeg")
    ('missing location', 'not a JPEG')
    """
    return " ".join(_ACRONYMS.get(word, word) for word in (code or "").split("_"))
