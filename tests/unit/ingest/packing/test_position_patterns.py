"""The patterns of positions stay within a line and have no repeat without an end."""

import pytest

from ingest.packing.position_patterns import HALVES, NMEA, PAIRS


@pytest.mark.parametrize("pattern", [*PAIRS, *HALVES, NMEA], ids=range(len(PAIRS) + len(HALVES) + 1))
def test_no_pattern_of_a_pair_repeats_without_an_end(pattern: object) -> None:
    text = str(getattr(pattern, "pattern", ""))
    assert "*" not in text.replace("[*", "[").replace("’′*", "’′").replace("′*", "′")
    assert "+" not in text.replace("[+", "[").replace(r"\+", "")


def test_figures_of_two_lines_are_no_pair() -> None:
    assert not any(pattern.search("12.3456\n34.5678") for pattern in PAIRS)
