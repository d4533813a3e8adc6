"""An admin on a small spool of its own, and a person who uses it, for the tests of this folder."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from ingest.index.store import enter, open_index
from ingest.requests.carrying_out import carry_out_all
from ingest.settings.values import Admin, Settings
from ingest.simulation.photos import willfine_photo
from ingest.spool.moves import place_of
from ingest.spool.people import Person as SomePerson
from ingest.spool.people import write_person
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Problem, Sidecar, sidecar_text
from ingest.spool.stamp import new_id, utc_text
from webadmin.app import create_app

PASSWORD = "a password for tests"
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
"""A hash that takes no time to check."""

CAMERA = "861943070068027"
NOW = datetime.now(UTC)


_FOLDER = TemporaryDirectory(prefix="camspool-templates-")
_TEMPLATES = FileSystemBytecodeCache(_FOLDER.name)
"""Each test has an app of its own; compiling its templates again would be a third of its time."""


@dataclass
class Site:
    """A spool and the admin that shows it."""

    settings: Settings
    app: Flask

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.settings.root

    def visitor(self) -> "Person":
        """Return somebody who has not logged in."""
        return Person(self.app.test_client())

    def admin(self) -> "Person":
        """Return somebody who has."""
        person = self.visitor()
        assert person.log_in().status_code == 302
        return person

    def let_in(self, name: str, role: str, **words: Any) -> "Person":
        """Return somebody of a role who has logged in."""
        write_person(self.root, SomePerson(name, role, password_hash=QUICK_HASH, **words))
        person = self.visitor()
        assert person.log_in(name).status_code == 302
        return person

    def put(self, sidecar: Sidecar, content: bytes = b"") -> Sidecar:
        """Put a decided item where the watcher would."""
        place = place_of(sidecar)
        (self.root / place).parent.mkdir(parents=True, exist_ok=True)
        (self.root / f"{place}.json").write_text(sidecar_text(sidecar))
        (self.root / place).write_bytes(content)
        with closing(open_index(self.root)) as index:
            enter(index, [(sidecar, place)])
        return sidecar

    def watch(self) -> None:
        """Carry out the requests that wait, as the watcher does."""
        with closing(open_index(self.root)) as index:
            carry_out_all(self.root, index, settings=self.settings)

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests that wait."""
        return [json.loads(file.read_text()) for file in sorted((self.root / "requests").glob("2*.json"))]


@dataclass
class Person:
    """A browser without JavaScript."""

    client: FlaskClient

    def get(self, path: str, **words: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, buffered=True, **words)

    def post(self, path: str, form: Mapping[str, Any], page: str = "/log-in", **words: Any) -> TestResponse:
        """Send a form with the token of a page."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).text)
        return self.client.post(path, data={**form, "csrf_token": token[1] if token else ""}, buffered=True, **words)

    def log_in(self, name: str = "anna", password: str = PASSWORD, **words: Any) -> TestResponse:
        """Try to log in."""
        return self.post("/log-in", {"name": name, "password": password}, **words)

    def send(self, path: str, form: Mapping[str, Any], **words: Any) -> TestResponse:
        """Send a form as a person who is logged in."""
        return self.post(path, form, page="/upload", **words)


def make_site(folder: Path, settings: Settings | None = None) -> Site:
    """Make an empty spool and its admin."""
    (folder / "spool").mkdir()
    prepare_spool(folder / "spool")
    (folder / "admins").write_text(f"anna:{QUICK_HASH}\n")
    (folder / "secret").write_text("s" * 40)
    (folder / "ftps.password").write_text("four buttons\n")
    admin = Admin(
        password_file=folder / "admins",
        secret_file=folder / "secret",
        ftps_password_file=folder / "ftps.password",
    )
    settings = replace(settings or Settings(), root=folder / "spool", admin=admin)
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _TEMPLATES
    return Site(settings, app)


def accepted(ago: timedelta = timedelta(minutes=5), **changes: Any) -> Sidecar:
    """Return the sidecar of an accepted photo."""
    at = NOW - ago
    whole = Sidecar(
        id=new_id(at),
        verdict="accepted",
        kind="image",
        source="ftps",
        connection=new_id(at),
        account="camera",
        client="100.64.1.7",
        upload_path="E1000159.JPG",
        received_at=utc_text(at),
        decided_at=utc_text(at),
        size_bytes=124_901,
        sha256="ab" * 32,
        profile="willfine-4.0t-cg",
        camera_id=CAMERA,
        captured_at=at.replace(tzinfo=None, microsecond=0).isoformat(),
        captured_at_utc=utc_text(at - timedelta(seconds=30)),
        latitude=52.098767,
        longitude=5.125342,
        width=1280,
        height=960,
    )
    return replace(whole, **changes)


def rejected(ago: timedelta = timedelta(minutes=5), **changes: Any) -> Sidecar:
    """Return the sidecar of a photo without a position."""
    problems = (Problem("missing_location", "The photo has no position."),)
    whole = accepted(ago, verdict="rejected", reason="missing_location", problems=problems)
    return replace(whole, latitude=None, longitude=None, **changes)


def photo(seed: int = 1) -> bytes:
    """Return a small Willfine photo."""
    return willfine_photo(CAMERA, datetime(2026, 4, 30, 15, 46, 7), 52.1, 5.1, size=(320, 240), seed=seed)  # noqa: DTZ001
