"""Small building blocks for tests: an offer with defaults and overrides, and the engine on the small world."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from einclusie_data.city.areas import Areas
from einclusie_data.contract import codelists
from einclusie_data.contract.questions import Filters, Question, cases_per_group
from einclusie_data.contract.schema import METHODS, NEED, OFFERS, PARTNERS, SHEETS, Kind
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer, answer
from einclusie_data.engine.locate import Supply, locate_offers
from einclusie_data.engine.needs import needs_of
from einclusie_data.store.decision_record import Decision, Proposal
from tests.worlds import degrees_at, small_world

DAY = date(2026, 11, 23)
OLDER = codelists.OLDER
GROUPS = codelists.GROUP.values

_EMPTY = {
    Kind.LATITUDE: float("nan"),
    Kind.LONGITUDE: float("nan"),
    Kind.COUNT: float("nan"),
    Kind.DATE: pd.NaT,
    Kind.CODES: (),
    Kind.WIJKEN: (),
    Kind.TEXTS: (),
    Kind.ORGANISATIONS: (),
}


def offer(**given: Any) -> dict[str, Any]:
    """A clean offer for older people, in no place; `at=(x, y)` puts it there (metres from the corner of the world)."""
    at = given.pop("at", None)
    row: dict[str, Any] = {column.key: _EMPTY.get(column.kind, "") for column in OFFERS.columns}
    row |= {"name": "Digihulp", "organisations": ("Partner",), "groups": (OLDER,), "row": 2}
    if at is not None:
        row["lat"], row["lon"] = degrees_at(*at)
    row |= given
    row["wijk_given"] = given.get("wijk_given", bool(row["wijken"]))
    row["whole_city"] = given.get("whole_city", False)
    return row


def offers_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Clean offers on consecutive Excel rows from 2."""
    template = pd.DataFrame([offer()])
    table = pd.DataFrame([{**row, "row": number} for number, row in enumerate(rows, start=2)], columns=template.columns)
    for column in OFFERS.columns:
        if column.kind is Kind.DATE:
            table[column.key] = pd.to_datetime(table[column.key]).astype("datetime64[ns]")
        elif column.kind in (Kind.LATITUDE, Kind.LONGITUDE):
            table[column.key] = table[column.key].astype(float)
    return table.astype({"wijk_given": bool, "whole_city": bool, "row": int})


def method(**given: Any) -> dict[str, Any]:
    """A clean method of which only the name is known."""
    row: dict[str, Any] = {column.key: _EMPTY.get(column.kind, "") for column in METHODS.columns}
    return row | {"name": "Spel"} | given


def methods_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Clean methods on consecutive Excel rows from 2."""
    columns = ["row", *(column.key for column in METHODS.columns)]
    table = pd.DataFrame([{**row, "row": number} for number, row in enumerate(rows, start=2)], columns=columns)
    return table.assign(checked=pd.to_datetime(table["checked"]).astype("datetime64[ns]"))


def partner(**given: Any) -> dict[str, Any]:
    """A clean partner of which only the name is known; `at=(x, y)` as for `offer`."""
    at = given.pop("at", None)
    row: dict[str, Any] = {column.key: _EMPTY.get(column.kind, "") for column in PARTNERS.columns}
    if at is not None:
        row["lat"], row["lon"] = degrees_at(*at)
    return row | {"organisation": "Partner"} | given


def partners_table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Clean partners on consecutive Excel rows from 2."""
    columns = ["row", *(column.key for column in PARTNERS.columns)]
    table = pd.DataFrame([{**row, "row": number} for number, row in enumerate(rows, start=2)], columns=columns)
    return table.astype({"lat": float, "lon": float})


def decision(**given: Any) -> Decision:
    """A decision of 1 June 2026 of which only the title is known; fields of the proposed offer in `what`, a dict."""
    moment = datetime(2026, 6, 1, 12, tzinfo=UTC)
    fixed = {"id": 1, "change": 1, "title": "Digihulp", "by": "An", "at": moment, "since": moment}
    return Decision(**{**fixed, **given, "what": Proposal(**given.get("what", {}))})


def need_table(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """A clean sheet Behoefte: (wijkcode, group, persons)."""
    table = pd.DataFrame(
        [
            {"wijken": (code,), "group": (group,), "persons": persons, "year": "", "source": ""}
            for code, group, persons in rows
        ],
        columns=[column.key for column in NEED.columns],
    )
    return table.astype({"persons": float})


def question(**given: Any) -> Question:
    """A question on `DAY`; filters by their field names, e.g. ``types=(…,)``."""
    names = ("types", "dayparts", "prices", "languages", "signups")
    filters = Filters(**{name: given.pop(name) for name in names if name in given})
    return Question(given.pop("on", DAY), filters=filters, **given)


def located(*rows: dict[str, Any], areas: Areas | None = None) -> Supply:
    return locate_offers(offers_table(*rows), areas or small_world())


def ask(
    *rows: dict[str, Any], asked: Question | None = None, areas: Areas | None = None, need: pd.DataFrame | None = None
) -> Answer:
    """The engine's answer on the small world."""
    supply, asked = located(*rows, areas=areas), asked or question()
    needs = needs_of(supply.areas, need_table() if need is None else need, GROUPS)
    return answer(supply, reach_of(supply, asked.reach_m), needs, asked, cases_per_group(asked, GROUPS))


def cell(found: Answer, wijk: str, group: str = OLDER) -> pd.Series:
    """One row of a gap table."""
    table = found.table
    return table[(table["wijkcode"] == wijk) & (table["doelgroep"] == group)].iloc[0]


def workbook(
    *rows: dict[str, Any],
    need: pd.DataFrame | None = None,
    zones: dict[str, tuple[str, ...]] | None = None,
    methods: tuple[dict[str, Any], ...] = (),
    partners: tuple[dict[str, Any], ...] = (),
    **more: Any,
) -> Workbook:
    """A clean workbook with these offers."""
    empty = {sheet.key: pd.DataFrame(columns=["row", *(column.key for column in sheet.columns)]) for sheet in SHEETS}
    tables = empty | {"offers": offers_table(*rows), "need": need_table() if need is None else need}
    tables["methods"] = methods_table(*methods)
    tables["partners"] = partners_table(*partners)
    tables["zones"] = pd.DataFrame(
        {"name": list(zones or {}), "wijken": list((zones or {}).values()), "row": range(2, 2 + len(zones or {}))}
    )
    return Workbook(**tables, codelists=codelists.CODELISTS, **more)


def counted(*rows: dict[str, Any]) -> Dataset:
    """A dataset in which the people of the groups with built-in figures are known in every inhabited wijk: 0 where
    the small world does not know them.
    """
    world = small_world()
    need = world.need[world.wijken["inhabited"]]
    zeros = [(str(code), str(group), 0.0) for group in need for code in need.index[need[group].isna()]]
    return dataset(*rows, need=need_table(*zeros))


def dataset(*rows: dict[str, Any], areas: Areas | None = None, **given: Any) -> Dataset:
    return Dataset(workbook(*rows, **given), areas or small_world(), "werkmap.xlsx")
