"""Offers that are in both files, but used in one of them only because a row has an error in the other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

import pandas as pd

from einclusie_data.changes.meanings import NUMBER, Naming
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.errors import Severity
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.text import compact
from einclusie_data.contract.workbook import Workbook

_FOUND_BY = (
    ("name", "organisation", "address"), ("name", "organisation", "location"), ("name", "address"),
    ("name", "location"), ("name", NUMBER), ("organisation", "address", NUMBER), ("organisation", "location", NUMBER),
    ("name", "postcode"), ("organisation", NUMBER), ("name",),
)  # fmt: skip
"""What a row with an error must share with an offer to be that offer, the surest first: its name or its organisation is
missing. Each must be the only one with it."""

_TEXTS = (NUMBER, "name", "address", "location", "postcode")

Words = dict[str, str]


def left_out_notes(rows: pd.DataFrame, other: Workbook, naming: Naming, *, then: bool) -> dict[int, str]:
    """Why offers that are used in one version are not in the other.

    Parameters
    ----------
    rows : pandas.DataFrame
        Clean offers that have no partner in the other version.
    other : Workbook
        That version.
    naming : callable
        From `meanings.one_name`.
    then : bool
        The other version is the older one.

    Returns
    -------
    dict of int to str
        Excel row of an offer -> a sentence; only of those that the other file has with an error.
    """
    texts = other.left_out.get(OFFERS.key)
    if texts is None or texts.empty or rows.empty:
        return {}
    offers = dict(zip(rows["row"].tolist(), _words_of_offers(rows, naming), strict=True))
    faulty = dict(zip(texts["row"].tolist(), _words_of_texts(texts, naming), strict=True))
    reasons = _reasons(other)
    return {row: _note(there, reasons.get(there, ""), then=then) for row, there in _partners(offers, faulty)}


def _note(row: int, reason: str, *, then: bool) -> str:
    seen = "Stond er al, op rij {}, maar telde niet mee" if then else "Staat er nog, op rij {}, maar telt niet mee"
    return f"{seen.format(row)}: {reason}" if reason else f"{seen.format(row)}."


def _reasons(workbook: Workbook) -> dict[int | None, str]:
    """Excel row -> the first error in it."""
    names = {report.name for report in workbook.reports if report.key == OFFERS.key}
    errors = [one for one in workbook.problems if one.severity is Severity.ERROR and one.sheet in names]
    return {one.row: one.message for one in reversed(errors)}


def _words_of_offers(rows: pd.DataFrame, naming: Naming) -> Iterator[Words]:
    for cells in watched(rows[[*_TEXTS, "organisations"]].to_dict("records")):
        yield _words(cells, cells["organisations"], naming)


def _words_of_texts(texts: pd.DataFrame, naming: Naming) -> Iterator[Words]:
    split = OrganisationNames().split
    for cells in watched(texts.to_dict("records")):
        yield _words(cells, split(str(cells.get("organisations", ""))), naming)


def _words(cells: Mapping[Hashable, object], organisations: Iterable[str], naming: Naming) -> Words:
    words = {key: compact(str(cells.get(key, ""))) for key in _TEXTS}
    return words | {"organisation": " ".join(sorted(map(naming, organisations)))}


def _partners(offers: dict[int, Words], faulty: dict[int, Words]) -> Iterator[tuple[int, int]]:
    """Offers with the one row with an error that is the same."""
    for keys in _FOUND_BY:
        here, there = _by(offers, keys), _by(faulty, keys)
        for words in here.keys() & there.keys():
            if len(here[words]) == len(there[words]) == 1:
                row, found = here[words][0], there[words][0]
                del offers[row], faulty[found]
                yield row, found


def _by(rows: dict[int, Words], keys: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, words in rows.items():
        found = tuple(words[key] for key in keys)
        if all(found):
            groups.setdefault(found, []).append(row)
    return groups
