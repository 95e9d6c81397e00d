"""What stands in a wijkfiche: one wijk, or the wijken of a network, from the same engine as the screens.

The printed documents as PDF: a wijkfiche, the booklet of all wijken, the overview of offers in large print.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.scopes import Scope, wijk_scope
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.settings import DETOUR_FACTOR, RIVER_CODE
from einclusie_data.contract.words import UNKNOWN, count, day, listing, number, whole
from einclusie_data.files.write.pdf import compile_pdf
from einclusie_data.output.paper.gaps import (
    GroupRow,
    Mark,
    MethodItem,
    TodoItem,
    caveat_lines,
    fitting_methods,
    gap_groups,
    group_rows,
    mark_of,
    pressing_lines,
    summary_lines,
    todo_items,
    wijken_text,
)
from einclusie_data.output.paper.material import About, Material, about_of
from einclusie_data.output.paper.offers import (
    AREA_TITLES,
    BEYOND_TITLE,
    TITLES,
    Field,
    OfferSection,
    marks_of,
    offers_beyond,
    offers_of,
    other_lines,
    other_offers,
    overview_of,
    relation_parts,
    sections_of,
)
from einclusie_data.output.paper.paper import map_svg, seen_wijken, view_box

SHEET_TEMPLATE, BOOKLET_TEMPLATE, OVERVIEW_TEMPLATE = "wijkfiche.typ", "boekje.typ", "overzicht.typ"

Content = tuple[str, dict[str, Any], dict[str, str]]
"""Template, data, drawings: what `typst_pdf` takes."""


def sheet_content(material: Material, scope: Scope) -> Content:
    """The wijkfiche of a wijk or an area."""
    sheet = sheet_of(material, scope)
    return SHEET_TEMPLATE, _shape(sheet, "kaart") | _day(material), {"kaart": sheet.map.svg}


def booklet_content(material: Material, scope: Scope) -> Content:
    """The wijkfiches of every inhabited wijk of an area, by district, with a table of contents."""
    areas = material.dataset.areas
    sheets = {
        code: sheet_of(material, wijk_scope(areas, code)) for code in scope.codes if areas.wijken["inhabited"].loc[code]
    }
    districts = [
        {"name": district, "sheets": [_shape(sheets[code], code) for code in codes if code in sheets]}
        for district, codes in areas.districts.items()
        if any(code in sheets for code in codes)
    ]
    about = asdict(about_of(material, scope.text))
    drawings = {code: sheet.map.svg for code, sheet in sheets.items()}
    name = scope.name[:1].upper() + scope.name[1:]
    return BOOKLET_TEMPLATE, {"name": name, "districts": districts, "about": about} | _day(material), drawings


def overview_content(material: Material, scope: Scope) -> Content:
    """The offers of an area for partners who refer clients, in large print."""
    return OVERVIEW_TEMPLATE, asdict(overview_of(material, scope)) | _day(material), {}


def sheet_pdf(material: Material, scope: Scope) -> bytes:
    """The wijkfiche as PDF; see `sheet_content`."""
    return compile_pdf(*sheet_content(material, scope))


def booklet_pdf(material: Material, scope: Scope) -> bytes:
    """The booklet as PDF; see `booklet_content`."""
    return compile_pdf(*booklet_content(material, scope))


def overview_pdf(material: Material, scope: Scope) -> bytes:
    """The overview as PDF; see `overview_content`."""
    return compile_pdf(*overview_content(material, scope))


def _shape(sheet: Sheet, drawing: str) -> dict[str, Any]:
    """A sheet for a template: its map by name."""
    shape = asdict(sheet)
    shape["map"] = shape["map"] | {"svg": drawing}
    return shape


def _day(material: Material) -> dict[str, list[int]]:
    made = material.origin.made
    return {"made": [made.year, made.month, made.day]}


AROUND_SHARE = 0.8
"""How much of the reach a map shows around the wijken."""


@dataclass(frozen=True)
class Map:
    """A map: its SVG, the text that stands for it, what is under it, and the verdicts that occur."""

    svg: str
    alternative: str
    caption: str
    legend: tuple[Mark, ...]


@dataclass(frozen=True)
class Sheet:
    """One wijkfiche; see the modules of its parts.

    Attributes
    ----------
    name : str
        Of the wijk or the area.
    several : bool
        It is about more than one wijk.
    facts : tuple of Field
    summary : tuple of str
    map : Map
    groups : tuple of GroupRow
    caveats : tuple of str
        What the caveats in those rows mean.
    pressing : tuple of str
        Of several wijken: the most pressing gaps.
    sections : tuple of OfferSection
        Their items are numbered through; the numbers are those on the map.
    others : tuple of str
        Offers outside the filters.
    methods : tuple of MethodItem
    methods_for : str
        The groups that they are for.
    todo : tuple of TodoItem
    todo_remarks : tuple of str
    about : About
    """

    name: str
    several: bool
    facts: tuple[Field, ...]
    summary: tuple[str, ...]
    map: Map
    groups: tuple[GroupRow, ...]
    caveats: tuple[str, ...]
    pressing: tuple[str, ...]
    sections: tuple[OfferSection, ...]
    others: tuple[str, ...]
    methods: tuple[MethodItem, ...]
    methods_for: str
    todo: tuple[TodoItem, ...]
    todo_remarks: tuple[str, ...]
    about: About


def sheet_of(material: Material, scope: Scope) -> Sheet:
    """Gather a wijkfiche.

    Parameters
    ----------
    material : Material
    scope : Scope
        One wijk or several.
    """
    codes, several = scope.codes, len(scope.codes) > 1
    table = material.answer.table
    rows = table[table["wijkcode"].isin(codes)]
    offers = offers_of(material, codes)
    beyond = offers_beyond(material, codes, offers.index)
    sections = sections_of(
        material, [*relation_parts(offers, AREA_TITLES if several else TITLES), (BEYOND_TITLE, beyond)]
    )
    groups = gap_groups(rows)
    todo, remarks = todo_items(material, codes, offers.index)
    name = scope.name[:1].upper() + scope.name[1:]
    return Sheet(
        name=name,
        several=several,
        facts=_facts(material, codes),
        summary=summary_lines(rows, name),
        map=_map(material, name, codes, sections),
        groups=group_rows(rows),
        caveats=() if several else caveat_lines(rows),
        pressing=pressing_lines(rows) if several else (),
        sections=sections,
        others=other_lines(material, other_offers(material, codes, [*offers.index, *beyond.index])),
        methods=fitting_methods(material, codes, groups),
        methods_for=listing([group.lower() for group in groups]),
        todo=todo,
        todo_remarks=remarks,
        about=about_of(material, scope.text),
    )


def _facts(material: Material, codes: tuple[str, ...]) -> tuple[Field, ...]:
    wijken = material.dataset.areas.wijken.loc[list(codes)]
    people = material.dataset.needs.persons.loc[list(codes), EVERYONE][wijken["inhabited"]]
    inhabitants = UNKNOWN if people.empty or people.isna().any() else number(int(people.sum()))
    shared = [Field("Inwoners", inhabitants), Field("Peildatum", day(material.question.on))]
    if len(codes) > 1:
        return (Field("Wijken", wijken_text(sorted(wijken.loc[wijken["inhabited"], "label"]))), *shared)
    wijk = wijken.iloc[0]
    ranking = Field("Wijkenranking", f"{whole(round(wijk['ranking']))} op 100" if wijk["ranking"] >= 0 else UNKNOWN)
    return (Field("District", wijk["district"]), *shared, ranking)


def _map(material: Material, name: str, codes: tuple[str, ...], sections: tuple[OfferSection, ...]) -> Map:
    table = material.answer.table
    ours = table[table["doelgroep"] == material.group].set_index("wijkcode")
    found = {str(code): str(verdict) for code, verdict in ours["oordeel"].items()}
    box = view_box(material.shapes, codes, material.question.reach_m / DETOUR_FACTOR * AROUND_SHARE)
    seen = [code for code in seen_wijken(material.shapes, box) if code != RIVER_CODE]
    svg = map_svg(material.shapes, codes, found, marks_of(material, sections), box)
    legend = tuple(mark_of(code) for code in verdicts.VERDICTS if code in {found[one] for one in {*seen, *codes}})
    caption = f"Oordeel {_for(material.group)}. Dikke rand: {name}. Genummerd: aanbod uit de lijst. "
    caption += "Streepjes: we kennen enkel de wijk."
    return Map(svg, _alternative(name, ours.loc[seen], codes, material.group, sections), caption, legend)


def _for(group: str) -> str:
    return f"voor {group.lower()}"


def _alternative(
    name: str, seen: pd.DataFrame, codes: tuple[str, ...], group: str, sections: tuple[OfferSection, ...]
) -> str:
    """The map in words."""
    own = seen.index.isin(codes)
    size = sum(len(section.items) for section in sections)
    near = _in_words(seen[~own])
    around = f"Daarrond: {near}. " if near else ""
    return (
        f"Kaart van {name}. Oordeel {_for(group)}: {_in_words(seen[own])}. {around}"
        f"De nummers op de kaart zijn die van de lijst: {count(size, 'aanbod', 'keer aanbod')}."
    )


def _in_words(rows: pd.DataFrame) -> str:
    """The verdicts of some wijken, by verdict."""
    parts = [
        f"{verdict.word.lower()} in {wijken_text(sorted(some))}"
        for code, verdict in verdicts.VERDICTS.items()
        if len(some := rows.loc[rows["oordeel"] == code, "wijk"])
    ]
    return "; ".join(parts)
