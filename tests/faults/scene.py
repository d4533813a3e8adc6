"""A spool where one of everything waits, and what must have become of it all, whatever happened on the way."""

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import piexif

from ingest.commands import drain as _drain  # noqa: F401 - imported here once, not anew in each forked run
from ingest.commands.main import main
from ingest.index.store import enter, open_index
from ingest.outbox.service import carry_once
from ingest.settings.targets import FolderOptions, Selection, Target
from ingest.settings.values import Settings
from ingest.simulation.photos import gps_tags, photo
from ingest.spool.check_links import CheckLink, write_link
from ingest.spool.filters import SavedFilter, filter_id, write_filter
from ingest.spool.incidents import Incident, Known, write_incident, write_known
from ingest.spool.moves import forget_aside, set_aside
from ingest.spool.origin import Origin
from ingest.spool.partials import head_of
from ingest.spool.people import Person, write_person
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time, utc_text
from ingest.spool.tokens import Token, token_id, write_token
from ingest.spool.uploads import found_file
from tests.faults.transfers import arrive, end_in_intake, write_log
from tests.spools import make_spool, put_item

CAMERA, OTHER_CAMERA, LISTED_CAMERA = "faultcam-1", "faultcam-2", "faultcam-3"
PROFILE = """\
name = "Faultcam"
evidence = "made for these tests"
[image]
match = { "exif.Make" = '^Faultcam$' }
require = ["camera_id"]
[image.fields]
camera_id = { from = "exif.BodySerialNumber" }
[report]
match = { "report.Faultcam" = '' }
[report.fields]
camera_id = { from = "report.Faultcam" }
battery_percent = { from = "report.Battery", as = "percent" }
"""
TARGETS = """\
[targets.archive]
kind = "archive"
sends = ["accepted", "reports", "rejected"]
remote = "/nowhere"
[targets.photos]
kind = "command"
command = ["/bin/true"]
cameras = ["faultcam-1"]
"""
"""All that is decided goes to one target, photos of one camera to another; nobody takes anything there."""
REPORT = f"Faultcam:{CAMERA}\nBattery:60%\n".encode()
LIST = b"".join(
    f"Faultcam:{camera}\nBattery:{percent}%\n".encode()
    for camera, percent in ((CAMERA, 50), (LISTED_CAMERA, 40), (CAMERA, 30))
)
"""Three reports in one file: the first two become items of their own."""
LONG_NAME = "ö" * 60 + ".jpg"
"""Too long to be quoted in the name of an item: its path needs an origin file."""

EARLIER = ("late.jpg", "tried-again.jpg", "kept.jpg", "by-hand.jpg", "strange.jpg", "back.jpg")
FIRST, SECOND = "20260401T120000.000001Z-10000001", "20260401T120000.000002Z-10000002"
THIRD = "20260401T120000.000003Z-10000004"
GIVEN_UP = "20260331T120009.000000Z-20000009"
DELETED, REQUEUED, SAVED, AGED, CLIP = (f"20260331T12000{number}.000000Z-2000000{number}" for number in range(5))
UNKNOWN = {"verdict": "rejected", "reason": "no_matching_profile"}
OLD = "20260330T120000.000000Z-10000003"
ASKED = [f"20260401T1200{number:02}.000000Z-300000{number:02}" for number in range(1, 43)]
ENTERED, LONG_AGO = "2026-04-01T12:00:21.000000Z", "2000-01-01T00:00:00"
KEPT = {"connections_days": 0, "trash_days": 36500}
SINCE = {"from": LONG_AGO, "at": ENTERED}
"""Since when a camera's clock was wrong, and when somebody said so."""
TAKEN = {"captured_at": "2026-03-31T11:59:00", "captured_at_utc": "2026-03-31T11:59:00Z"}
BACK, DELETED_LAST = "20260331T120013.000000Z-20000013", "20260331T120014.000000Z-20000014"
STRANGER = "20260331T120010.000000Z-20000010"
KNOWN_INCIDENT, FORGOTTEN_INCIDENT = "20260331T120011.000000Z-20000011", "20260331T120012.000000Z-20000012"
MADE_TOKEN, OLD_TOKEN = "a" * 64, "b" * 64
"""The hashes of a token that somebody asks for, and of one that is taken back."""

