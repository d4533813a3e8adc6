"""Charts and maps: gaps stay gaps, everything is inside the picture, hostile words stay words."""

import re
from datetime import UTC, datetime, timedelta

from webadmin.drawing.charts import Bar, Line, draw_bars, draw_line, runs, scale, thin, ticks
from webadmin.drawing.maps import HEIGHT, WIDTH, Marker, draw_map
from webadmin.drawing.qr import draw_qr

START = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def _points(*days: int) -> list[tuple[datetime, float]]:
    return [(START + DAY * day, float(day)) for day in days]


def _marker(latitude: float, longitude: float, words: str = "x", state: str = "good") -> Marker:
    return Marker(latitude, longitude, state, lambda: (words, "/cameras/x"))


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


def test_words_in_drawings_are_escaped() -> None:
    bad = '"><script>alert(1)</script>'
    drawings = [
        draw_bars(bad, [Bar(bad, bad, (("accepted", 1),))]),
        draw_line(Line(bad, bad, _points(0)), START, START + DAY, DAY),
        draw_map([_marker(52, 5, bad)], ""),
    ]
    assert all("<script" not in str(drawing) for drawing in drawings)


def test_every_dot_lies_inside_the_map() -> None:
    for places in ([(52, 5)], [(52, 5), (-33, 151)], [(89.9, 0), (-89.9, 0)], [(0, -180), (0, 180)]):
        drawn = str(draw_map([_marker(*place) for place in places], ""))
        dots = re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', drawn)
        assert len(dots) == len(places)
        assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y in dots)


def test_cameras_at_one_place_are_one_dot_with_the_worst_state() -> None:
    drawn = str(draw_map([_marker(52, 5), _marker(52, 5, state="bad"), _marker(52.5, 5)], ""))
    assert drawn.count("<circle") == 2
    assert "2 cameras here" in drawn
    assert 'class="dot bad"' in drawn


def test_tiles_come_only_from_the_host_of_the_settings() -> None:
    drawn = str(draw_map([_marker(52, 5)], "https://tiles.example/{z}/{x}/{y}.png"))
    links = re.findall(r'<image href="([^"]+)"', drawn)
    assert links
    assert all(re.fullmatch(r"https://tiles\.example/\d+/\d+/\d+\.png", link) for link in links)


def test_nothing_to_show_is_no_map() -> None:
    assert draw_map([None], "") is None


def test_a_qr_code_holds_no_text() -> None:
    drawn = draw_qr('"><script>')
    assert "script" not in drawn
    assert drawn.startswith("<svg")
