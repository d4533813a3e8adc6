"""What the pages for people name is there: files, rooms and commands."""

import re
from pathlib import Path

import pytest

from ingest.commands.main import command_names

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "systemd/README.md", "ansible/README.md", "profiles/README.md")
TOP = ("ansible/", "ingest/", "profiles/", "systemd/", "tests/", "webadmin/")


def named_files(page: str) -> set[str]:
    """Return the files of this repository that a page names in code or as links; patterns such as <group> are none."""
    text = (REPOSITORY / page).read_text("utf-8")
    named = re.findall(r"`([^`\s:]+)[^`]*`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    return {name for name in named if name.startswith(TOP) and not set(name) & set("<>*{~")}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    missing = sorted(name for name in named_files(page) if not (REPOSITORY / name).exists())
    # What operators write from an example is theirs.
    assert [name for name in missing if not (REPOSITORY / f"{name}.example").exists()] == []


def test_the_readme_has_every_room_and_every_command() -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    rooms = {f"`ingest/{file.parent.name}/`" for file in (REPOSITORY / "ingest").glob("*/__init__.py")}
    assert sorted(room for room in rooms if f"| {room} |" not in text) == []
    told = set(re.findall(r"(?m)^\| `camspool ([a-z-]+)", text))
    assert set(command_names()) - told == {"admin-password", "canary"}, "the deployment's own commands"


def test_contributing_is_at_most_two_pages() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    assert len(text.split()) <= 1300
