"""Which camera a file belongs to: the ID its profile finds, checked before it becomes a folder name. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.profiles.profile import Part
from ingest.profiles.sources import Subject
from ingest.reading.imei import is_imei
from ingest.settings.values import Settings
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.sidecar import Problem, Warn
from ingest.verdict.fields import read_field


@dataclass(frozen=True)
class Identity:
    """A camera ID that is fit to be a folder name, or None; and what is wrong or doubtful about it."""

    camera_id: str | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warn, ...] = ()


def identify(part: Part, subject: Subject, settings: Settings, registered: Callable[[str], bool]) -> Identity:
    """Find and check the camera ID. `registered` is asked only when cameras must be."""
    rule = part.fields["camera_id"]
    camera_id = read_field(rule, subject)
    if camera_id is None:
        where = " or ".join(rule.sources)
        return Identity(None, (Problem("missing_camera_id", f"No camera ID: {where} has nothing."),))
    text = str(camera_id)
    if not is_camera_id(text):
        message = (
            f"The camera ID is `{one_line(text, 80)}`; expected up to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen."
        )
        return Identity(None, (Problem("bad_camera_id", message),))
    return Identity(text, _known(text, settings, registered), _checked(text, rule.check))


def _known(camera_id: str, settings: Settings, registered: Callable[[str], bool]) -> tuple[Problem, ...]:
    if not settings.cameras.must_be_registered or registered(camera_id):
        return ()
    return (Problem("unknown_camera", f"Camera {camera_id} is not registered."),)


def _checked(camera_id: str, check: str | None) -> tuple[Warn, ...]:
    if check != "imei" or is_imei(camera_id):
        return ()
    message = f"The camera ID {camera_id} is no valid IMEI: its check digit is wrong or it is not 15 digits."
    return (Warn("identifier_check_failed", message),)
