"""What is in force here of the promise that nothing acknowledged is lost: the intake, or the file system alone."""

from ingest.ftps.intake import MISSING, find_intake
from ingest.settings.values import Settings
from ingest.spool.partials import list_partials
from ingest.spool.write_through import NOT_WRITTEN_THROUGH
from ingest.upkeep.part import Part

FLUSHED = "Each upload is on the disk before its camera hears that it came, and kept whatever the camera does next."
UNFLUSHED = (
    "Uploads are kept whatever their cameras do next. A power cut may take the last seconds: ftps.write_through."
)


def uploads_part(settings: Settings) -> Part:
    """Judge by what becomes of an acknowledged upload, whatever its camera or the power does next."""
    is_kept, sentence = what_is_kept(settings)
    return Part("uploads", "good" if is_kept else "attention", sentence)


def what_is_kept(settings: Settings) -> tuple[bool, str]:
    """Return whether all promises hold that the settings ask for, and which do. Raise OSError without uploads/."""
    (settings.root / "uploads").stat()
    if find_intake():
        waiting = sum(1 for _ in list_partials(settings.root))
        more = f" {waiting} cut {'upload waits' if waiting == 1 else 'uploads wait'} for the rest." if waiting else ""
        return True, (FLUSHED if settings.ftps.write_through else UNFLUSHED) + more
    return False, f"{MISSING} {NOT_WRITTEN_THROUGH}" if settings.ftps.write_through else MISSING
