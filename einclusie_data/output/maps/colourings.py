"""Ways to colour the wijken on a map: by verdict, or by a figure in five classes. Colour always comes with a symbol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import number, percentage


@dataclass(frozen=True)
class FigureClass:
    """A class of figures.

    Attributes
    ----------
    word : str
        What the class holds: "10 % tot 50 %".
    symbol : str
        "1" to "5": low to high.
    colour, ink : str
        As for a verdict.
    low : float
        Smallest figure of the class; it goes up to the next one's.
    """

    word: str
    symbol: str
    colour: str
    ink: str
    low: float


Look = Verdict | FigureClass
"""How a group of wijken looks on a map and in a legend."""

_BLUES = (("#e3edf6", "#10202e"), ("#b4d2ea", "#10202e"), ("#7fb2dc", "#10202e"), ("#2f74b0", "#ffffff"),
          ("#123f6d", "#ffffff"))  # fmt: skip
_REDS = (("#fbe9dc", "#2e1600"), ("#f6c39c", "#2e1600"), ("#ea9561", "#2e1600"), ("#b5472b", "#ffffff"),
         ("#7a1620", "#ffffff"))  # fmt: skip
_PURPLES = (("#ece7f3", "#20152e"), ("#cdbfe0", "#20152e"), ("#a58fc6", "#20152e"), ("#6f4f9f", "#ffffff"),
            ("#432670", "#ffffff"))  # fmt: skip


def _classes(
    lows: Sequence[float], palette: Sequence[tuple[str, str]], text: Callable[[float], str]
) -> tuple[FigureClass, ...]:
    """Five classes from their lower bounds; the last one has no upper bound."""
    words = [f"{text(low)} tot {text(high)}" for low, high in pairwise(lows)]
    words = [f"minder dan {text(lows[1])}", *words[1:], f"{text(lows[-1])} of meer"]
    return tuple(
        FigureClass(word, str(place), colour, ink, low)
        for place, (word, (colour, ink), low) in enumerate(zip(words, palette, lows, strict=True), start=1)
    )


@dataclass(frozen=True)
class Colouring:
    """One way to colour the wijken.

    Attributes
    ----------
    code : str
        Stands in the URL.
    label : str
    help : str
        What the colours mean, in one sentence.
    column : str
        Column of the gap table.
    classes : tuple of FigureClass
        None for the verdicts.
    """

    code: str
    label: str
    help: str
    column: str
    classes: tuple[FigureClass, ...] = ()

    def look_of(self, value: object) -> Look:
        """The look of a wijk that is bewoond, by its value in `column`."""
        if not self.classes:
            return verdicts.VERDICTS[str(value)]
        if pd.isna(value):  # type: ignore[call-overload]
            return verdicts.VERDICTS[verdicts.UNKNOWN]
        return next(one for one in reversed(self.classes) if float(str(value)) >= one.low or one.symbol == "1")


VERDICT = "oordeel"

COLOURINGS: dict[str, Colouring] = {
    one.code: one
    for one in (
        Colouring(VERDICT, "Oordeel", "Is er aanbod voor deze groep, op wandelafstand?", "oordeel"),
        Colouring(
            "bereikt",
            "Bereikt deel",
            "Welk deel van de bewoners woont op loopafstand van passend aanbod?",
            "aandeel_bereikt",
            _classes((0, settings.LIMITED_SHARE, 0.25, settings.COVERED_SHARE, 0.75), _BLUES, percentage),
        ),
        Colouring(
            "mensen",
            "Buiten bereik",
            "Hoeveel mensen van deze groep wonen niet op loopafstand van passend aanbod?",
            "buiten_bereik",
            _classes((0, 500, 1000, 2500, 5000), _REDS, number),
        ),
        Colouring(
            "ranking",
            "Wijkenranking",
            "Sociaal-economische wijkenranking van de stad (0 tot 100). Hoger betekent: meer uitdagingen.",
            "wijkranking",
            _classes((0, 20, 40, 60, 80), _PURPLES, number),
        ),
    )
}
"""Code -> colouring, in the order in which they are offered."""


def looks_of(rows: pd.DataFrame, colouring: Colouring) -> list[Look]:
    """The look of every wijk.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table, one per wijk.
    colouring : Colouring

    Returns
    -------
    list of Look
        In the order of the rows; a wijk that is not bewoond always looks so, an unknown figure is "Onbekend".
    """
    nobody = verdicts.VERDICTS[verdicts.NOT_APPLICABLE]
    return [
        nobody if verdict == verdicts.NOT_APPLICABLE else colouring.look_of(value)
        for verdict, value in zip(rows["oordeel"], rows[colouring.column], strict=True)
    ]


def legend_of(rows: pd.DataFrame, colouring: Colouring) -> list[tuple[Look, int]]:
    """Every look of a colouring with its number of wijken, in order; those that are not bewoond last, if any.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table, one per wijk.
    colouring : Colouring

    Returns
    -------
    list of (Look, int)
        For figures: the classes, and "Onbekend" when some figure is.
    """
    words = [look.word for look in looks_of(rows, colouring)]
    looks: list[Look] = [*colouring.classes]
    if not looks:
        looks = [one for code, one in verdicts.VERDICTS.items() if code != verdicts.NOT_APPLICABLE]
    elif verdicts.VERDICTS[verdicts.UNKNOWN].word in words:
        looks.append(verdicts.VERDICTS[verdicts.UNKNOWN])
    nobody = verdicts.VERDICTS[verdicts.NOT_APPLICABLE]
    if nobody.word in words:
        looks.append(nobody)
    return [(look, words.count(look.word)) for look in looks]
