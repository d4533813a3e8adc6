"""What the workshop's page says before a profile is saved: under which name, over what, and for how many files."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from ingest.requests.save_checks import name_problem
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.names import one_line
from ingest.spool.saved_profiles import Version, current, is_profile_id
from webadmin.context import context
from webadmin.profiles.work import Work


@dataclass(frozen=True)
class Saving:
    """What the button would do. `seen` is the id of the version that the person is shown, empty where there is none.

    `problem` says why nothing can be saved yet.
    """

    profile_id: str
    files: int
    seen: str = ""
    last: Version | None = None
    is_shipped: bool = False
    problem: str = ""

    @property
    def by(self) -> str:
        """Who saved the version that is current."""
        return one_line(self.last.by, 64) if self.last else ""


def saving_of(work: Work, accepted: Sequence[str] | None = None) -> Saving:
    """Return what saving this work would do; `accepted` are the files that it would accept, where that is known."""
    here, profile_id = context(), work.profile_id
    last = current(here.root, profile_id) if is_profile_id(profile_id) else None
    files = len(rejected_members(work) if accepted is None else accepted)
    is_shipped = is_profile_id(profile_id) and (SHIPPED_PROFILES / profile_id).is_dir()
    problem = _problem(work) or name_problem(here.settings, profile_id) or ""
    return Saving(profile_id, files, last.id if last else "", last, is_shipped, problem)


def rejected_members(work: Work) -> list[str]:
    """Return the ids of the files on the bench that wait for a profile."""
    return [one.item_id for one in work.members if one.place.startswith("rejected/")]


def sent_fields() -> list[tuple[str, str]]:
    """Return what the page sent, for a form that sends it once more."""
    return [one for one in request.form.items(multi=True) if one[0] not in ("csrf_token", "takes")]


def _problem(work: Work) -> str:
    if work.profile is None:
        return "The profile cannot be read yet."
    if not work.made.is_settled:
        return "Answer the open questions first: until then it would accept nothing."
    return ""
