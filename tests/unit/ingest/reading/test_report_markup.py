"""JSON, XML and web pages as reports: what they say, and that hostile ones end in a sentence."""

from collections.abc import Callable

import pytest

from ingest.reading.report_lines import MOST_PAIRS, Pairs
from ingest.reading.report_markup import UnreadableReportError, bounded, json_pairs, page_lines, xml_pairs


def test_json_gives_keys_without_quotes_numbers_as_written_and_nested_names_at_dots() -> None:
    text = """{"imei": "861943070000027", "csq": 31, "temp": -4.50, "big": 861943070000027, "none": null,
        "sd": {"free": {"mb": 21}}, "gps": [52.1, 5.1], "ok": true, "cells": [{"id": 1}, {"id": 2}]}"""
    assert json_pairs(text).pairs == (
        ("imei", "861943070000027"),
        ("csq", "31"),
        ("temp", "-4.50"),
        ("big", "861943070000027"),
        ("none", ""),
        ("sd.free.mb", "21"),
        ("gps", "52.1,5.1"),
        ("ok", "true"),
        ("cells.id", "1"),
        ("cells.id", "2"),
    )


@pytest.mark.parametrize("text", ['[{"id": 1}, {"id": 2}]', '{"id": 1}\n{"id": 2}\n', '{"id": 1},{"id": 2}'])
def test_json_with_several_reports_gives_them_in_order(text: str) -> None:
    assert json_pairs(text).pairs == (("id", "1"), ("id", "2"))


def test_xml_gives_elements_and_attributes_without_the_root_and_without_name_spaces() -> None:
    text = """<?xml version="1.0" encoding="GBK"?>
        <s:status xmlns:s="urn:x" fw="3"><s:imei>86</s:imei><sd free="21" total="31"/><temp>24℃</temp>
        <gps><lat>52.1</lat><lon>5.1</lon></gps><note>a &lt; b</note></s:status>"""
    assert dict(xml_pairs(text).pairs) == {
        "xmlns:s": "urn:x",
        "fw": "3",
        "imei": "86",
        "sd.free": "21",
        "sd.total": "31",
        "temp": "24℃",
        "gps.lat": "52.1",
        "gps.lon": "5.1",
        "note": "a < b",
    }
    assert xml_pairs("<imei>86</imei>").pairs == (("imei", "86"),)


def test_a_page_gives_what_it_shows_as_lines_and_nothing_else() -> None:
    page = """<!DOCTYPE html><html><head><title>a:b</title><style>p{color:red}</style></head><body>
        <script>var x = {a: 1 < 2};</script><table class="x"><tr><td>IMEI</td><td> 86\n 19 </td></tr>
        <tr><th>GPS</th><td></td><td>60&nbsp;%</td></tr></table>Total: <b>159</b><br/>Send&#58; 12</body></html>"""
    assert page_lines(page) == ["IMEI\t86 19", "GPS\t\t60\xa0%", "Total: 159", "Send: 12"]


HOSTILE = [
    (json_pairs, '{"imei": "86"', "breaks it in line 1"),
    (json_pairs, '{"a": 1}\nhello', "breaks it in line 2"),
    (json_pairs, '{"a":' * 100_000, "too many levels"),
    (json_pairs, '{"a":' * 20 + "1" + "}" * 20, "too many levels"),
    (json_pairs, "[" * 400_000, "too many levels"),
    (xml_pairs, "<a><b></a>", "breaks it in line 1: mismatched tag"),
    (xml_pairs, "<a>" * 100_000, "too many levels"),
    (xml_pairs, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
    (xml_pairs, "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"),
    (xml_pairs, "<a>&b;</a>", "undefined entity"),
]


@pytest.mark.parametrize(("read", "text", "said"), HOSTILE)
def test_what_is_broken_or_hostile_ends_in_a_sentence(read: Callable[[str], Pairs], text: str, said: str) -> None:
    with pytest.raises(UnreadableReportError, match=said):
        read(text)


def test_endless_input_is_bounded() -> None:
    for read in (
        json_pairs("[" + '{"a": 1},' * 50_000 + '{"a": 1}]'),
        xml_pairs("<r>" + "<a>1</a>" * 50_000 + "</r>"),
        bounded([("a", "1")] * 50_000),
    ):
        assert (len(read.pairs), read.strange) == (MOST_PAIRS, (f"what comes after {MOST_PAIRS} values",))
    assert json_pairs('{"a": ' + "9" * 500_000 + "}").strange == ("a",)
    for text in ("<html>" + "<" * 500_000, "<html>" + "<script>" * 100_000, "<table>" + "<td>" * 100_000):
        assert "".join(page_lines(text)).strip("<\t ") == ""
