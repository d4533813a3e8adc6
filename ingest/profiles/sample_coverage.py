"""Which rules of a profile no sample shows yet: a rule without a sample is a rule that nobody has seen work."""

from collections.abc import Iterable, Iterator

from ingest.profiles.profile import Part, PartName, Profile
from ingest.spool.sidecar import Sidecar, Trace

_FAULTS = {
    "camera_id": {"missing_camera_id", "bad_camera_id"},
    "captured_at": {"missing_datetime", "bad_datetime"},
    "location": {"missing_location", "invalid_location"},
}


def uncovered(profile: Profile, found: Iterable[Sidecar]) -> list[str]:
    """Return a sentence for every rule of a profile that its samples, which gave these sidecars, do not show."""
    sidecars = list(found)
    gaps = [gap for name in ("image", "report") for gap in _part_gaps(name, profile.part(name), sidecars)]
    if profile.connection_test and not any(sidecar.reason == "connection_test" for sidecar in sidecars):
        gaps.append("no sample of a connection test")
    return [f"{profile.folder}: {gap}" for gap in gaps]


def _part_gaps(name: PartName, part: Part | None, sidecars: list[Sidecar]) -> Iterator[str]:
    if part is None:
        return
    mine = [sidecar for sidecar in sidecars if sidecar.kind == name]
    accepted = [sidecar for sidecar in mine if sidecar.verdict == "accepted"]
    if not accepted:
        yield f"no accepted {name} among the samples"
    for condition in part.conditions:
        if not any(
            condition.shown in trace.because for sidecar in mine for trace in sidecar.trace if not trace.matched
        ):
            yield f"no sample fails {name}.match {condition.shown}"
    for source in part.absent:
        if not any(_is_present(source, trace) for sidecar in mine for trace in sidecar.trace):
            yield f"no sample fails {name}.absent {source}"
    for field in part.require:
        if not any(problem.code in _FAULTS[field] for sidecar in mine for problem in sidecar.problems):
            yield f"no {name} sample lacks {field}"
    if part.fields["camera_id"].check and not _has_warning(mine, "identifier_check_failed"):
        yield f"no {name} sample has a camera_id that fails its check"
    if name == "report":
        yield from _field_gaps(part, accepted)


def _is_present(source: str, trace: Trace) -> bool:
    return any(why.startswith(f"{source}: ") and why.endswith(" is there") for why in trace.because.split("; "))


def _field_gaps(part: Part, accepted: list[Sidecar]) -> Iterator[str]:
    wanted = {"latitude" if field == "location" else field for field in part.fields} - {"camera_id"}
    for field in sorted(wanted):
        if not any(field in sidecar.fields for sidecar in accepted):
            yield f"no report sample has {field}"
        if all(field in sidecar.fields for sidecar in accepted):
            yield f"no report sample has {field} left out"
    if not _has_warning(accepted, "unreadable_report_values"):
        yield "no report sample has unreadable values"


def _has_warning(sidecars: list[Sidecar], code: str) -> bool:
    return any(warning.code == code for sidecar in sidecars for warning in sidecar.warnings)
