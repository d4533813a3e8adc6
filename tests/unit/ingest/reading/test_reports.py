"""Reports: every encoding, every line end, and what is not `key:value`."""

import pytest

from ingest.reading.reports import is_report_name, read_report
from ingest.simulation.reports import willfine_report
from tests.samples.willfine import IMEI, WHEN

TEXT = willfine_report(IMEI, WHEN).decode()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode() + b"\0" * 100,
    ],
)
def test_every_encoding_gives_the_same_values(content: bytes) -> None:
    report = read_report(content)
    assert report.strange == ()
    assert report.values["imei"] == IMEI
    assert report.values["temp"] == "24℃"
    assert report.values["camid"] == ""
    assert report.values["date"] == "30/04/2026 15:46:07"
    assert len(report.values) == 10


def test_a_latin_1_degree_sign_is_no_chinese_character() -> None:
    assert read_report(b"Temp:24\xb0C").values["temp"] == "24°C"
    assert read_report(b"Temp:24\xa1\xe3C").values["temp"] == "24°C"


def test_one_bad_byte_costs_one_character_and_no_line() -> None:
    report = read_report(b"IMEI:861943070068027\nTemp:24\xff\nBattery:60%\n")
    assert report.values == {"imei": IMEI, "temp": "24ÿ", "battery": "60%"}


def test_the_last_value_of_a_key_counts_unless_it_is_empty() -> None:
    assert read_report(b"Send:1\nSEND: 2 \nsend:\n").values == {"send": "2"}


def test_lines_without_a_colon_are_strange() -> None:
    assert read_report(b"hello\n\n  \nIMEI:1\n:no key\n").strange == ("hello", ":no key")


def test_an_endless_report_is_bounded() -> None:
    report = read_report(b"".join(b"k%d:v\n" % number for number in range(10_000)))
    assert len(report.values) == 200
    assert report.strange == ("5000 lines after line 5000", "4800 values after the first 200")
    long_value = read_report(b"key:" + b"x" * 5000)
    assert long_value.values == {}
    assert len(long_value.strange[0]) == 64


def test_report_names() -> None:
    for name in ("a-dr.txt", "A.TXT.12", "a.csv", "a.json", "a.LOG", "status.htm", "a.html.1", "a.xml"):
        assert is_report_name(name)
    for name in ("a.txt.jpg", "atxt", "a.jsonl", "a.csv.zip", "log", "a.htmx"):
        assert not is_report_name(name)


def test_of_several_reports_the_last_is_read_and_the_others_are_told() -> None:
    report = read_report(TEXT.encode() + b"\n" + TEXT.replace(IMEI, "861943070000043").replace("60%", "12%").encode())
    assert (report.values["imei"], report.values["battery"]) == ("861943070000043", "12%")
    assert report.before == (("imei", IMEI),)


def test_what_begins_as_a_layout_and_breaks_it_says_so() -> None:
    report = read_report(b'{"imei": "86"')
    assert report.values == {}
    assert report.problem == "it begins as JSON and breaks it in line 1: Expecting ',' delimiter"


def test_a_layout_is_seen_in_every_encoding() -> None:
    for encoding in ("utf-8-sig", "utf-16", "gbk"):
        assert read_report('{"temp": "24℃"}\n'.encode(encoding)).values == {"temp": "24℃"}
