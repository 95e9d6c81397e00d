"""`python -m einclusie_data referentie`: data/bronnen -> data/, after checks.

Everything is made and checked in memory first. Findings are collected over all files and reported once; only a
result that passes as a whole is written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from einclusie_data.city import tables as area_tables
from einclusie_data.city.provenance import SOURCES_FILE, by_id, checksum, read_sources
from einclusie_data.city.tables import features_bytes
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.reference.inputs import (
    AGE_HEADERS,
    AGES,
    CARRIED,
    LAYER,
    MADE,
    NAMES,
    NORMS_FILE,
    RANKING,
    RANKING_HEADERS,
    VULNERABILITY_FILE,
    Inputs,
    all_of,
    check_inhabited,
    check_norms,
    coded_table,
    read_inputs,
    with_layer,
    with_provenance,
)
from einclusie_data.reference.layer import read_layer, read_names
from einclusie_data.reference.wijken import Summary, make_wijken, published_wijken, summarise

__all__ = ["Summary", "build_reference", "make_reference", "read_layer", "rebuild_reference"]

Result = TypeVar("Result")


def rebuild_reference(source: str | None, folder: Path) -> str:
    """Make `data/` anew, for the command line.

    Parameters
    ----------
    source : str or None
        Where the wijken come from: address of the city's service or of a GeoJSON file, or a file; None = the raw
        layer in `bronnen/`.
    folder : Path
        The data folder.

    Returns
    -------
    str
        One Dutch line that says what was made.

    Raises
    ------
    ReferenceDataError
        Something does not pass its check; nothing was written.
    """
    layer = _refusing(partial(read_layer, source)) if source else None
    summary = build_reference(folder, layer, origin=source or "")
    area = f"{summary.area_km2:.2f}".replace(".", ",")
    return (
        f"Referentiegegevens gemaakt: {summary.wijken} wijken ({summary.inhabited} bewoond), {area} km²; "
        f"{summary.closed_slivers} spleten gesloten, grootste wijziging van een oppervlakte "
        f"{summary.largest_change_m2:.0f} m² ({summary.largest_change_code})."
    )


def build_reference(
    target_folder: Path, layer_bytes: bytes | None = None, *, origin: str = "", today: date | None = None
) -> Summary:
    """Make all reference files, check them, and write those that changed.

    Parameters
    ----------
    target_folder : Path
        The data folder; its `bronnen/` holds the raw sources (else those of the product are used, and copied).
    layer_bytes : bytes or None
        A newly fetched layer, to replace the raw one; None = the raw layer in `bronnen/`.
    origin : str
        Address or file that `layer_bytes` came from, for the provenance.
    today : date or None
        Date on which the layer was fetched; None = today.

    Returns
    -------
    Summary

    Raises
    ------
    ReferenceDataError
        A finding in any file, or the folder cannot be written; nothing was changed.
    """
    target = Path(target_folder)
    files, summary = _refusing(partial(make_reference, target, layer_bytes, origin=origin, today=today))
    _refusing(partial(_write_changed, target, files))
    return summary


def _refusing(step: Callable[[], Result]) -> Result:
    """The result of a step; its error says that nothing was changed."""
    try:
        return step()
    except ReferenceDataError as error:
        raise ReferenceDataError(
            f"De referentiegegevens zijn niet vernieuwd; er is niets gewijzigd: {error}"
        ) from error


def make_reference(
    folder: Path, layer_bytes: bytes | None = None, *, origin: str = "", today: date | None = None
) -> tuple[dict[str, bytes], Summary]:
    """The content of all files of the data folder, by path from that folder; writes nothing.

    Parameters and errors are those of `build_reference`.
    """
    inputs = with_layer(read_inputs(folder), layer_bytes, origin, today)
    names = read_names(inputs.of(NAMES))
    carried = {file: inputs.of(name) for file, name in CARRIED.items()}
    made = all_of(
        {
            area_tables.WIJKEN_FILE: lambda: _wijken(inputs, names),
            area_tables.AGES_FILE: lambda: _ages(inputs, names),
            area_tables.RANKING_FILE: lambda: _csv_bytes(_coded(inputs, RANKING, RANKING_HEADERS, names)),
            **_carried_checks(carried, names),
        }
    )
    files = {file: made[file] for file in MADE} | carried
    published = published_wijken(inputs.of(LAYER), names, inputs.path(LAYER))
    summary = summarise(published, area_tables.read_wijken(files[area_tables.WIJKEN_FILE]))
    return with_provenance(files, inputs), summary


def _wijken(inputs: Inputs, names: pd.DataFrame) -> bytes:
    source = inputs.path(LAYER)
    published = published_wijken(inputs.of(LAYER), names, source)
    centres = area_tables.read_centres(inputs.of(CARRIED[area_tables.CENTRES_FILE]), list(names.index))
    return features_bytes(make_wijken(published, names, centres, source))


def _coded(inputs: Inputs, source: str, headers: Mapping[str, str], names: pd.DataFrame) -> pd.DataFrame:
    return coded_table(inputs.of(source), inputs.path(source), headers, names)


def _ages(inputs: Inputs, names: pd.DataFrame) -> bytes:
    ages = _coded(inputs, AGES, AGE_HEADERS, names)
    check_inhabited(ages, names, inputs.path(AGES))
    return _csv_bytes(ages)


def _csv_bytes(table: pd.DataFrame) -> bytes:
    return table.to_csv(lineterminator="\n").encode()


def _carried_checks(carried: Mapping[str, bytes], names: pd.DataFrame) -> dict[str, Callable[[], bytes]]:
    """Checks of the files that are carried over as they are, each giving the bytes that it checked."""
    codes, inhabited = list(names.index), list(names.index[names["inwoners_minstens_500"] == "ja"])
    columns = ["groep", "waarde_pct", "bron"]
    checks: dict[str, Callable[[bytes], object]] = {
        area_tables.POSTCODES_FILE: lambda data: area_tables.read_postcodes(data, codes),
        NORMS_FILE: lambda data: check_norms(data, NORMS_FILE),
        area_tables.DEMAND_FILE: lambda data: area_tables.read_demand(data, codes, inhabited),
        area_tables.CENTRES_FILE: lambda data: area_tables.read_centres(data, codes),
        VULNERABILITY_FILE: lambda data: area_tables.read_table(data, VULNERABILITY_FILE, columns),
    }
    return {file: partial(_checked, checks[file], data) for file, data in carried.items()}


def _checked(check: Callable[[bytes], object], data: bytes) -> bytes:
    check(data)
    return data


def _write_changed(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what differs: everything to a temporary folder first, then one rename per file, provenance last.

    A raw layer that a new one replaces is removed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replaced = _replaced_layer(folder, files)
        with tempfile.TemporaryDirectory(prefix=".referentie-", dir=folder) as staging:
            changed = [file for file, data in files.items() if not _holds(folder / file, data)]
            for file in changed:
                _write(Path(staging) / file, files[file])
            for file in changed:
                (folder / file).parent.mkdir(exist_ok=True)
                (Path(staging) / file).replace(folder / file)
        for path in replaced:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ReferenceDataError("de map met referentiegegevens is niet schrijfbaar") from error


def _replaced_layer(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    if not (folder / SOURCES_FILE).exists():
        return []
    layer = by_id(read_sources(folder), LAYER).path
    return [] if layer in files else [folder / layer]


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and checksum(path.read_bytes()) == checksum(data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
