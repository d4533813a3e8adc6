"""Writes a sample pack: as a folder of files, or as one zip."""

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.errors import CamspoolError, in_words
from ingest.packing.sample_pack import SamplePack

_WRITTEN = (1980, 1, 1, 0, 0, 0)
"""When the files of a zip were written: it is nobody's business, and the first time that a zip knows."""


def zip_pack(pack: SamplePack, name: str) -> bytes:
    """Return a pack as a zip of one folder."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in pack.files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}", _WRITTEN), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def write_pack(pack: SamplePack, folder: Path) -> None:
    """Write a pack into a folder that is not there yet. Raise CamspoolError when it cannot be written."""
    try:
        folder.mkdir(parents=True)
        for name, content in pack.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise CamspoolError(f"{folder} cannot be written: {in_words(error)}.") from error
