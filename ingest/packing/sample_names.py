"""The names of a pack's samples: the upload paths where the profile reads them, with made-up IDs; pure."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.packing.read_sources import reads_path
from ingest.packing.replacing import Replacing
from ingest.profiles.profile import Profile
from ingest.spool.sidecar import Sidecar

_MOST_PART_BYTES = 200
_MOST_BYTES = 1000


def sample_names(files: Sequence[tuple[str, Sidecar]], profile: Profile, everything: Replacing) -> list[str | None]:
    """Return the name of each file's sample, None for one that cannot have any.

    Where the profile reads no paths, a person's folders go: the folder says what the sample shows. Of several files of
    one name each next one lies in a folder with a number.
    """
    taken: set[str] = set()
    names: list[str | None] = []
    for path, sidecar in files:
        part = profile.report if sidecar.kind == "report" else profile.image
        name = _name(path, sidecar, everything, is_path=reads_path(part))
        names.append(_free(name, taken) if name else None)
        if names[-1]:
            taken.add(str(names[-1]))
    return names


def _name(path: str, sidecar: Sidecar, everything: Replacing, *, is_path: bool) -> str | None:
    parts = [part for part in everything.in_text(path).split("/") if part not in ("", ".", "..")]
    if not parts or not all(_is_fit(part) for part in parts) or len("/".join(parts).encode()) > _MOST_BYTES:
        return None
    if not is_path:
        parts = [*([sidecar.reason] if sidecar.reason else []), parts[-1]]
    name = "/".join(parts)
    return f"{name}.1" if name.endswith(".json") else name  # `.json` alone is an expected sidecar


def _is_fit(part: str) -> bool:
    return part.isprintable() and "\\" not in part and len(part.encode("utf-8", "replace")) <= _MOST_PART_BYTES


def _free(name: str, taken: set[str]) -> str | None:
    for one in (name, *(f"{number}/{name}" for number in range(2, 20))):
        parents = {str(parent) for parent in PurePosixPath(one).parents}
        if one not in taken and not parents & taken and not any(other.startswith(f"{one}/") for other in taken):
            return one
    return None
