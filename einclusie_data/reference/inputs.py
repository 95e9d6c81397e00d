"""The raw sources of `data/`, their tables by official wijkcode, and what is said about the files made from them.

In: `data/bronnen/` and its description. Out: bytes by id, tables of Stad in Cijfers by wijkcode instead of by name,
checks of the files that are carried over as they are, and `herkomst.json` and `LEESMIJ.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from einclusie_data.city import tables as area_tables
from einclusie_data.city.provenance import (
    PROVENANCE_FILE,
    README_FILE,
    SOURCES_FILE,
    Source,
    by_id,
    describe,
    own_file,
    provenance_bytes,
    read_sources,
    readme_bytes,
    sources_bytes,
)
from einclusie_data.city.tables import AGE_COLUMNS, known_numbers, read_table, refuse
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.reference.layer import is_url, shown_source

OWN_DATA_FOLDER = settings.PROJECT_FOLDER / "data"
"""Where the raw sources are read when the target folder has none yet."""
LAYER, NAMES, AGES, RANKING = "wijkenlaag", "wijknamen", "leeftijd", "wijkenranking"
NORMS_FILE, VULNERABILITY_FILE = "normen.csv", "kwetsbaarheid.csv"

CARRIED = {
    area_tables.POSTCODES_FILE: "postcodes",
    NORMS_FILE: "normen",
    area_tables.DEMAND_FILE: "vraagpunten",
    area_tables.CENTRES_FILE: "wijkpunten",
    VULNERABILITY_FILE: "kwetsbaarheid",
}
"""Files that are carried over as they are -> id of their source."""
MADE = {
    area_tables.WIJKEN_FILE: (
        "De 67 wijken in graden (EPSG:4326): geldig, zonder overlappingen en spleten; met code, namen, district, "
        "bewoond of niet en oppervlakte. De Schelde (SCH01) is onveranderd",
        (LAYER, NAMES),
    ),
    area_tables.AGES_FILE: (
        "Inwoners per tienjarige leeftijdsgroep per wijkcode; „.” (verborgen) en leeg (geen gegeven) zijn onbekend",
        (AGES, NAMES),
    ),
    area_tables.RANKING_FILE: (
        "Wijkenranking per wijkcode, 0 tot 100; leeg = geen score gepubliceerd",
        (RANKING, NAMES),
    ),
}
"""Files that are made -> what they hold, ids of their sources (the first one is named as the source)."""

NAME_HEADER = "Wijken"
AGE_HEADERS = {
    **{f"Aantal {start} tem {start + 9}-jarigen|2025": f"leeftijd_{start}_{start + 9}" for start in range(0, 90, 10)},
    "Aantal 90+'ers|2025": "leeftijd_90_plus",
}
RANKING_HEADERS = {
    "Wijkenranking: totaalscore sociaal-economische situatie  (0 tot 100)|2025": "wijkenranking",
}

INTRODUCTION = """# Referentiegegevens

Alles in deze map, behalve de werkmappen (`.xlsx`), is gemaakt door `python -m einclusie_data referentie` uit de ruwe
bronnen in `bronnen/`. Wijzig niets met de hand: pas een bron aan en voer het commando opnieuw uit. Met `--bron URL` of
`--bron bestand` leest het de wijken opnieuw in, controleert ze, en weigert met een reden als er iets niet klopt.

