"""What nobody filled in, who can, and what that would change: the rows behind every verdict "onbekend".

Where we do not know, in words: the answer at the top of the page about the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import PLACE_HEADERS, missing_cells
from einclusie_data.contract import verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import FILTER_LISTS
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import count, listing
from einclusie_data.engine.conditions import Flag
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gap_table import touches
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import Placement


def unknown_wijken(rows: pd.DataFrame) -> list[str]:
    """Labels of the wijken with a verdict "onbekend" in some rows of a gap table, each once."""
    return list(dict.fromkeys(rows.loc[rows["oordeel"] == verdicts.UNKNOWN, "wijk"]))


def uncertain_wijken(rows: pd.DataFrame) -> list[str]:
    """Labels of the wijken with an open gap for which someone may come after all, each once."""
    return list(dict.fromkeys(rows.loc[rows["kanttekening"] == verdicts.MOBILE_UNCERTAIN, "wijk"]))


def where_sentence(rows: pd.DataFrame, group: str | None) -> str:
    """In how many wijken we do not know.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table: one area, one group or all.
    group : str or None
        None = all groups: a wijk counts once, for whichever group it is.
    """
    inhabited = rows.loc[rows["oordeel"] != verdicts.NOT_APPLICABLE, "wijkcode"].nunique()
    unknown = len(unknown_wijken(rows))
    whom = "minstens één doelgroep" if group is None else group.lower()
    if not inhabited:
        return "In dit gebied is er geen wijk met een oordeel."
    if not unknown:
        return f"Geen enkel oordeel is onbekend voor {'een doelgroep' if group is None else whom}."
    return f"In {unknown} van {count(inhabited, 'wijk', 'wijken')} weten we het niet voor {whom}."


def mobile_sentence(rows: pd.DataFrame) -> str:
    """In how many wijken there may be help at home or online after all; "" when in none."""
    wijken = len(uncertain_wijken(rows))
    return f"In {count(wijken, 'wijk', 'wijken')} is er misschien toch hulp aan huis of online." if wijken else ""


def who_sentence(rows: int, organisations: int) -> str:
    """How many rows would settle it, and how many organisations can complete them."""
    if not rows:
        return "Er is niets aan te vullen dat een oordeel kan veranderen."
    they = "die" if rows > 1 else "ze"
    can = f"kan {they}" if organisations == 1 else f"kunnen {they}"
    return f"Er {'zijn' if rows > 1 else 'is'} {count(rows, 'rij', 'rijen')} aan te vullen. " + (
        f"{count(organisations, 'organisatie', 'organisaties')} {can} invullen."
    )


COLUMNS = ("offer", "row", "name", "organisations", "placement", "fill_in", "wijken", "groups", "cells", "decisive",
           "where")  # fmt: skip

_PHRASES = {
    OFFERS.column("groups").header: "de doelgroep",
    PLACE_HEADERS: "het adres of de wijk",
    FILTER_LISTS["types"]: "het type aanbod",
    FILTER_LISTS["dayparts"]: "het dagdeel",
    FILTER_LISTS["prices"]: "de prijs",
    FILTER_LISTS["languages"]: "de talen",
    FILTER_LISTS["signups"]: "hoe je je aanmeldt",
}
"""Header to fill in -> how a sentence names it."""


def _pairs(dataset: Dataset, answer: Answer, lines: Array) -> tuple[Array, Array]:
    """Offer (position) and line of the gap table, for every row that `rijen_aan_te_vullen` names in some lines."""
    texts = answer.table["rijen_aan_te_vullen"].to_numpy(dtype=object)[lines]
    lines, texts = lines[texts != ""], texts[texts != ""]
    if len(lines) == 0:
        return np.empty(0, dtype=np.int64), lines
    named = [text.split(", ") for text in texts]
    rows = np.array([int(row) for part in named for row in part], dtype=np.int64)
    offer = pd.Index(dataset.supply.offers["row"]).get_indexer(pd.Index(rows))
    return offer, np.repeat(lines, [len(part) for part in named])


def _lines(answer: Answer, codes: Sequence[str], group: str | None) -> Array:
    """Lines of the gap table in an area, of one group or of all."""
    table = answer.table
    chosen = table["wijkcode"].isin(codes)
    return np.flatnonzero(chosen if group is None else chosen & (table["doelgroep"] == group))


def _placeless(dataset: Dataset, answer: Answer, codes: Sequence[str], group: str | None) -> Array:
    """Positions of the offers that may be suitable and lie nowhere, or perhaps in the area."""
    supply = dataset.supply
    cases = [place for place, case in enumerate(answer.cases) if group in (None, case.group)]
    maybe = np.any(answer.measures.holds(Flag.ALL_WAIVED)[:, cases], axis=1)
    placement = supply.offers["placement"].to_numpy(dtype=object)
    uncertain = np.flatnonzero(maybe & (placement == Placement.UNPLACED))
    inside = supply.areas.wijken.index.isin(codes)
    related = touches(supply, dataset.reach(answer.question.reach_m), uncertain)[:, inside].any(axis=1)
    return np.concatenate([np.flatnonzero(maybe & (placement == Placement.NOWHERE)), uncertain[related]])


def _labels(rows: Array, columns: Array, labels: Sequence[str], size: int) -> Array:
    """Per row the labels of the columns that it is paired with, each once, in the order of the labels."""
    marks = np.zeros((size, len(labels)), dtype=bool)
    marks[rows, columns] = True
    names = np.array(labels, dtype=object)
    row, column = np.nonzero(marks)
    parts = np.split(names[column], np.searchsorted(row, np.arange(1, size)))[:size]
    return _column([tuple(part) for part in parts])


def _column(cells: Sequence[Any]) -> Array:
    """Cells that are sequences themselves, as the column of a table."""
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


def todo_list(dataset: Dataset, answer: Answer, codes: Sequence[str], group: str | None = None) -> pd.DataFrame:
    """The rows of Aanbod that someone has to complete before we know, and how much hangs on each.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Of that dataset.
    codes : sequence of str
        Wijkcodes of the area.
    group : str, optional
        Only the cells of this group; all groups when not given.

    Returns
    -------
    pandas.DataFrame
        One row per offer that stands in some `rijen_aan_te_vullen` of the area, or that may be suitable and has no
        place (those in no list have 0 cells). Most cells first, then by Excel row. Columns:

        - `offer` (position in the supply), `row` (Excel row), `name`, `organisations` (tuple), `placement`: as anyone
          may see them;
        - `fill_in`: tuple of headers that settle it;
        - `wijken`, `groups`: tuples of labels whose verdict it can change;
        - `cells`: number of cells wijk x case in whose list it stands; `decisive`: those in which it stands alone;
        - `where`: lines of `answer.table` of those cells (array of int).
    """
    offer, line = _pairs(dataset, answer, _lines(answer, codes, group))
    order = np.lexsort((line, offer))
    offer, line = offer[order], line[order]
    listed = np.union1d(offer, _placeless(dataset, answer, codes, group)).astype(np.int64)
    place = np.searchsorted(listed, offer)
    alone = np.bincount(line, minlength=len(answer.table))[line] == 1
    cells = np.bincount(place, minlength=len(listed))
    found = dataset.shown.iloc[listed][["row", "name", "organisations", "placement"]]
    found = found.assign(offer=listed, cells=cells, decisive=np.bincount(place[alone], minlength=len(listed)))
    found["fill_in"] = _fill_in(dataset, answer, listed)
    found["wijken"] = _names_at(answer, "wijk", place, line, len(listed))
    found["groups"] = _names_at(answer, "doelgroep", place, line, len(listed))
    found["where"] = _column(np.split(line, np.cumsum(cells)[:-1])[: len(listed)])
    return found.sort_values(["cells", "row"], ascending=[False, True])[list(COLUMNS)].reset_index(drop=True)


def _names_at(answer: Answer, column: str, place: Array, line: Array, size: int) -> Array:
    """Per offer the different values of a column of the gap table on its lines."""
    codes, names = pd.factorize(answer.table[column])
    return _labels(place, codes[line], list(names), size)


def _fill_in(dataset: Dataset, answer: Answer, offers: Array) -> Array:
    """Per offer the headers of the unknown cells that matter to this answer."""
    fields = dict.fromkeys(field for case in answer.cases for field in case.filters.chosen)
    missing = missing_cells(dataset.supply, answer.traits, fields)
    lacking = np.stack([cells[offers] for cells in missing.values()], axis=1)
    offer, header = np.nonzero(lacking)
    return _labels(offer, header, list(missing), len(offers))


def todo_by_organisation(todo: pd.DataFrame) -> pd.DataFrame:
    """Who can fill in what, and how much hangs on it.

    Parameters
    ----------
    todo : pandas.DataFrame
        From `todo_list`.

    Returns
    -------
    pandas.DataFrame
        One row per organisation: `organisation`, `rows` (how many rows to complete), `cells` and `wijken` (how many
        different cells and wijken those rows can change), `lines` (tuple: the places of those rows in `todo`). Most
        cells first, then by name. An offer by several organisations stands under each: never add these up.
    """
    each = todo[["organisations", "where", "wijken"]].assign(line=range(len(todo))).explode("organisations")
    rows = [
        {
            "organisation": str(name),
            "rows": len(part),
            "cells": len(np.unique(np.concatenate([np.empty(0, np.int64), *part["where"]]))),
            "wijken": len({wijk for wijken in part["wijken"] for wijk in wijken}),
            "lines": tuple(part["line"].tolist()),
        }
        for name, part in each.groupby("organisations", sort=False)
    ]
    table = pd.DataFrame(rows, columns=["organisation", "rows", "cells", "wijken", "lines"])
    return table.sort_values(["cells", "organisation"], ascending=[False, True]).reset_index(drop=True)


def fill_in_sentence(headers: Sequence[str]) -> str:
    """What to do, in a sentence.

    Examples
    --------
    >>> fill_in_sentence(("Doelgroep", "Adres of Wijk"))
    'Vul de doelgroep en het adres of de wijk aan.'
    """
    return f"Vul {listing([_PHRASES[header] for header in headers])} aan."


def effect_sentence(row: pd.Series[Any]) -> str:
    """What completing a row of `todo_list` would change, in one or two sentences."""
    if not row["cells"]:
        nowhere = row["placement"] == Placement.NOWHERE
        return "Nu telt het nergens mee." if nowhere else "Nu hangt er geen oordeel van af."
    where = f"in {count(len(row['wijken']), 'wijk', 'wijken')}"
    groups = [group for group in row["groups"] if group != EVERYONE]
    if len(row["groups"]) > 1:
        where += f", voor {count(len(groups), 'doelgroep', 'doelgroepen')}"
        where += " en voor iedereen" if len(groups) < len(row["groups"]) else ""
    alone = f"Bij {count(row['decisive'], 'oordeel', 'oordelen')} ontbreekt enkel deze rij."
    return f"Dat kan het oordeel veranderen {where}. {alone if row['decisive'] else 'Daar ontbreken ook andere rijen.'}"


def todo_sentence(row: pd.Series[Any]) -> str:
    """One row of `todo_list` in words: which row, whose, what to fill in, what that would change."""
    fill_in = fill_in_sentence(row["fill_in"])
    who = f"{row['name']} ({listing(row['organisations'])})"
    return f"Rij {row['row']}, {who}: {fill_in[0].lower()}{fill_in[1:]} {effect_sentence(row)}"
