"""Proposals put beside today's offer: a new offer, or an existing one that stops.

What someone can choose for a proposal: a place by name, and the offers that could stop.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from einclusie_data.answers.offers import ALL_GROUPS, offer_list
from einclusie_data.checking.rows import clean_table
from einclusie_data.city.areas import near_city
from einclusie_data.contract.privacy import mask_personal, masked_start
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS, Kind
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.words import day, listing
from einclusie_data.engine.dataset import Dataset

STILL_OPEN = "loopt door"


def place_choices(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Places by name: every inhabited wijk, then the partners whose place is known.

    Returns
    -------
    dict of str to dict
        Name -> fields of a `NewOffer`. Of partners with one name the first counts.
    """
    wijken = dataset.areas.wijken[dataset.areas.wijken["inhabited"]]["label"].sort_values()
    places: dict[str, dict[str, Any]] = {f"Wijk {label}": {"wijken": (str(code),)} for code, label in wijken.items()}
    partners: dict[str, dict[str, Any]] = {}
    for row in dataset.workbook.partners.to_dict("records"):
        fields = place_of_partner({str(key): cell for key, cell in row.items()})
        if fields["lat"] is not None or fields["wijken"]:
            partners.setdefault(f"Partner {mask_personal(row['organisation'])}", fields)
    return places | dict(sorted(partners.items()))


def stop_choices(
    dataset: Dataset, question: Question, group: str = ALL_GROUPS, wijken: Sequence[int] | None = None
) -> dict[int, str]:
    """The active offers of a view that could stop, soonest ending first; those without an end last.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Its filters pass also what is not known.
    group : str
        A value of Doelgroep, or `ALL_GROUPS`.
    wijken : sequence of int, optional
        Positions of the wijken that are looked at; None = the whole city.

    Returns
    -------
    dict of int to str
        Position in `supply.offers` -> name, organisations and last day, without contact details.
    """
    reach = dataset.reach(question.reach_m)
    places = None if wijken is None else list(wijken)
    offers = offer_list(dataset.supply, reach, question, group=group, wijken=places, unknown_too=True)
    offers = offers.sort_values(["valid_to", "name"], kind="stable", na_position="last")
    return {int(str(place)): _stop_label(row) for place, row in offers.iterrows()}


def _stop_label(offer: pd.Series) -> str:
    until = STILL_OPEN if pd.isna(offer["valid_to"]) else f"tot {day(offer['valid_to'])}"
    return ", ".join([f"{offer['name']} ({listing(offer['organisations'])})", until])


MAX_TEXT = 100
"""Characters of a name, an organisation or a place in a proposal."""
MAX_VALUES = 80
"""Values in one cell of a proposal: more than the longest list has (the wijken)."""
POINT_DECIMALS = 5
"""Decimals of the degrees of a proposal's point: about a metre."""

NO_NAME = "Nieuw aanbod"
NO_ORGANISATION = "Nog te bepalen"
"""What stands in the required cells of a proposal that leaves them open."""

UNKNOWN_VALUE, OUTSIDE_CITY, UNKNOWN_WIJK = "value", "point", "wijk"
"""Why a cell of a proposal is not used: no such value in the list; a point outside the city; no such wijk."""


@dataclass(frozen=True)
class NewOffer:
    """An offer that is not there yet; its fields are columns of Aanbod, and what is empty is not known.

    Attributes
    ----------
    name, location, address, postcode, mode, frequency, price : str
    organisations, groups, types, dayparts, languages, signup : tuple of str
    lat, lon : float or None
        The point (EPSG:4326), from a click or a known place. None: it lies in `wijken`.
    wijken : tuple of str
        Wijkcodes: one for an offer at a place without a point; those that it serves for a mobile offer.
    """

    name: str = ""
    organisations: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    dayparts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signup: tuple[str, ...] = ()
    mode: str = ""
    frequency: str = ""
    price: str = ""
    lat: float | None = None
    lon: float | None = None
    wijken: tuple[str, ...] = ()
    location: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Stop:
    """An existing offer that ends.

    Attributes
    ----------
    key : str
        Which offer: see `scenario_keys`.
    name : str
        What it was called when it was chosen, to name it when it is in the workbook no longer.
    """

    key: str
    name: str = ""


Proposal = NewOffer | Stop


def short_text(text: str) -> str:
    r"""A text of a proposal as anyone may see it: one line, not too long, without someone's phone number or e-mail.

    Examples
    --------
    >>> short_text(" Digicafé\n bij an@example.org ")
    'Digicafé bij [contactgegeven verborgen]'
    """
    return masked_start(" ".join(plain_text(text).split()), MAX_TEXT).strip()


