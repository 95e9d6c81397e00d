"""A network: its partners, what they offer and for whom, and the wijken where nobody of it is active.

A network in words: the answer, its partners as a table, and how its wijken look on the map.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook

from einclusie_data.answers.scopes import CITY, Scope, network_name
from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import LEADER, MEMBER, NOT_YET, POSSIBLE_PARTNER
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.text import normalise
from einclusie_data.contract.verdicts import OPEN_GAP, Verdict
from einclusie_data.contract.words import UNKNOWN, count, listing, number
from einclusie_data.decisions.partners import partner_supply
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Supply
from einclusie_data.files.write.book import ABOUT_SHEET, add_about, add_table, save_book

ACTIVE, NOBODY, MAYBE, EMPTY_WIJK = "actief", "niemand", "misschien", "onbewoond"
LOOKS: Mapping[str, Verdict] = MappingProxyType(
    {
        look.code: look
        for look in (
            Verdict(ACTIVE, "Een partner is er actief", "✓", "#1f5f99", "#ffffff",
                    "Een partner heeft er zijn plek, of heeft er aanbod op een plek."),
            Verdict(NOBODY, "Geen partner actief", "✕", "#a3262a", "#ffffff",
                    "Van elke partner kennen we de plek, en geen enkele is er actief."),
            Verdict(MAYBE, "Niemand gevonden", "?", "#d0d3d8", "#1f2430",
                    "We vinden er niemand, maar van sommige partners kennen we de plek niet."),
            Verdict(EMPTY_WIJK, "Bijna geen bewoners", "–", "#f2f2ef", "#3d4a57", "Hier woont bijna niemand."),
        )
    }
)  # fmt: skip
HEADERS = ("Organisatie", "Rol", "Netwerk", "Soort", "Werkt rond e-inclusie", "Wijk", "Aanbod nu", "Voor wie")
"""Columns of `partner_table`."""
FILL_IN = "Vul Adres of Wijk in op het blad Partners."


def network_looks(network: Network, areas: Areas, scope: Scope) -> pd.DataFrame:
    """How each wijk of the area looks: `wijkcode` and `soort` (a key of `LOOKS`)."""
    gone = NOBODY if not network.placeless else MAYBE
    inhabited = areas.wijken["inhabited"]
    kinds = [(gone if code in network.empty else ACTIVE) if inhabited[code] else EMPTY_WIJK for code in scope.codes]
    return pd.DataFrame({"wijkcode": list(scope.codes), "soort": kinds})


def network_sentences(network: Network, areas: Areas, scope: Scope) -> list[str]:
    """The answer: who takes part, who leads, and where nobody is active.

    Parameters
    ----------
    network : Network
    areas : Areas
    scope : Scope
    """
    size = len(network.placeless)
    return [
        f"{count(len(network.partners), 'partner', 'partners')} en "
        f"{count(len(network.possible), 'mogelijke partner', 'mogelijke partners')}.",
        f"Trekker: {listing(network.leaders)}." if network.leaders else "Wie trekker is, staat niet in de werkmap.",
        _empty_sentence(network, areas, scope),
        *([f"Van {count(size, 'partner', 'partners')} kennen we de plek niet. {FILL_IN}"] if size else []),
    ]


def _empty_sentence(network: Network, areas: Areas, scope: Scope) -> str:
    size = int(areas.wijken.loc[list(scope.codes), "inhabited"].sum())
    if not network.empty:
        return "In elke wijk is een partner actief."
    found = "vinden we geen actieve partner" if network.placeless else "is geen partner actief"
    return f"In {number(len(network.empty))} van {count(size, 'wijk', 'wijken')} {found}."


def partner_table(partners: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Partners (rows of `Network.partners`) as text, columns `HEADERS`; what is not filled in is "onbekend"."""
    labels = areas.wijken["label"]

    def texts(row: dict[Hashable, Any]) -> tuple[object, ...]:
        return (
            row["organisation"],
            _joined(row["roles"]),
            _joined(row["networks"]),
            row["sort"] or UNKNOWN,
            row["works"] or UNKNOWN,
            _joined([labels[code] for code in row["wijken"]]),
            row["offers"],
            _for_whom(row),
        )

    rows = [texts(row) for row in partners.to_dict("records")]
    return pd.DataFrame(rows, columns=list(HEADERS))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values) or UNKNOWN


def _for_whom(row: dict[Hashable, Any]) -> str:
    if not row["offers"]:
        return "–"
    groups = [*row["groups"], *([UNKNOWN] if row["unsure"] else [])]
    return "; ".join(groups)


