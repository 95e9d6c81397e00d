"""Metres -> points on a printed map, and what is written on it: names with symbols, and the scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from markupsafe import escape

from einclusie_data.contract.words import number

WIDTH = 482.0
"""Points: the width of the text on A4."""
DARK = "#10161d"
TEXT_FONT, SYMBOL_FONT = "Libertinus Serif", "DejaVu Sans Mono"
"""Only the second one has every symbol."""
CHARACTER = 0.48
"""Width of a character, as a share of its size."""
SCALES_M = (200, 500, 1_000, 2_000, 5_000)
OWN_SIZE, OTHER_SIZE, SYMBOL_SIZE = 9.5, 7.5, 12.0
_SMALLEST = 5.0
"""Points: a wijk with less room has no symbol."""
_MOST_LINES = 3
_SHIFTS = (0, -12, 12, -24, 24, -36, 36)
"""Points up and down that a name may move to stay clear of the marks."""

Rect = tuple[float, float, float, float]
"""Left, top, right and bottom on the paper, points."""


@dataclass(frozen=True)
class Paper:
    """The part of the city that a map shows: smallest x and y, largest x and y, in metres."""

    box: tuple[float, float, float, float]

    @property
    def per_metre(self) -> float:
        """Points per metre."""
        return WIDTH / (self.box[2] - self.box[0])

    @property
    def height(self) -> float:
        """Points."""
        return (self.box[3] - self.box[1]) * self.per_metre

    @property
    def scale_box(self) -> Rect:
        """Where the scale stands."""
        return 0, self.height - 26, WIDTH / 4 + 20, self.height

    def inside(self, box: Rect) -> bool:
        """Whether a box stays clear of the edges of the map."""
        return box[0] > 2 and box[1] > 2 and box[2] < WIDTH - 2 and box[3] < self.height - 2

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Metres to points."""
        return (x - self.box[0]) * self.per_metre, (self.box[3] - y) * self.per_metre

    def path(self, shape: shapely.Geometry) -> str:
        """The rings of a polygon, or of several, as the data of an SVG path."""
        polygons = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
        rings = [ring for one in polygons for ring in (one.exterior, *one.interiors)]
        return "".join(self._ring(shapely.get_coordinates(ring)) for ring in rings)

    def _ring(self, points: np.ndarray[Any, np.dtype[Any]]) -> str:
        return "M" + "L".join("{:.1f} {:.1f}".format(*self.at(x, y)) for x, y in points) + "Z"


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two boxes cover each other somewhere."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def text_svg(x: float, y: float, text: str, size: float, ink: str, *, bold: bool = False, font: str = TEXT_FONT) -> str:
    """A text with its middle at x and its baseline at y. In a drawing no other font helps out: `font` must have it."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-family="{font}" text-anchor="middle" fill="{ink}"'
        f"{weight}>"
        f"{escape(text)}</text>"
    )


class Look(NamedTuple):
    """How a wijk is written: its symbol ("" = none), the colour of the text, whether the map is about it."""

    symbol: str
    ink: str
    own: bool


def names_svg(paper: Paper, shape: Any, label: str, look: Look, taken: list[Rect]) -> str:
    """The symbol and, where it fits, the name of a wijk: where it has most room, clear of what is drawn there.

    Parameters
    ----------
    paper : Paper
    shape : shapely.Geometry
        The visible part of the wijk, metres.
    label : str
    look : Look
    taken : list of Rect
        Where something stands already; a name that finds no other place stands there too, one around the wijken of
        the map is then left out.
    """
    symbol, ink, own = look
    circle = shapely.maximum_inscribed_circle(shape, tolerance=20)
    radius = shapely.length(circle) * paper.per_metre
    if radius < _SMALLEST:
        return ""
    x, y = paper.at(*shapely.get_coordinates(circle)[0])
    size = OWN_SIZE if own else OTHER_SIZE
    for lines in (_fitting(label, size, radius), []):
        half = max([SYMBOL_SIZE, *(len(line) * size * CHARACTER for line in lines)]) / 2
        above, below = (SYMBOL_SIZE * 0.8 if symbol else size, 3 + len(lines) * size)
        for shift in _SHIFTS:
            box = (x - half, y + shift - above, x + half, y + shift + below)
            if abs(shift) <= radius * 0.8 and paper.inside(box) and not any(overlap(box, one) for one in taken):
                return _name(x, y + shift, lines, symbol, size, ink, own=own)
    return _name(x, y, [], symbol, size, ink, own=own) if own else ""


def _name(x: float, y: float, lines: list[str], symbol: str, size: float, ink: str, *, own: bool) -> str:
    first = y + (size + 2 if symbol else 0)
    rows = [text_svg(x, first + row * size, line, size, ink, bold=own) for row, line in enumerate(lines)]
    above = y + (0 if lines else 4)
    mark = text_svg(x, above, symbol, SYMBOL_SIZE, ink, font=SYMBOL_FONT) if symbol else ""
    return "".join([mark, *rows])


def _fitting(label: str, size: float, radius: float) -> list[str]:
    """A name in lines that fit the room that there is; none when they don't."""
    lines: list[str] = []
    for word in label.replace("-", "- ").split():
        joined = lines[-1] + ("" if lines[-1].endswith("-") else " ") + word if lines else ""
        if lines and len(joined) * size * CHARACTER <= 2 * radius:
            lines[-1] = joined
        else:
            lines.append(word)
    widest = max((len(line) for line in lines), default=0) * size * CHARACTER
    fits = len(lines) <= _MOST_LINES and widest <= 2.3 * radius and len(lines) * size <= 1.5 * radius
    return lines if fits else []


def scale_svg(paper: Paper) -> str:
    """A bar in the lower left corner that says how long so many metres are."""
    metres = max((one for one in SCALES_M if one * paper.per_metre < WIDTH / 4), default=SCALES_M[0])
    long, y = metres * paper.per_metre, paper.height - 9
    return (
        f'<rect x="5" y="{y - 14:g}" width="{long + 12:.1f}" height="20" fill="#ffffff" fill-opacity="0.9"/>'
        f'<path d="M11 {y - 3:g}v4h{long:.1f}v-4" fill="none" stroke="{DARK}" stroke-width="1.3"/>'
        + text_svg(11 + long / 2, y - 4, f"{number(metres)} m", 8, DARK)
    )
