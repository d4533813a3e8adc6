"""Which camera a file belongs to: the ID its profile finds, checked before it becomes a folder name. Pure."""

from dataclasses import dataclass, replace

from ingest.profiles.profile import Part
from ingest.profiles.source_words import any_of
from ingest.profiles.sources import Subject
from ingest.reading.imei import is_imei
from ingest.settings.values import Settings
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.sidecar import Problem, Warn
from ingest.verdict.fields import find_field
from ingest.verdict.senders import Sender, is_own

TEXT_MAX_CHARACTERS = 100
_ID = "up to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen"


@dataclass(frozen=True)
class Identity:
    """A camera ID that is fit to be a folder name, or None; and what is wrong or doubtful about it.

    `text` is what the file says instead, where that is not an ID, and `source` is where it says so.
    """

    camera_id: str | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warn, ...] = ()
    text: str | None = None
    source: str | None = None


def identify(part: Part, subject: Subject, settings: Settings, sender: Sender | None = None) -> Identity:
    """Find and check the camera ID.

    A camera with an account or a folder of its own needs no ID in its files: a `sender` is the camera, whatever they
    say. Somebody has entered it under that name, and a replaced device goes on under it.
    """
    rule = part.fields["camera_id"]
    own = subject if sender is None and is_own(subject.account, settings) else replace(subject, account=None)
    found = find_field(rule, own)
    if sender:
        text = one_line(str(found[0]), TEXT_MAX_CHARACTERS) if found and str(found[0]) != sender.camera_id else None
        return Identity(sender.camera_id, text=text, source=sender.source)
    if found is None:
        return Identity(None, (Problem("missing_camera_id", _missing(rule.sources, subject.account, settings)),))
    text, source = str(found[0]), found[1]
    camera_id = _fit(text, rule.check)
    if camera_id is None:
        return Identity(None, (Problem("bad_camera_id", f"The camera ID is `{one_line(text, 80)}`; expected {_ID}."),))
    given = None if camera_id == text else one_line(text, TEXT_MAX_CHARACTERS)
    return Identity(camera_id, (), _checked(camera_id, rule.check), given, source)


def _fit(text: str, check: str | None) -> str | None:
    """Return the ID that is fit to be a folder name: of a name that a person gave, never of a damaged number."""
    if check is None:
        return camera_id_from(text)
    return text if is_camera_id(text) else None


def _missing(sources: tuple[str, ...], account: str | None, settings: Settings) -> str:
    if "account" not in sources or account is None or is_own(account, settings):
        return f"No camera ID: there is none in {any_of(sources)}."
    shared = f"the account {one_line(account, 40)} is used by every camera"
    others = [source for source in sources if source != "account"]
    told = f"there is none in {any_of(others)}, and {shared}" if others else shared
    return f"No camera ID: {told}. Give this camera an account of its own."


def _checked(camera_id: str, check: str | None) -> tuple[Warn, ...]:
    if check != "imei" or is_imei(camera_id):
        return ()
    message = f"The camera ID {camera_id} is no valid IMEI: its check digit is wrong or it is not 15 digits."
    return (Warn("identifier_check_failed", message),)