def network_xlsx_bytes(tables: Mapping[str, pd.DataFrame], about: Sequence[tuple[str, str]]) -> bytes:
    """Tables by the name of their sheet as an Excel workbook, with a sheet that explains them."""
    book = Workbook()
    for name, table in tables.items():
        sheet = book.worksheets[0] if book.worksheets[0].title == "Sheet" else book.create_sheet()
        sheet.title = name
        add_table(sheet, table, [34, 18, 18, 18, 12, 24, 10, 40][: len(table.columns)])
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)


PARTNER_COLUMNS = ("organisation", "networks", "roles", "sort", "works", "wijken", "offers", "groups", "unsure", "row")
"""Columns of `Network.partners`."""


@dataclass(frozen=True)
class Network:
    """A network in an area.

    Attributes
    ----------
    partners : pandas.DataFrame
        Who takes part, columns `PARTNER_COLUMNS`: `organisation` (masked), `networks` and `roles` (tuples, () = not
        filled in), `sort` ("" = not filled in), `works` ("Ja", "Nog niet", "" = not filled in), `wijken` (tuple of
        wijkcodes of its seat; () = unknown), `offers` (int: its active offers anywhere), `groups` (tuple: for whom
        these are, in the order of the list), `unsure` (int: offers of it that do not say for whom), `row` (its first
        row in the sheet Partners, 0 = not there). Trekkers first, then by name.
    leaders : tuple of str
        The trekkers of the network (masked); of another area the trekkers among its partners.
    possible : pandas.DataFrame
        Who could take part, the same columns.
    empty : tuple of str
        Wijkcodes of the inhabited wijken without the seat of a partner and without an active offer at a place.
    placeless : tuple of str
        Partners of whom nothing says where they are (masked): one of them may be in an empty wijk.
    """

    partners: pd.DataFrame
    leaders: tuple[str, ...]
    possible: pd.DataFrame
    empty: tuple[str, ...]
    placeless: tuple[str, ...]


def network_of(dataset: Dataset, question: Question, scope: Scope) -> Network:
    """The network of an area.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Its date decides which offers are active.
    scope : Scope
        "Netwerk …": who names that network. The whole city: everyone. Another area: who has a seat or an active offer
        at a place there. Someone of whom nothing says where stays out of an area, and is counted in `placeless`.
    """
    seats, network = partner_supply(dataset), normalise(network_name(scope))
    everyone = _everyone(dataset, seats, question, network if scope.name != CITY else "")
    here = _of_scope(everyone, scope, network)
    possible = here["roles"].map(lambda roles: POSSIBLE_PARTNER in roles) | (here["works"] == NOT_YET)
    possible &= ~here["roles"].map(lambda roles: MEMBER in roles or LEADER in roles)
    taking_part = here[~possible].reset_index(drop=True)
    asked = taking_part if network and scope.name != CITY else everyone
    nowhere = asked[(asked["wijken"].map(len) == 0) & (asked["active_in"].map(len) == 0) & (asked["row"] > 0)]
    return Network(
        partners=taking_part.drop(columns="active_in"),
        leaders=_leaders(dataset, taking_part, network),
        possible=here[possible].reset_index(drop=True).drop(columns="active_in"),
        empty=_empty(dataset, taking_part, scope),
        placeless=tuple(nowhere["organisation"]),
    )


def wijken_of_offers(dataset: Dataset, supply: Supply) -> list[tuple[str, ...]]:
    """Of every offer (or seat) the wijkcodes of its places; () = none that is known."""
    codes = dataset.areas.wijken.index.to_numpy(dtype=object)
    points = supply.points[~supply.points["hint"] & (supply.points["wijk"] >= 0)]
    found: list[dict[str, None]] = [{} for _ in range(len(supply.offers))]
    for offer, wijk in zip(points["offer"], points["wijk"], strict=True):
        found[offer][str(codes[wijk])] = None
    return [tuple(one) for one in found]


@dataclass
class _Organisation:
    """What is gathered of one organisation; `active_in` are the wijken where an active offer of it has a place."""

    name: str
    networks: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sort: str = ""
    works: str = ""
    wijken: tuple[str, ...] = ()
    offers: int = 0
    unsure: int = 0
    row: int = 0
    served: set[str] = field(default_factory=set)
    active_in: set[str] = field(default_factory=set)

    def add_seat(self, row: dict[Hashable, Any], wijken: tuple[str, ...]) -> None:
        """Take over a row of the sheet Partners."""
        self.networks = tuple(dict.fromkeys((*self.networks, *map(mask_personal, row["networks"]))))
        self.roles = tuple(dict.fromkeys((*self.roles, *filter(None, [row["role"]]))))
        self.sort, self.works = self.sort or mask_personal(row["sort"]), self.works or row["works_on_inclusion"]
        self.wijken = tuple(dict.fromkeys((*self.wijken, *wijken)))
        self.row = self.row or row["row"]

    def add_offer(self, wijken: Iterable[str], groups: Collection[str]) -> None:
        """Count an active offer."""
        self.offers += 1
        self.unsure += not groups
        self.served.update(groups)
        self.active_in.update(wijken)


