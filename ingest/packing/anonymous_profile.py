"""Takes the cameras out of a profile that names some: a pattern, or a value that is the same for all files. Pure."""

import re
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.packing.replacing import Replacing
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.spool.names import one_line


def anonymous_profile(profile: Profile, text: str, everything: Replacing) -> str:
    """Return the text of a profile with made-up names. Raise CamspoolError for one that cannot be put so."""
    constants = {rule.value for part in (profile.image, profile.report) if part for rule in part.fields.values()}
    for constant in filter(None, constants):
        text = text.replace(constant, everything.in_text(constant))
    for real, made in everything.names.items():
        text = text.replace(re.escape(real), re.escape(made))
    written = everything.names_in_text(text)
    if left := everything.left_in(written.replace("\\", "").encode()):
        raise CamspoolError(f"profile.toml names `{one_line(left, 40)}` in a way that cannot be replaced.")
    try:
        parse_profile(written, Path(profile.id))
    except CamspoolError as error:
        raise CamspoolError(f"profile.toml names a camera in a way that cannot be replaced: {error}") from error
    return written
