"""The list of methods as anyone may see it, and which of them fit a wish, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.schema import METHODS
from einclusie_data.contract.words import listing
from einclusie_data.engine.public import search_rows

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
