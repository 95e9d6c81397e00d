"""Who counts when new places are sought, and who is within reach of a place today (DESIGN §4 and §5, `advies`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question, cases_per_group
from einclusie_data.engine.conditions import Flag, flag_words, traits_of
from einclusie_data.engine.coverage import or_by_group, reached_words
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.measures import point_words


class Weigh(StrEnum):
    """What is counted."""

    PERSONS = "personen"
    """People of the group."""
    INHABITANTS = "inwoners"
    """All inhabitants: when the people of a group are unknown."""
    WIJKEN = "wijken"
    """Inhabited wijken, each as much as another: the share of each that is reached."""


@dataclass(frozen=True)
class Demand:
    """The demand points for one group, weighed.

    Attributes
    ----------
    group : str
    weigh : Weigh
    weight : numpy.ndarray of float, shape (demand,)
        People at each demand point, or (`Weigh.WIJKEN`) its share of a wijk. 0 where the figure of the wijk is unknown:
        such a wijk does not count, and is in `unknown`.
    reached : numpy.ndarray of bool, shape (demand,)
        Within reach of a suitable, regular, placed offer today. That offer stays where it is.
    unknown : tuple of str
        Codes of the inhabited wijken whose figure is unknown: nothing is certain about the area as a whole.
    wijken : int
        How many inhabited wijken the area has.
    source : tuple of str
        Where the figures come from; () for wijken.
    """

    group: str
    weigh: Weigh
    weight: Array
    reached: Array
    unknown: tuple[str, ...]
    wijken: int
    source: tuple[str, ...]

    @property
    def total(self) -> float:
        """Everyone who counts."""
        return float(self.weight.sum())

    @property
    def before(self) -> float:
        """Who of them is reached today."""
        return float(self.weight[self.reached].sum())


def default_weigh(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> Weigh:
    """What is counted unless someone chooses: people when their number is known nearly everywhere, else wijken."""
    return Weigh.PERSONS if known_nearly_everywhere(dataset, group, codes) else Weigh.WIJKEN


def known_wijken(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> tuple[int, int]:
    """For how many inhabited wijken of an area the people of a group are known, and how many wijken it has."""
    counted = dataset.areas.wijken["inhabited"].to_numpy(dtype=bool) & inside(dataset, codes)
    return int(dataset.needs.persons.loc[counted, group].notna().sum()), int(counted.sum())


def known_nearly_everywhere(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> bool:
    """Whether people can be counted: a best place among the few wijken with a figure is no answer for the others."""
    known, wijken = known_wijken(dataset, group, codes)
    return known >= known_needed(wijken)


def known_needed(wijken: int) -> int:
    """For how many of so many wijken a figure has to be known before people are counted.

    Examples
    --------
    >>> known_needed(59), known_needed(3), known_needed(1), known_needed(0)
    (57, 3, 1, 1)
    """
    return max(1, math.ceil(round(settings.SITING_KNOWN_SHARE * wijken, 6)))


def inside(dataset: Dataset, codes: tuple[str, ...]) -> Array:
    """Which wijken lie in an area (bool, shape (wijken,)); all of them when no code is given."""
    wijken = dataset.areas.wijken.index
    return np.asarray(wijken.isin(codes)) if codes else np.ones(len(wijken), dtype=bool)


def regular_sites(dataset: Dataset, question: Question, group: str) -> Array:
    """Which sites of `Dataset.reach` have a suitable, regular, placed offer for a group today: bool."""
    supply, reach = dataset.supply, dataset.reach(question.reach_m)
    traits, cases = traits_of(supply, question.on), cases_per_group(question, (group,))
    words = flag_words(traits, cases, open_counts=question.open_counts)
    at_sites = or_by_group(point_words(supply, words), reach.site, len(reach.xy))
    return np.asarray((at_sites[:, 0] & np.uint16(Flag.REGULAR)) > 0)


def reached_today(dataset: Dataset, question: Question, group: str) -> Array:
    """Which demand points are within reach of one of the `regular_sites`: bool, shape (demand,)."""
    sites = regular_sites(dataset, question, group).astype(np.uint8)
    return np.asarray(reached_words(dataset.reach(question.reach_m), sites[:, None])[:, 0] > 0)


def demand_of(
    dataset: Dataset, question: Question, group: str, weigh: Weigh | None = None, codes: tuple[str, ...] = ()
) -> Demand:
    """Weigh the demand points for a group.

    A wijk's people are spread over its demand points by their weights, as everywhere (DESIGN §4). People who are known
    to live in a wijk that is not bewoond count; such a wijk itself is none of those counted by `Weigh.WIJKEN`.

    Parameters
    ----------
    dataset : Dataset
    question : Question
    group : str
    weigh : Weigh, optional
        `default_weigh` unless given.
    codes : tuple of str
        Wijkcodes of an area: only who lives there counts. () = the whole city.
    """
    weigh, ours = weigh or default_weigh(dataset, group, codes), inside(dataset, codes)
    reach, inhabited = dataset.reach(question.reach_m), dataset.areas.wijken["inhabited"].to_numpy(dtype=bool)
    figures, source = _figures(dataset, group, weigh, ours)
    unknown = dataset.areas.wijken.index[inhabited & np.isnan(figures)]
    return Demand(
        group=group,
        weigh=weigh,
        weight=np.nan_to_num(figures)[reach.demand_wijk] * reach.weight,
        reached=reached_today(dataset, question, group),
        unknown=tuple(map(str, unknown)),
        wijken=int((inhabited & ours).sum()),
        source=source,
    )


def _figures(dataset: Dataset, group: str, weigh: Weigh, ours: Array) -> tuple[Array, tuple[str, ...]]:
    """What each wijk counts for (NaN = unknown, 0 = not one of ours), and where that comes from."""
    if weigh is Weigh.WIJKEN:
        return np.where(ours, dataset.areas.wijken["inhabited"].to_numpy(dtype=float), 0.0), ()
    column = group if weigh is Weigh.PERSONS else EVERYONE
    sources = {one for one in dataset.needs.source.loc[ours, column] if one}
    return np.where(ours, dataset.needs.persons[column].to_numpy(dtype=float), 0.0), tuple(sorted(sources))
