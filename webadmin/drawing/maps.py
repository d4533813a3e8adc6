"""Draws a map as SVG: positions on map tiles where the settings name some, else on a plain grid with a scale bar.

Positions are projected as map tiles are (Web Mercator), so that both kinds of map lie the same way.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 800, 420
TILE = 256
LATITUDE_MAX = 85.05
ZOOM_MAX = 18
_EARTH_KM = 40_075.017
_CELL = 28
"""Pixels: wide enough that the dots of two cells do not lie on each other."""

_STEPS_KM = tuple(step * 10**power for power in range(-3, 5) for step in (1, 2, 5))


class Marker(NamedTuple):
    """One camera or photo: a position, a state (`good`, `attention`, `bad`, `none`) and its words with a link.

    Words and link are made only for what is drawn: of thousands of cameras at one position that is one.
    """

    latitude: float
    longitude: float
    state: str
    describe: Callable[[], tuple[str, str]]


Box = tuple[float, float, float, float]
"""South, west, north and east of a part of the map, in degrees."""


@dataclass(frozen=True)
class View:
    """Where the map looks: its size, and its middle in world pixels of a zoom level, which need not be whole."""

    middle: tuple[float, float]
    zoom: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def corner(self) -> tuple[float, float]:
        """The left and upper end, in world pixels."""
        return self.middle[0] - self.width / 2, self.middle[1] - self.height / 2


def draw_map(
    markers: Sequence[Marker | None],
    tiles: str,
    *,
    span_km: float = 1.0,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    zoom_link: Callable[[Box], str] | None = None,
    pick: bool = False,
) -> Markup | None:
    """Return the map of some markers, at least `span_km` wide; None when there is nothing to show.

    Many cameras at one spot are one dot with a number; `zoom_link` tells the address of a map of only those. A map to
    `pick` a place on says where it looks: its zoom, and the world pixels of its left and upper end.
    """
    shown = [one for one in markers if one]
    if not shown:
        return None
    points = [project(one.latitude, one.longitude, 0) for one in shown]
    view = fit(points, shown[0].latitude, span_km, size, whole=bool(tiles))
    parts = [
        _tiles(view, tiles) if tiles else _grid(view),
        *_dots(shown, points, view, zoom_link),
        _scale(view, shown),
    ]
    words = f"Map of {len(shown)} position{'s' if len(shown) > 1 else ''}"
    return Markup(
        '<svg class="map" viewBox="0 0 {w} {h}" role="group" aria-label="{words}"{pick}>'
        '<rect class="land" width="{w}" height="{h}"/>{parts}</svg>'
    ).format(
        w=view.width, h=view.height, words=words, pick=_looks_at(view) if pick else "", parts=Markup("").join(parts)
    )


def _looks_at(view: View) -> Markup:
    left, top = view.corner
    return Markup(' data-pick data-zoom="{:.6f}" data-left="{:.3f}" data-top="{:.3f}"').format(view.zoom, left, top)


def project(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Return world pixels of a position at a zoom level."""
    world = TILE * 2**zoom
    bounded = math.radians(max(-LATITUDE_MAX, min(LATITUDE_MAX, latitude)))
    return (longitude + 180) / 360 * world, (1 - math.asinh(math.tan(bounded)) / math.pi) / 2 * world


def fit(
    points: Sequence[tuple[float, float]], latitude: float, span_km: float, size: tuple[int, int], *, whole: bool
) -> View:
    """Return the view that shows all points (world pixels of level 0) with a margin; `latitude` gives the scale."""
    xs, ys = zip(*points, strict=True)
    least = TILE * span_km / max(1.0, _EARTH_KM * math.cos(math.radians(min(80, abs(latitude)))))
    across, down = max(max(xs) - min(xs), least), max(max(ys) - min(ys), least / 2)
    zoom = min(math.log2((size[0] - 90) / across), math.log2((size[1] - 90) / down), ZOOM_MAX)
    zoom = max(0.0, math.floor(zoom) if whole else zoom)
    scale = 2**zoom
    return View(((max(xs) + min(xs)) / 2 * scale, (max(ys) + min(ys)) / 2 * scale), zoom, *size)


