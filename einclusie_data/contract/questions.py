"""What someone asks of the gap engine: a reference date, a reach, filters, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date

from einclusie_data.contract import settings
from einclusie_data.contract.codelists import DAYPART, LANGUAGE, PRICE, SIGNUP, TYPE

FILTER_COLUMNS = {
    "types": "types",
    "dayparts": "dayparts",
    "prices": "price",
    "languages": "languages",
    "signups": "signup",
}
"""Field of `Filters` -> column of the clean offers that it looks at."""

FILTER_LISTS = {
    "types": TYPE.name,
    "dayparts": DAYPART.name,
    "prices": PRICE.name,
    "languages": LANGUAGE.name,
    "signups": SIGNUP.name,
}
"""Field of `Filters` -> Dutch name of its closed list."""


@dataclass(frozen=True)
class Filters:
    """The optional filters; an empty choice lets everything pass (DESIGN §4).

    Examples
    --------
    >>> Filters(types=("Digitale oefenkans",)).chosen
    {'types': ('Digitale oefenkans',)}
    """

    types: tuple[str, ...] = ()
    dayparts: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signups: tuple[str, ...] = ()

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters that are in use: field -> chosen values."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}


@dataclass(frozen=True)
class Question:
    """Everything that decides a gap table besides the data.

    Attributes
    ----------
    on : datetime.date
        Reference date (peildatum).
    reach_m : float
        R in walking metres.
    open_counts : bool
        "Aanbod voor iedereen telt mee".
    filters : Filters
    """

    on: date
    reach_m: float = settings.REACH_M
    open_counts: bool = True
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True)
class Case:
    """One column of answers: a target group, under its own filters.

    Attributes
    ----------
    group : str
        A value of Doelgroep.
    filters : Filters
    value : str
        The type or dagdeel that this column is about; "" in a table per doelgroep.
    """

    group: str
    filters: Filters
    value: str = ""


PER_FIELDS = {"type": "types", "dagdeel": "dayparts"}
"""`--per` value -> field of `Filters` that takes one value at a time."""


def cases_per_group(question: Question, groups: tuple[str, ...]) -> tuple[Case, ...]:
    """One case per target group, all under the question's filters."""
    return tuple(Case(group, question.filters) for group in groups)


def cases_per_value(question: Question, group: str, per: str, values: tuple[str, ...]) -> tuple[Case, ...]:
    """One case per value of `per` ("type" or "dagdeel"), that value as the only one in that filter."""
    name = PER_FIELDS[per]
    return tuple(Case(group, replace(question.filters, **{name: (value,)}), value) for value in values)


def cases_per_group_and_value(
    question: Question, groups: tuple[str, ...], per: str, values: tuple[str, ...]
) -> tuple[Case, ...]:
    """One case per target group and value of `per`, group by group."""
    return tuple(case for group in groups for case in cases_per_value(question, group, per, values))
