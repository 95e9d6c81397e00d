"""Methods in words: what a card says, what was asked, what is missing, how many there are per group and theme."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from einclusie_data.answers.methods import Wish, values_of, web_link
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Filters
from einclusie_data.contract.schema import METHODS
from einclusie_data.contract.words import count, day, filters_text, listing, number, with_typed

ANY_GROUP = "alle doelgroepen"
NONE_KNOWN = "geen\u00a0bekend"
"""With a hard space: a cell of the table stays on one line."""
_FACTS = ("groups", "types", "themes", "level", "audience", "languages", "form", "duration", "used_by")
_ASKED = (*_FACTS, "checked")
"""Columns of which a card also says that they are not filled in."""


def wish_text(wish: Wish) -> str:
    """What was asked, in words.

    Examples
    --------
    >>> from einclusie_data.answers.methods import Wish
    >>> wish_text(Wish(group="Ouderen", themes=("Werk",), levels=("Basis",), words="spel"))
    'ouderen, over werk, niveau basis, met “spel”'
    """
    parts = [wish.group.lower() if wish.group != ALL_GROUPS else ANY_GROUP]
    parts += filters_text(Filters(types=wish.types, languages=wish.languages))
    for words, values in (("over", wish.themes), ("niveau", wish.levels), ("gemaakt voor", wish.audiences)):
        if values:
            parts.append(f"{words} {listing(values, 'of').lower()}")
    if wish.words.strip():
        parts.append(f"met “{wish.words.strip()}”")
    return ", ".join(parts)


def maybe_words(found: pd.DataFrame) -> tuple[str, str]:
    """How many methods fit perhaps, and which cells would settle it; two empty texts when there are none.

    Parameters
    ----------
    found : pandas.DataFrame
        From `methods.find_methods`.
    """
    maybe = found[~found["fits"]]
    if maybe.empty:
        return "", ""
    cells = Counter(METHODS.column(key).header for keys in maybe["missing"] for key in keys)
    parts = listing([f"{header} (bij {number(size)})" for header, size in cells.most_common()])
    asked = zip(maybe["missing"], maybe["unread"], strict=True)
    unread = any(key in texts for keys, texts in asked for key in keys)
    why = "niet ingevuld of niet begrepen" if unread else "niet ingevuld"
    some = count(len(maybe), "methodiek past", "methodieken passen")
    return f"Nog {some} misschien: dat is er {why}", f"Aan te vullen in het blad {METHODS.name}: {parts}."


def method_lines(method: pd.Series[Any]) -> tuple[str, ...]:
    """What the card of a method says below its name.

    Parameters
    ----------
    method : pandas.Series
        A row of `methods.public_methods`; also of `methods.find_methods` or `method_gaps.methods_for_gap`, whose
        reasons are then told.

    Returns
    -------
    tuple of str
        "" for a line that has nothing to say.
    """
    unlinked = method["website"] and not web_link(method["website"])
    near = listing(method.get("near", ()))
    return (
        " · ".join(filter(None, [method["publisher"], method["year"]])),
        _why(method),
        method["description"],
        " · ".join(_facts(method)),
        f"Heeft al aanbod in of bij deze wijk: {near}." if near else "",
        f"Website: {method['website']}" if unlinked else "",
        method["note"],
        _not_known(method),
    )


def _why(method: pd.Series[Any]) -> str:
    if not method.get("reason"):
        return ""
    return f"{'Waarom' if method['fits'] else 'Past misschien'}: {method['reason']}."


def _facts(method: pd.Series[Any]) -> list[str]:
    known = {key: listing(values_of(method[key])) for key in _FACTS}
    known["checked"] = day(method["checked"]) if _known(method["checked"]) else ""
    texts = {key: with_typed(text, _typed(method["unread"], key, text)) for key, text in known.items()}
    return [f"{METHODS.headers[key]}: {text}" for key, text in texts.items() if text]


def _typed(unread: dict[str, str], key: str, known: str) -> str:
    """What someone typed in a cell, for a card; in quotes when it is all that we have."""
    text = unread.get(key, "")
    return text if known or not text else f"“{text}”"


def _known(cell: object) -> bool:
    return bool(cell) and cell is not pd.NaT


def _not_known(method: pd.Series[Any]) -> str:
    keys = [key for key in _ASKED if not _known(method[key]) and key not in method["unread"]]
    return f"Niet ingevuld: {listing([METHODS.headers[key].lower() for key in keys])}." if keys else ""


def coverage_words(table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """The table of `method_tables.coverage_table` for people: heads and rows.

    Themes of which no method is known are left out: `themes_without` names them.
    """
    empty = themes_without(table)
    shown = [theme for theme in table.index.get_level_values("theme").unique() if theme not in empty]
    heads = ["Doelgroep", *(theme or "Thema onbekend" for theme in shown)]
    rows = [
        [group or "Doelgroep onbekend", *(_cell(table.loc[(group, theme)], group) for theme in shown)]
        for group in table.index.get_level_values("group").unique()
    ]
    return heads, rows


def themes_without(table: pd.DataFrame) -> list[str]:
    """The themes of which no method is known, for any group."""
    per_theme = table.sum(axis=1).groupby(level="theme", sort=False).sum()
    return [str(theme) for theme, size in per_theme.items() if theme and not size]


def _cell(counts: pd.Series[int], group: str) -> str:
    specific, everyone, unknown = (int(counts[kind]) for kind in ("specific", "open", "unknown"))
    if not group or group == EVERYONE:
        return number(unknown + everyone) if unknown + everyone else NONE_KNOWN
    parts = [f"{number(specific)}\u00a0eigen"] if specific else []
    parts += [f"{number(everyone)}\u00a0voor\u00a0iedereen"] if everyone else []
    return " + ".join(parts) or NONE_KNOWN
