"""Profiles as an admin would save them, and the settings of a spool in which nobody else has any."""

from pathlib import Path
from typing import Any

from ingest.settings.values import Settings
from ingest.spool.sidecar import Sidecar
from tests.spools import put_item

TEXT = """
name = "Acme"
evidence = "{evidence}"
confirmed = {confirmed}
[image]
match = {{ "exif.Make" = '{make}' }}
require = ["camera_id"]
[image.fields]
camera_id = {{ from = "{source}" }}
"""


def text(
    make: str = "^Acme$", source: str = "exif.BodySerialNumber", evidence: str = "a test", confirmed: str = "true"
) -> str:
    """Return a profile that knows its photos by their make."""
    return TEXT.format(make=make, source=source, evidence=evidence, confirmed=confirmed)


def settings_of(root: Path) -> Settings:
    """Return settings with a folder of the operator's own beside the spool."""
    return Settings(root=root, profiles=(root.parent / "own",))


def write_own(settings: Settings, profile_id: str, content: str) -> None:
    """Put a profile into the operator's own folder."""
    folder = settings.profiles[0] / profile_id
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(content)


def put_photo(root: Path, make: str, camera: str, profile: str, **changes: Any) -> tuple[Sidecar, str]:
    """Put down an accepted photo of a make, as its profile has read it."""
    exif = {"Make": make, "BodySerialNumber": camera}
    return put_item(root, camera_id=camera, profile=profile, exif=exif, **changes)
