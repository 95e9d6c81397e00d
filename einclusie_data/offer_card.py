"""One offer in words: its fields as people read them, and for which wijken it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from einclusie_data import settings
from einclusie_data.gaps import touches
from einclusie_data.locate import Placement
from einclusie_data.questions import FILTER_COLUMNS
from einclusie_data.schema import OFFERS, Kind
from einclusie_data.words import count, day, listing, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from einclusie_data.areas import Areas
    from einclusie_data.coverage import Reach
    from einclusie_data.locate import Supply
    from einclusie_data.questions import Question

NOT_FILLED = "niet ingevuld"
PUBLIC = tuple(column for column in OFFERS.columns if not column.internal)
"""The columns that anyone may see, in the order of the workbook."""

_SEPARATOR = "; "
_DEGREE_DECIMALS = 5
_PLACE_REMARKS = {
    Placement.APPROXIMATE.value: "plek bij benadering: we kennen enkel de wijk",
    Placement.UNPLACED.value: "we weten niet precies waar",
    Placement.NOWHERE.value: "we weten niet waar",
}


def shown_texts(offers: pd.DataFrame, typed: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Every public field of some offers as people read it.

    Parameters
    ----------
    offers : pandas.DataFrame
        From `offers.public_offers`: rows of the supply.
    typed : pandas.DataFrame
        From `offers.typed_texts`: what was not understood.
    areas : Areas

    Returns
    -------
    pandas.DataFrame
        Text, the keys of `PUBLIC`, the index of `offers`. "" = not filled in. A cell that was not understood says what
        stands in the file.
    """
    labels = areas.wijken["label"].to_dict()
    texts = {column.key: [_writer(column.kind, labels)(cell) for cell in offers[column.key]] for column in PUBLIC}
    result = pd.DataFrame(texts, index=offers.index, dtype=object)
    result["wijken"] = result["wijken"].mask(offers["whole_city"].to_numpy(dtype=bool), "hele stad")
    for key in typed.columns.intersection(result.columns):
        cells = zip(result[key], typed[key].reindex(offers.index, fill_value=""), strict=True)
        result[key] = [_with_typed(text, raw) for text, raw in cells]
    return result


def _writer(kind: Kind, labels: Mapping[str, str]) -> Callable[[Any], str]:
    """How a known cell of a kind is written."""
    if kind is Kind.WIJKEN:
        return lambda cell: _SEPARATOR.join(labels[code] for code in cell)
    if kind in (Kind.LATITUDE, Kind.LONGITUDE):
        return lambda cell: "" if pd.isna(cell) else number(cell, _DEGREE_DECIMALS)
    if kind is Kind.DATE:
        return lambda cell: "" if pd.isna(cell) else f"{cell:%d/%m/%Y}"
    return lambda cell: cell if isinstance(cell, str) else _SEPARATOR.join(cell)


def _with_typed(text: str, raw: str) -> str:
    if not raw or raw == text:
        return text
    return f"{text} (in het bestand: {raw})" if text else f"{raw} (niet begrepen)"


def place_words(texts: pd.Series[str], placement: str, near: str = "") -> str:
    """Where an offer is, in one line.

    Parameters
    ----------
    texts : pandas.Series of str
        A row of `shown_texts`.
    placement : str
        A value of `Placement`.
    near : str
        How near it is, or how it relates to the chosen area; "" = nothing to say.
    """
    town = " ".join(filter(None, [texts["postcode"], texts["district"]]))
    wijk = f"wijk {texts['wijken']}" if texts["wijken"] and not texts["address"] else ""
    where = ", ".join(filter(None, [texts["location"], texts["address"], town, wijk]))
    words = " · ".join(filter(None, [near, where, _PLACE_REMARKS.get(placement, "")]))
    return words[:1].upper() + words[1:]


