"""Draws charts as SVG: lines over time with gaps left open, and bars per hour or day."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from markupsafe import Markup

WIDTH = 720
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 12, 26
POINTS_MAX = 150
DOTS_MAX = 100

Point = tuple[datetime, float]
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """A series over time. `unit` stands behind numbers; `bounds` fix the scale; `limit` is drawn as a dashed line."""

    title: str
    unit: str
    points: Sequence[Point]
    bounds: tuple[float, float] | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Bar:
    """One bar: what stands below it, what is said about it, and the height of its parts by class name."""

    label: str
    words: str
    parts: Sequence[tuple[str, float]]


def draw_line(line: Line, start: datetime, end: datetime, gap: timedelta, height: int = 180) -> Markup:
    """Return a line chart; two points further apart than `gap` are not joined: nothing is known in between.

    What is said of a point is in the time zone of `start`.
    """
    pieces = thin_runs(runs([point for point in line.points if start <= point[0] <= end], gap))
    points = [point for piece in pieces for point in piece]
    low, high = line.bounds or scale([value for _, value in points])
    # Between two times of one zone Python counts by the clock on the wall, which daylight saving moves.
    begin = start.astimezone(UTC)
    span_s = max(1.0, (end.astimezone(UTC) - begin).total_seconds())

    def x(moment: datetime) -> float:
        return LEFT + (moment - begin).total_seconds() / span_s * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high - min(high, max(low, value))) / (high - low) * (height - TOP - BOTTOM)

    body = [_value_grid(low, high, line.unit, y), _day_grid(start, end, x, height)]
    if line.limit is not None:
        body.append(Markup('<path class="limit" d="M{} {:.1f}H{}"/>').format(LEFT, y(line.limit), WIDTH - RIGHT))
    for piece in pieces:
        path = "L".join(f"{x(moment):.1f} {y(value):.1f}" for moment, value in piece)
        body.append(Markup('<path class="line" d="M{}"/>').format(path))
    dotted = [piece for piece in pieces if len(points) <= DOTS_MAX or len(piece) == 1]
    for moment, value in (point for piece in dotted for point in piece):
        words = f"{moment.astimezone(start.tzinfo):%d %b %Y, %H:%M}: {round(value, 2):g}{line.unit}"
        body.append(_dot(x(moment), y(value), 2.5 if len(points) > 60 else 3.5, words))
    if not points:
        body.append(_nothing(height))
    return _frame(f"{line.title} from {start:%d %b %Y} to {end:%d %b %Y}", body, height)


def draw_bars(title: str, bars: Sequence[Bar], height: int = 160, label_every: int = 1) -> Markup:
    """Return a bar chart; the parts of a bar stand on each other."""
    high = scale([0.0, *(sum(value for _, value in bar.parts) for bar in bars)])[1]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(bars))

    def y(value: float) -> float:
        return TOP + (high - value) / high * (height - TOP - BOTTOM)

    body = [_value_grid(0, high, "", y)]
    for index, bar in enumerate(bars):
        left, base = LEFT + index * step, 0.0
        body.append(Markup("<g><title>{}</title>").format(bar.words))
        body.append(_hit_area(left, step, height))
        for name, value in bar.parts:
            if value > 0:
                body.append(
                    Markup(
                        '<rect class="bar {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="1.5"/>'
                    ).format(name, left + step * 0.12, y(base + value), step * 0.76, y(base) - y(base + value))
                )
                base += value
        body.append(Markup("</g>"))
        if index % label_every == 0:
            body.append(_text(left + step / 2, height - 8, bar.label, "middle"))
    return _frame(title, body, height)


def thin(points: Sequence[T], most: int = POINTS_MAX) -> list[T]:
    """Return at most `most` points, two or more, evenly chosen, with the first and the last."""
    if len(points) <= most:
        return list(points)
    step = (len(points) - 1) / (most - 1)
    return [points[round(index * step)] for index in range(most)]


def thin_runs(pieces: Sequence[Sequence[T]]) -> list[list[T]]:
    """Return runs with about POINTS_MAX points in all, each thinned in proportion; its ends stay.

    Runs are found first: between points that were thinned out, gaps would be seen where none are.

    >>> [len(piece) for piece in thin_runs([range(900), range(1), range(99)])]
    [135, 1, 15]
    """
    total = sum(len(piece) for piece in pieces)
    return [thin(piece, max(2, round(len(piece) * POINTS_MAX / max(total, POINTS_MAX)))) for piece in pieces]


def runs(points: Sequence[Point], gap: timedelta) -> list[list[Point]]:
    """Split points where two neighbours are further apart than `gap`."""
    found: list[list[Point]] = []
    for point in points:
        if found and point[0] - found[-1][-1][0] <= gap:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def scale(values: Sequence[float]) -> tuple[float, float]:
    """Return round bounds that hold all values, never equal.

    >>> scale([3, 47]), scale([]), scale([0, 0])
    ((0, 50), (0.0, 1.0), (0.0, 1.0))
    """
    if not values or min(values) == max(values) == 0:
        return 0.0, 1.0
    low, high = min(0.0, *values), max(0.0, *values)
    step = 10 ** math.floor(math.log10((high - low) / 2))
    while (high - low) / step > 8:
        step *= 2.5 if (high - low) / step > 20 else 2
    return math.floor(low / step) * step, math.ceil(high / step) * step


def ticks(low: float, high: float) -> list[float]:
    """Return round marks between two bounds: at most seven.

    >>> ticks(0, 31), ticks(0, 7), ticks(0, 2)
    ([0, 10, 20, 30], [0, 2, 4, 6], [0, 1, 2])
    """
    span = high - low
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= 5)
    step = max(step, 1) if span >= 2 else step
    first = math.ceil(low / step)
    return [mark * step for mark in range(first, math.floor(high / step + 1e-9) + 1)]


def _value_grid(low: float, high: float, unit: str, y: Callable[[float], float]) -> Markup:
    parts = []
    for mark in ticks(low, high):
        parts.append(Markup('<path class="grid" d="M{} {:.1f}H{}"/>').format(LEFT, y(mark), WIDTH - RIGHT))
        parts.append(_text(LEFT - 6, y(mark) + 4, f"{mark:g}{unit}", "end"))
    return Markup("").join(parts)


def _day_grid(start: datetime, end: datetime, x: Callable[[datetime], float], height: int) -> Markup:
    days = max(1, round((end - start).total_seconds() / 86400))
    step = next((one for one in (1, 2, 7, 14, 30, 60) if days / one <= 8), 90)
    first = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    parts = []
    while first < end:
        if LEFT + 20 < x(first) < WIDTH - 24:
            parts.append(_text(x(first), height - 8, f"{first:%d %b}".lstrip("0"), "middle"))
        first += timedelta(days=step)
    return Markup("").join(parts)


def _dot(x: float, y: float, radius: float, words: str) -> Markup:
    return Markup('<circle class="point" cx="{:.1f}" cy="{:.1f}" r="{}"><title>{}</title></circle>').format(
        x, y, radius, words
    )


def _text(x: float, y: float, words: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def _hit_area(left: float, width: float, height: int) -> Markup:
    return Markup('<rect class="hit" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
        left, TOP, width, height - TOP - BOTTOM
    )


def _nothing(height: int) -> Markup:
    return _text(WIDTH / 2, height / 2, "Nothing in this time", "middle")


def _frame(title: str, body: Sequence[Markup], height: int) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, title, Markup("").join(body)
    )
