"""The printed documents as PDF: a wijkfiche, the booklet of all wijken, the overview of offers in large print."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from einclusie_data.answers.scopes import Scope, wijk_scope
from einclusie_data.files.write.pdf import compile_pdf
from einclusie_data.output.paper.material import Material, about_of
from einclusie_data.output.paper.overview import overview_of
from einclusie_data.output.paper.sheet import Sheet, sheet_of

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
