"""What lies on the bench of the workshop: the files of a group, the profile drafted from them, and what was chosen.

All of it comes from the item and from what the page sends, so that a page can be reloaded, shared and gone back to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.profiles.answers import answers_in
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import Answers, Draft, Given
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import one_line
from ingest.spool.stamp import id_time
from webadmin.context import context
from webadmin.profiles.bench import proposed_names, read_bench, text_of
from webadmin.profiles.group import Member
from webadmin.profiles.marks import Mark, marked_answers, parse_mark
from webadmin.profiles.profile_ids import id_problem

TEXT_MAX_CHARACTERS = 100_000
NAME_MAX_CHARACTERS = 100
_ANSWER_MAX_CHARACTERS = 4000
_FOLDER = Path("draft")
_OWN_NAME = "image.own.name"
"""The answer that holds the name in a text: on the page it is typed, and may be typed anew."""
_TOO_LONG = f"The text is too long: a profile has {TEXT_MAX_CHARACTERS} characters at most."


@dataclass(frozen=True)
class Work:
    """The files of a group, the first of which is the one it was begun from, and the profile as it stands now.

    `text` is the profile.toml that would be saved, or what somebody wrote that cannot be read: then `profile` is
    None, and `problem` a sentence. It would be saved under `profile_id`, with `name` for people; `typed` are those of
    the two that are not as proposed. `shown` is the number of the file whose values are looked at, `picked` what is
    marked in them, and `total` how many files have this cause, of which the members are some. `of_camera` is the camera
    that they are said to be from, where nothing in them names it.
    """

    members: tuple[Member, ...]
    answers: Answers
    made: Draft
    text: str
    profile: Profile | None
    problem: str = ""
    profile_id: str = ""
    name: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    shown: int = 0
    picked: Mark | None = None
    total: int = 1
    of_camera: str = ""

    @property
    def by_hand(self) -> dict[str, str]:
        """The rejected files that a person gives to a camera, as nothing in them names one: the camera of each."""
        waiting = (one for one in self.members if one.place.startswith("rejected/") and not one.given.is_own)
        return {one.item_id: self.of_camera for one in waiting} if self.of_camera else {}

    @property
    def item_id(self) -> str:
        """The item from which it was begun."""
        return self.members[0].item_id

    @property
    def id_problem(self) -> str:
        """What is wrong with the id, as a sentence; empty when nothing is."""
        return id_problem(self.profile_id)

    @property
    def state(self) -> dict[str, str]:
        """The arguments with which the page is again as it is now, but for a text that cannot be read."""
        shown = {"file": str(self.shown)} if self.shown else {}
        camera = {"of_camera": self.of_camera} if self.of_camera else {}
        return {**self.answers, **self.typed, **shown, **camera}

    @property
    def based_on(self) -> str:
        """What the text of the choices is known by, when the page sends it back: another text was written by hand."""
        return _digest(self.made.text)


def read_work(item_id: str, sent: Mapping[str, str]) -> Work:
    """Return the work on an item's group with what the page sent; answer 404 when there is no such photo or report.

    That on an accepted item begins with the profile that read it: somebody sees that a value is wrong.
    """
    bench = read_bench(item_id)
    members, read_by = bench.members, bench.read_by
    proposed = {"profile": read_by.id, "name": read_by.name} if read_by else proposed_names(members[0])
    typed = {key: text for key in proposed if (text := _field(sent, key)) and text != proposed[key]}
    of_camera = _of_camera(sent)
    given, today = [_as_from(of_camera, one.given) for one in members], id_time(item_id).date()
    answers = _answers(sent)
    own = _own_text(sent) or (text_of(read_by) if read_by and not answers else "")
    written, problem = _written(own, given, today) if own else (None, "")
    if written:
        answers, typed = written.answers, typed | {"name": written.name}
    named = proposed | typed
    made = draft(named["name"], given, today, answers, context().catalogue.profiles)
    return Work(
        members,
        answers,
        made,
        own if problem else made.text,
        None if problem else parse_profile(made.text, _FOLDER),
        problem,
        named["profile"],
        named["name"],
        {key: text for key, text in typed.items() if text != proposed[key]},
        _shown(sent, len(members)),
        parse_mark(sent.get("pick", "")),
        max(bench.total, len(members)),
        of_camera,
    )


def _of_camera(sent: Mapping[str, str]) -> str:
    """Return the ID of the camera that the files are said to be from; empty where that is none."""
    named = camera_id_from(_field(sent, "of_camera"))
    return KnownCameras(context().root).spelling(named) if named else ""


def _as_from(camera_id: str, given: Given) -> Given:
    """Return a file as if it had come by the own account of a camera that a person has named."""
    return replace(given, account=camera_id, is_own=True) if camera_id and not given.is_own else given


@dataclass(frozen=True)
class _Written:
    """What a text that somebody wrote says: the answers to the draft that says the same, and the name."""

    answers: dict[str, str]
    name: str


def _written(text: str, given: list[Given], today: date) -> tuple[_Written | None, str]:
    """Return what a text says; or why it cannot be read, as a sentence."""
    if len(text) > TEXT_MAX_CHARACTERS:
        return None, _TOO_LONG
    try:
        answers = answers_in(text, given, today)
        name = parse_profile(text, _FOLDER).name
    except CamspoolError as error:
        return None, str(error)
    return _Written({key: one for key, one in answers.items() if key != _OWN_NAME}, name), ""


def _answers(sent: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen, and what was pressed now: that something marked is the camera, say."""
    chosen = {
        name: choice
        for name, choice in sent.items()
        if name.startswith(("image.", "report.")) and 0 < len(choice) <= _ANSWER_MAX_CHARACTERS
    }
    return {**chosen, **marked_answers(sent.get("mark", ""))}


def _own_text(sent: Mapping[str, str]) -> str:
    """Return the text that was written by hand: empty when it is the one that the page showed."""
    text = sent.get("text", "").replace("\r\n", "\n")
    return "" if not text.strip() or _digest(text) == sent.get("based_on") else text


def _digest(text: str) -> str:
    return sha256(text.strip().encode("utf-8", "replace")).hexdigest()[:16]


def _field(sent: Mapping[str, str], key: str) -> str:
    return one_line(sent.get(key, "").strip(), NAME_MAX_CHARACTERS)


def _shown(sent: Mapping[str, str], files: int) -> int:
    number = sent.get("show") or sent.get("file", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 and int(number) < files else 0
