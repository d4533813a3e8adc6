"""The sentences of a dry run. Pure."""

from ingest.fleet.codes import code_words
from ingest.verdict.dry_run import DryRun

_REFUSED = {
    "missing_camera_id": ("has no camera ID", "have no camera ID"),
    "bad_camera_id": ("has a camera ID that cannot be one", "have a camera ID that cannot be one"),
    "missing_datetime": ("has no time", "have no time"),
    "bad_datetime": ("has a time that cannot be one", "have a time that cannot be one"),
    "missing_location": ("has no position", "have no position"),
    "invalid_location": ("has an impossible position", "have an impossible position"),
    "no_metadata": ("has no EXIF", "have no EXIF"),
    "unreadable_metadata": ("has damaged EXIF", "have damaged EXIF"),
    "unknown_camera": ("is of a camera that is not registered", "are of cameras that are not registered"),
    "ambiguous_profile": ("is claimed by another profile as well", "are claimed by another profile as well"),
    "duplicate": ("is here already", "are here already"),
    "connection_test": ("comes from a Test button", "come from a Test button"),
}


def refused_words(reason: str, count: int) -> str:
    """Say what is the matter with so many files.

    >>> refused_words("missing_datetime", 1), refused_words("missing_datetime", 8), refused_words("broken_jpeg", 2)
    ('1 has no time', '8 have no time', '2: broken JPEG')
    """
    one, several = _REFUSED.get(reason, ("", ""))
    words = one if count == 1 else several
    return f"{count} {words}" if words else f"{count}: {code_words(reason)}"


def headline(run: DryRun) -> str:
    """Say how many of the rejected files that it knows a profile would accept.

    >>> headline(DryRun(refused={"missing_datetime": ("a", "b")})), headline(DryRun())
    ('Would accept none of the 2 rejected files that it knows.', 'It knows none of the rejected files.')
    """
    accepted, waiting = len(run.accepted), run.waiting
    if not waiting:
        return "It knows none of the rejected files."
    if waiting == 1:
        return f"Would {'' if accepted else 'not '}accept the one rejected file that it knows."
    if accepted == waiting:
        return f"Would accept all {waiting} rejected files that it knows."
    return f"Would accept {accepted or 'none'} of {'' if accepted else 'the '}{waiting} rejected files that it knows."