def checked_sentence(checked: object, on: date) -> str:
    """When someone last checked an offer (NaT = unknown), and what to do when that is long ago.

    Examples
    --------
    >>> from datetime import date
    >>> checked_sentence(pd.Timestamp(2023, 2, 3), date(2026, 11, 23))
    'Laatst gecontroleerd op 3 februari 2023. Dat is meer dan twee jaar geleden: vraag eerst of het nog klopt.'
    """
    if not isinstance(checked, pd.Timestamp):
        return "Wanneer iemand dit laatst controleerde, is niet bekend: vraag eerst of het nog klopt."
    stale = (pd.Timestamp(on) - checked).days > settings.STALE_DAYS
    warning = " Dat is meer dan twee jaar geleden: vraag eerst of het nog klopt." if stale else ""
    return f"Laatst gecontroleerd op {day(checked)}.{warning}"


_CARD_LINES = (("when",), ("price", "signup", "languages"), ("groups",), ("contact",))
"""Fields that a list shows, line by line."""


def card_lines(texts: pd.Series[str], where: str, checked: str) -> tuple[str, ...]:
    """What a list says of an offer below its name; what is not filled in stands together on a line of its own.

    Parameters
    ----------
    texts : pandas.Series of str
        A row of `shown_texts`.
    where, checked : str
        From `place_words` and `checked_sentence`.
    """
    header = {key: OFFERS.column(key).header for line in _CARD_LINES for key in line}
    known = (" · ".join(f"{header[key]}: {texts[key]}" for key in line if texts[key]) for line in _CARD_LINES)
    until = f"Loopt tot {texts['valid_to']}." if texts["valid_to"] else ""
    blank = [name.lower() for key, name in header.items() if not texts[key]]
    return (
        texts["organisations"],
        where,
        *known,
        until,
        f"{NOT_FILLED.capitalize()}: {listing(blank)}." if blank else "",
        checked,
    )


def maybe_sentence(offer: pd.Series, question: Question) -> str:
    """Which cells that a view asks for are not known of an offer; "" when all are."""
    asked = [OFFERS.column(FILTER_COLUMNS[field]) for field in question.filters.chosen]
    unknown = [column.header for column in (OFFERS.column("groups"), *asked) if not offer[column.key]]
    return f"Past misschien. Niet bekend: {listing(unknown)}." if unknown else ""


def reach_sentence(supply: Supply, reach: Reach, position: int) -> str:
    """For which wijken one offer counts: how many, and which.

    Parameters
    ----------
    supply : Supply
    reach : Reach
    position : int
        Of the offer in `supply.offers`.
    """
    inhabited = supply.areas.wijken["inhabited"].to_numpy(dtype=bool)
    placement = supply.offers["placement"].iloc[position]
    if placement == Placement.NOWHERE:
        return f"We weten niet waar dit aanbod is. Het telt nergens mee. {_fill_in(supply, position)}"
    related = touches(supply, reach, np.array([position]))[0] & inhabited
    names = supply.areas.wijken["label"].to_numpy()[related].tolist()
    wijken = "alle wijken" if related[inhabited].all() else count(len(names), "wijk", "wijken")
    which = f": {listing(sorted(names))}." if not related[inhabited].all() else "."
    if not names:
        return f"Geen bewoners binnen {number(reach.reach_m)} m te voet: het telt voor geen enkele wijk."
    if placement == Placement.UNPLACED:
        return f"Ligt of telt misschien in {wijken}{which} {_fill_in(supply, position)}"
    if placement == Placement.MOBILE:
        return f"Komt langs, aan huis of online in {wijken}{which}"
    return f"Binnen {number(reach.reach_m)} m te voet van bewoners van {wijken}{which}"


def _fill_in(supply: Supply, position: int) -> str:
    headers = listing([OFFERS.column(key).header for key in ("address", "wijken")], "of")
    return f"Vul in het blad Aanbod {headers} aan in rij {number(supply.offers['row'].iloc[position])}."
