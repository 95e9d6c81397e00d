"""Why an organisation fits a decision, or what we do not know about it, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from einclusie_data.answers.explain import IN_WIJK, MAYBE_HERE
from einclusie_data.contract.schema import PARTNERS
from einclusie_data.contract.words import listing, number

NOT_IN_SHEET = f"staat niet in het blad {PARTNERS.name}"
ROLE_UNKNOWN = "rol niet ingevuld"
NOT_YET = "werkt nog niet rond e-inclusie"
SERVES = "heeft al aanbod voor deze groep"
MAYBE_SERVES = "we weten niet of er al aanbod is voor deze groep"
OFFER_MAYBE_HERE = "heeft aanbod dat misschien in de wijk ligt"
LINKED = "staat bij dit besluit"


def partner_text(partner: Mapping[Any, Any]) -> str:
    """What is known of an organisation that may take a decision on (a row of `decision_partners.fitting_partners`)."""
    parts = [
        LINKED if partner["linked"] else "",
        listing([role.lower() for role in partner["roles"]]) or (ROLE_UNKNOWN if partner["row"] else NOT_IN_SHEET),
        partner["sort"],
        NOT_YET if partner["works"] == "Nog niet" else "",
        _where(partner),
        MAYBE_SERVES if pd.isna(partner["serves"]) else SERVES if partner["serves"] else "",
    ]
    return "; ".join(filter(None, parts))


def _where(partner: Mapping[Any, Any]) -> str:
    relation = str(partner["relation"])
    if partner["unplaced"]:
        cell = PARTNERS.column("wijken").header
        return f"we weten niet waar: vul {cell} in op rij {number(partner['row'])} van het blad {PARTNERS.name}"
    if partner["by_offer"]:
        return OFFER_MAYBE_HERE if relation == MAYBE_HERE else f"heeft aanbod {relation}"
    return f"zelf {relation}" if relation == IN_WIJK else relation
