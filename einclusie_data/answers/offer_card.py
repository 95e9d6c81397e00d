"""One offer in words: its fields as people read them, and for which wijken it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, inactive_reason
from einclusie_data.answers.methods import web_link
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import WHOLE_CITY
from einclusie_data.contract.questions import FILTER_COLUMNS, Question
from einclusie_data.contract.schema import OFFERS, Kind
from einclusie_data.contract.words import IN_FILE, count, day, listing, number, period_words, with_typed
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.gap_table import touches
from einclusie_data.engine.locate import Placement, Supply

NOT_FILLED = "niet ingevuld"
PUBLIC = tuple(column for column in OFFERS.columns if not column.internal)
"""The columns that anyone may see, in the order of the workbook."""

ONLY_A_POINT = "Op een punt op de kaart: het adres is niet ingevuld"
"""Where an offer is of which someone filled in coordinates and nothing else."""
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
    result["wijken"] = result["wijken"].mask(offers["whole_city"].to_numpy(dtype=bool), WHOLE_CITY.lower())
    for key in typed.columns.intersection(result.columns):
        cells = zip(result[key], typed[key].reindex(offers.index, fill_value=""), strict=True)
        result[key] = [with_typed(text, raw) for text, raw in cells]
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


def where_words(texts: pd.Series[str], placement: str, mode: str, near: str = "") -> str:
    """Where an offer is or how it comes to someone, in one line: the same on screen and on paper, and never empty.

    Parameters
    ----------
    texts : pandas.Series of str
        A row of `shown_texts`.
    placement : str
        A value of `Placement`.
    mode : str
        Its Bereik, said of a mobile offer; "" = unknown.
    near : str
        How near it is; "" = nothing to say.
    """
    if not near and placement == Placement.MOBILE:
        near = "" if mode == WHOLE_CITY and not texts["address"] and _is_everywhere(texts) else mode.lower() or COMES
    return place_words(texts, placement, near) or ONLY_A_POINT


def _is_everywhere(texts: pd.Series[str]) -> bool:
    """Whether the wijken of an offer say already that it is for all of the city."""
    return texts["wijken"].partition(IN_FILE)[0].lower() == WHOLE_CITY.lower()


def place_words(texts: pd.Series[str], placement: str, near: str = "") -> str:
    """Where an offer is, in one line; "" when only its point is known.

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
    wijken = "" if texts["address"] else _listed(texts["wijken"])
    where = ", ".join(filter(None, [texts["location"], texts["address"], town, wijken]))
    words = " · ".join(filter(None, [near, where, _PLACE_REMARKS.get(placement, "")]))
    return words[:1].upper() + words[1:]


def _listed(text: str) -> str:
    """Values of a cell as a sentence lists them; what stands in the file stays as it is."""
    known, mark, typed = text.partition(IN_FILE)
    return listing(known.split(_SEPARATOR)) + mark + typed


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
    long_ago = f" Dat is meer dan {period_words(settings.STALE_DAYS)} geleden: vraag eerst of het nog klopt."
    return f"Laatst gecontroleerd op {day(checked)}.{long_ago if stale else ''}"


_CARD_LINES = (("when",), ("price", "signup", "languages"), ("groups",), ("contact",))
"""Fields that a list shows, line by line."""


def card_lines(texts: pd.Series[str], where: str, checked: str) -> tuple[str, ...]:
    """What a list says of an offer below its name; what is not filled in stands together on a line of its own.

    Parameters
    ----------
    texts : pandas.Series of str
        A row of `shown_texts`.
    where, checked : str
        From `where_words` and `checked_sentence`.
    """
    header = {key: OFFERS.column(key).header for line in _CARD_LINES for key in line}
    known = (" · ".join(f"{header[key]}: {texts[key]}" for key in line if texts[key]) for line in _CARD_LINES)
    unlinked = texts["website"] and not web_link(texts["website"])
    until = f"Loopt tot {texts['valid_to']}." if texts["valid_to"] else ""
    blank = [name.lower() for key, name in header.items() if not texts[key]]
    return (
        texts["organisations"],
        where,
        *known,
        f"{OFFERS.column('website').header}: {texts['website']}" if unlinked else "",
        until,
        f"{NOT_FILLED.capitalize()}: {listing(blank)}." if blank else "",
        checked,
    )


def maybe_sentence(offer: pd.Series, question: Question, group: str) -> str:
    """Which cells that a view asks for are not known of an offer; "" when all are.

    Parameters
    ----------
    offer : pandas.Series
        A row of the supply.
    question : Question
    group : str
        A value of Doelgroep, or `offers.ALL_GROUPS`.
    """
    asked = ["groups"] if group != ALL_GROUPS else []
    asked += [FILTER_COLUMNS[field] for field in question.filters.chosen]
    unknown = [OFFERS.column(key).header for key in asked if not offer[key]]
    return f"Past misschien. Niet bekend: {listing(unknown)}." if unknown else ""


def inactive_sentence(offer: pd.Series, on: date) -> str:
    """That an offer does not count on a day, and why; "" when it does."""
    reason = inactive_reason(offer, on)
    return f"Let op: dit aanbod telt niet mee op {day(on)}. Reden: {reason}." if reason else ""


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
    touched = touches(supply, reach, np.array([position]))[0]
    related = touched & inhabited
    if not related.any():
        return _nobody_sentence(supply, reach, position, somewhere=bool(touched.any()))
    names = supply.areas.wijken["label"].to_numpy()[related].tolist()
    wijken = "alle wijken" if related[inhabited].all() else count(len(names), "wijk", "wijken")
    which = f": {listing(sorted(names))}." if not related[inhabited].all() else "."
    if placement == Placement.UNPLACED:
        return f"Ligt of telt misschien in {wijken}{which} {_fill_in(supply, position)}"
    if placement == Placement.MOBILE:
        return f"Komt langs, aan huis of online in {wijken}{which}"
    return f"Binnen {number(reach.reach_m)} m te voet van bewoners van {wijken}{which}"


def _nobody_sentence(supply: Supply, reach: Reach, position: int, *, somewhere: bool) -> str:
    """Why an offer counts for no inhabited wijk; `somewhere` = for one where hardly anyone lives."""
    placement = supply.offers["placement"].iloc[position]
    nowhere = "Het telt voor geen enkele wijk."
    few = f"waar minder dan {number(settings.INHABITED_FROM)} mensen wonen"
    if placement == Placement.UNPLACED:
        return f"Ligt misschien in een wijk {few}. {nowhere} {_fill_in(supply, position)}"
    if placement != Placement.MOBILE:
        return f"Geen bewoners binnen {number(reach.reach_m)} m te voet. {nowhere}"
    if somewhere:
        return f"Komt enkel langs in wijken {few}. {nowhere}"
    return f"We weten niet in welke wijken dit aanbod langskomt. {nowhere} {_fill_in(supply, position, 'wijken')}"


def _fill_in(supply: Supply, position: int, *keys: str) -> str:
    headers = listing([OFFERS.column(key).header for key in keys or ("address", "wijken")], "of")
    return f"Vul in het blad Aanbod {headers} aan in rij {supply.offers['row'].iloc[position]}."
