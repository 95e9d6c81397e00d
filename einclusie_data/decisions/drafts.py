"""A new decision from what someone looks at: a gap of the map, or the proposals of a scenario."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

from einclusie_data.city.areas import Areas
from einclusie_data.contract.words import listing
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.store.decision_record import Decision, Draft, Proposal, State, tidy

NO_NAME = "Nieuw aanbod"


def draft_of_gap(areas: Areas, code: str, group: str) -> Draft:
    """An idea for one cell of the gap table.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> areas = SimpleNamespace(wijken=pd.DataFrame({"label": ["Kiel"]}, index=["KIE01"]))
    >>> draft_of_gap(areas, "KIE01", "Ouderen").title
    'Aanbod voor ouderen in Kiel'
    """
    label = str(areas.wijken["label"][code])
    what = Proposal(groups=(group,), wijken=(code,))
    return Draft(title=f"Aanbod voor {group.lower()} in {label}", what=what, wijkcode=code, group=group)


def draft_at_meeting(areas: Areas, code: str, group: str, network: str, day: date) -> Draft:
    """What a meeting of today decides about one gap, or, without a wijk, about something else."""
    draft = draft_of_gap(areas, code, group) if code else Draft(title="")
    return replace(draft, state=State.DECIDED, network=network, meeting=day)


def draft_of_offer(areas: Areas, offer: NewOffer, scenario: str) -> Draft:
    """An idea that holds the new offer of a scenario; `scenario` is its name.

    What a decision has no field for (the language) is told in its reason.
    """
    shared = {one.name for one in fields(Proposal)}
    cells = {one.name: getattr(offer, one.name) for one in fields(offer) if one.name in shared}
    cells["address"] = ", ".join(filter(None, (offer.address, offer.postcode)))
    code = _wijkcode(areas, offer)
    reasons = [
        f"Uit het scenario “{scenario}”." if scenario else "",
        f"Talen: {listing(offer.languages)}." if offer.languages else "",
    ]
    return tidy(
        Draft(
            title=offer.name or _title(areas, offer, code),
            what=Proposal(**cells),
            why=" ".join(filter(None, reasons)),
            wijkcode=code,
            group=offer.groups[0] if len(offer.groups) == 1 else "",
        )
    )


def _wijkcode(areas: Areas, offer: NewOffer) -> str:
    """The one wijk that a new offer is in, by its point or its cell; "" when that is none, or several."""
    if offer.lat is not None and offer.lon is not None:
        return areas.wijk_at(offer.lon, offer.lat) or ""
    return offer.wijken[0] if len(offer.wijken) == 1 else ""


def _title(areas: Areas, offer: NewOffer, code: str) -> str:
    kind = offer.types[0] if offer.types else NO_NAME
    where = str(areas.wijken["label"].get(code, "")) or offer.location
    return f"{kind} in {where}" if where else kind


def drafts_of_scenario(areas: Areas, scenario: Scenario) -> list[Draft]:
    """An idea per new offer of a scenario, in its order; offers that stop become no decision."""
    return [draft_of_offer(areas, one, scenario.name) for one in scenario.new_offers]


def noted_already(decisions: Iterable[Decision], draft: Draft) -> Decision | None:
    """The decision that already holds this proposal under this title, whatever was agreed about it since."""
    return next((one for one in decisions if one.title == draft.title and one.what == draft.what), None)
