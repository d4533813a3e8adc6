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
    assert report.strange == ("9800 lines after line 200",)
    long_value = read_report(b"key:" + b"x" * 5000)
    assert long_value.values == {}
    assert len(long_value.strange[0]) == 64


def test_report_names() -> None:
    assert is_report_name("a-dr.txt") and is_report_name("A.TXT.12")
    assert not is_report_name("a.txt.jpg") and not is_report_name("atxt")
