"""What can help to fill a gap, and what is missing: methods that fit, and rows that someone can complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.method_gaps import partners_near, with_users_near
from einclusie_data.answers.methods import Wish, find_methods, web_link
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence, todo_by_organisation, todo_list
from einclusie_data.contract.words import count, listing, number
from einclusie_data.files.write.printable import short
from einclusie_data.output.paper.material import Material

METHODS_SHOWN = 6
ORGANISATIONS_SHOWN = 10
ROWS_SHOWN = 5
"""Rows of one organisation that are named; more are counted."""


@dataclass(frozen=True)
class MethodItem:
    """A method: its name, who made it, for which gaps it fits, who uses it near here, and its website."""

    name: str
    publisher: str
    fits: str
    near: str
    link: str


@dataclass(frozen=True)
class TodoItem:
    """What one organisation can complete: how much hangs on it, and a sentence per row."""

    organisation: str
    effect: str
    lines: tuple[str, ...]


def fitting_methods(material: Material, codes: Sequence[str], groups: Sequence[str]) -> tuple[MethodItem, ...]:
    """The methods that fit the gaps of some groups, those for most of the groups first.

    Parameters
    ----------
    material : Material
    codes : sequence of str
        Wijkcodes; of one wijk we also say which users of a method are near.
    groups : sequence of str
    """
    near = partners_near(material.dataset, material.answer, codes[0]) if len(codes) == 1 else {}
    served: dict[Any, list[str]] = defaultdict(list)
    reasons: dict[Any, str] = {}
    for group in groups:
        wish = Wish(group=group, types=material.question.filters.types)
        found = find_methods(material.dataset.methods, wish)
        for place, method in found[found["fits"]].iterrows():
            served[place].append(group)
            reasons.setdefault(place, method["reason"])
    order = sorted(served, key=lambda place: (-_specific(material, place, served[place]), -len(served[place]), place))
    chosen = with_users_near(material.dataset.methods.loc[order[:METHODS_SHOWN]], near)
    return tuple(_method(method, served[place], len(groups)) for place, method in chosen.iterrows())


def _specific(material: Material, place: Any, groups: Sequence[str]) -> int:
    return len(set(material.dataset.methods["groups"].loc[place]) & set(groups))


def _method(method: pd.Series[Any], groups: Sequence[str], asked: int) -> MethodItem:
    own = [group.lower() for group in groups if group in method["groups"]]
    fits = f"voor {listing(own)}" if own else "voor iedereen"
    types = f"; {listing([kind.lower() for kind in method['types']])}" if method["types"] else ""
    near = f"Heeft al aanbod in of bij deze wijk: {listing(method['near'])}." if method["near"] else ""
    return MethodItem(
        short(method["id"]),
        short(method["publisher"]),
        f"Past {fits}{types}.",
        short(near),
        web_link(method["website"]),
    )


def todo_items(
    material: Material, codes: Sequence[str], listed: Iterable[int]
) -> tuple[tuple[TodoItem, ...], tuple[str, ...]]:
    """What is missing and who can fill it in.

    Parameters
    ----------
    material : Material
    codes : sequence of str
    listed : iterable of int
        Positions of the offers that the document lists.

    Returns
    -------
    items : tuple of TodoItem
        Of rows that may change a verdict of these wijken: the organisations with most at stake first.
    remarks : tuple of str
        Sentences about the rest: organisations that are not named, and offers that may lie anywhere.
    """
    todo = todo_list(material.dataset, material.answer, codes)
    rows = todo[todo["cells"] > 0]
    loose = todo[(todo["cells"] == 0) & ~todo["offer"].isin(list(listed))]
    by_organisation = todo_by_organisation(rows)
    items = tuple(_todo_item(rows, one) for _, one in by_organisation.head(ORGANISATIONS_SHOWN).iterrows())
    return items, tuple(filter(None, _remarks(len(by_organisation) - len(items), loose)))


def _todo_item(rows: pd.DataFrame, one: pd.Series[Any]) -> TodoItem:
    lines = [_todo_line(rows.iloc[place]) for place in one["lines"][:ROWS_SHOWN]]
    more = one["rows"] - len(lines)
    verdicts = count(one["cells"], "oordeel", "oordelen")
    return TodoItem(
        short(one["organisation"]),
        f"kan {verdicts} veranderen",
        tuple(lines) + ((f"En nog {count(more, 'rij', 'rijen')}.",) if more else ()),
    )


def _todo_line(row: pd.Series[Any]) -> str:
    return f"Rij {row['row']}, {short(row['name'])}: {_lower(fill_in_sentence(row['fill_in']))} {effect_sentence(row)}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _remarks(more: int, loose: pd.DataFrame) -> list[str]:
    names = listing(
        [f"{short(name, 60)} (rij {row})" for name, row in zip(loose["name"], loose["row"], strict=True)][:8]
    )
    rest = f" en nog {number(len(loose) - 8)}" if len(loose) > 8 else ""
    return [
        f"Ook {count(more, 'andere organisatie kan', 'andere organisaties kunnen')} iets aanvullen." if more else "",
        f"Van {count(len(loose), 'aanbod', 'keer aanbod')} weten we niet waar het is. Misschien is het hier: "
        f"{names}{rest}. Vul het adres of de wijk aan."
        if len(loose)
        else "",
    ]
