"""The settings as values, and the commented page that shows every one of them."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest.settings.file import parse_settings
from ingest.settings.values import SHIPPED_PROFILES, Settings, settings_page


def test_the_page_with_its_comment_marks_taken_off_gives_the_defaults() -> None:
    lines = settings_page().splitlines()
    toml = "\n".join(re.sub(r"^# (?=\w+ = )", "", line) for line in lines)
    assert parse_settings(tomllib.loads(toml), "page") == Settings()
    assert parse_settings(tomllib.loads(settings_page()), "page") == Settings()


def test_the_page_has_every_setting_under_its_own_heading_with_its_meaning_above() -> None:
    sections = re.split(r"^\[(\w+)\]$", "[root]\n" + settings_page(), flags=re.MULTILINE)[1:]
    page = dict(zip(sections[::2], sections[1::2], strict=True))
    for name, text in page.items():
        values = Settings() if name == "root" else getattr(Settings(), name)
        for entry in fields(values):
            if entry.name != "targets" and not is_dataclass(getattr(values, entry.name)):
                assert re.search(rf"^# {re.escape(entry.metadata['doc'])}\n# {entry.name} = ", text, re.MULTILINE)
    assert page.keys() - {"root"} == {entry.name for entry in fields(Settings) if is_dataclass(entry.default)}


def test_own_profiles_come_after_the_shipped_and_the_saved_ones_so_that_they_win() -> None:
    assert Settings(root=Path("/spool"), profiles=(Path("/own"), Path("/more"))).profile_folders == (
        SHIPPED_PROFILES,
        Path("/spool/profiles"),
        Path("/own"),
        Path("/more"),
    )


def test_the_zone_knows_summer_time() -> None:
    zone = Settings(time_zone="Europe/Amsterdam").zone
    offsets = [zone.utcoffset(datetime(2026, month, 1)) for month in (1, 7)]  # noqa: DTZ001 - camera time is naive
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]
