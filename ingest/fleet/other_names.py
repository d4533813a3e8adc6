"""Which IDs are only other names of cameras, by the records of all. Pure."""

from collections.abc import Iterator, Mapping

from ingest.spool.assignments import STEPS_MAX, assignments_in
from ingest.spool.sites import Record


def real_name(camera_id: str, record: Record | None) -> str | None:
    """Return the camera of which this ID is only another name: every file of it belongs there. None where it is not."""
    entries = assignments_in(record)
    if any(one.camera_id == camera_id for one in entries):
        return None
    return next((one.camera_id for one in entries if one.is_whole), None)


def only_names(records: Mapping[str, Record]) -> set[str]:
    """Return the IDs that are no cameras any more."""
    return {one for one, record in records.items() if "assignments" in record and is_only_a_name(one, records)}


def is_only_a_name(camera_id: str, records: Mapping[str, Record]) -> bool:
    """Say whether an ID is no camera any more; two cameras whose IDs were exchanged are cameras."""
    names = list(real_names(camera_id, records))
    return bool(names) and camera_id not in names


def real_names(camera_id: str, records: Mapping[str, Record]) -> Iterator[str]:
    """Yield the camera of which this ID is only another name, and the one of which that is, and so on."""
    for _ in range(STEPS_MAX):
        found = real_name(camera_id, records.get(camera_id))
        if found is None:
            return
        yield found
        camera_id = found
