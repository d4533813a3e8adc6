"""What lies on the bench of the workshop: the files of a group, the profile drafted from them, and what was chosen.

All of it comes from the item and from what the page sends, so that a page can be reloaded, shared and gone back to.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import abort

from ingest.errors import CamspoolError
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import Answers, Draft
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time, is_id
from webadmin.context import context
from webadmin.files.item import find_item
from webadmin.profiles.group import Member, find_group

_FOLDER = Path("draft")


@dataclass(frozen=True)
class Work:
    """The files of a group, the first of which is the one it was begun from, and the profile as it stands now.

    `text` is the profile.toml that would be saved; `profile` is None, and `problem` a sentence, when it cannot be read.
    """

    members: tuple[Member, ...]
    answers: Answers
    made: Draft
    text: str
    profile: Profile | None
    problem: str = ""
    profile_id: str = ""
    name: str = ""

    @property
    def item_id(self) -> str:
        """The item from which it was begun."""
        return self.members[0].item_id

    @property
    def is_own(self) -> bool:
        """Whether the text was written by hand, and is not what the choices make."""
        return self.text != self.made.text


def read_work(item_id: str, sent: Mapping[str, str]) -> Work:
    """Return the work on an item's group with what the page sent; answer 404 when there is no such photo."""
    members = _members(item_id)
    answers = {name: choice for name, choice in sent.items() if name.startswith("image.") and choice}
    given = [one.given for one in members]
    made = draft(_name(members[0]), given, id_time(item_id).date(), answers)
    profile, problem = _parsed(made.text)
    name = _name(members[0])
    profile_id = sent.get("profile", "") or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50]
    return Work(tuple(members), answers, made, made.text, profile, problem, profile_id, name)


def _members(item_id: str) -> list[Member]:
    here = context()
    if not is_id(item_id):
        abort(404)
    with here.index() as index:
        found = find_item(index, here.root, item_id)
        if found is None or found.sidecar is None or found.sidecar.kind != "image":
            abort(404)
        return find_group(index, here.settings, found)


def _name(first: Member) -> str:
    exif = first.given.facts.exif
    return " ".join(one_line(str(exif.get(tag, "")), 60) for tag in ("Make", "Model")).strip() or "New camera"


def _parsed(text: str) -> tuple[Profile | None, str]:
    try:
        return parse_profile(text, _FOLDER), ""
    except CamspoolError as error:
        return None, str(error)
