"""The new offers of a scenario as rows of the workbook, ready to paste, and marked as proposals."""

from __future__ import annotations

from datetime import date

import pandas as pd

from einclusie_data.contract.words import count, day
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.public import public_offers
from einclusie_data.files.write.book import offers_xlsx_bytes
from einclusie_data.proposals.offer import clean_offers
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import doubt_sentences, proposal_sentences, scenario_name

PLANNED = "Gepland"
"""Status of a proposal: pasted into the workbook, it does not count before someone makes it Actief."""
SOURCE = "Hiatenkaart, pagina Wat als"
HOW_TO_PASTE = (
    "Kopieer de rijen van het blad Aanbod onder de rijen van jullie werkmap. De kolommen staan in de volgorde van het "
    "sjabloon. Op status Gepland tellen de rijen nog niet mee. Is het beslist en gestart? Zet de status dan op Actief."
)


def proposal_rows(dataset: Dataset, scenario: Scenario, on: date) -> pd.DataFrame:
    """The new offers as anyone may see them.

    Parameters
    ----------
    dataset : Dataset
        The published workbook.
    scenario : Scenario
    on : datetime.date
        The day that the remark names.

    Returns
    -------
    pandas.DataFrame
        Columns of `offers.public_offers`. An offer at a point also gets the wijk in which it lies.
    """
    rows = clean_offers(dataset, scenario.new_offers, status=PLANNED)
    found = pd.Series(
        [
            given or _wijk_at(dataset, lat, lon)
            for given, lat, lon in zip(rows["wijken"], rows["lat"], rows["lon"], strict=True)
        ],
        index=rows.index,
        dtype=object,
    )
    remark = f"Voorstel uit scenario “{scenario_name(scenario)}”, {day(on)}. Nog niet beslist."
    return public_offers(rows.assign(note=remark, source=SOURCE, wijken=found))


def _wijk_at(dataset: Dataset, lat: float, lon: float) -> tuple[str, ...]:
    code = None if lat != lat or lon != lon else dataset.areas.wijk_at(lon, lat)
    return () if code is None else (code,)


def proposal_rows_xlsx_bytes(dataset: Dataset, scenario: Scenario, on: date) -> bytes:
    """The new offers of a scenario as a workbook with a sheet Aanbod, and a sheet that says what they are."""
    rows = proposal_rows(dataset, scenario, on)
    told = [*proposal_sentences(dataset, scenario), *doubt_sentences(dataset, scenario)]
    about = [
        ("Wat is dit", f"Voorstellen, geen bestaand aanbod: {count(len(rows), 'rij', 'rijen')}."),
        ("Scenario", scenario_name(scenario)),
        ("Gegevens", f"{dataset.name}, bekeken op {day(on)}"),
        *(("" if place else "Voorstellen", text) for place, text in enumerate(told)),
        ("Hoe plakken", HOW_TO_PASTE),
    ]
    return offers_xlsx_bytes(rows, about)
