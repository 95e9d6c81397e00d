"""A map for paper, as SVG: wijken with verdict and symbol, numbered offers, a scale. Readable in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.files.write.printable import printable
from einclusie_data.output.paper.marks import Mark, groups_of_marks, mark_svg
from einclusie_data.output.paper.paper import DARK, WIDTH, Look, Paper, names_svg, scale_svg

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
