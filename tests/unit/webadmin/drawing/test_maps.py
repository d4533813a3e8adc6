"""Maps: every dot is inside the picture, many at one spot are one, tiles have one host, hostile words stay words."""

import re

import pytest

from webadmin.drawing.maps import HEIGHT, TILE, WIDTH, Box, Marker, draw_map, fit, project


def _marker(latitude: float, longitude: float, words: str = "x", state: str = "good") -> Marker:
    return Marker(latitude, longitude, state, lambda: (words, "/cameras/x"))


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


def test_words_on_maps_are_escaped() -> None:
    bad = '"><script>alert(1)</script>'
    assert "<script" not in str(draw_map([_marker(52, 5, bad)], ""))
    assert "&lt;script&gt;" in str(draw_map([_marker(52, 5, bad)], ""))


def test_a_position_lies_where_map_tiles_have_it() -> None:
    x, y = project(52.098767, 5.125342, 12)
    assert (int(x // TILE), int(y // TILE)) == (2106, 1351)
    assert project(0, 0, 0) == (TILE / 2, TILE / 2)


def test_north_is_up_and_east_is_right() -> None:
    drawn = str(draw_map([_marker(52.0, 5.0), _marker(52.1, 5.0), _marker(52.0, 5.2)], ""))
    home, north, east = ((float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn))
    assert north[0] == home[0]
    assert north[1] < home[1]
    assert east[0] > home[0]
    assert east[1] == home[1]


def test_one_camera_is_shown_with_a_kilometre_around_it() -> None:
    point = project(52.0, 5.0, 0)
    view = fit([point], 52.0, 1.0, (WIDTH, HEIGHT), whole=False)
    km_per_pixel = 40_075.017 * 0.6157 / (TILE * 2**view.zoom)
    assert km_per_pixel * (HEIGHT - 90) == pytest.approx(0.5, rel=0.01)
    assert fit([point], 52.0, 1.0, (WIDTH, HEIGHT), whole=True).zoom == int(view.zoom)


def test_the_scale_bar_tells_a_round_length_in_its_true_width() -> None:
    drawn = str(draw_map([_marker(0, 0.0), _marker(0, 1.0)], ""))
    words, width = re.findall(r"([\d.]+) km</text>", drawn)[0], re.findall(r"v6h([\d.]+)v-6", drawn)[0]
    left, right = (float(x) for x in re.findall(r'cx="([\d.]+)"', drawn))
    assert words == "20"
    assert float(width) / (right - left) == pytest.approx(20 / 111.32, rel=0.01)


def test_many_at_one_spot_lead_to_a_map_of_only_those() -> None:
    asked: list[Box] = []

    def zoom_link(box: Box) -> str:
        asked.append(box)
        return "/cameras?part"

    drawn = str(draw_map([_marker(52, 5), _marker(52.0001, 5.0001), _marker(53, 5)], "", zoom_link=zoom_link))
    assert asked == [(52, 5, 52.0001, 5.0001)]
    assert re.findall(r'<a href="([^"]+)"', drawn) == ["/cameras?part", "/cameras/x"]


def test_only_what_is_drawn_is_described() -> None:
    described: list[str] = []

    def describe() -> tuple[str, str]:
        described.append("x")
        return "x", ""

    draw_map([Marker(52, 5, "good", describe) for _ in range(1000)], "")
    assert len(described) == 1
