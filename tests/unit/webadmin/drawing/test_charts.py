"""Charts: gaps stay gaps, scales hold all values, everything is inside the picture, hostile words stay words."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webadmin.drawing.charts import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Bar,
    Line,
    draw_bars,
    draw_line,
    runs,
    scale,
    thin,
    ticks,
)

START = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def _points(*days: int) -> list[tuple[datetime, float]]:
    return [(START + DAY * day, float(day)) for day in days]


def test_missing_days_are_gaps() -> None:
    points = _points(0, 1, 2, 5, 6, 9)
    assert [len(run) for run in runs(points, DAY * 1.5)] == [3, 2, 1]
    drawn = draw_line(Line("Battery", " %", points, (0, 100)), START, START + DAY * 10, DAY * 1.5)
    assert drawn.count('class="line"') == 3


def test_a_chart_without_points_says_so() -> None:
    assert "Nothing in this time" in draw_line(Line("x", "", []), START, START + DAY, DAY)


def test_many_points_are_thinned_but_the_ends_stay() -> None:
    points = _points(*range(5000))
    few = thin(points)
    assert len(few) <= 150
    assert (few[0], few[-1]) == (points[0], points[-1])


def test_scales_hold_all_values() -> None:
    for values in ([1.0], [-5.0, 3.0], [0.001], [1e6, 2e6], [0.0], []):
        low, high = scale(values)
        assert low < high
        assert all(low <= value <= high for value in values)
        assert len(ticks(low, high)) >= 1


def test_words_in_charts_are_escaped() -> None:
    bad = '"><script>alert(1)</script>'
    drawings = [
        draw_bars(bad, [Bar(bad, bad, (("accepted", 1),))]),
        draw_line(Line(bad, bad, _points(0)), START, START + DAY, DAY),
    ]
    assert all("<script" not in drawing for drawing in drawings)


def test_points_lie_between_the_edges_and_beyond_the_bounds_on_them() -> None:
    points = [(START, 0.0), (START + DAY, 50.0), (START + DAY * 2, 100.0), (START + DAY * 3, 250.0)]
    drawn = draw_line(Line("Battery", " %", points, (0, 100)), START, START + DAY * 3, DAY)
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    assert [x for x, _ in dots][:: len(dots) - 1] == [LEFT, WIDTH - RIGHT]
    assert [y for _, y in dots] == [180 - BOTTOM, (TOP + 180 - BOTTOM) / 2, TOP, TOP]


def test_what_lies_outside_of_the_time_is_not_drawn() -> None:
    drawn = draw_line(Line("Battery", " %", _points(0, 1, 2, 3)), START + DAY, START + DAY * 2, DAY)
    assert re.findall(r"<title>([^<]+)</title>", drawn) == ["02 May 2026, 00:00: 1 %", "03 May 2026, 00:00: 2 %"]


def test_a_point_is_told_in_the_zone_that_the_chart_begins_in() -> None:
    start = START.astimezone(ZoneInfo("Europe/Amsterdam"))
    drawn = draw_line(Line("Battery", " %", [(START + DAY / 2, 61.237)]), start, start + DAY, DAY)
    assert "<title>01 May 2026, 14:00: 61.24 %</title>" in drawn


def test_a_limit_is_a_dashed_line_at_its_height() -> None:
    drawn = draw_line(Line("Battery", " %", _points(0), (0, 100), limit=50), START, START + DAY, DAY)
    assert f'<path class="limit" d="M{LEFT} {(TOP + 180 - BOTTOM) / 2:.1f}H{WIDTH - RIGHT}"/>' in drawn


def test_the_parts_of_a_bar_stand_on_each_other() -> None:
    drawn = draw_bars("Photos", [Bar("1", "x", (("accepted", 3), ("rejected", 1), ("usual", 0)))])
    bars = re.findall(r'<rect class="bar (\w+)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', drawn)
    (lower, lower_y, lower_height), (upper, upper_y, upper_height) = bars
    assert (lower, upper) == ("accepted", "rejected")
    assert float(lower_y) + float(lower_height) == pytest.approx(160 - BOTTOM, abs=0.2)
    assert float(upper_y) + float(upper_height) == pytest.approx(float(lower_y), abs=0.2)
    assert float(lower_height) == pytest.approx(3 * float(upper_height), abs=0.5)


def test_every_third_bar_has_a_label() -> None:
    drawn = draw_bars("Photos", [Bar(f"bar {number}", "x", ()) for number in range(7)], label_every=3)
    assert re.findall(r"bar \d", drawn) == ["bar 0", "bar 3", "bar 6"]


def test_a_day_of_23_or_25_hours_fills_its_chart_and_no_more() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for start in (datetime(2027, 3, 28, tzinfo=berlin), datetime(2026, 10, 25, tzinfo=berlin)):
        end = start + DAY
        points = [(moment.astimezone(UTC), 1.0) for moment in (start, end)]
        drawn = draw_line(Line("Battery", " %", points, (0, 100)), start, end, DAY * 1.5)
        assert re.findall(r'cx="([-\d.]+)"', drawn) == [f"{LEFT:.1f}", f"{WIDTH - RIGHT:.1f}"]
