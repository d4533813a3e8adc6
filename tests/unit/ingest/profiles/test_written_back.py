"""A profile that was read is written as it was."""

from pathlib import Path
from typing import get_args

import pytest

from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.own_parts import own_part
from ingest.profiles.profile import PartName, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.toml_writing import toml_value
from ingest.profiles.written_back import head_values, part_table, part_values, zone_of
from tests.samples.judging import shipped

TWICE = """name = "x"
evidence = "x"
zone = "UTC"
[report]
match = { "report.a" = 'x', "report.a " = 'y' }
[report.fields]
camera_id = { value = "B" }
reported_at = { from = "report.b", format = ["%d/%m/%Y %H:%M", "epoch"] }
"""


@pytest.mark.parametrize("profile", shipped().profiles, ids=lambda one: one.id)
def test_parts_are_read_back_as_they_were(profile: Profile) -> None:
    for name in get_args(PartName):
        part = profile.part(name)
        if part is None:
            continue
        rule = toml_value(part_table(name, part))
        block = own_part(name, DraftedPart(""), {f"{name}.own.part": rule}).block
        zone = f'zone = "{zone_of(profile)}"\n' if zone_of(profile) else ""
        again = parse_profile(f'name = "x"\nevidence = "x"\n{zone}{block}', Path("x"))
        assert again.part(name) == part


def test_two_conditions_on_one_source_are_only_written_as_a_whole() -> None:
    profile = parse_profile(TWICE, Path("x"))
    assert profile.report is not None
    with pytest.raises(ValueError, match="same sources"):
        part_values("report", profile.report)
    table = part_table("report", profile.report)
    assert len(table["match"]) == 2
    assert table["fields"]["camera_id"] == {"value": "B"}
    assert table["fields"]["reported_at"]["format"] == ["%d/%m/%Y %H:%M", "epoch"]
    assert zone_of(profile) == "UTC"
    assert head_values(profile)["connection_test"] is None
