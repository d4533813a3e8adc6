"""Codes, marked values and figures as words."""

import pytest

from ingest.fleet.codes import code_words
from ingest.index.rows import REPORT_FIELDS
from ingest.vocabulary import WHAT_TO_DO
from webadmin.wording import coded, field_title, field_unit, figure, headed, lower_first


@pytest.mark.parametrize(
    ("code", "words"),
    [("missing_location", "missing location"), ("not_a_jpeg", "not a JPEG"), ("bad_exif", "bad EXIF"), (None, "")],
)
def test_codes_are_words_and_abbreviations_stay_large(code: str | None, words: str) -> None:
    assert code_words(code) == words


def test_every_reason_can_be_read() -> None:
    for reason in WHAT_TO_DO:
        assert "_" not in code_words(reason)
        assert code_words(reason).replace(" ", "_").lower() == reason


def test_a_beginning_is_large_and_the_middle_of_a_sentence_small() -> None:
    assert [headed(words) for words in ("not a JPEG", "JPEG", "")] == ["Not a JPEG", "JPEG", ""]
    assert [lower_first(words) for words in ("Battery", "SD free", "X", "")] == ["battery", "SD free", "x", ""]


def test_only_what_stands_between_backticks_is_code_and_nothing_is_html() -> None:
    assert coded("Make `<b>` & <i> lacks ` one") == "Make <code>&lt;b&gt;</code> &amp; &lt;i&gt; lacks ` one"
    assert coded("``") == "``"


def test_a_figure_has_six_digits_and_text_is_left_alone() -> None:
    assert [figure(value) for value in (2.6, 1 / 3, 1234567, "0.3333333333", None)] == [
        "2.6", "0.333333", 1234567, "0.3333333333", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title", "unit"),
    [
        ("battery_percent", "Battery", " %"),
        ("temperature_c", "Temperature", " °C"),
        ("sd_free_mb", "SD free", " MB"),
        ("signal_csq", "Signal, CSQ", ""),
        ("battery_volts", "Battery voltage", " V"),
        ("signal_dbm", "Signal strength", " dBm"),
        ("signal_percent", "Signal", " %"),
        ("images_sent", "Photos sent, by its own count", ""),
        ("c", "C", ""),
        ("percent", "Percent", ""),
    ],
)
def test_a_field_is_told_with_its_title_and_its_unit(name: str, title: str, unit: str) -> None:
    assert (field_title(name), field_unit(name)) == (title, unit)


def test_every_field_of_a_report_has_a_title_of_its_own() -> None:
    titles = [field_title(name) for name in REPORT_FIELDS]
    assert len(set(titles)) == len(REPORT_FIELDS)
    assert all(title[0].isupper() for title in titles)
