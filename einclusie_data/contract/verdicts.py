"""The verdicts of the gap engine and the words, symbols and colours with which people see them (DESIGN §4).

Texts that explain a verdict, a reason or a caveat are written here once; screens, exports, the explanation page and
the manual read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from einclusie_data.contract import settings
from einclusie_data.contract.words import number, period_words, share_words

COVERED = "gedekt"
GENERAL = "algemeen"
LIMITED = "beperkt"
UNKNOWN = "onbekend"
MOBILE = "mobiel"
GAP = "hiaat"
NOT_APPLICABLE = "nvt"


@dataclass(frozen=True)
class Verdict:
    """How one verdict looks and reads.

    Attributes
    ----------
    code : str
        Value of the column `oordeel`.
    word : str
        Short Dutch name, for legends and cells.
    symbol : str
        One character that goes with the colour, readable in black and white.
    colour, ink : str
        Fill and text colour as ``#rrggbb``; the pair has a contrast of at least 4.5.
    sentence : str
        What it means, in one B1 sentence.
    """

    code: str
    word: str
    symbol: str
    colour: str
    ink: str
    sentence: str


_MOST = f"minstens {share_words(settings.COVERED_SHARE)} van de bewoners"

VERDICTS: Mapping[str, Verdict] = MappingProxyType(
    {
        verdict.code: verdict
        for verdict in (
            Verdict(COVERED, "Gedekt", "✓", "#1f5f99", "#ffffff",
                    f"Er is geregeld aanbod voor deze groep, op wandelafstand van {_MOST}."),
            Verdict(GENERAL, "Algemeen aanbod", "◐", "#8fc1e3", "#10202e",
                    f"Er is geregeld aanbod op wandelafstand van {_MOST}, "
                    "maar alleen samen met aanbod dat voor iedereen is."),
            Verdict(LIMITED, "Beperkt", "◔", "#f7e08c", "#2b2400",
                    "Er is wat aanbod, maar het is te ver voor de meeste bewoners, tijdelijk, of komt zelden."),
            Verdict(UNKNOWN, "Onbekend", "?", "#d0d3d8", "#1f2430",
                    "We weten het niet: er is aanbod waarvan de doelgroep, de plek of iets anders niet is ingevuld."),
            Verdict(MOBILE, "Mogelijk hiaat: enkel mobiel of online", "◇", "#f2a65a", "#2e1600",
                    "Er is geen plek in de buurt. Er komt wel iemand aan huis of langs, of er is hulp online."),
            Verdict(GAP, "Mogelijk hiaat", "✕", "#a3262a", "#ffffff",
                    "We vonden geen passend aanbod voor deze groep in of bij deze wijk. Dat is te bespreken."),
            Verdict(NOT_APPLICABLE, "Niet van toepassing", "–", "#f1f1ee", "#4a4a46",
                    f"In deze wijk wonen minder dan {number(settings.INHABITED_FROM)} mensen."),
        )
    }
)  # fmt: skip
"""Code -> verdict, from best to worst as DESIGN §4 lists them, with `nvt` last."""

ORDER: tuple[str, ...] = (NOT_APPLICABLE, COVERED, GENERAL, LIMITED, UNKNOWN, MOBILE, GAP)
"""The contract's order: a later verdict is lower (worse)."""

SOME_OFFER: frozenset[str] = frozenset({COVERED, GENERAL, LIMITED})
"""Verdicts that say that there is an offer."""

OPEN_GAP: frozenset[str] = frozenset({MOBILE, GAP})
"""Verdicts that a screen calls a mogelijk hiaat."""

# --- reasons -------------------------------------------------------------------------------------------------------
RARE = "tijdelijk of zelden"
PART = "enkel deel van de wijk"
GROUP_UNKNOWN = "doelgroep niet ingevuld"
PLACE_UNKNOWN = "ligging onbekend"
FILTER_UNKNOWN = "filter niet ingevuld"
SEVERAL_UNKNOWN = "meerdere"
OUTSIDE_FILTERS = "buiten de gekozen filters"
NOT_ACTIVE = "gestopt of gepland"
OTHER_GROUP = "andere doelgroep"
TOO_FAR = "te ver"
NO_OFFER = "geen aanbod"

REASONS: Mapping[str, str] = MappingProxyType(
    {
        RARE: "Er is aanbod in de buurt, maar het is tijdelijk, komt zelden of reist rond.",
        PART: "Het aanbod is maar voor een deel van de wijk te voet bereikbaar.",
        GROUP_UNKNOWN: "Er is aanbod, maar er staat niet bij voor wie. Vul de doelgroep aan.",
        PLACE_UNKNOWN: "Er is aanbod, maar we weten niet precies waar. Vul het adres of de wijk aan.",
        FILTER_UNKNOWN: "Er is aanbod, maar wat je filtert is er niet bij ingevuld. Vul het aan.",
        SEVERAL_UNKNOWN: "Er is misschien aanbod, maar er ontbreken meerdere gegevens.",
        OUTSIDE_FILTERS: "Er is wel ander aanbod, maar niet van de soort of met de filters die nu gekozen zijn.",
        NOT_ACTIVE: "Er was of komt aanbod, maar het is nu gestopt, gesloten of nog niet gestart.",
        OTHER_GROUP: "Er is aanbod in de buurt, maar voor een andere doelgroep.",
        TOO_FAR: "Er is passend aanbod in de stad, maar te ver om te voet te gaan.",
        NO_OFFER: "We vonden nergens in de stad passend aanbod met een plek.",
    }
)
"""Value of `reden` -> one sentence for the reader."""

# --- caveats -------------------------------------------------------------------------------------------------------
STALE = "verouderd"
APPROXIMATE = "ligging bij benadering"
MOBILE_UNCERTAIN = "mobiel aanbod onzeker"

_LONG_AGO = period_words(settings.STALE_DAYS)

CAVEATS: Mapping[str, str] = MappingProxyType(
    {
        STALE: f"Dit oordeel steunt op gegevens die langer dan {_LONG_AGO} niet zijn nagekeken.",
        APPROXIMATE: "Dit oordeel steunt op aanbod waarvan we enkel de wijk kennen, niet het adres.",
        MOBILE_UNCERTAIN: "Misschien is er toch hulp aan huis of online: vul de genoemde rijen aan.",
    }
)
"""Value in `kanttekening` -> one sentence for the reader."""
