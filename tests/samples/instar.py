"""Samples of INSTAR cameras: no EXIF, everything is in the upload path."""

from collections.abc import Iterator
from datetime import datetime

from ingest.simulation.photos import instar_path, plain_photo
from tests.samples.drawing import drawn

WHEN = datetime(2026, 4, 9, 16, 4, 5)  # noqa: DTZ001 - a camera's clock has no zone
FOLDER = "INSTAR/lat52.02368_lon12.98290"
NAME = "A_2026-04-09_16-04-05.jpeg"


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield upload path and content."""
    photo = drawn(None)
    yield instar_path(52.02368, 12.9829, WHEN), plain_photo(seed=3)
    yield instar_path(-33.92487, -70.5, WHEN), photo
    yield f"instar/LAT1.5_LON2.25/{NAME.upper()}", photo
    yield f"{FOLDER}/A_2026-04-09_16-04-06.jpeg", photo[:3000]
    yield f"{FOLDER}/A_2026-04-09_16-04-07.jpeg.1", photo
    yield f"{FOLDER}/Test-Snapshot.jpeg", photo
    yield f"{FOLDER}/A_2026-04-09_16-04-05.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 64
    yield f"{FOLDER}/snapshot.jpeg", photo
    yield f"{FOLDER}/A_2026-02-30_16-04-05.jpeg", photo
    yield f"{FOLDER}/A_2026-04-09_16-05-00.jpeg", b""
    yield f"{FOLDER}/A_2026-04-09_16-05-01.jpeg", b"<html>404</html>"
    yield f"{FOLDER}/sub-folder/{NAME}", photo
    yield f"lat52.02368_lon12.98290/{NAME}", photo
    yield f"INSTAR/lat52.02368_lonEAST/{NAME}", photo
    yield f"INSTAR/lat_lon/{NAME}", photo
    yield f"INSTAR/lat0.00000_lon0.00000/{NAME}", photo
    yield f"INSTAR/lat95.00000_lon12.00000/{NAME}", photo
    yield f"INSTAR/lat52,02368_lon12,98290/{NAME}", photo
