"""Background: how many people in Belgium are digitally vulnerable. To show, never to turn into a wijk's figure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from einclusie_data.contract import settings

VULNERABILITY_FILE = "kwetsbaarheid.csv"
COLUMNS = {
    "groep": "Groep",
    "indicator": "Wat",
    "waarde_pct": "Aandeel",
    "jaar_data": "Jaar",
    "gebied": "Gebied",
    "bron": "Bron",
}
"""Column of the file -> heading."""
_SAME = "idem"


def load_vulnerability(folder: Path = settings.DATA_FOLDER) -> pd.DataFrame:
    """National shares of people who are digitally vulnerable.

    Returns
    -------
    pandas.DataFrame
        Text, one row per figure as published: `groep`, `indicator`, `waarde_pct` (percent), `jaar_data`, `gebied`,
        `bron`, `bron_url`. "idem" is replaced by what stands above it; an unknown area reads "onbekend". Groups overlap
        and the survey leaves out people over 75: never multiply with inhabitants.
    """
    table = pd.read_csv(Path(folder) / VULNERABILITY_FILE, dtype=str, keep_default_na=False)
    for column in ("bron", "bron_url"):
        table[column] = table[column].where(table[column] != _SAME).ffill()
    return table.replace({"gebied": {"Belgie": "België", "?": "onbekend"}})
