"""Which offers of a workbook still have no exact point, and which ones got one by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from einclusie_data.city.areas import Areas, near_city
from einclusie_data.contract.codelists import MOBILE_MODES
from einclusie_data.contract.words import count, listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Placement
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.ask import Counts, Stop
from einclusie_data.geocode.points import PointSource, place_key, rows_of
from einclusie_data.geocode.query import address_query

_TYPED = re.compile(r"(\d{1,2}[.,]\d{1,12})\s*[;,\s]\s*(\d{1,2}[.,]\d{1,12})", re.ASCII)

COLUMNS = ("row", "name", "organisations", "address", "key", "source", "placement", "can_ask", "lat", "lon",
           "codes")  # fmt: skip
"""Columns of `offers_to_place`."""


def offers_to_place(dataset: Dataset) -> pd.DataFrame:
    """The offers to which someone can give a point, or gave one by hand.

    Returns
    -------
    pandas.DataFrame
        In the order of the workbook, mobile offers apart; those with coordinates in the workbook or with an address
        that was found are left out. Columns: `row` (Excel row), `name`, `organisations` and `address` (as anyone may
        see them), `key` (`geocode_points.place_key`), `source` (`PointSource`: HAND, or NONE), `placement`
        (`Placement`), `can_ask` (bool: the address is complete enough to look up), `lat` and `lon` (degrees,
        EPSG:4326; NaN = no point), `codes` (tuple: the wijken in which it may lie; () = anywhere).
    """
    offers, shown = dataset.supply.offers, dataset.shown
    open_ones = ~offers["mode"].isin(MOBILE_MODES) & offers["point_source"].isin([PointSource.NONE, PointSource.HAND])
    rows = rows_of(offers[open_ones])
    return pd.DataFrame(
        {
            "row": offers.loc[open_ones, "row"].to_numpy(),
            "name": shown.loc[open_ones, "name"].to_numpy(),
            "organisations": ["; ".join(names) for names in shown.loc[open_ones, "organisations"]],
            "address": shown.loc[open_ones, "address"].to_numpy(),
            "key": [place_key(row) for row in rows],
            "source": offers.loc[open_ones, "point_source"].to_numpy(),
            "placement": offers.loc[open_ones, "placement"].to_numpy(),
            "can_ask": [bool(row["address"]) and address_query(row) is not None for row in rows],
            "lat": offers.loc[open_ones, "lat"].to_numpy(),
            "lon": offers.loc[open_ones, "lon"].to_numpy(),
            "codes": [_wijken_of(row, dataset.areas) for row in rows],
        },
        columns=list(COLUMNS),
    )


def _wijken_of(row: Mapping[str, Any], areas: Areas) -> tuple[str, ...]:
    """Where an offer may lie: the wijken listed, else those of its postcode, else of its district (DESIGN §4)."""
    district = areas.districts.get(str(row["district"]).removeprefix("district "), ())
    return tuple(row["wijken"]) or areas.postcodes.get(row["postcode"], ()) or tuple(district)


STOPPED = {
    Stop.NONE: "",
    Stop.CANCELLED: "Het opzoeken is gestopt.",
    Stop.UNREACHABLE: "De adressendienst antwoordt niet. Probeer het later opnieuw, of zet de punten met de hand.",
    Stop.REFUSED: (
        "De adressendienst weigert onze vragen: ze geeft telkens een antwoord dat geen adres is. Zet de punten met de "
        "hand, en meld het aan wie de server beheert."
    ),
}
"""Why not everything was looked up, and what to do."""
NOTHING_TO_ASK = "Er was niets op te zoeken: van geen enkele rij kennen we een volledig adres zonder punt."


def look_up_sentence(counts: Counts) -> str:
    """What became of the addresses that were looked up, by cause."""
    if not counts.rows:
        return NOTHING_TO_ASK
    other = counts.doubtful - counts.not_found - counts.incomplete - counts.unreadable
    parts = (
        (counts.not_found, "adres is niet gevonden", "adressen zijn niet gevonden"),
        (other, "adres ligt elders dan de rij zegt", "adressen liggen elders dan de rij zegt"),
        (counts.incomplete, "adres is niet volledig", "adressen zijn niet volledig"),
        (counts.unreadable, "antwoord was onbruikbaar", "antwoorden waren onbruikbaar"),
    )
    doubts = [count(size, one, many) for size, one, many in parts if size]
    placed = count(counts.placed, "rij kreeg", "rijen kregen") if counts.placed else "Geen enkele rij kreeg"
    return " ".join(
        filter(
            None,
            [
                STOPPED[counts.stopped],
                f"{placed} een punt.",
                f"{listing(doubts)}: kijk bij de meldingen." if doubts else "",
                f"{count(counts.open, 'rij is', 'rijen zijn')} nog niet opgezocht." if counts.open else "",
            ],
        )
    )


def still_without(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `offers_to_place` that have no point yet."""
    return table[table["source"] == PointSource.NONE]


def typed_point(text: str) -> Point | None:
    """A point that someone typed, with commas or dots; None when it is none.

    Examples
    --------
    >>> typed_point("51,2194; 4,4025") == typed_point("51.2194, 4.4025") == Point(51.2194, 4.4025)
    True
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    return Point(lat, lon)


def point_problem(point: Point, areas: Areas) -> str:
    """What is wrong with a point that someone puts; "" when it lies in or near the city."""
    if near_city(point.lat, point.lon, areas):
        return ""
    swapped = " Wissel de twee getallen om: eerst het noorden, dan het oosten."
    return "Dit punt ligt niet in of bij Antwerpen." + (swapped if near_city(point.lon, point.lat, areas) else "")


def where_words(one: pd.Series) -> str:
    """What we know of the place of an offer (a row of `offers_to_place`), and what to do."""
    if one["source"] == PointSource.HAND:
        return "het punt is met de hand gezet. Klik op de kaart om het te verplaatsen."
    if one["placement"] == Placement.NOWHERE:
        return "we weten niet waar het is. Klik op de kaart waar het is."
    if one["placement"] == Placement.APPROXIMATE:
        return "we kennen enkel de wijk. Klik op de kaart waar het is."
    return "we weten enkel ongeveer waar het is. Klik op de kaart waar het is."
