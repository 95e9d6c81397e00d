"""The tables of Verloop: the numbers of the drawing, a strip per wijk, and what was shown when a version was new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.words import UNKNOWN, day, number
from einclusie_data.publishing.history import Point, has_changed, strips
from einclusie_data.publishing.history_basis import Then, reference_mark
from einclusie_data.store.bases import Basis
from einclusie_data.store.store import Version
from einclusie_data.ui.changes.timeline_data import then
from einclusie_data.ui.parts.markup import sign, table

SAME, OTHER = "zelfde als nu", "anders dan nu"
NOT_KEPT = "onbekend: toen nog niet bewaard"


def point_head(point: Point) -> str:
    """A point as the head of a column."""
    return f"{point.name}, {point.day:%d/%m/%Y}"


def numbers_table(lines: pd.DataFrame, points: Sequence[Point]) -> Markup:
    """The numbers of the drawing (from `history.gap_lines`): a row per group, a column per point."""
    rows = [
        (group, *(_number(size, unknown) for size, unknown in zip(rows["hiaten"], rows["onbekend"], strict=True)))
        for group, rows in lines.groupby("doelgroep", sort=False)
    ]
    caption = "Aantal wijken met een mogelijk hiaat, en aantal wijken waar het oordeel onbekend is, per doelgroep"
    return table(
        caption, ("Doelgroep", *map(point_head, points)), [tuple(map(str, row)) for row in rows], name="verloop"
    )


def _number(size: int, unknown: int) -> str:
    return UNKNOWN if pd.isna(size) else f"{number(size)} ({number(unknown)} onbekend)"


def strip_table(
    points: Sequence[Point],
    group: str,
    codes: Sequence[str],
    labels: pd.Series[str],
    meetings: Sequence[tuple[date, str]],
) -> Markup:
    """A strip of verdicts per wijk, those that changed first; meetings are columns between the points."""
    found = strips(points, group, codes)
    changed = has_changed(found)
    order = sorted(found.index, key=lambda code: (not changed[code], labels[code]))
    columns = _columns(points, sorted({on for on, _ in meetings}))
    rows = [
        (labels[code], *("" if place is None else _cell(found.loc[code, place]) for _, place in columns))
        for code in order
    ]
    caption = f"Oordeel per wijk in de tijd, {group.lower()}"
    return table(caption, ("Wijk", *(head for head, _ in columns)), rows, name="smal lang wijken")


def _columns(points: Sequence[Point], meetings: Sequence[date]) -> list[tuple[str, int | None]]:
    """Heads in order of time; place of the point, or None for a meeting. On one day the meeting comes first."""
    heads = [(point.day, 1, point_head(point), place) for place, point in enumerate(points)]
    marks = [(on, 0, f"bijeenkomst {on:%d/%m/%Y}", None) for on in meetings]
    both = sorted([*heads, *marks], key=lambda one: (one[0], one[1], -1 if one[3] is None else one[3]))
    return [(head, place) for _, _, head, place in both]


def _cell(code: str) -> Markup:
    if not code:
        return Markup("<span title='{0}'>·<span class='verborgen'>{0}</span></span>").format(UNKNOWN)
    verdict = verdicts.VERDICTS[code]
    return Markup("<span title='{}'>{}<span class='verborgen'>{}</span></span>").format(
        verdict.word, sign(verdict), verdict.word
    )


def basis_table(versions: Sequence[Version], bases: Mapping[int, Basis], group: str) -> Markup:
    """Per version, the newest first: method and reference data of then, and the gaps as they were shown and are now."""
    heads = ("Versie", "Regels", "Referentiegegevens", "Hiaten toen getoond", "Dezelfde werkmap, nu berekend",
             "Verschil door regels of referentiegegevens")  # fmt: skip
    rows = [_basis_row(version, bases.get(version.number), group) for version in reversed(versions)]
    return table(f"Wat toen getoond werd, {group.lower()}", heads, rows, name="verloop")


def _basis_row(version: Version, basis: Basis | None, group: str) -> tuple[str, ...]:
    name = f"versie {version.number}, {day(version.published_here)}"
    if basis is None:
        return name, NOT_KEPT, NOT_KEPT, NOT_KEPT, UNKNOWN, UNKNOWN
    method = SAME if basis.method == settings.METHOD else OTHER
    reference = SAME if basis.reference == reference_mark() else OTHER
    return name, method, reference, *_figures(then(version, basis, group))


def _figures(found: Then | None) -> tuple[str, str, str]:
    if found is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    sign_of = "+" if found.by_method > 0 else ""
    return number(found.shown), number(found.now), f"{sign_of}{number(found.by_method)}" if found.by_method else "geen"
