"""Where we do not know, in words: the answer at the top of the page about the data."""

from __future__ import annotations

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.words import count


def unknown_wijken(rows: pd.DataFrame) -> list[str]:
    """Labels of the wijken with a verdict "onbekend" in some rows of a gap table, each once."""
    return list(dict.fromkeys(rows.loc[rows["oordeel"] == verdicts.UNKNOWN, "wijk"]))


def uncertain_wijken(rows: pd.DataFrame) -> list[str]:
    """Labels of the wijken with an open gap for which someone may come after all, each once."""
    return list(dict.fromkeys(rows.loc[rows["kanttekening"] == verdicts.MOBILE_UNCERTAIN, "wijk"]))


def where_sentence(rows: pd.DataFrame, group: str | None) -> str:
    """In how many wijken we do not know.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table: one area, one group or all.
    group : str or None
        None = all groups: a wijk counts once, for whichever group it is.
    """
    inhabited = rows.loc[rows["oordeel"] != verdicts.NOT_APPLICABLE, "wijkcode"].nunique()
    unknown = len(unknown_wijken(rows))
    whom = "minstens één doelgroep" if group is None else group.lower()
    if not inhabited:
        return "In dit gebied is er geen wijk met een oordeel."
    if not unknown:
        return f"Geen enkel oordeel is onbekend voor {'een doelgroep' if group is None else whom}."
    return f"In {unknown} van {count(inhabited, 'wijk', 'wijken')} weten we het niet voor {whom}."


def mobile_sentence(rows: pd.DataFrame) -> str:
    """In how many wijken there may be help at home or online after all; "" when in none."""
    wijken = len(uncertain_wijken(rows))
    return f"In {count(wijken, 'wijk', 'wijken')} is er misschien toch hulp aan huis of online." if wijken else ""


def who_sentence(rows: int, organisations: int) -> str:
    """How many rows would settle it, and how many organisations can complete them."""
    if not rows:
        return "Er is niets aan te vullen dat een oordeel kan veranderen."
    they = "die" if rows > 1 else "ze"
    can = f"kan {they}" if organisations == 1 else f"kunnen {they}"
    return f"Er {'zijn' if rows > 1 else 'is'} {count(rows, 'rij', 'rijen')} aan te vullen. " + (
        f"{count(organisations, 'organisatie', 'organisaties')} {can} invullen."
    )
