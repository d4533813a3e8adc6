"""The certificate and the passwords that every gateway of a test starts with: made once, as it takes half a second."""

import tempfile
from functools import cache
from pathlib import Path

from ingest.ftps.local import PAM_FOLDER, pam_service_name, prepare


@cache
def credentials() -> tuple[tuple[str, bytes, int], ...]:
    """Return the files that `prepare` makes and that are alike for every folder: name, content and mode."""
    with tempfile.TemporaryDirectory(prefix="camspool-test-") as name:
        folder = Path(name)
        settings = prepare(folder)
        (PAM_FOLDER / pam_service_name(folder)).unlink()
        files = [file for file in folder.rglob("*") if file.is_file() and file != settings]
        return tuple((str(file.relative_to(folder)), file.read_bytes(), file.stat().st_mode) for file in files)


def put_credentials(folder: Path) -> None:
    """Give a folder copies of its own, which `prepare` then leaves as they are: some tests change them."""
    for name, content, mode in credentials():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.touch(mode)
        file.write_bytes(content)
