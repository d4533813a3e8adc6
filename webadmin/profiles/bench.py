"""The files with which the workshop begins: the group of an item, and the profile that has read it already."""

from dataclasses import dataclass
from pathlib import Path

from flask import abort

from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE
from ingest.spool.names import one_line
from ingest.spool.stamp import is_id
from webadmin.context import context
from webadmin.files.item import find_item
from webadmin.profiles.cause_size import cause_size
from webadmin.profiles.group import Member, find_group
from webadmin.profiles.profile_ids import proposed_id


@dataclass(frozen=True)
class Bench:
    """The files of a group, how many have their cause, and the profile that has read the first where it is accepted."""

    members: tuple[Member, ...]
    total: int
    read_by: Profile | None


def read_bench(item_id: str) -> Bench:
    """Return what an item's work begins with; answer 404 when there is no such photo or report."""
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
        if found is None or found.sidecar is None or found.sidecar.kind not in ("image", "report"):
            abort(404)
        members, total = tuple(find_group(index, here.settings, found)), cause_size(index, found)
    read_by = found.row["profile"] if found.row["verdict"] == "accepted" else None
    return Bench(members, total, next((one for one in here.catalogue.profiles if one.id == read_by), None))


def text_of(profile: Profile) -> str:
    """Return the text of a profile that is in use; none where its file has just gone."""
    try:
        return (Path(profile.folder) / FILE).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def proposed_names(first: Member) -> dict[str, str]:
    """Return the id and the name that a profile of this camera type has when nobody types others."""
    make, model = (one_line(str(first.given.facts.exif.get(tag) or ""), 60) for tag in ("Make", "Model"))
    name = " ".join(one for one in (make, model) if one).strip() or "New camera"
    return {"profile": proposed_id(make, model, context().profile_ids), "name": name}
