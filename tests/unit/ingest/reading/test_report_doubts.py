"""What is doubtful about a report is told in one sentence each, however much there is of it."""

from ingest.reading.report_doubts import report_warnings, unparsable
from ingest.reading.reports import Report


def test_a_sound_report_has_no_warning() -> None:
    assert report_warnings(Report({"imei": "1"})) == ()


def test_strange_lines_are_counted_and_some_shown() -> None:
    (one,) = report_warnings(Report({}, ("hello",)))
    assert (one.code, one.message) == ("unknown_report_lines", "1 line is not of the form key:value: `hello`.")
    (many,) = report_warnings(Report({}, tuple("abcd")))
    assert many.message == "4 lines are not of the form key:value: `a`; `b`; `c`."


def test_reports_before_the_last_are_counted_and_some_named() -> None:
    before = tuple(("imei", str(number)) for number in (1, 1, 2, 3, 4, 5))
    (warning,) = report_warnings(Report({}, (), before))
    assert warning.code == "several_reports"
    assert "7 reports" in warning.message
    assert warning.message.endswith("`imei: 1`, `imei: 2`, `imei: 3` and 2 more.")


def test_a_report_without_values_says_why() -> None:
    assert "no line of the form key:value" in unparsable(Report()).message
    assert unparsable(Report(problem="it is XML")).message == "The report cannot be read, because it is XML."