def tidy(offer: NewOffer) -> NewOffer:
    """The proposal as it is shared: texts by `short_text`, each value once, a whole point or none, rounded."""
    cleaned: dict[str, Any] = {}
    for field in fields(offer):
        value = getattr(offer, field.name)
        if isinstance(value, tuple):
            cleaned[field.name] = tuple(dict.fromkeys(filter(None, map(short_text, value))))[:MAX_VALUES]
        elif isinstance(value, str):
            cleaned[field.name] = short_text(value)
    lat, lon = offer.lat, offer.lon
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        return replace(offer, **cleaned, lat=None, lon=None)
    return replace(offer, **cleaned, lat=round(lat, POINT_DECIMALS), lon=round(lon, POINT_DECIMALS))


def place_of_partner(partner: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `NewOffer` that say that it is at a partner's place.

    Parameters
    ----------
    partner : mapping
        A row of the clean sheet Partners. Without coordinates its one wijk counts; with several wijken the place is
        not known.
    """
    known = not (pd.isna(partner["lat"]) or pd.isna(partner["lon"]))
    return {
        "lat": float(partner["lat"]) if known else None,
        "lon": float(partner["lon"]) if known else None,
        "wijken": partner["wijken"] if len(partner["wijken"]) == 1 else (),
        "location": partner["organisation"],
        "address": partner["address"],
        "postcode": partner["postcode"],
    }


def clean_offers(dataset: Dataset, offers: Sequence[NewOffer], *, status: str = "") -> pd.DataFrame:
    """Proposals as clean rows of Aanbod, as if someone had typed them under the sheet.

    Parameters
    ----------
    dataset : Dataset
        The workbook that they would be typed in: its lists, and the first free row.
    offers : sequence of NewOffer
    status : str
        Value of Status.

    Returns
    -------
    pandas.DataFrame
        The columns of `Workbook.offers`, a RangeIndex. What the lists or the city do not know (see `not_used`) is as
        unknown as it would be in the workbook.
    """
    first = _first_free_row(dataset)
    rows = [_cells(dataset, offer) | {"status": status} for offer in offers]
    values = {column.key: [row.get(column.key, _EMPTY.get(column.kind, "")) for row in rows] for column in _COLUMNS}
    flags = {"wijk_given": [bool(offer.wijken) for offer in offers], "whole_city": [False] * len(offers)}
    table = clean_table(OFFERS, range(first, first + len(rows)), values | flags)
    return table[list(dataset.workbook.offers.columns)]


_COLUMNS = OFFERS.columns
_EMPTY: Mapping[Kind, Any] = {
    **dict.fromkeys((Kind.TEXTS, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN), ()),
    **dict.fromkeys((Kind.LATITUDE, Kind.LONGITUDE), math.nan),
    Kind.DATE: None,
}


def _first_free_row(dataset: Dataset) -> int:
    left_out = dataset.workbook.left_out.get(OFFERS.key)
    tables = [dataset.workbook.offers, *([] if left_out is None else [left_out])]
    return int(max([1, *(int(table["row"].max()) for table in tables if len(table))])) + 1


def _cells(dataset: Dataset, offer: NewOffer) -> dict[str, Any]:
    offer, unused = tidy(offer), not_used(dataset, offer)
    keep = {field.name: getattr(offer, field.name) for field in fields(offer) if getattr(offer, field.name) is not None}
    for key, value, why in unused:
        if why == OUTSIDE_CITY:
            del keep["lat"], keep["lon"]
        else:
            keep[key] = tuple(one for one in keep[key] if one != value) if isinstance(keep[key], tuple) else ""
    for column in _COLUMNS:
        if column.kind is Kind.CODES and column.key in keep:
            order = dataset.workbook.codelists[column.header].values
            keep[column.key] = tuple(sorted(keep[column.key], key=order.index))
    keep["wijken"] = tuple(sorted(keep["wijken"]))
    return keep | {"name": offer.name or NO_NAME, "organisations": offer.organisations or (NO_ORGANISATION,)}


def not_used(dataset: Dataset, offer: NewOffer) -> list[tuple[str, str, str]]:
    """The cells of a proposal that this workbook and city do not know.

    Returns
    -------
    list of (str, str, str)
        Column, value, and one of `UNKNOWN_VALUE`, `OUTSIDE_CITY` and `UNKNOWN_WIJK`.
    """
    offer = tidy(offer)
    found = [
        (column.key, value, UNKNOWN_VALUE)
        for column in _COLUMNS
        if column.codelist is not None
        for value in _values(getattr(offer, column.key, ()))
        if value not in dataset.workbook.codelists[column.header].values
    ]
    if offer.postcode and offer.postcode not in dataset.areas.postcodes:
        found.append(("postcode", offer.postcode, UNKNOWN_VALUE))
    if offer.lat is not None and offer.lon is not None and not near_city(offer.lat, offer.lon, dataset.areas):
        found.append(("lat", f"{offer.lat}, {offer.lon}", OUTSIDE_CITY))
    found += [("wijken", code, UNKNOWN_WIJK) for code in offer.wijken if code not in dataset.areas.wijken.index]
    return found


def _values(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (cell,))) if isinstance(cell, str) else cell