def _tiles(view: View, tiles: str) -> Markup:
    level = int(view.zoom)
    left, top = view.corner
    across = range(math.floor(left / TILE), math.floor((left + view.width) / TILE) + 1)
    down = range(max(0, math.floor(top / TILE)), min(2**level, math.floor((top + view.height) / TILE) + 1))
    return Markup("").join(
        Markup('<image href="{}" x="{:.1f}" y="{:.1f}" width="256" height="256"/>').format(
            tiles.replace("{z}", str(level)).replace("{x}", str(column % 2**level)).replace("{y}", str(row)),
            column * TILE - left,
            row * TILE - top,
        )
        for column in across
        for row in down
    )


def _grid(view: View) -> Markup:
    lines = [Markup("M{} 0V{}").format(x, view.height) for x in range(40, view.width, 80)]
    lines += [Markup("M0 {}H{}").format(y, view.width) for y in range(40, view.height, 80)]
    return Markup('<path class="grid" d="{}"/>').format(Markup("").join(lines))


def _dots(
    markers: Sequence[Marker],
    points: Sequence[tuple[float, float]],
    view: View,
    zoom_link: Callable[[Box], str] | None,
) -> list[Markup]:
    """Return a dot for each marker; many at one position become one dot with a number, the worst state on top."""
    scale = 2**view.zoom
    left, top = view.corner
    cells: dict[tuple[int, int], list[tuple[float, float, Marker]]] = {}
    for one, (world_x, world_y) in zip(markers, points, strict=True):
        x, y = world_x * scale - left, world_y * scale - top
        cells.setdefault((int(x // _CELL), int(y // _CELL)), []).append((x, y, one))
    return [
        _dot(cell, ((column + 0.5) * _CELL, (row + 0.5) * _CELL), zoom_link) for (column, row), cell in cells.items()
    ]


def _dot(
    cell: list[tuple[float, float, Marker]], middle: tuple[float, float], zoom_link: Callable[[Box], str] | None
) -> Markup:
    order = ("none", "good", "attention", "bad")
    x, y, worst = max(cell, key=lambda entry: order.index(entry[2].state))
    words, link = worst.describe()
    if len(cell) == 1:
        dot = Markup('<circle class="dot {}" cx="{:.1f}" cy="{:.1f}" r="8"/>').format(worst.state, x, y)
    else:
        words = f"{len(cell)} cameras here, one of them: {words}"
        link = zoom_link(_box([one for _, _, one in cell])) if zoom_link else link
        dot = Markup('<circle class="dot {}" cx="{x:g}" cy="{y:g}" r="13"/><text x="{x:g}" y="{t:g}">{}</text>').format(
            worst.state, len(cell), x=middle[0], y=middle[1], t=middle[1] + 4
        )
    if not link:
        return Markup("<g><title>{}</title>{}</g>").format(words, dot)
    return Markup('<a href="{}" aria-label="{words}"><title>{words}</title>{}</a>').format(link, dot, words=words)


def _box(markers: Sequence[Marker]) -> Box:
    latitudes, longitudes = [one.latitude for one in markers], [one.longitude for one in markers]
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def _scale(view: View, markers: Sequence[Marker]) -> Markup:
    latitude = sum(one.latitude for one in markers) / len(markers)
    km_per_pixel = _EARTH_KM * math.cos(math.radians(min(85, abs(latitude)))) / (TILE * 2**view.zoom)
    length_km = max((step for step in _STEPS_KM if step / km_per_pixel <= view.width / 5), default=_STEPS_KM[0])
    words = f"{length_km:g} km" if length_km >= 1 else f"{length_km * 1000:g} m"
    return Markup(
        '<path class="scale" d="M16 {y}v6h{w:.1f}v-6"/><text class="scale" x="20" y="{t}">{words}</text>'
    ).format(y=view.height - 22, w=length_km / km_per_pixel, t=view.height - 22, words=words)
