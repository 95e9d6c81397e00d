"""What someone can choose for a proposal: a place by name, and the offers that could stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from einclusie_data.answers.offers import ALL_GROUPS, offer_list
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import day, listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.offer import place_of_partner

STILL_OPEN = "loopt door"


def place_choices(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Places by name: every inhabited wijk, then the partners whose place is known.

    Returns
    -------
    dict of str to dict
        Name -> fields of a `NewOffer`. Of partners with one name the first counts.
    """
    wijken = dataset.areas.wijken[dataset.areas.wijken["inhabited"]]["label"].sort_values()
    places: dict[str, dict[str, Any]] = {f"Wijk {label}": {"wijken": (str(code),)} for code, label in wijken.items()}
    partners: dict[str, dict[str, Any]] = {}
    for row in dataset.workbook.partners.to_dict("records"):
        fields = place_of_partner({str(key): cell for key, cell in row.items()})
        if fields["lat"] is not None or fields["wijken"]:
            partners.setdefault(f"Partner {mask_personal(row['organisation'])}", fields)
    return places | dict(sorted(partners.items()))


def stop_choices(
    dataset: Dataset, question: Question, group: str = ALL_GROUPS, wijken: Sequence[int] | None = None
) -> dict[int, str]:
    """The active offers of a view that could stop, soonest ending first; those without an end last.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Its filters pass also what is not known.
    group : str
        A value of Doelgroep, or `ALL_GROUPS`.
    wijken : sequence of int, optional
        Positions of the wijken that are looked at; None = the whole city.

    Returns
    -------
    dict of int to str
        Position in `supply.offers` -> name, organisations and last day, without contact details.
    """
    reach = dataset.reach(question.reach_m)
    places = None if wijken is None else list(wijken)
    offers = offer_list(dataset.supply, reach, question, group=group, wijken=places, unknown_too=True)
    offers = offers.sort_values(["valid_to", "name"], kind="stable", na_position="last")
    return {int(str(place)): _stop_label(row) for place, row in offers.iterrows()}


def _stop_label(offer: pd.Series) -> str:
    until = STILL_OPEN if pd.isna(offer["valid_to"]) else f"tot {day(offer['valid_to'])}"
    return ", ".join([f"{offer['name']} ({listing(offer['organisations'])})", until])
