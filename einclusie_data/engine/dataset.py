"""The steps in order: spreadsheet bytes -> checked workbook -> located offers -> answers (DESIGN §2).

The screens and the command line both go through here, so that they can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from einclusie_data.checking.offers import CONTRADICTIONS
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import Areas
from einclusie_data.contract.codelists import GROUP
from einclusie_data.contract.file_names import shown_name
from einclusie_data.contract.questions import (
    FILTER_LISTS,
    PER_FIELDS,
    Question,
    cases_per_group,
    cases_per_group_and_value,
    cases_per_value,
)
from einclusie_data.contract.schema import METHODS, OFFERS
from einclusie_data.contract.workbook import NO_MATCHES, Matches, Workbook
from einclusie_data.engine import gaps
from einclusie_data.engine.coverage import Reach, reach_of
from einclusie_data.engine.locate import Supply, locate_offers
from einclusie_data.engine.needs import Needs, needs_of
from einclusie_data.engine.public import public_methods, public_offers, typed_texts
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.geocode.ask import Counts
from einclusie_data.geocode.offers import Geocoded
from einclusie_data.geocode.points import with_source

PlaceStep = Callable[[pd.DataFrame, Areas], Geocoded]


@dataclass(frozen=True)
class Dataset:
    """A workbook, checked and placed on the map: everything that does not depend on a question.

    Attributes
    ----------
    workbook : Workbook
    areas : Areas
    name : str
        File name, for people; made safe to show (see `file_names.shown_name`).
    place : callable, optional
        Gives offers the points of their addresses and those put by hand (see `geocode.geocode_offers`); the workbook
        itself stays as the file says. It may be called at any moment, so it asks nothing of the network.
    placed_apart : dict
        Offers that are not in the workbook, but were placed beside it, and where: the last ones (see `scenario.apply`).
    """

    workbook: Workbook
    areas: Areas
    name: str
    place: PlaceStep | None = None
    _reaches: dict[float, Reach] = field(default_factory=dict, init=False, repr=False, compare=False)
    placed_apart: dict[object, Supply] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Whatever the file was called, what anyone sees of its name is safe."""
        object.__setattr__(self, "name", shown_name(self.name))

    @cached_property
    def supply(self) -> Supply:
        """The located offers; their column `point_source` says where a point comes from (see `PointSource`)."""
        return locate_offers(self.placed.offers, self.areas)

    @cached_property
    def placed(self) -> Geocoded:
        """The offers with the points that `place` adds, and what is wrong with those."""
        if self.place is None:
            return Geocoded(with_source(self.workbook.offers), (), Counts())
        return self.place(self.workbook.offers, self.areas)

    @cached_property
    def needs(self) -> Needs:
        """People per wijk and group."""
        return needs_of(self.areas, self.workbook.need, self.groups)

    @cached_property
    def typed(self) -> pd.DataFrame:
        """What people typed in Aanbod that was not understood (see `public.typed_texts`).

        A cell that another one contradicts was understood.
        """
        unclear = tuple(one for one in self.workbook.problems if one.code not in CONTRADICTIONS)
        return typed_texts(replace(self.workbook, problems=unclear), OFFERS)

    @cached_property
    def typed_methods(self) -> pd.DataFrame:
        """The same of Methodieken."""
        return typed_texts(self.workbook, METHODS)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The located offers as anyone may see them (see `offers.public_offers`), index as `supply.offers`."""
        return public_offers(self.supply.offers)

    @cached_property
    def methods(self) -> pd.DataFrame:
        """The methods as anyone may see them (see `methods.public_methods`)."""
        return public_methods(self.workbook.methods, self.typed_methods)

    @cached_property
    def point_degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude (EPSG:4326) of every row of `supply.points`."""
        return self.areas.to_degrees(self.supply.points["x"].to_numpy(), self.supply.points["y"].to_numpy())

    @property
    def groups(self) -> tuple[str, ...]:
        """The target groups: those of the contract, and those that the workbook adds."""
        return self.workbook.codelists[GROUP.name].values

    def values(self, filter_field: str) -> tuple[str, ...]:
        """The values that a filter (a field of `Filters`) can take."""
        return self.workbook.codelists[FILTER_LISTS[filter_field]].values

    def reach(self, reach_m: float) -> Reach:
        """Who is within `reach_m` walking metres of which place; computed once per distance."""
        if reach_m not in self._reaches:
            self._reaches[reach_m] = reach_of(self.supply, reach_m)
        return self._reaches[reach_m]


def read_dataset(
    content: bytes, name: str, areas: Areas, place: PlaceStep | None = None, *, matches: Matches = NO_MATCHES
) -> Dataset:
    """Read and check a file.

    Parameters
    ----------
    content : bytes
    name : str
        File name; its extension only helps, the content decides.
    areas : Areas
    place : callable, optional
        See `Dataset`.
    matches : mapping, optional
        Columns that were matched by hand (see `workbook.Matches`).

    Returns
    -------
    Dataset

    Raises
    ------
    DataFileError
        The file as a whole cannot be used.
    """
    return Dataset(check_workbook(read_workbook(content, name), areas, matches), areas, name, place)


def load_dataset(path: Path, areas: Areas, place: PlaceStep | None = None) -> Dataset:
    """Read and check the file at a path (see `read_dataset`)."""
    return read_dataset(path.read_bytes(), path.name, areas, place)


def answer_per_group(dataset: Dataset, question: Question, groups: tuple[str, ...] = ()) -> gaps.Answer:
    """The gap table wijk x doelgroep; all groups unless some are named."""
    cases = cases_per_group(question, groups or dataset.groups)
    return gaps.answer(dataset.supply, dataset.reach(question.reach_m), dataset.needs, question, cases)


def answer_per_value(dataset: Dataset, question: Question, group: str, per: str) -> gaps.Answer:
    """The gap table wijk x type or wijk x dagdeel (`per`) for one group."""
    cases = cases_per_value(question, group, per, dataset.values(PER_FIELDS[per]))
    return gaps.answer(dataset.supply, dataset.reach(question.reach_m), dataset.needs, question, cases, per)


def answer_per_group_and_type(dataset: Dataset, question: Question) -> gaps.Verdicts:
    """The verdicts wijk x doelgroep x type, group by group: for each wijk a small matrix."""
    cases = cases_per_group_and_value(question, dataset.groups, "type", dataset.values("types"))
    return gaps.verdicts_of(dataset.supply, dataset.reach(question.reach_m), question, cases)
