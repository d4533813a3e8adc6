"""Makes the release that is deployed: a wheel of this checkout, named by its content. Runs on the controller.

`release.py name` prints the name. `release.py build ARCHIVE [PACKAGES]` puts the wheel, the locked requirements and,
for hosts without a package index, a folder of packages into one archive.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "webadmin", "profiles")
FILES = ("pyproject.toml", "README.md", "LICENSE", "requirements.txt")
# Any moment will do, as long as it is always the same: equal sources give an equal wheel.
_WHEEL_TIME = "1577836800"


def source_files(checkout: Path) -> list[Path]:
    """Return the files that a release is made from, relative to the checkout."""
    found = [Path(name) for name in FILES]
    for package in PACKAGES:
        found += [file.relative_to(checkout) for file in sorted((checkout / package).rglob("*")) if file.is_file()]
    return [file for file in found if "__pycache__" not in file.parts and file.suffix != ".pyc"]


def release_name(checkout: Path) -> str:
    """Return `<version>-<hash of the sources>`, such as 0.1.0-3f2a9c10be55."""
    digest = hashlib.sha256()
    for file in source_files(checkout):
        content = (checkout / file).read_bytes()
        digest.update(f"{file.as_posix()}\0{len(content)}\0".encode() + content)
    text = (checkout / "ingest/__init__.py").read_text("utf-8")
    version = re.search(r'^VERSION = "([0-9A-Za-z.+]+)"$', text, re.MULTILINE)
    if version is None:
        raise SystemExit(f"{checkout}/ingest/__init__.py names no VERSION.")
    return f"{version[1]}-{digest.hexdigest()[:12]}"


def build(checkout: Path, archive: Path, packages: Path | None) -> None:
    """Write the archive of a release. Raise SystemExit with a sentence when the wheel or the packages fail."""
    if packages and not packages.is_dir():
        raise SystemExit(f"ingest_wheels is {packages}; expected a folder of Python packages on this machine.")
    with tempfile.TemporaryDirectory(prefix="camspool-release-") as work, tarfile.open(archive, "w") as content:
        _wheel(checkout, Path(work))
        for wheel in Path(work).glob("*.whl"):
            content.add(wheel, wheel.name)
        content.add(checkout / "requirements.txt", "requirements.txt")
        if packages:
            content.add(packages, "packages")


def _wheel(checkout: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="camspool-release-") as work:
        # A copy, because setuptools leaves its own folders, and takes up stale ones, where it builds.
        for file in source_files(checkout):
            target = Path(work) / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(checkout / file, target)
        _pip_wheel(work, folder)


def _pip_wheel(source: str, folder: Path) -> None:
    words = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _WHEEL_TIME}
    made = subprocess.run(
        [*words, "--wheel-dir", str(folder), source], env=environment, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SystemExit(f"The wheel cannot be built on this machine; run ./dev setup first. pip says: {made.stderr}")


def main(words: list[str]) -> None:
    """Carry out one of the two commands."""
    match words:
        case ["name"]:
            print(release_name(CHECKOUT))
        case ["build", archive, *packages]:
            build(CHECKOUT, Path(archive), Path(packages[0]) if packages else None)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
