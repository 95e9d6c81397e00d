"""The offers on a printed map: a mark with the number that the offer has in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from einclusie_data.output.paper.paper import CHARACTER, DARK, WIDTH, Paper, Rect, overlap, text_svg

MOST_IN_MARK = 4
"""Numbers in one mark; of more only the first ones are written."""
_RADIUS, _SIZE = 7.5, 8.5
_SHIFTS = (0, 18, -18, 36, -36)
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
    places = (MarkGroup(group.x, group.y + shift, group.numbers, group.exact) for shift in _SHIFTS)
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
