"""Which targets get which message. Pure."""

from collections.abc import Collection, Iterable, Sequence

from ingest.alerts.telling import Call
from ingest.settings.targets import FOR_PEOPLE, Target


def tags_of(call: Call) -> tuple[str, ...]:
    """Return by what a target may choose a message: its urgency, its rules and what it tells of."""
    if call.what in ("digest", "test"):
        return (call.what,)
    urgency = "urgent" if any(one.urgency == "urgent" for one in call.incidents) else "notice"
    return (urgency, call.what, *sorted({one.rule for one in call.incidents}))


def targets_for(call: Call, targets: Iterable[Target], accounts: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of the targets that a message goes to; `accounts` are those of its cameras."""
    return tuple(one.name for one in targets if _goes(call, one, accounts))


def _goes(call: Call, target: Target, accounts: Collection[str]) -> bool:
    selection = target.selection
    if "incidents" not in selection.sends or (call.what == "digest" and target.kind != FOR_PEOPLE):
        return False
    if target.kind == "earthranger" and not _is_of_cameras(call):
        return False
    cameras = {camera for one in call.incidents for camera in one.cameras}
    return (
        _fits(selection.incidents, tags_of(call))
        and (not selection.cameras or _fits(selection.cameras, cameras))
        and (not selection.accounts or _fits(selection.accounts, accounts))
    )


def _is_of_cameras(call: Call) -> bool:
    """Say whether a message is of cameras: those are what EarthRanger shows on its map."""
    return any(one.cameras for one in call.incidents)


def _fits(wanted: Sequence[str], found: Collection[str]) -> bool:
    return not wanted or any(one in wanted for one in found)
