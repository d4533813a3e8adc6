"""The layout of a report is seen in its beginning: one report, written in every layout, says the same."""

import pytest

from ingest.reading.report_layouts import read_pairs

WHOLE = {"imei": "861943070000027", "temp": "21,99", "date": "05/12/2025 15:46:47", "note": "a"}
LAYOUTS = {
    "lines": "IMEI:861943070000027\r\nTemp:21,99\r\nDate:05/12/2025 15:46:47\r\nNote:a\r\n",
    "wide": "IMEI：861943070000027\nTemp：21，99\nDate：05/12/2025 15：46：47\nNote：a",
    "equals": "IMEI=861943070000027\nTemp=21,99\nDate=05/12/2025 15:46:47\nNote=a",
    "tabs": "IMEI\t861943070000027\nTemp\t21,99\nDate\t05/12/2025 15:46:47\nNote\ta",
    "one line": "IMEI:861943070000027;Temp:21,99;Date:05/12/2025 15:46:47;Note:a",
    "json": '\ufeff {"imei": "861943070000027", "temp": "21,99", "date": "05/12/2025 15:46:47", "note": "a"}\n\0',
    "comma": 'IMEI,Temp,Date,Note\n861943070000027,"21,99",05/12/2025 15:46:47,a\n',
    "semicolon": "IMEI;Temp;Date;Note;\n861943070000027;21,99;05/12/2025 15:46:47;a;\n",
    "tab table": "IMEI\tTemp\tDate\tNote\n861943070000027\t21,99\t05/12/2025 15:46:47\ta\n",
    "xml": "<r><imei>861943070000027</imei><temp>21,99</temp><date>05/12/2025 15:46:47</date><note>a</note></r>",
    "page": "<html><table><tr><td>IMEI</td><td>861943070000027</td></tr><tr><td>Temp</td><td>21,99</td></tr></table>"
    "Date: 05/12/2025 15:46:47<br>Note: a</html>",
    "page with a header": "<table><tr><th>IMEI<th>Temp<th>Date<th>Note</tr>"
    "<tr><td>861943070000027<td>21,99<td>05/12/2025 15:46:47<td>a</tr></table>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_one_report_says_the_same(layout: str) -> None:
    read = read_pairs(LAYOUTS[layout])
    assert dict(read.pairs) == WHOLE
    assert read.strange == ()


def test_an_empty_cell_keeps_its_column() -> None:
    assert dict(read_pairs("IMEI\tGPS\tCSQ\n86\t\t31\n").pairs) == {"imei": "86", "gps": "", "csq": "31"}
    assert dict(read_pairs("GPS\tIMEI\tCSQ\n\t86\t\n").pairs) == {"gps": "", "imei": "86", "csq": ""}


@pytest.mark.parametrize(
    "text",
    ["Report of today, north gate\nIMEI:86, CSQ:31", "IMEI,CSQ\nTemp,Date", "a,a\n1,2", "A,B\n1,2,3", "hello, you"],
)
def test_lines_with_commas_are_no_table_without_names_above_figures(text: str) -> None:
    assert not {"report of today", "a", "imei,csq"} & dict(read_pairs(text).pairs).keys()


def test_rows_of_another_width_are_strange_and_of_too_many_rows_the_last_are_read() -> None:
    read = read_pairs("IMEI,CSQ\n86,31\nhello\n87,30\n")
    assert (read.pairs[-2:], read.strange) == ((("imei", "87"), ("csq", "30")), ("hello",))
    long = read_pairs("n,m\n" + "".join(f"{number},1\n" for number in range(10_000)))
    assert (long.pairs[-2], long.strange) == (("n", "9999"), ("7500 rows before the last 2500",))
