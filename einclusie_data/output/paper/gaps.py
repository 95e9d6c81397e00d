"""The verdicts of some wijken as a printed document tells them: symbol and word, why, and for how many people.

What can help to fill a gap, and what is missing: methods that fit, and rows that someone can complete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.method_gaps import partners_near, with_users_near
from einclusie_data.answers.methods import Wish, find_methods, web_link
from einclusie_data.answers.summary import gap_lines
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence, todo_by_organisation, todo_list
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.words import UNKNOWN, count, listing, number, percentage, period_words
from einclusie_data.engine.gaps import most_pressing, unknown_need
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


PRESSING_SHOWN = 10
"""How many gaps of a network are named."""
NAMED = 12
"""Wijken that are named; of more only the number is told."""
_WORST_FIRST = tuple(reversed(verdicts.ORDER))


@dataclass(frozen=True)
class Mark:
    """A verdict as a label: readable without its colours. `wijken` says where, "" when it is about one wijk."""

    symbol: str
    word: str
    colour: str
    ink: str
    wijken: str = ""


@dataclass(frozen=True)
class GroupRow:
    """What is known for one target group.

    Attributes
    ----------
    group : str
    marks : tuple of Mark
        Worst verdict first.
    why : tuple of str
        Sentences; a caveat is only named (see `caveat_lines`).
    reached : str
        Which share of the people of one wijk is within reach; "" of several wijken.
    people : str
        How many people are out of reach, of how many.
    """

    group: str
    marks: tuple[Mark, ...]
    why: tuple[str, ...]
    reached: str
    people: str


def mark_of(code: str, wijken: str = "") -> Mark:
    """The label of a verdict."""
    verdict = verdicts.VERDICTS[code]
    return Mark(verdict.symbol, verdict.word, verdict.colour, verdict.ink, wijken)


def wijken_text(names: Sequence[str]) -> str:
    """Names of wijken, or how many there are when that is too many to read."""
    return listing(names) if len(names) <= NAMED else count(len(names), "wijk", "wijken")


def group_rows(rows: pd.DataFrame) -> tuple[GroupRow, ...]:
    """Per target group what is known.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table per group, of one wijk or of several.
    """
    return tuple(_group_row(str(group), part) for group, part in rows.groupby("doelgroep", sort=False))


def _group_row(group: str, part: pd.DataFrame) -> GroupRow:
    if len(part) == 1:
        row = part.iloc[0]
        why = tuple(filter(None, _why(row)))
        return GroupRow(group, (mark_of(row["oordeel"]),), why, percentage(row["aandeel_bereikt"]), _people(part))
    inhabited = part[part["oordeel"] != verdicts.NOT_APPLICABLE]
    marks = [
        mark_of(code, wijken_text(sorted(some["wijk"])))
        for code in _WORST_FIRST
        if len(some := inhabited[inhabited["oordeel"] == code])
    ]
    return GroupRow(group, tuple(marks), (), "", _people(inhabited))


def _why(row: pd.Series[Any]) -> list[str]:
    """Why one verdict is what it is."""
    if row["oordeel"] == verdicts.NOT_APPLICABLE:
        return [verdicts.VERDICTS[verdicts.NOT_APPLICABLE].sentence]
    caveats = f"Let op: {row['kanttekening']}." if row["kanttekening"] else ""
    return [verdicts.REASONS.get(row["reden"], ""), caveats]


def caveat_lines(rows: pd.DataFrame) -> tuple[str, ...]:
    """What the caveats in some rows of a gap table mean, each once."""
    found = {one for cell in rows["kanttekening"].unique() for one in cell.split("; ")}
    return tuple(f"{name}: {sentence}" for name, sentence in verdicts.CAVEATS.items() if name in found)


def _people(part: pd.DataFrame) -> str:
    """People out of reach, of how many; a sum with an unknown part is unknown."""
    outside, all_ = part["buiten_bereik"], part["personen"]
    if part.empty or outside.isna().any():
        return UNKNOWN
    return f"{number(int(outside.sum()))} van {number(int(all_.sum()))}"


def summary_lines(rows: pd.DataFrame, name: str) -> tuple[str, ...]:
    """The answer in a few sentences.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `group_rows`.
    name : str
        Of the area.
    """
    inhabited = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE]
    if inhabited.empty:
        return (f"{name}: {verdicts.VERDICTS[verdicts.NOT_APPLICABLE].sentence}",)
    if len(inhabited["wijkcode"].unique()) > 1:
        return _area_lines(inhabited)
    gaps = _groups_with(inhabited, verdicts.OPEN_GAP)
    unknown = _groups_with(inhabited, {verdicts.UNKNOWN})
    all_ = len(inhabited)
    lines = [f"We zien een mogelijk hiaat voor {_groups(gaps, all_)}. Dat is te bespreken."] if gaps else []
    if unknown:
        lines.append(f"We weten het niet voor {_groups(unknown, all_)}: er ontbreken gegevens.")
    if not gaps:
        lines.insert(0, "We zien nu voor geen enkele doelgroep een mogelijk hiaat.")
    stale = list(inhabited.loc[inhabited["kanttekening"].str.contains(verdicts.STALE), "doelgroep"])
    if stale:
        lines.append(
            f"Let op: voor {_groups(stale, all_)} steunt dat op gegevens die langer dan "
            f"{period_words(settings.STALE_DAYS)} niet zijn nagekeken."
        )
    return tuple(lines)


def _area_lines(inhabited: pd.DataFrame) -> tuple[str, ...]:
    wijken = inhabited["wijkcode"].nunique()
    gaps = inhabited.loc[inhabited["oordeel"].isin(verdicts.OPEN_GAP), "wijkcode"].nunique()
    unknown = inhabited.loc[inhabited["oordeel"] == verdicts.UNKNOWN, "wijkcode"].nunique()
    of = f"van de {count(wijken, 'wijk', 'wijken')}"
    return (
        f"In {number(gaps)} {of} zien we voor minstens één doelgroep een mogelijk hiaat.",
        f"In {number(unknown)} {of} weten we het voor minstens één doelgroep niet: er ontbreken gegevens.",
    )


def _groups_with(rows: pd.DataFrame, codes: Iterable[str]) -> list[str]:
    return list(rows.loc[rows["oordeel"].isin(list(codes)), "doelgroep"])


def _groups(names: list[str], all_: int) -> str:
    if len(names) == all_:
        return "elke doelgroep"
    return f"{count(len(names), 'doelgroep', 'doelgroepen')} ({listing([name.lower() for name in names])})"


def gap_groups(rows: pd.DataFrame) -> tuple[str, ...]:
    """The groups with an open gap; when there are none, those with little offer. In the order of the table."""
    for codes in (verdicts.OPEN_GAP, {verdicts.LIMITED}):
        groups = tuple(dict.fromkeys(_groups_with(rows, codes)))
        if groups:
            return groups
    return ()


def pressing_lines(rows: pd.DataFrame) -> tuple[str, ...]:
    """The most pressing gaps of several wijken, one sentence each; those without a figure behind them."""
    ordered = pd.concat([most_pressing(rows), unknown_need(rows)])
    lines = [
        f"{line.wijk}, {group.lower()}: {verdicts.VERDICTS[line.verdict].symbol} "
        f"{verdicts.VERDICTS[line.verdict].word.lower()}, {line.people}. {line.reason}"
        for group, line in zip(ordered["doelgroep"], gap_lines(ordered, PRESSING_SHOWN), strict=False)
    ]
    more = len(ordered) - len(lines)
    return (*lines, f"En nog {number(more)} andere.") if more else tuple(lines)