- `herkomst.json` zegt per bestand: bron, datum, voorwaarden, bronvermelding en controlegetal (SHA-256).
- `bronnen/bronnen.json` beschrijft de ruwe bronnen; alleen dat bestand wordt met de hand bijgehouden.
- Onbekend is niet nul: een verborgen klein aantal (`.`) en een leeg vak blijven onbekend.
- Verplicht te vermelden: Stad Antwerpen (open data), Stad in Cijfers en © Statbel (CC BY 4.0). De app toont dit.
- De veelhoeken zijn zo weinig mogelijk gewijzigd: elke oppervlakte blijft binnen 0,5 % van de gepubliceerde.
"""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Inputs:
    """The raw sources: their description and their bytes, both by id."""

    sources: dict[str, Source]
    content: dict[str, bytes]

    def of(self, name: str) -> bytes:
        """The bytes of a source."""
        return self.content[by_id(self.sources, name).id]

    def path(self, name: str) -> str:
        """The path of a source from the data folder, for messages."""
        return by_id(self.sources, name).path


def all_of(steps: Mapping[str, Callable[[], Result]]) -> dict[str, Result]:
    """The results of all steps, or one error that lists what is wrong in any of them."""
    results, findings = {}, []
    for name, step in steps.items():
        try:
            results[name] = step()
        except ReferenceDataError as error:
            findings.append(str(error))
    if findings:
        raise ReferenceDataError(" | ".join(findings))
    return results


def read_inputs(folder: Path) -> Inputs:
    """The raw sources of a data folder, else those of the product."""
    home = folder if (folder / SOURCES_FILE).exists() else OWN_DATA_FOLDER
    sources = read_sources(home)
    steps = {name: partial(_source_bytes, home, source) for name, source in sources.items()}
    return Inputs(sources, all_of(steps))


def _source_bytes(folder: Path, source: Source) -> bytes:
    try:
        return (folder / source.path).read_bytes()
    except OSError as error:
        raise ReferenceDataError(f"{source.path} ontbreekt of is niet leesbaar") from error


def with_layer(inputs: Inputs, layer_bytes: bytes | None, origin: str, today: date | None) -> Inputs:
    """The sources with a newly fetched layer in the place of the raw one; a layer that is the same changes nothing."""
    current = by_id(inputs.sources, LAYER)
    if layer_bytes is None or layer_bytes == inputs.of(LAYER):
        return inputs
    fetched = (today or datetime.now(UTC).date()).isoformat()
    source = replace(
        current,
        file=f"wijken_stadantwerpen_{fetched}.geojson",
        what=f"De 67 officiële wijken zoals gepubliceerd (ingelezen van {shown_source(origin) or 'een bestand'})",
        url=shown_source(origin) if is_url(origin) else current.url,
        date=fetched,
        retrieved=fetched,
    )
    return Inputs(inputs.sources | {LAYER: source}, inputs.content | {LAYER: layer_bytes})


def with_provenance(files: Mapping[str, bytes], inputs: Inputs) -> dict[str, bytes]:
    """The files, the raw sources, and what describes them."""
    entries = [
        describe(file, what, files[file], tuple(by_id(inputs.sources, name) for name in sources))
        for file, (what, sources) in MADE.items()
    ]
    for file, name in CARRIED.items():
        source = by_id(inputs.sources, name)
        entries.append(describe(file, source.what, files[file], (source,)))
    entries += [describe(s.path, s.what, inputs.content[s.id], (s,)) for s in inputs.sources.values()]
    sources = sources_bytes(inputs.sources.values())
    raw = {source.path: inputs.content[source.id] for source in inputs.sources.values()}
    readme = readme_bytes(entries, INTRODUCTION)
    entries.append(own_file(SOURCES_FILE, "Beschrijving van de ruwe bronnen", sources))
    entries.append(own_file(README_FILE, "Uitleg bij deze map", readme))
    described = {SOURCES_FILE: sources, README_FILE: readme, PROVENANCE_FILE: provenance_bytes(entries)}
    return dict(files) | raw | described


def coded_table(data: bytes, file: str, headers: Mapping[str, str], names: pd.DataFrame) -> pd.DataFrame:
    """A table of Stad in Cijfers with wijkcodes instead of names; cells as published.

    Parameters
    ----------
    data : bytes
        `;`-separated, one row per wijk, first column `Wijken` with the name of Stad in Cijfers.
    file : str
        File name for messages.
    headers : mapping of str to str
        Header as published -> column of the result.
    names : pandas.DataFrame
        As `layer.read_names` gives it.

    Returns
    -------
    pandas.DataFrame
        Index wijkcode (all, sorted), columns in the order of `headers`; text: a number, "." (suppressed) or "".

    Raises
    ------
    ReferenceDataError
        A column or wijk is missing, a name is not known or stands there twice, a cell is no number.
    """
    table = read_table(data, file, [NAME_HEADER, *headers], separator=";")
    code_of = dict(zip(names["naam_statistiek"], names.index, strict=True))
    published = set(table[NAME_HEADER])
    findings = [f"de naam {name!r} kennen we niet" for name in sorted(published - set(code_of))]
    findings += [f"{code_of[name]} ({name}) ontbreekt" for name in sorted(set(code_of) - published)]
    findings += [f"{name} staat er twee keer in" for name in table[NAME_HEADER][table[NAME_HEADER].duplicated()]]
    refuse(file, findings)
    coded = table.rename(columns=dict(headers)).set_index(table[NAME_HEADER].map(code_of).rename("wijkcode"))
    coded = coded[list(headers.values())].sort_index()
    coded.apply(lambda column: known_numbers(column, file))
    return coded


def check_inhabited(ages: pd.DataFrame, names: pd.DataFrame, file: str) -> None:
    """Hold `inwoners_minstens_500` against the published cells; an unknown cell counts as at least 0.

    Raises
    ------
    ReferenceDataError
        A wijk that is not bewoond has 500 inhabitants in its published cells, or the other way round.
    """
    persons = ages[list(AGE_COLUMNS)].apply(lambda column: known_numbers(column, file)).sum(axis=1)
    wrong = names.index[(persons >= settings.INHABITED_FROM) != (names["inwoners_minstens_500"] == "ja")]
    refuse(file, [f"{code} heeft {persons[code]:.0f} inwoners; dat past niet bij bewoond of niet" for code in wrong])


def check_norms(data: bytes, file: str) -> None:
    """Hold the file of the city's norms against the constants that the product uses.

    Raises
    ------
    ReferenceDataError
        A norm in the file is not the one in `settings.REACH_NORMS_M`.
    """
    table = read_table(data, file, ["norm", "afstand_m", "minuten", "jaar", "bron"])
    given = dict(zip(table["norm"], table["afstand_m"], strict=True))
    expected = {norm: str(metres) for norm, metres in settings.REACH_NORMS_M.items()}
    refuse(file, [] if given == expected else [f"de normen zijn niet {expected}"])
