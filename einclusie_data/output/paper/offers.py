"""Offers as a printed document lists them: numbered, in sections, with what someone needs to refer a client.

What stands in the overview of offers for partners who refer clients: by wijk, with an index per target group.

Which offers a printed document lists for some wijken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.methods import web_link
from einclusie_data.answers.nearby import BEYOND_SHOWN, distance_words, offers_near
from einclusie_data.answers.offer_card import NOT_FILLED, checked_sentence, maybe_sentence, where_words
from einclusie_data.answers.offers import ALL_GROUPS, matching, offer_list
from einclusie_data.answers.scopes import Scope
from einclusie_data.answers.spots import Spot
from einclusie_data.contract.codelists import BY_REFERRAL
from einclusie_data.contract.questions import Filters
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import count, listing
from einclusie_data.engine.locate import Placement
from einclusie_data.files.write.printable import short
from einclusie_data.output.paper.material import About, Material, about_of
from einclusie_data.output.paper.paper import Mark


def offers_of(material: Material, codes: Sequence[str]) -> pd.DataFrame:
    """The active offers in, near, serving or perhaps in some wijken; those that may pass the filters too."""
    dataset, question = material.dataset, material.question
    wijken = [int(place) for place in dataset.areas.wijken.index.get_indexer(list(codes))]
    return offer_list(dataset.supply, dataset.reach(question.reach_m), question, wijken=wijken, unknown_too=True)


def other_offers(material: Material, codes: Sequence[str], listed: Iterable[int]) -> pd.DataFrame:
    """The active offers in, near or serving some wijken that the filters leave out."""
    question = replace(material.question, filters=Filters())
    found = offers_of(replace(material, question=question), codes)
    return found[~found.index.isin(list(listed)) & (found["relation"] != MAYBE_HERE)]


def offers_beyond(material: Material, codes: Sequence[str], listed: Iterable[int]) -> pd.DataFrame:
    """The offers further away, nearest to the middle of one of the wijken first; `relation` and `distance_m` say how.

    See `nearby.offers_near`; without the offers in `listed`, and at most `nearby.BEYOND_SHOWN`.
    """
    wijken = material.dataset.areas.wijken
    tables = [
        offers_near(material.dataset.supply, material.question, _centre(material, code))
        for code in codes
        if wijken["inhabited"].loc[code]
    ]
    found = pd.concat([one[one["distance_m"].notna()] for one in tables]) if tables else material.dataset.shown.head(0)
    if found.empty:
        return found
    found = found[~found.index.isin(list(listed))].sort_values(["distance_m", "row"], kind="stable")
    return found[~found.index.duplicated()].head(BEYOND_SHOWN)


def _centre(material: Material, code: str) -> Spot:
    areas = material.dataset.areas
    x, y = (float(areas.wijken[name].loc[code]) for name in ("centre_x", "centre_y"))
    lon, lat = areas.to_degrees([x], [y])
    return Spot(float(lat[0]), float(lon[0]), x, y, int(areas.wijken.index.get_loc(code)), in_river=False)


def wijk_of_offers(material: Material) -> np.ndarray[Any, np.dtype[Any]]:
    """Position of the wijk of every offer's first place; -1 without one."""
    points = material.dataset.supply.points
    first = points[~points["hint"]].drop_duplicates("offer").set_index("offer")["wijk"]
    return first.reindex(range(len(material.dataset.supply.offers)), fill_value=-1).to_numpy()


GROUP_UNKNOWN = "Doelgroep niet ingevuld"
NOWHERE = "We weten niet waar dit is"


@dataclass(frozen=True)
class IndexLine:
    """A target group and the numbers of its offers."""

    group: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Overview:
    """The overview of an area.

    Attributes
    ----------
    name : str
    size : str
        How many offers it lists, in words.
    index : tuple of IndexLine
    sections : tuple of OfferSection
        Per wijk, then what is near, what comes along and what has no certain place. Items are numbered through.
    about : About
    """

    name: str
    size: str
    index: tuple[IndexLine, ...]
    sections: tuple[OfferSection, ...]
    about: About


def overview_of(material: Material, scope: Scope) -> Overview:
    """Gather the overview of an area: every active offer that passes the filters, and those that perhaps do."""
    offers = offers_of(material, scope.codes)
    titles = {relation: AREA_TITLES[relation] for relation in (WITHIN_REACH, COMES, MAYBE_HERE)}
    parts = [*_per_wijk(material, offers[offers["relation"] == IN_WIJK]), *relation_parts(offers, titles)]
    sections = sections_of(material, [*parts, (NOWHERE, _nowhere(material))])
    size = sum(len(section.items) for section in sections)
    return Overview(
        name=scope.name[:1].upper() + scope.name[1:],
        size=count(size, "aanbod", "keer aanbod"),
        index=_index(material, sections),
        sections=sections,
        about=about_of(material, scope.text),
    )


def _per_wijk(material: Material, offers: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    labels = material.dataset.areas.wijken["label"].to_numpy()
    label = labels[wijk_of_offers(material)[offers.index]]
    return [(str(one), offers[label == one]) for one in sorted(set(label))]


def _nowhere(material: Material) -> pd.DataFrame:
    dataset = material.dataset
    chosen = matching(dataset.supply, material.question, unknown_too=True)
    return dataset.shown[chosen & (dataset.shown["placement"] == Placement.NOWHERE).to_numpy()]


def _index(material: Material, sections: tuple[OfferSection, ...]) -> tuple[IndexLine, ...]:
    groups = material.dataset.shown["groups"]
    items = [item for section in sections for item in section.items]
    lines = [
        IndexLine(group, tuple(item.number for item in items if group in groups[item.position]))
        for group in material.dataset.groups
    ]
    lines.append(IndexLine(GROUP_UNKNOWN, tuple(item.number for item in items if not groups[item.position])))
    return tuple(line for line in lines if line.numbers)


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
