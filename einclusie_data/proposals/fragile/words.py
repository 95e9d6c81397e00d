"""What hangs on one offer, in sentences.

How a wijk looks on the map of fragile offers: what happens there when one single offer stops.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from einclusie_data.changes.gaps import OPENED, SHIFTED, UNCERTAIN
from einclusie_data.changes.words import one_line
from einclusie_data.contract import verdicts
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import count, day, listing, number
from einclusie_data.proposals.compare import SAME
from einclusie_data.proposals.fragile.offers import KINDS, Fragility, Role
from einclusie_data.proposals.words import NAMED, people_sentences, verdict_sentences

CAUGHT, NOTHING_THERE, NOT_SURE = "opgevangen", "al een hiaat", "weten we niet"

FRAGILE_LOOKS: Mapping[str, Verdict] = MappingProxyType(
    {
        look.code: look
        for look in (
            Verdict(OPENED, "Stopt één aanbod, dan ontstaat een mogelijk hiaat", "▲", "#a3262a", "#ffffff",
                    "Eén aanbod houdt hier een mogelijk hiaat tegen."),
            Verdict(UNCERTAIN, "Stopt één aanbod, dan verandert wat we weten", "?", "#d0d3d8", "#1f2430",
                    "Wat we hier weten, hangt aan één aanbod vast."),
            Verdict(SHIFTED, "Stopt één aanbod, dan wordt het oordeel zwakker", "≈", "#f7e08c", "#2b2400",
                    "Het oordeel hangt hier aan één aanbod vast, maar er ontstaat geen mogelijk hiaat."),
            Verdict(SAME, "Stopt één aanbod, dan verliezen mensen het, het oordeel blijft", "–", "#dbe6d3", "#1d2b14",
                    "Sommige mensen hebben enkel dat aanbod op loopafstand."),
            Verdict(CAUGHT, "Ander aanbod vangt het op", "", "#bcc9d4", "#1f2430",
                    "Er verandert niets als één aanbod stopt."),
            Verdict(NOT_SURE, "We weten niet of er aanbod is", "·", "#f1f1ee", "#4a4a46",
                    "Er is misschien aanbod. Geen enkel aanbod alleen verandert dat."),
            Verdict(NOTHING_THERE, "Nu al een mogelijk hiaat", "✕", "#f3dcdc", "#6b1518",
                    "We vonden geen passend aanbod. Er is dus ook niets dat kan stoppen."),
        )
    }
)  # fmt: skip
"""What happens -> how it looks and what it means; the first one that holds for a wijk is the one it gets."""


def fragile_wijken(fragility: Fragility, rows: pd.DataFrame, offer: int | None = None) -> pd.DataFrame:
    """What happens in each wijk when one offer stops.

    Parameters
    ----------
    fragility : Fragility
    rows : pandas.DataFrame
        Rows of the gap table of the same wijken and groups.
    offer : int, optional
        Position in the supply: only what happens when this one stops. Any one offer unless given.

    Returns
    -------
    pandas.DataFrame
        One row per wijk that is bewoond: `wijkcode`, `soort` (a key of `FRAGILE_LOOKS`), `aanbod` (the names of the
        offers that make it so, for anyone to see; "" where nothing changes).
    """
    effects = fragility.effects if offer is None else fragility.effects_of(offer)
    names = dict(zip(fragility.offers["offer"], fragility.offers["name"], strict=True))
    by_wijk = {str(code): table for code, table in effects.groupby("wijkcode")}
    here = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE].groupby("wijkcode", sort=False)["oordeel"].agg(set)
    found = [
        _affected(by_wijk[code], names) if code in by_wijk else (_untouched(verdict), "")
        for code, verdict in zip(map(str, here.index), here, strict=True)
    ]
    kinds, offers = zip(*found, strict=True) if found else ((), ())
    return pd.DataFrame({"wijkcode": list(here.index), "soort": kinds, "aanbod": offers})


def _affected(effects: pd.DataFrame, names: Mapping[int, str]) -> tuple[str, str]:
    """The worst that happens in a wijk, and by which offers."""
    kind = next(one for one in FRAGILE_LOOKS if (effects["soort"] == one).any())
    offers = [one_line(names[one]) for one in dict.fromkeys(effects.loc[effects["soort"] == kind, "offer"])]
    more = [f"nog {number(len(offers) - NAMED)}"] if len(offers) > NAMED else []
    return kind, listing([*offers[:NAMED], *more])


def _untouched(found: set[str]) -> str:
    """What holds where nothing changes."""
    if found & verdicts.SOME_OFFER:
        return CAUGHT
    return NOTHING_THERE if found <= verdicts.OPEN_GAP else NOT_SURE


def fragile_legend(wijken: pd.DataFrame) -> list[tuple[Verdict, int]]:
    """Every kind that is there, with its number of wijken; rows of `fragile_wijken`."""
    sizes = wijken["soort"].value_counts()
    return [(look, int(sizes[code])) for code, look in FRAGILE_LOOKS.items() if code in sizes]


def worst_look(fragility: Fragility, offer: int) -> Verdict | None:
    """The sign of an offer: the worst that happens when it stops; None when nothing does."""
    kinds: Sequence[str] = list(fragility.effects_of(offer)["soort"])
    return next((look for code, look in FRAGILE_LOOKS.items() if code in kinds), None)


NOTHING = "We vonden geen passend aanbod."
ALONE = (
    "We kijken naar elk aanbod apart, alsof enkel dat stopt. Vangen twee plekken elkaar op, en stoppen ze allebei? Dan "
    "kan er toch een hiaat ontstaan. Kijk dat na op de pagina Wat als."
)
KINDLY = "Dat een aanbod hier staat, zegt niets over de kwaliteit ervan. Het zegt enkel wat er nog is als het stopt."

ROLE_SENTENCES = {
    Role.ONLY: "Als dit stopt, verandert er een oordeel.",
    Role.PART: "Als dit stopt, blijven de oordelen. Sommige mensen hebben dan wel niets meer op loopafstand.",
    Role.OVERLAPS: "Als enkel dit stopt, verandert er geen oordeel. Ander aanbod vangt het op.",
    Role.NOBODY: "Binnen loopafstand van dit aanbod wonen geen mensen. Als het stopt, verandert er geen oordeel.",
    Role.PLACELESS: "We weten niet waar dit is, en dus ook niet wat er verandert als het stopt. "
    "Vul het adres of de wijk aan.",
}
"""Role -> one sentence for the reader."""

HEADERS = {
    "name": "Aanbod",
    "organisations": "Organisatie",
    "role": "Wat hangt eraan vast",
    "ends": "Loopt tot",
    "opens": "Hiaten die zouden ontstaan",
    "doubt": "Waar we het dan niet meer weten",
    "gone": "Waar er dan zeker niets meer is",
    "other": "Andere oordelen die zwakker worden",
    "wijken": "In hoeveel wijken",
}
"""Column of `Fragility.offers` -> header on screen."""


def summary_sentences(fragility: Fragility) -> list[str]:
    """How many offers hold up a verdict, how many overlap, and which end soon: what a page starts with."""
    offers = fragility.offers
    if offers.empty:
        return [NOTHING]
    sizes = {role: int((offers["role"] == role.value).sum()) for role in Role}
    opening = int((offers["opens"] > 0).sum())
    gaps = number(opening) if opening else "geen enkel"
    told = [
        f"Van {count(len(offers), 'aanbod', 'keer aanbod')} {_is(sizes[Role.ONLY])} er {number(sizes[Role.ONLY])} "
        f"waar een oordeel aan vasthangt. Bij {gaps} daarvan ontstaat een mogelijk hiaat als het stopt.",
    ]
    if sizes[Role.OVERLAPS]:
        told.append(f"{number(sizes[Role.OVERLAPS])} keer vangt ander aanbod het op.")
    if sizes[Role.PLACELESS]:
        told.append(f"Van {number(sizes[Role.PLACELESS])} weten we de plek niet, dus ook niet wat eraan vasthangt.")
    return [*told, _soon_sentence(offers)]


def _is(size: int) -> str:
    return "is" if size == 1 else "zijn"


def _soon_sentence(offers: pd.DataFrame) -> str:
    soon = offers[offers["ends_soon"]]
    if soon.empty:
        return "Er is geen aanbod waarvan we weten dat het binnenkort stopt."
    decides = int((soon["role"] == Role.ONLY.value).sum())
    return (
        f"{count(len(soon), 'aanbod stopt', 'keer aanbod stopt')} binnenkort. "
        f"Aan {number(decides)} daarvan hangt een oordeel vast."
    )


def end_sentence(offer: pd.Series[Any]) -> str:
    """When an offer (a row of `Fragility.offers`) ends; "" when no last day is filled in.

    Examples
    --------
    >>> end_sentence(pd.Series({"ends": pd.Timestamp(2026, 12, 1), "days_left": 8.0, "ends_soon": True}))
    'Stopt binnenkort: op 1 december 2026, over 8 dagen.'
    """
    if pd.isna(offer["ends"]):
        return ""
    until = day(offer["ends"])
    if not offer["ends_soon"]:
        return f"Loopt tot {until}."
    left = int(offer["days_left"])
    when = f"over {count(left, 'dag', 'dagen')}" if left else "vandaag"
    return f"Stopt binnenkort: op {until}, {when}."


def count_sentence(offer: pd.Series[Any]) -> str:
    """How much hangs on an offer (a row of `Fragility.offers`), each wijk and group apart; "" when no verdict does.

    Examples
    --------
    >>> count_sentence(pd.Series({"opens": 3, "doubt": 0, "gone": 1, "other": 0}))
    'Hiaten die zouden ontstaan: 3. Waar er dan zeker niets meer is: 1.'
    """
    return " ".join(f"{HEADERS[kind]}: {number(offer[kind])}." for kind in KINDS if offer[kind])


def offer_sentences(fragility: Fragility, offer: int) -> list[str]:
    """What changes if one offer (its position in the supply) stops: who, where, and how many people."""
    effects = fragility.effects_of(offer)
    changed = effects[effects["soort"] != SAME]
    told = [*verdict_sentences(changed, fragility.groups), *people_sentences(fragility.people_of(offer))]
    role = fragility.offers.loc[fragility.offers["offer"] == offer, "role"].iloc[0]
    return told or [ROLE_SENTENCES[Role(role)]]
