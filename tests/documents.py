"""Material for printed documents, on the small world."""

from __future__ import annotations

from datetime import date
from typing import Any

from einclusie_data.answers.scopes import Scope, area_scope
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.paper.material import Material, Origin
from tests.factories import dataset, question

MADE = Origin(date(2026, 11, 25), "werkmap.xlsx")


def material(*rows: dict[str, Any], group: str = EVERYONE, asked: Any = None, **given: Any) -> Material:
    return material_of(dataset(*rows, **given), group=group, asked=asked)


def material_of(data: Dataset, *, group: str = EVERYONE, asked: Any = None) -> Material:
    return Material(data, asked or question(), MADE, group)


def area(of: Material, *codes: str, name: str = "netwerk Dam") -> Scope:
    return area_scope(of.dataset.areas, name, codes)
