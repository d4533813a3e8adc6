"""What is wrong with a target is found when the settings are read."""

from pathlib import Path
from typing import Any

import pytest

from ingest.settings.target_checks import check_target
from ingest.settings.targets import OPTIONS, Selection, Target

GOOD: dict[str, dict[str, Any]] = {
    "archive": {"remote": "store:bucket", "config_file": Path("/etc/camspool/targets/archive.conf")},
    "webhook": {"url": "https://example.org/hook"},
    "command": {"command": ("/bin/true",)},
    "earthranger": {"url": "https://example.org"},
    "folder": {"folder": Path("/mnt/nas")},
}


def target(kind: str, selection: Selection | None = None, **options: Any) -> Target:
    made = OPTIONS[kind](**{**GOOD[kind], **options})
    return Target("a", kind, selection or Selection(sends=("accepted",)), made)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_needed_is_enough(kind: str) -> None:
    assert check_target(target(kind)) is None


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        ("archive", {"remote": ""}, "remote is ''; expected such as store:bucket, or a folder that starts with /."),
        ("archive", {"remote": ":s3,secret_access_key=x:bucket"}, "remote is ':s3'; expected such as store:bucket, or"),
        ("archive", {"remote": "store,env_auth=true:bucket"}, "remote is 'store'; expected such as store:bucket, or"),
        ("archive", {"remote": "nas/traps"}, "remote is 'nas/traps'; expected such as store:bucket, or a folder"),
        (
            "archive",
            {"config_file": Path()},
            "config_file is '.'; expected the path of the file that knows the remote.",
        ),
        ("archive", {"proof": "hope"}, "proof is 'hope'; expected hash or download."),
        ("archive", {"transfers": 0}, "transfers is 0; expected 1 or more."),
        ("webhook", {"url": "ftp://example.org"}, "url is 'ftp://example.org'; expected such as"),
        ("webhook", {"url": "https://example.org/a b"}, "url is 'https://example.org/a b'; expected such as"),
        ("webhook", {"url": "https://example.org:x/"}, "url is 'https://example.org:x/'; expected such as"),
        ("webhook", {"url": "https://example.org:99999/"}, "url is 'https://example.org:99999/'; expected such as"),
        ("webhook", {"url": "https://[::1/"}, "url is 'https://[::1/'; expected such as"),
        ("webhook", {"url": "https:///hook"}, "url is 'https:///hook'; expected such as"),
        ("webhook", {"url": "https://example.org/höhle"}, "url is 'https://example.org/höhle'; expected such as"),
        ("webhook", {"url": "https://anna:secret@example.org/"}, "url has a user or a password in it, which nobody"),
        ("webhook", {"seconds": 0}, "seconds is 0; expected 1 or more."),
        ("command", {"command": ()}, "command is missing, or its program has no path that starts with /."),
        ("command", {"command": ("true",)}, "command is missing, or its program has no path that starts with /."),
        ("command", {"memory_bytes": 0}, "memory_bytes is 0; expected 1 or more."),
        ("earthranger", {"api": "ebird"}, "api is 'ebird'; expected earthranger or gundi."),
        ("earthranger", {"provider": "a/../b"}, "provider is 'a/../b'; expected letters, digits, dots, hyphens"),
        ("earthranger", {"provider": ""}, "provider is ''; expected letters, digits, dots, hyphens"),
        ("earthranger", {"url": "http://example.org"}, "url begins with http:, so the key could be read on its way"),
        ("earthranger", {"url": ""}, "url is ''; expected such as"),
        ("folder", {"folder": Path("nas")}, "folder is 'nas'; expected a path that starts with /."),
        ("folder", {"country": "nl"}, "country is 'nl'; expected three letters such as NLD (ISO 3166-1)."),
        ("folder", {"pattern": "{site}/{owner}/{name}"}, "pattern is '{site}/{owner}/{name}': expected only {site}"),
        ("folder", {"pattern": "{name!r}"}, "pattern is '{name!r}': expected only {site}"),
        ("folder", {"pattern": "{name"}, "pattern is '{name': "),
        ("folder", {"pattern": "{site}/photo.jpg"}, "pattern is '{site}/photo.jpg': expected {name} or {id} in it"),
        ("folder", {"pattern": "../{name}"}, "pattern is '../{name}': expected names with / between them"),
        ("folder", {"pattern": "/{name}"}, "pattern is '/{name}': expected names with / between them"),
        ("folder", {"pattern": "a//{name}"}, "pattern is 'a//{name}': expected names with / between them"),
    ],
)
def test_a_wrong_option_is_a_sentence(kind: str, options: dict[str, Any], sentence: str) -> None:
    assert (check_target(target(kind, **options)) or "").startswith(sentence)


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (Selection(), "sends is empty; expected some of accepted, rejected, reports."),
        (
            Selection(sends=("photos",)),
            "sends has 'photos'; a target of this kind takes accepted, rejected, reports.",
        ),
        (Selection(sends=("accepted",), since="9 April"), "since is '9 April'; expected a day such as 2026-04-09."),
        (Selection(sends=("accepted",), since="20260409"), "since is '20260409'; expected a day such as 2026-04-09."),
    ],
)
def test_a_wrong_selection_is_a_sentence(selection: Selection, sentence: str) -> None:
    assert check_target(target("folder", selection)) == sentence


@pytest.mark.parametrize(
    "url", ["http://10.0.0.7:8080/hook?token=1", "https://[2001:db8::1]:8443/", "https://example.org?a=1#b"]
)
def test_an_address_may_be_written_in_many_ways(url: str) -> None:
    assert check_target(target("webhook", url=url)) is None


@pytest.mark.parametrize("sends", [("reports",), ("accepted", "rejected")])
def test_earthranger_takes_photos_and_incidents_alone(sends: tuple[str, ...]) -> None:
    said = f"sends has '{sends[-1]}'; a target of this kind takes accepted, incidents."
    assert check_target(target("earthranger", Selection(sends=sends))) == said


def test_gundi_has_an_address_of_its_own() -> None:
    assert check_target(target("earthranger", api="gundi", url="")) is None
