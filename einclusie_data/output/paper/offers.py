"""Offers as a printed document lists them: numbered, in sections, with what someone needs to refer a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.methods import web_link
from einclusie_data.answers.nearby import distance_words
from einclusie_data.answers.offer_card import NOT_FILLED, checked_sentence, maybe_sentence, where_words
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.codelists import BY_REFERRAL
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import listing
from einclusie_data.files.write.printable import short
from einclusie_data.output.paper.material import Material
from einclusie_data.output.paper.paper import Mark

WHERE = "Waar"
REFERRAL = "Hier heb je een doorverwijzing nodig."
BEYOND = "verder weg"
LONGEST_NAME = 150
OTHERS_SHOWN = 8
"""Offers outside the chosen filters that are named; more are counted."""

_LINES = (("when",), ("groups", "types"), ("price", "signup", "languages"), ("accessibility",),
          ("contact", "website"))  # fmt: skip
"""Fields of an offer, line by line, in the order in which someone who refers a client needs them."""
_MISSED = ("when", "groups", "types", "price", "signup", "contact")
"""Fields of which a document says that they are not filled in."""


@dataclass(frozen=True)
class Field:
    """A heading and its text."""

    head: str
    text: str


@dataclass(frozen=True)
class OfferItem:
    """One offer in a list.

    Attributes
    ----------
    number : int
        Its number in the document, also on the map.
    position : int
        In `supply.offers`.
    name, organisations : str
    lines : tuple of tuple of Field
        What is known, line by line.
    notes : tuple of str
        Sentences: that it needs a referral, until when it runs, what is not filled in, when it was last checked.
    link : str
        Address of its website, "" when there is none that may become a link.
    """

    number: int
    position: int
    name: str
    organisations: str
    lines: tuple[tuple[Field, ...], ...]
    notes: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class OfferSection:
    """Some offers under one heading."""

    title: str
    items: tuple[OfferItem, ...]


def sections_of(material: Material, parts: Iterable[tuple[str, pd.DataFrame]]) -> tuple[OfferSection, ...]:
    """Number the offers of several tables through, each table under its heading; empty tables are left out."""
    sections, first = [], 1
    for title, offers in parts:
        if len(offers):
            items = tuple(_item(material, offer, number) for number, (_, offer) in enumerate(offers.iterrows(), first))
            sections.append(OfferSection(title, items))
            first += len(items)
    return tuple(sections)


def relation_parts(offers: pd.DataFrame, titles: Mapping[str, str]) -> list[tuple[str, pd.DataFrame]]:
    """A table of `offers_of` in parts, by how the offers relate to the wijken; `titles` names the parts."""
    return [(title, offers[offers["relation"] == relation]) for relation, title in titles.items()]


TITLES = {
    IN_WIJK: "In de wijk",
    WITHIN_REACH: "Vlakbij: in een andere wijk, op loopafstand",
    COMES: "Aan huis, rondreizend of online",
    MAYBE_HERE: "Misschien in de wijk: de plek is niet zeker",
}
AREA_TITLES = TITLES | {
    IN_WIJK: "In deze wijken",
    WITHIN_REACH: "Vlakbij: buiten deze wijken, op loopafstand",
    MAYBE_HERE: "Misschien in deze wijken: de plek is niet zeker",
}
BEYOND_TITLE = "Verder weg: het dichtste aanbod"


def _item(material: Material, offer: pd.Series[Any], number: int) -> OfferItem:
    position = int(str(offer.name))
    texts = material.texts.iloc[position]
    near = distance_words(offer["relation"], offer["distance_m"]) if "distance_m" in offer else ""
    where = Field(WHERE, short(where_words(texts, offer["placement"], offer["mode"], near)))
    lines = (
        tuple(Field(OFFERS.column(key).header, short(texts[key])) for key in line if texts[key]) for line in _LINES
    )
    return OfferItem(
        number=number,
        position=position,
        name=short(texts["name"], LONGEST_NAME),
        organisations=short(texts["organisations"]),
        lines=((where,), *(line for line in lines if line)),
        notes=tuple(filter(None, _notes(material, offer, texts))),
        link=web_link(texts["website"]),
    )


def _notes(material: Material, offer: pd.Series[Any], texts: pd.Series[str]) -> list[str]:
    blank = [OFFERS.column(key).header.lower() for key in _MISSED if not texts[key]]
    return [
        REFERRAL if BY_REFERRAL in offer["signup"] else "",
        f"Loopt tot {texts['valid_to']}." if texts["valid_to"] else "",
        maybe_sentence(offer, material.question, ALL_GROUPS),
        f"{NOT_FILLED.capitalize()}: {listing(blank)}." if blank else "",
        checked_sentence(offer["checked"], material.question.on),
    ]


def other_lines(material: Material, offers: pd.DataFrame) -> tuple[str, ...]:
    """Offers in one line each: what, whose, where; after `OTHERS_SHOWN` only how many more."""
    lines = []
    for position, (_, offer) in zip(offers.index, offers.head(OTHERS_SHOWN).iterrows(), strict=False):
        texts = material.texts.iloc[position]
        where = short(where_words(texts, offer["placement"], offer["mode"]))
        kinds = texts["types"] or f"{OFFERS.column('types').header} {NOT_FILLED}"
        what = f"{short(texts['name'], LONGEST_NAME)} ({short(texts['organisations'])})"
        lines.append(" ".join(f"{part.rstrip(' .')}." for part in (what, where, kinds)))
    more = len(offers) - len(lines)
    return (*lines, f"En nog {more} andere.") if more else tuple(lines)


def marks_of(material: Material, sections: Iterable[OfferSection]) -> tuple[Mark, ...]:
    """The places of the listed offers; one that only may lie somewhere has none."""
    numbers = {item.position: item.number for section in sections for item in section.items}
    points = material.dataset.supply.points
    chosen = points[~points["hint"] & points["offer"].isin(list(numbers))]
    marks = (
        Mark(float(x), float(y), numbers[int(offer)], bool(exact))
        for offer, x, y, exact in zip(chosen["offer"], chosen["x"], chosen["y"], chosen["exact"], strict=True)
    )
    return tuple(sorted(marks, key=lambda mark: mark.number))
