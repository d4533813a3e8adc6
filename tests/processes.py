"""Draws the running system: `python -m tests.processes` makes systemd/processes.svg from systemd/processes.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

SYSTEMD = Path(__file__).resolve().parents[1] / "systemd"
DATA, PICTURE = SYSTEMD / "processes.toml", SYSTEMD / "processes.svg"

SIZE = (1710, 940)
Content = dict[str, list[dict[str, Any]]]
"""The data by kind: people, processes, folders, arrows."""

Point = tuple[float, float]

STYLE = """
text { font: 15px sans-serif; text-anchor: middle; fill: #1b1f1c }
.name { font-weight: bold } .small { font-size: 12.5px; fill: #48524b }
.process { fill: #e4efe4; stroke: #3d6b45 } .folder { fill: #f6efdc; stroke: #94733a }
.people { fill: #e6ebf3; stroke: #46618c } .spool { fill: none; stroke: #94733a; stroke-dasharray: 5 4 }
.arrow { stroke: #5c6660; fill: none } .by { font-size: 12.5px; stroke: #fff; stroke-width: 5px; paint-order: stroke }
"""


@dataclass(frozen=True)
class Box:
    """One thing in the picture: its middle, its size, its lines of text, and the class that colours it."""

    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Arrow:
    """Who talks to whom by what; `source` and `target` are names of boxes, `via` the corners on the way."""

    source: str
    target: str
    by: str
    via: tuple[Point, ...]

    def points(self, boxes: dict[str, Box]) -> list[Point]:
        """Return the ends and corners of its line."""
        source, target = boxes[self.source], boxes[self.target]
        first, last = (self.via[0], self.via[-1]) if self.via else ((target.x, target.y), (source.x, source.y))
        return [_edge(source, first), *self.via, _edge(target, last)]


def read_boxes(content: Content) -> dict[str, Box]:
    """Return every box by its name."""
    boxes = [
        *(_box(one, 150, 50, (one["name"],), "people") for one in content["people"]),
        *(_box(one, 200, 50, (one["name"],), "folder") for one in content["folders"]),
        *(
            _box(
                one,
                232,
                84,
                (one["name"], one.get("unit", "of Debian"), one["what"], f"user: {one['user']}"),
                "process",
            )
            for one in content["processes"]
        ),
    ]
    return {box.name: box for box in boxes}


def _box(one: dict[str, Any], width: float, height: float, lines: tuple[str, ...], kind: str) -> Box:
    return Box(one["name"], float(one["x"]), float(one["y"]), width, height, lines, kind)


def draw(content: Content) -> str:
    """Return the picture as SVG. Raise KeyError for an arrow that begins or ends at no box."""
    boxes = read_boxes(content)
    arrows = [
        Arrow(one["from"], one["to"], one["by"], tuple((x, y) for x, y in one.get("via", ())))
        for one in content["arrows"]
    ]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE[0]} {SIZE[1]}" role="img">',
        "<title>The processes of a Camspool host, their users, and who talks to whom by what</title>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#5c6660"/></marker></defs>',
        f'<rect width="{SIZE[0]}" height="{SIZE[1]}" fill="#fff"/>',
        *_spool([box for box in boxes.values() if box.kind == "folder"]),
        *(_line(arrow.points(boxes)) for arrow in arrows),
        *(part for box in boxes.values() for part in _drawn(box)),
        *(_by(arrow.points(boxes), arrow.by) for arrow in arrows),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _spool(folders: list[Box]) -> Iterator[str]:
    left, top = min(box.x - box.width / 2 for box in folders) - 12, min(box.y - box.height / 2 for box in folders) - 12
    right, bottom = max(box.x + box.width / 2 for box in folders) + 12, max(box.y + box.height / 2 for box in folders)
    yield f'<rect class="spool" x="{left}" y="{top}" width="{right - left}" height="{bottom - top + 36}" rx="8"/>'
    yield f'<text class="small" x="{(left + right) / 2}" y="{bottom + 20}">the spool, /srv/camspool</text>'


def _drawn(box: Box) -> Iterator[str]:
    left, top = box.x - box.width / 2, box.y - box.height / 2
    yield f'<rect class="{box.kind}" x="{left}" y="{top}" width="{box.width}" height="{box.height}" rx="6"/>'
    first = box.y + 5 - 18 * (len(box.lines) - 1) / 2
    for number, line in enumerate(box.lines):
        look = "small" if number else "name"
        yield f'<text class="{look}" x="{box.x}" y="{first + 18 * number:.0f}">{escape(line)}</text>'


def _line(points: list[Point]) -> str:
    path = " ".join(f"{x:.0f} {y:.0f}" for x, y in points)
    return f'<path class="arrow" d="M{path}" marker-end="url(#head)"/>'


def _by(points: list[Point], words: str) -> str:
    """Write on the middle piece of a line what is said along it."""
    middle = (len(points) - 1) // 2
    (x1, y1), (x2, y2) = points[middle : middle + 2]
    return f'<text class="by" x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2 + 4:.0f}">{escape(words)}</text>'


def _edge(box: Box, towards: Point) -> Point:
    """Return where the straight line to a point leaves a box."""
    across, down = towards[0] - box.x, towards[1] - box.y
    share = min(
        box.width / 2 / abs(across) if across else float("inf"), box.height / 2 / abs(down) if down else float("inf")
    )
    return box.x + across * share, box.y + down * share


def read_content() -> Content:
    """Return the data that the picture is drawn from."""
    return tomllib.loads(DATA.read_text("utf-8"))


if __name__ == "__main__":
    PICTURE.write_text(draw(read_content()), "utf-8")
