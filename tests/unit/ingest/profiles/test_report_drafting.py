"""Drafts for reports: by the values, with questions where they do not tell, and known by few lines."""

from pathlib import Path

import pytest

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.drafts import Answers, Decision, Given
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.report_drafting import can_be_named, draft_report
from ingest.reading.facts import Facts
from ingest.reading.reports import read_report
from ingest.spool.sidecar import Sidecar
from tests.samples.judging import judge

ID = "861943070068027"
TEXT = f"""IMEI:{ID}
CSQ:31
Temp:24℃
Date:25/12/2025 15:46:47
Battery:60%
SD:59405M/59628M
Total:159
GPS:52.098737,5.125504
"""


def draft_of(text: str, path: str = "a.txt", answers: Answers | None = None) -> tuple[str, list[Decision]]:
    facts = Facts("report", len(text), report=read_report(text.encode()).values)
    made = draft_report([Given(path, facts)], answers or {})
    return made.block, list(made.decisions)


def drafted(text: str, other: str | None = None, path: str = "a.txt", answers: Answers | None = None) -> Sidecar:
    """Return the verdict on a report, or on another one, by the draft that was made from it."""
    block, _ = draft_of(text, path, answers)
    profile = parse_profile(f'name = "x"\nevidence = "x"\n{block}', Path("x"))
    return judge((other or text).encode(), path, catalogue=Catalogue((profile,)))


@pytest.mark.parametrize("line", [line for line in TEXT.splitlines() if not line.startswith("IMEI")])
def test_a_day_that_lacks_a_line_is_a_report_of_the_same_camera_with_a_warning(line: str) -> None:
    text = TEXT + "Send:12\n"
    sidecar = drafted(text, text.replace(line + "\n", ""))
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", ID)
    assert [warning.code for warning in sidecar.warnings] == ["unreadable_report_values"]


def test_a_report_of_another_kind_is_not_claimed() -> None:
    assert drafted(TEXT, f"IMEI:{ID}\nFirmware:3\n").reason == "no_matching_profile"


def test_a_line_that_few_cameras_have_tells_more_than_one_that_all_have() -> None:
    assert drafted(TEXT + "Model:HC-900\n", TEXT).reason == "no_matching_profile"
    assert drafted(TEXT + "Model:HC-900\n", f"IMEI:{ID}\nModel:HC-900\n").verdict == "accepted"


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ("Battery:11.8V", {"battery_volts": 11.8}),
        ("Battery:60% (11.8V)", {"battery_percent": 60, "battery_volts": 11.8}),
        ("Battery:3/4", {"battery_percent": 75}),
        ("Battery:Full", {"battery_percent": 100}),
        ("Voltage:6.05", {"battery_volts": 6.05}),
        ("Signal:21/31", {"signal_csq": 21}),
        ("Signal:3/5", {"signal_percent": 60}),
        ("Signal:64%", {"signal_percent": 64}),
        ("RSSI:-71dBm", {"signal_dbm": -71}),
        ("SD:21/31", {"sd_free_mb": 21504, "sd_total_mb": 31744, "sd_used_percent": 32.3}),
        ("Free:21,5 GB\nCapacity:29 GB", {"sd_free_mb": 22016, "sd_total_mb": 29696, "sd_used_percent": 25.9}),
        ("Free:21\nSignal:Good\nBattery:?", {}),
        ("Total:1,159", {"images_total": 1159}),
        ("GPS:http://maps.google.com/?q=52.1,5.1", {"latitude": 52.1, "longitude": 5.1}),
        ("Date:2026-05-12 15:46:47", {"reported_at": "2026-05-12T15:46:47"}),
        ("Date:25/12/2025\nTime:15:46", {"reported_at": "2025-12-25T15:46:00"}),
        ("Date:12-25-2025 3:46 PM", {"reported_at": "2025-12-25T15:46:00"}),
        ("Date:20251225154647", {"reported_at": "2025-12-25T15:46:47"}),
        ("Timestamp:1766677607", {"reported_at": "2025-12-25T15:46:47"}),
        ("Date:05/05/2025 15:46:47", {}),
    ],
)
def test_the_values_decide_what_is_read_and_how(lines: str, fields: dict[str, object]) -> None:
    sidecar = drafted(f"IMEI:{ID}\n{lines}\nNote:x\n")
    assert (sidecar.verdict, sidecar.fields) == ("accepted", fields)


def test_where_the_day_may_be_the_month_the_draft_asks_and_reads_no_time() -> None:
    text = TEXT.replace("25/12/2025", "05/12/2025")
    block, decisions = draft_of(text)
    asked = next(one for one in decisions if one.question)
    assert "5 December 2025, 15:46 or 12 May 2025, 15:46" in asked.question
    assert f"# {asked.question}" in block
    assert "reported_at" not in drafted(text).fields
    assert asked.choices[1].words.startswith("the line date, "), asked.choices[1].words
    answers = {"report.reported_at": asked.choices[1].key}
    assert drafted(text, answers=answers).fields["reported_at"] == "2025-05-12T15:46:47"


def test_a_time_in_two_lines_is_told_as_such() -> None:
    _, decisions = draft_of(TEXT.replace("15:46:47", "\nTime:15:46:47"))
    (time,) = [one for one in decisions if one.field == "reported_at"]
    assert time.chosen is not None
    assert time.chosen.words.startswith("the lines date and time, ")


def test_another_report_of_the_camera_tells_the_day_from_the_month() -> None:
    given = [
        Given("a.txt", Facts("report", 1, report={"imei": ID, "date": text}))
        for text in ("05/12/2025 15:46:47", "25/12/2025 15:46:47")
    ]
    (time,) = [one for one in draft_report(given, {}).decisions if one.field == "reported_at"]
    assert time.chosen is not None
    assert (time.question, time.chosen.reads) == ("", ("2025-12-05T15:46:47", "2025-12-25T15:46:47"))


@pytest.mark.parametrize(("path", "choices"), [("a.txt", ["account"]), ("north/a.txt", ["account", "folder"])])
def test_a_report_without_an_id_asks_for_the_folder_or_the_account(path: str, choices: list[str]) -> None:
    text = "Signal: Good\nBattery: 3/4\nCamID:\n"
    _, (asked, *_) = draft_of(text, path)
    assert ("Is it the folder" in asked.question, [one.key for one in asked.choices]) == (True, choices)
    assert drafted(text, path=path).reason == "missing_camera_id"
    assert drafted(text, path="north/a.txt", answers={"report.camera_id": "folder"}).camera_id == "north"


def test_a_key_that_a_profile_cannot_name_is_left_alone() -> None:
    assert [can_be_named(key) for key in ("total pics", "a|b", "a\x1b")] == [True, False, False]
