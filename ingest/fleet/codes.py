"""Reasons, warnings, fields and numbers of files as words. Pure."""

_ACRONYMS = {"jpeg": "JPEG", "id": "ID", "sd": "SD", "gps": "GPS", "csq": "CSQ", "exif": "EXIF"}


def code_words(code: str | None) -> str:
    """Return a reason, warning or field name as words.

    >>> code_words("missing_location"), code_words("not_a_jpeg")
    ('missing location', 'not a JPEG')
    """
    return " ".join(_ACRONYMS.get(word, word) for word in (code or "").split("_"))


def files_words(files: int) -> str:
    """Return how many files.

    >>> files_words(1), files_words(12)
    ('1 file', '12 files')
    """
    return "1 file" if files == 1 else f"{files} files"
