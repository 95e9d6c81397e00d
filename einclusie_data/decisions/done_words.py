"""Why an offer looks like what was decided, and what about it is not sure: the Dutch texts."""

from __future__ import annotations

from collections.abc import Sequence

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import listing, number
from einclusie_data.store.decision_steps import State

DONE_IN_WIJK = "in dezelfde wijk"
DONE_NEAR = "dicht bij het gekozen punt"
DONE_COMES = "komt in dezelfde wijk"
DONE_EVERYWHERE = "zelfde werkwijze"
DONE_GROUP = "voor dezelfde doelgroep"
DONE_TYPE = "zelfde type aanbod"
DONE_AFTER = "begonnen na het besluit"
DONE_NEW = "nieuw in de werkmap"
DONE_ORGANISATION = "van de afgesproken organisatie"
DOUBT_PLACE = "we weten niet precies waar het aanbod is"
DOUBT_COMES = "het aanbod heeft geen vaste plek"
DOUBT_MODE = "bij het aanbod is Bereik niet ingevuld"
DOUBT_GROUP = "bij het aanbod is de doelgroep niet ingevuld"
DOUBT_OPEN = "het aanbod is voor iedereen, niet enkel voor deze groep"
DOUBT_PARTLY = "het aanbod is niet voor elke groep van het besluit"
DOUBT_NO_GROUP = "het besluit zegt niet voor wie"
DOUBT_TYPE = "bij het aanbod is het type niet ingevuld"
DOUBT_GONE_GROUP = "de doelgroep van het besluit staat niet meer in de lijst"
DOUBT_GONE_TYPE = "het type van het besluit staat niet meer in de lijst"
DOUBT_NO_TYPE = "het besluit zegt niet welk type aanbod"
DOUBT_START = "bij het aanbod staat niet wanneer het begon"
DOUBT_ORGANISATION = "het is van een andere organisatie dan afgesproken"


def done_sentence(name: str, organisations: Sequence[str], row: int, *, sure: bool) -> str:
    """The question whether an offer of the workbook is what was decided."""
    offer = f"“{mask_personal(name)}” ({mask_personal(listing(organisations))}, rij {number(row)})"
    if sure:
        return f"In de werkmap staat nu {offer}. Dat lijkt op dit besluit. Zet je het op “{State.STARTED}”?"
    return f"In de werkmap staat nu {offer}. Is dat wat jullie beslisten? Kijk het even na."


def started_reason(why: str, name: str, row: int) -> str:
    """Why a decision is marked as started: what stood there, and the offer that someone recognised.

    Examples
    --------
    >>> started_reason("Er is niets.", "Digicafé", 12)
    'Er is niets. Gestart: “Digicafé” staat in de werkmap (rij 12).'
    """
    return " ".join(filter(None, (why, f"Gestart: “{mask_personal(name)}” staat in de werkmap (rij {number(row)}).")))
