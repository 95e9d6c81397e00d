"""The decisions as an Excel workbook, to print or to take along to a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment

from einclusie_data.city.areas import Areas
from einclusie_data.contract.words import count
from einclusie_data.decisions.table import decisions_table
from einclusie_data.decisions.words import STATES
from einclusie_data.files.write.book import ABOUT_SHEET, add_about, add_table, save_book
from einclusie_data.store.decision_record import Decision

DECISIONS_SHEET = "Besluiten"
_WIDTHS = {"Nr": 6, "Titel": 34, "Wat": 46, "Waarom": 40, "Methodieken": 30, "Partners": 30, "Wijk": 20, "Wie": 22,
           "Doelgroep": 22, "Netwerk": 20}  # fmt: skip


def about_decisions(shown: int, view: str, origin: str) -> list[tuple[str, str]]:
    """Text of the sheet that explains the list: how many, what was chosen, beside which data, what the states mean."""
    return [
        ("Wat is dit", f"{count(shown, 'voorstel of besluit', 'voorstellen en besluiten')} van de netwerken."),
        ("Wat je ziet", view),
        ("Gegevens", origin),
        *((f"{look.symbol} {state}", look.sentence) for state, look in STATES.items()),
        ("Lege cel", "Een lege cel betekent: niet ingevuld."),
        ("Niet in dit bestand", "Persoonlijke contactgegevens, en de geschiedenis. Die staat op de pagina Besluiten."),
    ]


def decisions_xlsx_bytes(decisions: Sequence[Decision], areas: Areas, about: Sequence[tuple[str, str]]) -> bytes:
    """The decisions in the given order as an Excel workbook; what Excel would run is made harmless.

    Parameters
    ----------
    decisions : sequence of Decision
    areas : Areas
    about : sequence of (str, str)
        From `about_decisions`.
    """
    table = decisions_table(decisions, areas)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = DECISIONS_SHEET
    add_table(sheet, table, [_WIDTHS.get(str(name), 15) for name in table.columns])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)
