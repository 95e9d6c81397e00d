"""The list of methods as anyone may see it, and which of them fit a wish, and why.

The methods counted: how many there are per group and theme, and who in the network uses which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Filters
from einclusie_data.contract.schema import METHODS
from einclusie_data.contract.words import count, day, filters_text, listing, number, with_typed
from einclusie_data.engine.public import search_rows

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


KINDS = ("specific", "open", "unknown")
"""Columns of `coverage_table`."""


def coverage_table(methods: pd.DataFrame, groups: Sequence[str], themes: Sequence[str]) -> pd.DataFrame:
    """How many methods there are per group and theme.

    Parameters
    ----------
    methods : pandas.DataFrame
        From `methods.public_methods`.
    groups, themes : sequence of str
        Values of Doelgroep and Thema.

    Returns
    -------
    pandas.DataFrame
        Index (group, theme), in the order given, behind them "" for a cell that is unknown. Columns: `specific`
        (methods for this group), `open` (methods for everyone that do not name the group; all of them in the row
        Iedereen), `unknown` (methods of which the group is unknown: only in the rows ""). A method with several themes
        counts in each, so a row does not add up.
    """
    counts = Counter(_places(methods, (*groups, "")))
    index = pd.MultiIndex.from_product([[*groups, ""], [*themes, ""]], names=["group", "theme"])
    return pd.DataFrame(
        {kind: [counts[group, theme, kind] for group, theme in index] for kind in KINDS}, index=index, dtype=int
    )


def _places(methods: pd.DataFrame, groups: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Every cell in which a method counts: group, theme, kind."""
    for listed, about in zip(methods["groups"], methods["themes"], strict=True):
        for group in groups:
            kind = _counts_as(listed, group)
            for theme in (about or ("",)) if kind else ():
                yield group, theme, kind


def _counts_as(listed: tuple[str, ...], group: str) -> str:
    """As what a method counts for a group, "" = it does not."""
    if not group or not listed:
        return "unknown" if group == "" and not listed else ""
    if group in listed and group != EVERYONE:
        return "specific"
    return "open" if EVERYONE in listed else ""


def users_of(methods: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Organisation -> the ids of the methods that it uses; organisations in the order of the alphabet."""
    users: dict[str, list[str]] = {}
    for method, organisations in zip(methods["id"], methods["used_by"], strict=True):
        for organisation in organisations:
            users.setdefault(organisation, []).append(method)
    return {name: tuple(users[name]) for name in sorted(users, key=str.casefold)}


SEARCHED = ("name", "publisher", "description", "form", "note", "groups", "types", "themes", "used_by")
"""Columns in which someone's words are looked for."""


@dataclass(frozen=True)
class Wish:
    """What someone asks of a method; an empty choice lets everything pass.

    Attributes
    ----------
    group : str
        A value of Doelgroep, or `ALL_GROUPS`. Iedereen asks for methods that are for everyone.
    types, themes, levels, languages, audiences : tuple of str
        Values of Type aanbod, Thema, Niveau, Talen and Voor wie; one of them is enough.
    words : str
        Free text.
    """

    group: str = ALL_GROUPS
    types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    words: str = ""

    @property
    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The choices in use besides the group: column of the clean methods, values."""
        choices = {
            "types": self.types,
            "themes": self.themes,
            "level": self.levels,
            "languages": self.languages,
            "audience": self.audiences,
        }
        return tuple((key, values) for key, values in choices.items() if values)


_WHY = {
    "types": "past bij {}",
    "themes": "gaat over {}",
    "level": "niveau {}",
    "languages": "bestaat in het {}",
    "audience": "gemaakt voor {}",
}
"""Column -> why a method fits, with the values that it shares with the wish."""

_FIT, _OPEN, _UNKNOWN, _OTHER = 0, 1, 2, 3
"""How one cell fits, best first; `_OPEN` is "for everyone"."""


def values_of(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    """The values of a cell that holds one or several; () = unknown."""
    return cell if isinstance(cell, tuple) else (cell,) if cell else ()


def unknown_text(key: str, unread: dict[str, str]) -> str:
    """How we say that a cell tells us nothing: it is empty, or we did not understand it."""
    return f"{METHODS.column(key).header.lower()} niet {'begrepen' if key in unread else 'ingevuld'}"


@dataclass(frozen=True)
class _Verdict:
    """How a method fits a wish: rank per cell, reasons in words, keys of the cells that are unknown."""

    ranks: tuple[int, ...]
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


def _group_fit(row: dict[str, Any], group: str) -> tuple[int, str]:
    if not row["groups"]:
        return _UNKNOWN, unknown_text("groups", row["unread"])
    if group in row["groups"] and group != EVERYONE:
        return _FIT, f"voor {group.lower()}"
    return (_OPEN, "voor iedereen") if EVERYONE in row["groups"] else (_OTHER, "")


def _cell_fit(row: dict[str, Any], key: str, chosen: tuple[str, ...]) -> tuple[int, str]:
    values = values_of(row[key])
    if not values:
        return _UNKNOWN, unknown_text(key, row["unread"])
    shared = [value for value in values if value in chosen]
    words = shared if key == "languages" else [value.lower() for value in shared]
    return (_FIT, _WHY[key].format(listing(words))) if shared else (_OTHER, "")


def _judge(row: dict[str, Any], wish: Wish) -> _Verdict | None:
    """How a method fits, or None when it certainly does not."""
    fits = {key: _cell_fit(row, key, chosen) for key, chosen in wish.asked}
    if wish.group != ALL_GROUPS:
        fits = {"groups": _group_fit(row, wish.group), **fits}
    if any(rank == _OTHER for rank, _ in fits.values()):
        return None
    missing = tuple(key for key, (rank, _) in fits.items() if rank == _UNKNOWN)
    return _Verdict(tuple(rank for rank, _ in fits.values()), tuple(why for _, why in fits.values()), missing)


def find_methods(methods: pd.DataFrame, wish: Wish) -> pd.DataFrame:
    """The methods that fit a wish, and those that perhaps do, best first.

    Parameters
    ----------
    methods : pandas.DataFrame
        From `public_methods`.
    wish : Wish

    Returns
    -------
    pandas.DataFrame
        Rows of `methods` with `fits` (bool; False = it may fit: a cell that is asked for is unknown), `reason` (why, in
        words) and `missing` (tuple of keys of those unknown cells). Specific for the group before for everyone before
        group unknown; then the right type before type unknown, and so on; then in the order of the sheet.
    """
    found = search_rows(methods, SEARCHED, wish.words)
    rows: list[dict[str, Any]] = [{str(key): cell for key, cell in row.items()} for row in found.to_dict("records")]
    judged = [(place, verdict) for place, row in enumerate(rows) if (verdict := _judge(row, wish))]
    judged.sort(key=lambda one: one[1].ranks)
    result = found.iloc[[place for place, _ in judged]].copy()
    result["fits"] = pd.Series([not one.missing for _, one in judged], index=result.index, dtype=bool)
    result["reason"] = pd.Series(["; ".join(one.reasons) for _, one in judged], index=result.index, dtype=object)
    result["missing"] = pd.Series([one.missing for _, one in judged], index=result.index, dtype=object)
    return result


def web_link(text: str) -> str:
    """The text when it is one address on the web that may become a link, else "".

    Examples
    --------
    >>> web_link("https://e-inclusie.be/a"), web_link("javascript:alert(1)"), web_link("zie https://a.be")
    ('https://e-inclusie.be/a', '', '')
    """
    address = text.strip()
    is_web = address.lower().startswith(("http://", "https://"))
    return address if is_web and len(address.split()) == 1 else ""
