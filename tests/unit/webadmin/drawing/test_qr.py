"""QR codes: they hold what was asked for, and none of it as text."""

import re

import segno

from webadmin.drawing.qr import draw_qr

LINK = "https://cams.example/check/861943070068027~abc"
BORDER = 3


def test_a_qr_code_holds_no_text() -> None:
    drawn = draw_qr('"><script>')
    assert "script" not in drawn
    assert drawn.startswith("<svg")


def _dark_modules(drawn: str) -> set[tuple[int, int]]:
    """Return row and column of what the path draws, the light border taken off."""
    found, x, y = set(), 0.0, 0.0
    path = re.search(r' d="([^"]+)"', drawn)
    assert path
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if command == "h":
            found |= {(int(y) - BORDER, int(x) - BORDER + step) for step in range(int(first))}
            x += int(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second or 0))
    return found


def test_the_drawing_is_the_code_with_a_light_border() -> None:
    matrix = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    drawn = draw_qr(LINK)
    assert _dark_modules(drawn) == {(y, x) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    size = len(matrix) + 2 * BORDER
    assert f'viewBox="0 0 {size} {size}"' in drawn


def test_the_drawing_has_a_class_and_no_style_of_its_own_which_the_policy_would_forbid() -> None:
    drawn = draw_qr(LINK)
    assert 'class="qr"' in drawn
    assert "style" not in drawn


def test_another_link_is_another_drawing() -> None:
    assert draw_qr(LINK) != draw_qr(LINK.replace("27~", "28~"))
