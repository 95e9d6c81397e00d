"""The meetings of a network in the sheet Bijeenkomsten, and its members in the sheet Partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from einclusie_data.answers.scopes import CITY, Scope, network_name
from einclusie_data.contract.organisations import OrganisationNames, organisation_key
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import CITY_NETWORK
from einclusie_data.contract.text import normalise
from einclusie_data.engine.dataset import Dataset


@dataclass(frozen=True)
class Meeting:
    """A meeting as anyone may read it; "" = not filled in."""

    day: date
    host: str = ""
    address: str = ""
    agenda: str = ""
    agreements: str = ""


def network_words(scope: Scope) -> str:
    """How a title names who meets."""
    if scope.name == CITY:
        return "netwerk van de hele stad"
    return scope.text if len(scope.codes) == 1 and not network_name(scope) else scope.name


def meetings_of(dataset: Dataset, scope: Scope) -> tuple[Meeting, ...]:
    """The meetings of a network, oldest first, one per day. A row without network is one of the city's.

    Rows of the same day are the same meeting: the last filled-in cell counts.
    """
    network = normalise(network_name(scope))
    found: dict[date, dict[str, str]] = {}
    for row in dataset.workbook.meetings.to_dict("records"):
        if network and normalise(mask_personal(row["network"]) or CITY_NETWORK) == network:
            texts = {key: mask_personal(row[key]) for key in ("host", "address", "agenda", "agreements") if row[key]}
            found.setdefault(row["date"].date(), {}).update(texts)
    return tuple(Meeting(day, **found[day]) for day in sorted(found))


def meeting_on(meetings: Sequence[Meeting], day: date) -> Meeting:
    """The meeting of a day; one of which only the day is known when the sheet does not name it."""
    return next((one for one in meetings if one.day == day), Meeting(day))


def last_before(meetings: Sequence[Meeting], day: date) -> date | None:
    """The day of the meeting before a day; None when the sheet names none."""
    return max((one.day for one in meetings if one.day < day), default=None)


def first_from(meetings: Sequence[Meeting], day: date) -> date | None:
    """The day of the first meeting on or after a day; None when the sheet names none."""
    return min((one.day for one in meetings if one.day >= day), default=None)


def partner_names(dataset: Dataset) -> OrganisationNames:
    """The partners of a workbook, and the names they had."""
    sheet = dataset.workbook.partners
    return OrganisationNames(zip(sheet["organisation"], sheet["other_names"], strict=True))


def members(dataset: Dataset, scope: Scope, names: OrganisationNames | None = None) -> dict[str, str]:
    """The organisations of a network, or with a wijk in any other area, in the order of the sheet Partners.

    Parameters
    ----------
    dataset : Dataset
    scope : Scope
    names : OrganisationNames, optional
        Of the workbook whose names count; that of `dataset` unless given.

    Returns
    -------
    dict of str to str
        Key of the organisation (see `organisation_key`) -> the name that it has now, masked.
    """
    names, network = names or partner_names(dataset), normalise(network_name(scope))
    found: dict[str, str] = {}
    sheet = dataset.workbook.partners
    for name, networks, wijken in zip(sheet["organisation"], sheet["networks"], sheet["wijken"], strict=True):
        inside = network in map(normalise, networks) if network else bool(set(wijken) & set(scope.codes))
        if inside:
            now = names.current(name)
            found.setdefault(organisation_key(now), mask_personal(now))
    return found


def new_members(before: Dataset, now: Dataset, scope: Scope) -> list[str]:
    """The organisations that joined a network since; one that only got another name did not."""
    known = members(before, scope, partner_names(now))
    return [name for key, name in members(now, scope).items() if key not in known]