FORMER_PERSON, MADE_LINK, OLD_LINK = "zoe", "c" * 32, "d" * 32
"""Somebody who is removed, with a token; the links to check pages that somebody makes and revokes."""

PASSWORD_HASH = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$bm8gcGFzc3dvcmQgaGFzIGl0"
INVITATION: dict[str, Any] = {"invitation_hash": MADE_TOKEN, "invited_until": ENTERED}

NEW_PROFILE, TAKEN_BACK = "strangecam", "dropped"
"""A profile that is saved and confirmed, and one that is saved and taken back."""

SAVED_PROFILE = "confirmed = false\n" + PROFILE.partition("[report]")[0].replace("Faultcam", "Strangecam")


def picture(seed: int, camera: str = CAMERA, make: bytes = b"Faultcam") -> bytes:
    """Return a small photo that only the profile of these tests claims, unless it is of another make."""
    tags = {
        "0th": {piexif.ImageIFD.Make: make},
        "Exif": {piexif.ExifIFD.BodySerialNumber: camera.encode()},
        "GPS": gps_tags(52.1, 5.1),
    }
    return photo(tags, size=(32, 24), seed=seed)


@dataclass(frozen=True)
class Scene:
    """A spool with its settings, and how many items of each upload path there must be in the end."""

    folder: Path
    root: Path
    settings: Path
    expected: Counter[str]
    is_carrying: bool = False
    """Whether what is accepted goes on to a folder in the same run."""

    def words(self, command: str) -> list[str]:
        """Return the words of a camspool command on this spool."""
        return ["--root", str(self.root), "--config", str(self.settings), command]

    def drain(self) -> int:
        """Do in this process what `camspool drain` does."""
        before = os.umask(0o022)
        os.umask(before)
        try:
            return main(self.words("drain")) or (self.carry() if self.is_carrying else 0)
        finally:
            os.umask(before)

    @property
    def tree(self) -> Path:
        """The folder that photos go to."""
        return self.folder / "tree"

    def carry(self) -> int:
        """Take what waits for the target `photos` to a folder, as the outbox service does; return how much waits on."""
        self.tree.mkdir(exist_ok=True)
        options = FolderOptions(folder=self.tree, pattern="{id}.jpg")
        target = Target("photos", "folder", Selection(sends=("accepted",)), options)
        return carry_once(Settings(root=self.root), target)


def write_settings(folder: Path) -> Path:
    """Write settings with the profile of these tests; return the file."""
    profile = folder / "profiles" / "faultcam"
    profile.mkdir(parents=True)
    (profile / "profile.toml").write_text(PROFILE, "utf-8")
    settings = folder / "camspool.toml"
    settings.write_text(f'profiles = ["{folder / "profiles"}"]\n{TARGETS}', "utf-8")
    return settings


def prepare_scene(folder: Path) -> Scene:
    """Make a spool with photos, a report, a list that comes twice, a rejected file, a duplicate and a long name in
    uploads/; with a beginning before its whole, and one that has waited for long enough; and with requests to try an
    item again, to delete one, to edit a camera, to take an admin's file, to delete what is old, and clips, to give one
    to another camera, to mend the clock of that one twice and take the first back, to correct a place and undo that, to
    delete one and restore it, to delete one for good, to
    save two profiles, to take one of them back, and to confirm the other; to send one again, to
    let a target rest, and another go on; to note that somebody knows of an incident, and of another no more; to send a
    test message, to let a program read, and another no more."""
    folder.mkdir(parents=True, exist_ok=True)
    root = make_spool(folder)
    settings = write_settings(folder)
    _decide_earlier(root)
    _tell_earlier(root)
    first = {"E1.JPG": picture(1), "r-dr.txt": REPORT, "list-dr.txt": LIST, "clip.mp4": b"\0\0\0\x18ftypmp42"}
    second = {"E1.JPG": picture(1), "list-dr.txt": LIST, LONG_NAME: picture(2), "INSTAR/E2.JPG": picture(3)}
    arrive(root, FIRST, first)
    arrive(root, SECOND, second)
    end_in_intake(root, THIRD, {"unclosed": ("begun.jpg", picture(9)[:-30]), "whole": ("whole.jpg", picture(9))})
    _ask(root)
    expected = Counter([*first, *second, *["list-dr.txt"] * 2, "whole.jpg", *EARLIER])
    return Scene(folder, root, settings, expected)


