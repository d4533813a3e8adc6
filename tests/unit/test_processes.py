"""The picture of the running system: it shows what the unit files start, with their users, and is drawn anew."""

import re
from pathlib import Path

import pytest

from tests.processes import PICTURE, SYSTEMD, draw, read_content

SERVICES = sorted(SYSTEMD.glob("*.service"))
DRAWN = {one["unit"]: one for one in read_content()["processes"] if "unit" in one}


def test_the_picture_shows_every_service_and_no_other() -> None:
    assert sorted(DRAWN) == [file.name for file in SERVICES]


@pytest.mark.parametrize("file", SERVICES, ids=lambda file: file.name)
def test_a_process_is_shown_with_the_user_that_its_unit_names(file: Path) -> None:
    text = file.read_text("utf-8")
    named = re.search(r"(?m)^User=(.+)$", text)
    user = named[1] if named else "one of its own" if "DynamicUser=yes" in text else "root"
    assert DRAWN[file.name]["user"].split(",")[0] == user


def test_every_process_talks_to_somebody_and_every_arrow_has_two_ends() -> None:
    content = read_content()
    names = {one["name"] for kind in ("people", "processes", "folders") for one in content[kind]}
    ends = {end for arrow in content["arrows"] for end in (arrow["from"], arrow["to"])}
    assert ends == names


def test_the_picture_is_the_one_that_the_data_gives() -> None:
    assert PICTURE.read_text("utf-8") == draw(read_content()), "python -m tests.processes draws it anew"


def test_the_page_beside_the_picture_names_every_unit() -> None:
    page = (SYSTEMD / "README.md").read_text("utf-8")
    for file in (*SERVICES, *SYSTEMD.glob("*.socket")):
        group = file.name.removesuffix(file.suffix)
        assert f"`{file.name}`" in page or f"`{group}.service`, `{file.suffix}`" in page, file.name
