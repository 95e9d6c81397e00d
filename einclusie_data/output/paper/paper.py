"""Metres -> points on a printed map, and what is written on it: names with symbols, and the scale.

A map for paper, as SVG: wijken with verdict and symbol, numbered offers, a scale. Readable in black and white.

The offers on a printed map: a mark with the number that the offer has in the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from markupsafe import escape

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.words import number
from einclusie_data.files.write.printable import printable

MOST_IN_MARK = 4
"""Numbers in one mark; of more only the first ones are written."""
_RADIUS, _SIZE = 7.5, 8.5
_MARK_SHIFTS = (0, 18, -18, 36, -36)
"""Points up and down that a mark may move when its place is only known roughly."""


@dataclass(frozen=True)
class Mark:
    """An offer on the map: its place in metres, the number that it has in the list, whether the place is exact."""

    x: float
    y: float
    number: int
    exact: bool


@dataclass(frozen=True)
class MarkGroup:
    """Marks that would cover each other, drawn as one: its middle on the paper, its numbers, whether it is exact."""

    x: float
    y: float
    numbers: tuple[int, ...]
    exact: bool

    @property
    def text(self) -> str:
        """The numbers, as far as there is room."""
        more = " …" if len(self.numbers) > MOST_IN_MARK else ""
        return ", ".join(str(one) for one in self.numbers[:MOST_IN_MARK]) + more

    @property
    def box(self) -> Rect:
        """What it covers."""
        half = max(_RADIUS, len(self.text) * _SIZE * CHARACTER / 2 + 3)
        x = min(max(self.x, half + 2), WIDTH - half - 2)
        return x - half, self.y - _RADIUS, x + half, self.y + _RADIUS


def groups_of_marks(paper: Paper, marks: Sequence[Mark]) -> list[MarkGroup]:
    """The marks inside a map, those that cover each other together; rough places move aside for exact ones."""
    west, south, east, north = paper.box
    edge = (_RADIUS + 2) / paper.per_metre
    inside = [mark for mark in marks if west < mark.x < east and south + edge < mark.y < north - edge]
    groups: list[MarkGroup] = []
    for exact in (True, False):
        alike: list[MarkGroup] = []
        for mark in (one for one in inside if one.exact == exact):
            _add(alike, MarkGroup(*paper.at(mark.x, mark.y), (mark.number,), exact))
        alike.sort(key=lambda group: group.numbers)
        groups += alike if exact else [_aside(paper, group, groups) for group in alike]
    return groups


def _add(groups: list[MarkGroup], new: MarkGroup) -> None:
    """Add a mark to the groups, as part of those that it covers."""
    near = [one for one in groups if overlap(one.box, new.box)]
    if not near:
        groups.append(new)
        return
    for one in near:
        groups.remove(one)
    numbers = sorted({number for one in (*near, new) for number in one.numbers})
    _add(groups, MarkGroup(near[0].x, near[0].y, tuple(numbers), new.exact))


def _aside(paper: Paper, group: MarkGroup, others: Sequence[MarkGroup]) -> MarkGroup:
    """The same mark where it covers no other one; in its own place when there is no such place near."""
    places = (MarkGroup(group.x, group.y + shift, group.numbers, group.exact) for shift in _MARK_SHIFTS)
    taken = [paper.scale_box, *(other.box for other in others)]
    free = (one for one in places if paper.inside(one.box) and not any(overlap(one.box, box) for box in taken))
    return next(free, group)


def mark_svg(group: MarkGroup) -> str:
    """White with a dark edge and the numbers of the list; a dashed edge when only the wijk is known."""
    left, top, right, bottom = group.box
    dashes = "" if group.exact else ' stroke-dasharray="2.5 2"'
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:g}" rx="{_RADIUS:g}" '
        f'fill="#ffffff" stroke="{DARK}" stroke-width="1.5"{dashes}/>'
        + text_svg((left + right) / 2, top + _RADIUS + 3, group.text, _SIZE, DARK, bold=True)
    )


Box = tuple[float, float, float, float]

SIMPLIFY_M = 15
"""Tolerance in metres with which borders are simplified: half a point on the map of one wijk."""
MARGIN_SHARE = 0.12
SLIVER = 0.004
"""A wijk of which a map shows less (as a share of the map, and less than half) is not named in words."""
LOWEST, HIGHEST = 0.6, 0.85
"""Height of a map as a share of its width: of one wijk always the lowest, so that the verdicts stand below it."""
_WATER = "#cfdde6"
_AROUND = 0.35
"""Opacity of the wijken that the map is not about."""


@dataclass(frozen=True)
class Shapes:
    """Outlines in metres (EPSG:31370), in the order of `areas.wijken`."""

    outlines: np.ndarray[Any, np.dtype[Any]]
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@lru_cache(maxsize=2)
def shapes_of(areas: Areas) -> Shapes:
    """The wijken with fewer points; borders that they share stay shared. Takes a moment: kept per areas."""
    metres = shapely.make_valid(areas.wijken.geometry.to_numpy())
    labels = tuple(printable(label) for label in areas.wijken["label"])
    return Shapes(shapely.coverage_simplify(metres, SIMPLIFY_M), tuple(areas.wijken.index), labels)


def view_box(shapes: Shapes, codes: Sequence[str], around_m: float) -> Box:
    """The part of the city that a map of some wijken shows: those and `around_m` metres around them.

    Returns
    -------
    tuple of 4 float
        Smallest x and y, largest x and y, metres.
    """
    chosen = np.isin(shapes.codes, list(codes))
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes.outlines[chosen]))
    margin = max(around_m, MARGIN_SHARE * (east - west), MARGIN_SHARE * (north - south))
    width, height = east - west + 2 * margin, north - south + 2 * margin
    highest = HIGHEST if len(codes) > 1 else LOWEST
    wide = max(width, height / highest)
    high = max(height, wide * LOWEST)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def seen_wijken(shapes: Shapes, box: Box) -> list[str]:
    """Codes of the wijken of which a map shows some part that counts (more than a sliver)."""
    parts = shapely.area(shapely.clip_by_rect(shapes.outlines, *box))
    whole = (box[2] - box[0]) * (box[3] - box[1])
    least = np.minimum(SLIVER * whole, shapely.area(shapes.outlines) / 2)
    return [code for code, seen in zip(shapes.codes, parts > least, strict=True) if seen]


def map_svg(shapes: Shapes, codes: Sequence[str], found: Mapping[str, str], marks: Sequence[Mark], box: Box) -> str:
    """Draw the map.

    Parameters
    ----------
    shapes : Shapes
    codes : sequence of str
        The wijken that it is about: they get a thick outline.
    found : mapping of str to str
        Wijkcode -> verdict.
    marks : sequence of Mark
        Those outside the box are not drawn.
    box : tuple of 4 float
        From `view_box`.
    """
    paper, own = Paper(box), np.isin(shapes.codes, list(codes))
    parts = shapely.clip_by_rect(shapes.outlines, *box)
    seen = np.flatnonzero(~shapely.is_empty(parts))
    areas = [_area(paper, parts[place], shapes.codes[place], found, own=own[place]) for place in seen]
    edge = paper.path(shapely.union_all(parts[own]))
    groups = groups_of_marks(paper, marks)
    taken = [paper.scale_box, *(group.box for group in groups)]
    names = [
        names_svg(paper, parts[place], shapes.labels[place], _look(shapes.codes[place], found, own=own[place]), taken)
        for place in sorted(seen, key=lambda place: not own[place])
    ]
    borders = f'<path d="{edge}" fill="none" stroke="{DARK}" stroke-width="2.6" stroke-linejoin="round"/>'
    drawn = [mark_svg(group) for group in groups]
    return "".join([_head(paper), *areas, borders, *names, scale_svg(paper), *drawn, _frame(paper), "</svg>"])


def _head(paper: Paper) -> str:
    size = f'width="{WIDTH:g}" height="{paper.height:.1f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {paper.height:.1f}" {size}>'
        f'<rect {size} fill="#ffffff"/>'
    )


def _frame(paper: Paper) -> str:
    size = f'width="{WIDTH - 1:g}" height="{paper.height - 1:.1f}"'
    return f'<rect x="0.5" y="0.5" {size} fill="none" stroke="{DARK}"/>'


def _area(paper: Paper, shape: Any, code: str, found: Mapping[str, str], *, own: bool) -> str:
    """A wijk in the colour of its verdict; lighter when the map is not about it."""
    river = code == settings.RIVER_CODE
    colour = _WATER if river else verdicts.VERDICTS[found.get(code, verdicts.NOT_APPLICABLE)].colour
    opacity = 1 if own or river else _AROUND
    return (
        f'<path d="{paper.path(shape)}" fill="{colour}" fill-opacity="{opacity}" stroke="#6b7280" stroke-width="0.7"/>'
    )


def _look(code: str, found: Mapping[str, str], *, own: bool) -> Look:
    """How a wijk is written; the river has no symbol."""
    if code == settings.RIVER_CODE:
        return Look("", DARK, own=False)
    verdict = verdicts.VERDICTS[found.get(code, verdicts.NOT_APPLICABLE)]
    return Look(verdict.symbol, verdict.ink if own else DARK, own)


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
