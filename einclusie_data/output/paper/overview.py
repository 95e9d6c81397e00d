"""What stands in the overview of offers for partners who refer clients: by wijk, with an index per target group.

Which offers a printed document lists for some wijken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.nearby import BEYOND_SHOWN, offers_near
from einclusie_data.answers.offers import matching, offer_list
from einclusie_data.answers.scopes import Scope
from einclusie_data.answers.spots import Spot
from einclusie_data.contract.questions import Filters
from einclusie_data.contract.words import count
from einclusie_data.engine.locate import Placement
from einclusie_data.output.paper.material import About, Material, about_of
from einclusie_data.output.paper.offers import (
    AREA_TITLES,
    OfferSection,
    relation_parts,
    sections_of,
)


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