def _everyone(dataset: Dataset, seats: Supply, question: Question, network: str) -> pd.DataFrame:
    """Every organisation once: those of the sheet Partners, and those that only offer something.

    A role is that in the network, when one is named.
    """
    found: dict[str, _Organisation] = {}

    def of(name: str) -> _Organisation:
        return found.setdefault(organisation_key(name), _Organisation(mask_personal(name)))

    for row, wijken in zip(seats.offers.to_dict("records"), wijken_of_offers(dataset, seats), strict=True):
        elsewhere = network and network not in map(normalise, row["networks"])
        of(row["organisation"]).add_seat({**row, "role": "" if elsewhere else row["role"]}, wijken)
    offers, places = dataset.supply.offers, wijken_of_offers(dataset, dataset.supply)
    for place in np.flatnonzero(traits_of(dataset.supply, question.on).active):
        for name in offers["organisations"].iloc[place]:
            of(name).add_offer(places[place], offers["groups"].iloc[place])
    lines = sorted(found.values(), key=lambda one: (LEADER not in one.roles, normalise(one.name)))
    cells = [
        (one.name, one.networks, one.roles, one.sort, one.works, one.wijken, one.offers,
         tuple(group for group in dataset.groups if group in one.served), one.unsure, one.row, one.active_in)
        for one in lines
    ]  # fmt: skip
    return pd.DataFrame(cells, columns=[*PARTNER_COLUMNS, "active_in"])


def _of_scope(everyone: pd.DataFrame, scope: Scope, network: str) -> pd.DataFrame:
    if scope.name == CITY:
        return everyone
    if network:
        return everyone[everyone["networks"].map(lambda cell: network in map(normalise, cell)).astype(bool)]
    codes = set(scope.codes)
    places = zip(everyone["wijken"], everyone["active_in"], strict=True)
    return everyone[[bool(codes & {*seat, *active}) for seat, active in places]]


def _empty(dataset: Dataset, partners: pd.DataFrame, scope: Scope) -> tuple[str, ...]:
    taken: set[str] = set()
    for seat, active in zip(partners["wijken"], partners["active_in"], strict=True):
        taken |= set(seat) | set(active)
    inhabited = dataset.areas.wijken["inhabited"]
    return tuple(code for code in scope.codes if inhabited[code] and code not in taken)


def _leaders(dataset: Dataset, partners: pd.DataFrame, network: str) -> tuple[str, ...]:
    if not network:
        return tuple(partners.loc[partners["roles"].map(lambda roles: LEADER in roles).astype(bool), "organisation"])
    sheet = dataset.workbook.partners
    rows = zip(sheet["organisation"], sheet["role"], sheet["networks"], strict=True)
    names = (name for name, role, networks in rows if role == LEADER and network in map(normalise, networks))
    return tuple(dict.fromkeys(map(mask_personal, names)))


def near_gaps(
    dataset: Dataset, network: Network, rows: pd.DataFrame, reach_m: float
) -> list[tuple[str, str, tuple[str, ...]]]:
    """The gaps that a possible partner could help to fill: its seat is in the wijk, or within walking distance.

    Parameters
    ----------
    dataset : Dataset
    network : Network
    rows : pandas.DataFrame
        Rows of the gap table.
    reach_m : float
        Walking metres.

    Returns
    -------
    list of (organisation, wijk, groups)
        In the order of `network.possible`, then of the rows. Who has no known seat is not in it.
    """
    gaps = rows[rows["oordeel"].isin(OPEN_GAP)]
    groups = {code: tuple(part["doelgroep"]) for code, part in gaps.groupby("wijkcode", sort=False)}
    labels = dataset.areas.wijken["label"]
    near = _wijken_near(dataset, reach_m)
    return [
        (name, str(labels[code]), groups[code])
        for name in network.possible["organisation"]
        for code in groups
        if code in near.get(organisation_key(name), ())
    ]


def _wijken_near(dataset: Dataset, reach_m: float) -> dict[str, set[str]]:
    """Key of an organisation -> the wijken in which, or within walking distance of whose middle, it has its seat."""
    seats = partner_supply(dataset)
    codes, reach = dataset.areas.wijken.index, reach_of(seats, reach_m)
    found: dict[str, set[str]] = {}
    sure = ~seats.points["hint"].to_numpy(dtype=bool)
    for offer, wijk, site in zip(
        seats.points["offer"][sure], seats.points["wijk"][sure], reach.site[sure], strict=True
    ):
        close = set(codes[reach.centre_distance_m[:, site] <= reach_m + settings.DISTANCE_TOLERANCE_M])
        own = {codes[wijk]} if wijk >= 0 else set()
        found.setdefault(organisation_key(seats.offers["organisation"].iloc[offer]), set()).update(close | own)
    return found
