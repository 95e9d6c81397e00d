"""Which offers a printed document lists for some wijken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import MAYBE_HERE
from einclusie_data.answers.nearby import BEYOND_SHOWN, offers_near
from einclusie_data.answers.offers import offer_list
from einclusie_data.answers.spots import Spot
from einclusie_data.contract.questions import Filters
from einclusie_data.output.paper.material import Material


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
