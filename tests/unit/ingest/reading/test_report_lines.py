"""Lines of reports: every separator, several pairs in one line, and values that look like pairs."""

import pytest

from ingest.reading.report_lines import MOST_PAIRS, line_pairs, narrow, to_pair

ID = "861943070000027"
LINES = [
    (f"IMEI:{ID}", {"imei": ID}),
    (f"IMEI：{ID}", {"imei": ID}),
    (f"IMEI={ID}", {"imei": ID}),
    (f"IMEI = {ID}", {"imei": ID}),
    (f"IMEI\t{ID}", {"imei": ID}),
    (f"IMEI\t: {ID}", {"imei": ID}),
    (f"IMEI\t\t\t{ID}", {"imei": ID}),
    (f'"IMEI":"{ID}"', {"imei": ID}),
    ("Date：05/12/2025 15：46：47", {"date": "05/12/2025 15:46:47"}),
    ("Date\t05/12/2025 15:46:47", {"date": "05/12/2025 15:46:47"}),
    ("Date=2025-12-05T15:46:47", {"date": "2025-12-05T15:46:47"}),
    ("Date:10/03/2026  09:01:26", {"date": "10/03/2026  09:01:26"}),
    ("GPS:http://maps.google.com/?q=52.1,5.1", {"gps": "http://maps.google.com/?q=52.1,5.1"}),
    ("Map http://x:1", {"map http": "//x:1"}),
    ("CamID:", {"camid": ""}),
    ("CamID:North Gate: A", {"camid": "North Gate: A"}),
    ("GPS:S32*56'06\" E117*09'36\"", {"gps": "S32*56'06\" E117*09'36\""}),
    ("IMEI:1,CSQ:31,Date:05/12/2025 15:46:47", {"imei": "1", "csq": "31", "date": "05/12/2025 15:46:47"}),
    ("IMEI=1;CSQ=31; Total Pics=67", {"imei": "1", "csq": "31", "total pics": "67"}),
    ("IMEI:1 | GPS:52.1,5.1 | Temp:24℃", {"imei": "1", "gps": "52.1,5.1", "temp": "24℃"}),
    ("IMEI:1\tTotal Pics:67", {"imei": "1", "total pics": "67"}),
    ("IMEI:1 Date:05/12/2025 15:46:47 Battery:60%", {"imei": "1", "date": "05/12/2025 15:46:47", "battery": "60%"}),
    ("Battery:60% CSQ:31", {"battery": "60%", "csq": "31"}),
    ("Battery: 60%  Free space: 21,99 GB", {"battery": "60%", "free space": "21,99 GB"}),
    ("电池：60%", {"电池": "60%"}),
]


@pytest.mark.parametrize(("line", "values"), LINES)
def test_a_line_gives_its_pairs(line: str, values: dict[str, str]) -> None:
    read = line_pairs([line])
    assert dict(read.pairs) == values
    assert read.strange == ()


@pytest.mark.parametrize("line", ["hello", ":no key", "=", "k" * 65 + ":1", "key:" + "x" * 1001, "a:" + "x y " * 6000])
def test_what_is_no_pair_is_strange_and_shown_by_its_beginning(line: str) -> None:
    read = line_pairs([line])
    assert read.pairs == ()
    assert read.strange == (line[:64].strip(),)


def test_endless_lines_are_bounded_with_a_word_about_the_rest() -> None:
    many = line_pairs(["a:b"] * (MOST_PAIRS + 9))
    assert (len(many.pairs), many.strange) == (MOST_PAIRS, (f"9 lines after line {MOST_PAIRS}",))
    assert len(line_pairs(["hello"] * 100_000).strange) == MOST_PAIRS + 1


def test_wide_characters_are_narrow_and_others_stay() -> None:
    assert narrow("ＣＳＱ：３１％ 24℃") == "CSQ:31% 24℃"
    assert to_pair(" ＣＳＱ\0", ' "３１" ') == ("csq", "31")
    assert to_pair("", "x") is None
