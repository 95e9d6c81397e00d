"""`data/startbestand.xlsx`: the workbook that the app shows until the trekker publishes the network's own.

Every row comes from the public sources in `data/bronnen/`, by the tables in `starter_rules`, `starter_methods` and
`starter_network`; what a source does not say stays empty.
"""

from __future__ import annotations

from pathlib import Path

from einclusie_data.contract import settings
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, SHEETS, ZONES
from einclusie_data.reference.starter.book import fixed_bytes, new_book, write_help, write_lists, write_sheet
from einclusie_data.reference.starter.help import help_sections
from einclusie_data.reference.starter.methods import method_rows
from einclusie_data.reference.starter.network import partner_rows, zone_rows
from einclusie_data.reference.starter.offers import offer_rows
from einclusie_data.reference.starter.sources import Row


def starter_rows(folder: Path = settings.DATA_FOLDER) -> dict[str, list[Row]]:
    """The rows of every sheet: key of the sheet -> rows in order.

    Parameters
    ----------
    folder : Path
        The data folder; its `bronnen/` holds the raw sources.

    Raises
    ------
    ReferenceDataError
        A source is missing, or says something that the tables do not know.
    """
    rows: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
    rows[OFFERS.key] = offer_rows(folder)
    rows[METHODS.key] = method_rows(folder)
    rows[PARTNERS.key] = partner_rows(folder)
    rows[ZONES.key] = zone_rows(folder)
    return rows


def starter_bytes(folder: Path = settings.DATA_FOLDER) -> bytes:
    """The starter workbook; the same sources give the same bytes."""
    book = new_book()
    write_help(book, help_sections(folder))
    rows = starter_rows(folder)
    for sheet in SHEETS:
        write_sheet(book, sheet, rows[sheet.key])
    write_lists(book)
    return fixed_bytes(book)


def write_starter(folder: Path = settings.DATA_FOLDER) -> Path:
    """Write the starter workbook into the data folder, as a whole or not at all.

    Returns
    -------
    Path
        The file.
    """
    path = folder / settings.STARTER_WORKBOOK.name
    partial = path.with_suffix(".tmp")
    partial.write_bytes(starter_bytes(folder))
    partial.replace(path)
    return path
