"""What stands in the overview of offers for partners who refer clients: by wijk, with an index per target group."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.offers import matching
from einclusie_data.answers.scopes import Scope
from einclusie_data.contract.words import count
from einclusie_data.engine.locate import Placement
from einclusie_data.output.paper.about import About, about_of
from einclusie_data.output.paper.choice import offers_of, wijk_of_offers
from einclusie_data.output.paper.material import Material
from einclusie_data.output.paper.offers import (
    AREA_TITLES,
    OfferSection,
    relation_parts,
    sections_of,
)

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