def copy_scene(scene: Scene, folder: Path, *, is_carrying: bool = False) -> Scene:
    """Return a copy of a scene in a new folder."""
    shutil.copytree(scene.root, folder / "spool")
    return replace(scene, folder=folder, root=folder / "spool", is_carrying=is_carrying)


def _decide_earlier(root: Path) -> None:
    """Put eight items there that were decided the day before, and a beginning, all from one connection."""
    told = [
        _earlier(root, DELETED, "gone.jpg", picture(4), {}),
        _earlier(root, REQUEUED, "tried-again.jpg", picture(5), {"verdict": "rejected", "reason": "no_metadata"}),
        _earlier(root, SAVED, "kept.jpg", picture(6), {}, profile=NEW_PROFILE, **TAKEN),
        _earlier(root, AGED, "aged.jpg", picture(8), {"verdict": "rejected", "reason": "broken_jpeg"}),
        _earlier(root, CLIP, "old.mp4", b"clip", {"verdict": "rejected", "reason": "unsupported_file_type"}),
        _earlier(root, BACK, "back.jpg", picture(12), {}, sha256=sha256(picture(12)).hexdigest()),
        _earlier(root, DELETED_LAST, "last.jpg", picture(13), {}, sha256=sha256(picture(13)).hexdigest()),
        _earlier(root, STRANGER, "strange.jpg", picture(11, make=b"Strangecam"), UNKNOWN),
    ]
    sizes = {sidecar.upload_path: (root / place).stat().st_size for sidecar, place in told}
    write_log(root, OLD, sizes | {"late.jpg": _put_aside(root, GIVEN_UP, "late.jpg", picture(10)[:-30])})
    index = open_index(root)
    enter(index, told)
    index.close()
    forget_aside(root, [DELETED, REQUEUED, SAVED, AGED, CLIP, STRANGER, BACK, DELETED_LAST])


def _tell_earlier(root: Path) -> None:
    """Have two incidents, of which somebody knows one, tokens, somebody who may log in, and a link."""
    for incident_id in (KNOWN_INCIDENT, FORGOTTEN_INCIDENT):
        at = utc_text(id_time(incident_id))
        write_incident(root, Incident(incident_id, "disk:", "disk", "notice", "Full.", "It is full.", "", at, at))
    write_known(root, Known(FORGOTTEN_INCIDENT, "admin", utc_text(id_time(FORGOTTEN_INCIDENT))))
    write_token(root, Token(token_id(OLD_TOKEN), "anna", "an old one", OLD_TOKEN, utc_text(id_time(OLD))))
    write_token(root, Token(token_id("e" * 64), FORMER_PERSON, "of zoe", "e" * 64, utc_text(id_time(OLD))))
    write_person(root, Person(FORMER_PERSON, "viewer", password_hash=PASSWORD_HASH))
    write_filter(root, SavedFilter(filter_id("an old one"), "an old one", "q=a", "anna"))
    write_link(root, CheckLink(OLD_LINK, CAMERA, "an old one", True, True, "", ENTERED, "anna"))


def _put_aside(root: Path, item_id: str, path: str, content: bytes) -> int:
    """Let the beginning of a file wait for its rest; return its size in bytes."""
    file = root / "uploads" / path
    file.write_bytes(content)
    origin = Origin(path.encode(), "ftps", OLD, transfer="unclosed")
    set_aside(root, found_file(str(file), path.encode(), root), head_of(content), item_id, origin)
    return len(content)


def _earlier(
    root: Path, item_id: str, path: str, content: bytes, verdict: dict[str, str], **changes: str
) -> tuple[Sidecar, str]:
    known = {"camera_id": None if verdict else CAMERA, "profile": None, **changes}
    return put_item(root, content, id=item_id, upload_path=path, connection=OLD, **known, **verdict)


