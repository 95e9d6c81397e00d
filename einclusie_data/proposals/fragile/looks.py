"""How a wijk looks on the map of fragile offers: what happens there when one single offer stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from einclusie_data.changes.gaps import OPENED, SHIFTED, UNCERTAIN
from einclusie_data.changes.words import one_line
from einclusie_data.contract import verdicts
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import listing, number
from einclusie_data.proposals.change_words import NAMED
from einclusie_data.proposals.compare import SAME
from einclusie_data.proposals.fragile.offers import Fragility

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
