"""Gaps over time as a drawing (SVG): one line per group, told apart by dash and marker, named at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 960, 44, 610, 44, 46
"""Pixels: the whole width; where the plot begins and ends; room above and below it."""
LABEL_LEFT = RIGHT + 34
LABEL_HEIGHT = 17
TICK_WIDTH = 84
NAME_CHARACTERS = 48
STEPS = (1, 2, 5, 10, 20, 50, 100)
MARKERS = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "M-4,-4h8v8h-8z",
    "M0,-5L5,4H-5z",
    "M0,-6L6,0L0,6L-6,0z",
    "M0,5L5,-4H-5z",
    "M-4,-4L4,4M-4,4L4,-4",
    "M-5,0H5M0,-5V5",
)
DASHES = ("none", "9 4", "2 4", "9 3 2 3")
"""As many markers as dashes would repeat the same pairs: 7 x 4 groups look different."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not know: with one of them the browser would draw nothing."""


@dataclass(frozen=True)
class _Axes:
    """Where a day and a number of gaps are drawn."""

    first: date
    last: date
    highest: int
    bottom: float

    def x(self, day: date) -> float:
        days = (self.last - self.first).days
        return LEFT + 8 + (RIGHT - LEFT - 16) * ((day - self.first).days / days if days else 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - TOP) * value / self.highest


def lines_svg(lines: pd.DataFrame, names: Sequence[str], chosen: str, meetings: Sequence[date], words: str) -> str:
    """Draw the lines.

    Parameters
    ----------
    lines : pandas.DataFrame
        From `history.gap_lines`.
    names : sequence of str
        Short name of every point, for under the axis.
    chosen : str
        The group whose line is drawn thick.
    meetings : sequence of date
        Marked with a triangle and a line.
    words : str
        The drawing in one sentence, for who does not see it.
    """
    groups = list(dict.fromkeys(lines["doelgroep"]))
    days = [day for _, day in sorted(set(zip(lines["punt"], lines["dag"], strict=True)))]
    height = max(300, TOP + BOTTOM + LABEL_HEIGHT * len(groups))
    known = lines["hiaten"].dropna()
    axes = _Axes(days[0], days[-1], max(1, int(known.max()) if len(known) else 1), height - BOTTOM)
    ends = _ends(lines, groups, axes)
    thin = [(place, group) for place, group in enumerate(groups) if group != chosen]
    bold = [(place, group) for place, group in enumerate(groups) if group == chosen]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{_escaped(words)}">',
        _grid(axes),
        _ticks(axes, days, names),
        *(_meeting(axes, day) for day in meetings),
        *(
            _line(lines[lines["doelgroep"] == group], axes, place, ends.get(group), thick=False)
            for place, group in thin
        ),
        *(_line(lines[lines["doelgroep"] == group], axes, place, ends.get(group), thick=True) for place, group in bold),
        "</svg>",
    ]
    return "".join(parts)


def _grid(axes: _Axes) -> str:
    step = next((one for one in STEPS if axes.highest / one <= 6), axes.highest)
    parts = [f'<text x="4" y="{TOP - 24}" font-size="13">Aantal wijken met een mogelijk hiaat</text>']
    for value in range(0, axes.highest + 1, step):
        y = axes.y(value)
        parts.append(
            f'<path d="M{LEFT},{y:.1f}H{RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" font-size="13" text-anchor="end">{value}</text>'
        )
    return "".join(parts)


def _ticks(axes: _Axes, days: Sequence[date], names: Sequence[str]) -> str:
    """A small stroke per point, and its name and day where there is room; the newest one always has it."""
    parts, taken = [], float("inf")
    for day, name in reversed([*zip(days, names, strict=True)]):
        x = axes.x(day)
        parts.append(f'<path d="M{x:.1f},{axes.bottom}v6" stroke="currentColor"/>')
        if x <= taken - TICK_WIDTH:
            taken = x
            at = f'x="{x:.1f}" font-size="13" text-anchor="middle"'
            parts.append(f'<text {at} y="{axes.bottom + 20}">{_escaped(name)}</text>')
            parts.append(f'<text {at} y="{axes.bottom + 36}">{day:%d/%m/%Y}</text>')
    return "".join(parts)


def _meeting(axes: _Axes, day: date) -> str:
    x = axes.x(day)
    return (
        f'<path d="M{x:.1f},{TOP - 4}V{axes.bottom}" stroke="currentColor" stroke-dasharray="1 5"/>'
        f'<path d="M{x - 6:.1f},{TOP - 14}h12l-6,10z" fill="currentColor"/>'
    )


def _ends(lines: pd.DataFrame, groups: Sequence[str], axes: _Axes) -> dict[str, tuple[int, float]]:
    """Last known number of each group, and where its name stands: as near as the names above and below it allow."""
    last = lines.dropna(subset=["hiaten"]).drop_duplicates("doelgroep", keep="last").set_index("doelgroep")["hiaten"]
    order = sorted((group for group in groups if group in last.index), key=lambda group: axes.y(int(last[group])))
    ends: dict[str, tuple[int, float]] = {}
    y = float("-inf")
    for place, group in enumerate(order):
        room_below = axes.bottom - LABEL_HEIGHT * (len(order) - 1 - place)
        y = max(y + LABEL_HEIGHT, min(axes.y(int(last[group])), room_below))
        ends[group] = int(last[group]), y
    return ends


def _line(rows: pd.DataFrame, axes: _Axes, place: int, end: tuple[int, float] | None, *, thick: bool) -> str:
    """One group: its line, broken where we do not know; a marker per point; its name and last number at the end."""
    if end is None:
        return ""
    spots = [
        None if pd.isna(size) else (axes.x(day), axes.y(int(size)))
        for day, size in zip(rows["dag"], rows["hiaten"], strict=True)
    ]
    kind, dash = MARKERS[place % len(MARKERS)], DASHES[place % len(DASHES)]
    marks = "".join(
        f'<path d="{kind}" transform="translate({x:.1f},{y:.1f})" fill="currentColor" stroke="currentColor"/>'
        for x, y in filter(None, spots)
    )
    x, y = [spot for spot in spots if spot][-1]
    size, label_y = end
    name = str(rows["doelgroep"].iloc[0])
    name = name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1]}…"
    weight = ' font-weight="700"' if thick else ""
    return (
        f'<g class="{"lijn gekozen" if thick else "lijn"}">'
        f'<path d="{_path(spots)}" fill="none" stroke="currentColor" stroke-width="{3.5 if thick else 1.4}" '
        f'stroke-dasharray="{dash}"/>{marks}'
        f'<path d="M{x + 7:.1f},{y:.1f}L{LABEL_LEFT - 16},{label_y:.1f}" stroke="currentColor" stroke-opacity="0.4"/>'
        f'<path d="{kind}" transform="translate({LABEL_LEFT - 8},{label_y:.1f})" fill="currentColor" '
        'stroke="currentColor"/>'
        f'<text x="{LABEL_LEFT + 2}" y="{label_y + 4:.1f}" font-size="13"{weight}>{_escaped(name)}: {size}</text></g>'
    )


def _path(spots: Sequence[tuple[float, float] | None]) -> str:
    parts, down = [], False
    for spot in spots:
        if spot is not None:
            parts.append(f"{'L' if down else 'M'}{spot[0]:.1f},{spot[1]:.1f}")
        down = spot is not None
    return "".join(parts)


def _escaped(text: str) -> str:
    """Text inside XML."""
    return escape(_NO_XML.sub("", text))
