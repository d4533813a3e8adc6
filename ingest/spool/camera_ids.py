"""Turns what a person called a camera into an ID that can be a folder's name: the one rule for it. Pure."""

import re
import unicodedata

from anyascii import anyascii

from ingest.spool.names import is_camera_id

_AS_SPOKEN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_BETWEEN = re.compile(r"[^A-Za-z0-9._-]+")
_NO_NAME = re.compile(r"[/\\]|^[.-]")
"""What no person calls a camera: paths, hidden names, options of programs."""


def camera_id_from(text: str) -> str | None:
    """Return the ID for a name; one that can be an ID stays as it is. None where no ID can be made of it.

    Letters of other scripts are written in Latin ones; what stands between letters and digits becomes one `_`.

    >>> camera_id_from("Gate North"), camera_id_from("Höhle"), camera_id_from("861943070068027")
    ('Gate_North', 'Hoehle', '861943070068027')
    >>> camera_id_from("../x") is None, camera_id_from("a\\nb") is None, camera_id_from("!") is None
    (True, True, True)
    """
    if is_camera_id(text):
        return text
    text = unicodedata.normalize("NFC", text.strip())
    if _NO_NAME.search(text) or not text.isprintable():
        return None
    made = _BETWEEN.sub("_", anyascii(text.translate(_AS_SPOKEN))).strip("_")
    return made if is_camera_id(made) else None
