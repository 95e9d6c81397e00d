"""A network in words: the answer, its partners as a table, and how its wijken look on the map."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd
from openpyxl import Workbook

from einclusie_data.answers.scopes import Scope
from einclusie_data.city.areas import Areas
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import UNKNOWN, count, listing, number
from einclusie_data.files.write.book import ABOUT_SHEET, add_about, add_table, save_book
from einclusie_data.meeting.network import Network

ACTIVE, NOBODY, MAYBE, EMPTY_WIJK = "actief", "niemand", "misschien", "onbewoond"
LOOKS: Mapping[str, Verdict] = MappingProxyType(
    {
        look.code: look
        for look in (
            Verdict(ACTIVE, "Een partner is er actief", "✓", "#1f5f99", "#ffffff",
                    "Een partner heeft er zijn plek, of heeft er aanbod op een plek."),
            Verdict(NOBODY, "Geen partner actief", "✕", "#a3262a", "#ffffff",
                    "Van elke partner kennen we de plek, en geen enkele is er actief."),
            Verdict(MAYBE, "Niemand gevonden", "?", "#d0d3d8", "#1f2430",
                    "We vinden er niemand, maar van sommige partners kennen we de plek niet."),
            Verdict(EMPTY_WIJK, "Bijna geen bewoners", "–", "#f2f2ef", "#3d4a57", "Hier woont bijna niemand."),
        )
    }
)  # fmt: skip
HEADERS = ("Organisatie", "Rol", "Netwerk", "Soort", "Werkt rond e-inclusie", "Wijk", "Aanbod nu", "Voor wie")
"""Columns of `partner_table`."""
FILL_IN = "Vul Adres of Wijk in op het blad Partners."


def network_looks(network: Network, areas: Areas, scope: Scope) -> pd.DataFrame:
    """How each wijk of the area looks: `wijkcode` and `soort` (a key of `LOOKS`)."""
    gone = NOBODY if not network.placeless else MAYBE
    inhabited = areas.wijken["inhabited"]
    kinds = [(gone if code in network.empty else ACTIVE) if inhabited[code] else EMPTY_WIJK for code in scope.codes]
    return pd.DataFrame({"wijkcode": list(scope.codes), "soort": kinds})


def network_sentences(network: Network, areas: Areas, scope: Scope) -> list[str]:
    """The answer: who takes part, who leads, and where nobody is active.

    Parameters
    ----------
    network : Network
    areas : Areas
    scope : Scope
    """
    size = len(network.placeless)
    return [
        f"{count(len(network.partners), 'partner', 'partners')} en "
        f"{count(len(network.possible), 'mogelijke partner', 'mogelijke partners')}.",
        f"Trekker: {listing(network.leaders)}." if network.leaders else "Wie trekker is, staat niet in de werkmap.",
        _empty_sentence(network, areas, scope),
        *([f"Van {count(size, 'partner', 'partners')} kennen we de plek niet. {FILL_IN}"] if size else []),
    ]


def _empty_sentence(network: Network, areas: Areas, scope: Scope) -> str:
    size = int(areas.wijken.loc[list(scope.codes), "inhabited"].sum())
    if not network.empty:
        return "In elke wijk is een partner actief."
    found = "vinden we geen actieve partner" if network.placeless else "is geen partner actief"
    return f"In {number(len(network.empty))} van {count(size, 'wijk', 'wijken')} {found}."


def partner_table(partners: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Partners (rows of `Network.partners`) as text, columns `HEADERS`; what is not filled in is "onbekend"."""
    labels = areas.wijken["label"]

    def texts(row: dict[Hashable, Any]) -> tuple[object, ...]:
        return (
            row["organisation"],
            _joined(row["roles"]),
            _joined(row["networks"]),
            row["sort"] or UNKNOWN,
            row["works"] or UNKNOWN,
            _joined([labels[code] for code in row["wijken"]]),
            row["offers"],
            _for_whom(row),
        )

    rows = [texts(row) for row in partners.to_dict("records")]
    return pd.DataFrame(rows, columns=list(HEADERS))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values) or UNKNOWN


def _for_whom(row: dict[Hashable, Any]) -> str:
    if not row["offers"]:
        return "–"
    groups = [*row["groups"], *([UNKNOWN] if row["unsure"] else [])]
    return "; ".join(groups)


def network_xlsx_bytes(tables: Mapping[str, pd.DataFrame], about: Sequence[tuple[str, str]]) -> bytes:
    """Tables by the name of their sheet as an Excel workbook, with a sheet that explains them."""
    book = Workbook()
    for name, table in tables.items():
        sheet = book.worksheets[0] if book.worksheets[0].title == "Sheet" else book.create_sheet()
        sheet.title = name
        add_table(sheet, table, [34, 18, 18, 18, 12, 24, 10, 40][: len(table.columns)])
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)
