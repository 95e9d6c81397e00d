"""What changed since the meeting before: offers, methods and gaps, in lines; and per organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.changes.words import cell_text, gap_sentences, one_line
from einclusie_data.contract.codelists import STATUS
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.text import normalise
from einclusie_data.contract.words import day, listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gap_table import touches
from einclusie_data.engine.locate import Placement
from einclusie_data.meeting.parts import Occasion

ADDED, CHANGED, ENDED = "Nieuw", "Gewijzigd", "Gestopt of verdwenen"
_STATUS = OFFERS.column("status").header
_STOPPED = STATUS.values[-1]
_LONGEST_CELL = 120


@dataclass(frozen=True)
class News:
    """One thing that happened to an offer: what, whose, and the line that tells it."""

    kind: str
    organisations: tuple[str, ...]
    name: str
    text: str

    @property
    def line(self) -> str:
        """The whole line."""
        whose = f" ({listing(self.organisations)})" if self.organisations else ""
        return f"{self.kind}: {self.name}{whose}.{f' {self.text}' if self.text else ''}"


def offer_news(occasion: Occasion) -> tuple[News, ...]:
    """What happened to the offers that are, reach, serve or may lie in the area: new, then changed, then ended."""
    if occasion.changes is None or occasion.before is None or occasion.previous is None:
        return ()
    rows, codes, reach_m = occasion.changes.offers, occasion.scope.codes, occasion.question.reach_m
    here, then = (_rows_in(one, codes, reach_m) for one in (occasion.dataset, occasion.before))
    added = [_named(ADDED, row, row["note"]) for row in rows.added.to_dict("records") if row["row"] in here]
    removed = [
        _named(ENDED, row, row["note"] or "Staat niet meer in de werkmap.")
        for row in rows.removed.to_dict("records")
        if row["row"] in then
    ]
    return (
        *added,
        *_changed(occasion, rows.changed, here),
        *_ended_by_date(occasion, occasion.previous, here),
        *removed,
    )


def _rows_in(dataset: Dataset, codes: tuple[str, ...], reach_m: float) -> set[int]:
    """Excel rows of the offers that have to do with some wijken; those that may lie anywhere too."""
    positions = np.arange(len(dataset.shown))
    inside = dataset.areas.wijken.index.isin(codes)
    related = touches(dataset.supply, dataset.reach(reach_m), positions)[:, inside].any(axis=1)
    nowhere = (dataset.shown["placement"] == Placement.NOWHERE).to_numpy()
    return set(dataset.shown.loc[related | nowhere, "row"].tolist())


def _named(kind: str, row: dict[Any, Any], text: str = "") -> News:
    return News(kind, tuple(map(one_line, row["organisations"])), one_line(row["name"]), text)


def _changed(occasion: Occasion, changed: pd.DataFrame, here: set[int]) -> list[News]:
    shown = {row["row"]: row for row in occasion.dataset.shown.to_dict("records")}
    found = []
    for number, cells in changed[changed["row"].isin(here)].groupby("row", sort=True):
        row = shown[number]
        stopped = (cells["column"] == _STATUS).any() and row["status"] == _STOPPED
        text = "; ".join(f"{one_line(cell['column'])}: {_short(cell_text(cell))}" for cell in cells.to_dict("records"))
        found.append(_named(ENDED if stopped else CHANGED, row, f"{text}."))
    return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL].rstrip()} …"


def _ended_by_date(occasion: Occasion, previous: date, here: set[int]) -> list[News]:
    """The offers whose last day fell between the two meetings, though their row stayed as it was."""
    offers, since, on = occasion.dataset.shown, pd.Timestamp(previous), pd.Timestamp(occasion.question.on)
    over = (offers["valid_to"] >= since) & (offers["valid_to"] < on) & offers["row"].isin(here)
    over &= offers["status"] != _STOPPED
    return [_named(ENDED, row, f"Liep tot {day(row['valid_to'])}.") for row in offers[over].to_dict("records")]


def method_news(occasion: Occasion) -> tuple[News, ...]:
    """The methods that are new. A method has no place: they are new for every network."""
    if occasion.changes is None:
        return ()
    return tuple(
        News(ADDED, tuple(dict.fromkeys(filter(None, (one_line(row["publisher"]), *row["used_by"])))),
             one_line(row["name"]), "")
        for row in occasion.changes.methods.added.to_dict("records")
    )  # fmt: skip


def gap_news(occasion: Occasion) -> tuple[list[str], list[str], list[str]]:
    """Sentences: the gaps that opened, those that closed, and where only our knowledge changed."""
    if occasion.changes is None:
        return [], [], []
    return (
        gap_sentences(occasion.changes.opened),
        gap_sentences(occasion.changes.closed),
        gap_sentences(occasion.changes.uncertain),
    )


def news_by_organisation(occasion: Occasion) -> dict[str, list[str]]:
    """Organisation -> what happened to its offers and methods, by name. News of several stands under each."""
    found: dict[str, list[str]] = {}
    for what, news in (("aanbod", offer_news(occasion)), ("methodiek", method_news(occasion))):
        for one in news:
            for name in one.organisations:
                found.setdefault(name, []).append(f"{what} “{one.name}”: {one.kind.lower()}")
    return {name: found[name] for name in sorted(found, key=normalise)}