def _ask(root: Path) -> None:
    requests: list[dict[str, Any]] = [
        {"action": "requeue", "ids": [REQUEUED]},
        {"action": "delete", "ids": [DELETED]},
        {"action": "edit_camera", "camera_id": CAMERA, "record": {"name": "At the ford"}},
        {"action": "process_upload", "upload_path": "by-hand.jpg"},
        {"action": "save_profile", "profile": NEW_PROFILE, "text": SAVED_PROFILE, "ids": [STRANGER]},
        {"action": "make_room", "ids": [CLIP]},
        {"action": "retention", "rejected_days": 30, "accepted_days": 0, **KEPT},
        {"action": "explain", "because": "gone", "findings": [{"connection": OLD, "path": "gone.jpg"}]},
        {"action": "correct", "ids": [SAVED], "what": "camera_id", "value": OTHER_CAMERA, "why": "mixed up"},
        {"action": "save_profile", "profile": TAKEN_BACK, "text": SAVED_PROFILE.replace("Strangecam", "Dropcam")},
        {"action": "undo_profile", "profile": TAKEN_BACK, "version": ASKED[9]},
        {"action": "confirm_profile", "profile": NEW_PROFILE, "item": SAVED},
        {"action": "send_again", "target": "photos", "ids": [SAVED]},
        {"action": "pause_target", "target": "archive"},
        {"action": "resume_target", "target": "photos"},
        {"action": "know_incident", "ids": [KNOWN_INCIDENT], "until": None, "why": "on my way"},
        {"action": "forget_incident", "ids": [FORGOTTEN_INCIDENT]},
        {"action": "test_message"},
        {"action": "make_token", "person": "anna", "label": "a dashboard", "token_hash": MADE_TOKEN},
        {"action": "revoke_token", "token": token_id(OLD_TOKEN)},
        {"action": "mend_clock", "camera_id": OTHER_CAMERA, "fault": {"behind_years": -1}, **SINCE},
        {"action": "undo_clock", "camera_id": OTHER_CAMERA, "span": ENTERED},
        {"action": "mend_clock", "camera_id": OTHER_CAMERA, "fault": {"behind_s": -3600}, "from": LONG_AGO},
        {"action": "correct", "ids": [SAVED], "values": {"location": {"latitude": 1.5, "longitude": 2.5}}},
        {"action": "undo", "request": ASKED[23]},
        {"action": "delete", "ids": [BACK]},
        {"action": "restore", "ids": [BACK]},
        {"action": "delete", "ids": [DELETED_LAST]},
        {"action": "empty_trash", "requests": [ASKED[27]]},
        {"action": "add_person", "person": "rose", "role": "field", "tags": "north", **INVITATION},
        {"action": "change_person", "person": "rose", "role": "viewer"},
        {"action": "set_password", "person": "rose", "password_hash": PASSWORD_HASH, "invitation_hash": MADE_TOKEN},
        {"action": "set_second_factor", "person": "rose", "second_factor": "sealed"},
        {"action": "invite_person", "person": "rose", **INVITATION},
        {"action": "remove_person", "person": FORMER_PERSON},
        {"action": "end_sessions", "person": "rose", "words": "1 session of rose ended."},
        {"action": "make_check_link", "link": MADE_LINK, "camera_id": CAMERA, "label": "ranger", "health": True},
        {"action": "revoke_check_link", "link": OLD_LINK},
        {"action": "revoke_card_links", "camera_id": LISTED_CAMERA, "number": 0},
        {"action": "save_filter", "name": "foxes", "query": "found=animal"},
        {"action": "drop_filter", "filter": filter_id("an old one")},
        {"action": "make_token", "person": "rose", "label": "a map", "token_hash": OLD_TOKEN},
    ]
    for request_id, request in zip(ASKED, requests, strict=True):
        content = {"at": utc_text(datetime.now(UTC)), **request, "by": "admin"}
        (root / "requests" / f"{request_id}.json").write_text(json.dumps(content), "utf-8")
    (root / "requests" / f"{ASKED[3]}.upload").write_bytes(picture(7))
    os.sync()
